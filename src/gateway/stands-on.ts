import type { DraftedRequest } from '../domain/request.ts'
import { parentOf } from '../domain/stands-on.ts'
import type { DeliveryRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

/** The delivery a request stands on, when it is one of ours. */
export async function parentDelivery(
  act: CaseAct,
  asked: Pick<DraftedRequest, 'measure'>,
): Promise<DeliveryRow | undefined> {
  const id = parentOf(asked)?.delivery
  return id ? act.delivery(id) : undefined
}
