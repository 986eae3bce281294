import type { ImportedControl } from '../domain/imported-control.ts'
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

/** The control a request stands on, when it names by its id one that a list brought in. */
export async function parentImport(
  act: CaseAct,
  asked: Pick<DraftedRequest, 'measure'>,
): Promise<ImportedControl | undefined> {
  const id = parentOf(asked)?.delivery
  return id ? (await act.imports()).find((control) => control.id === id) : undefined
}
