import type { Parent } from '../domain/measure.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { AskedRequest } from '../domain/request.ts'
import type { DeliveryRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

export type ParentCode = 'parent-unknown' | 'parent-other-registry' | 'parent-nothing-controlled'

/** The control a request names as the one it stands on (invariant 9). */
export function parentOf({ measure }: AskedRequest): Parent | undefined {
  return measure.kind === 'extend' || measure.kind === 'release' || measure.kind === 'transfer'
    ? measure.parent
    : undefined
}

/**
 * A parent that is one of our own deliveries must be of this case, at the registry that is asked now, and must have
 * come to something. One named by control or ruling number is another court's or older than we are: the registry knows.
 */
export async function checkParent(act: CaseAct, asked: AskedRequest): Promise<Refusal<ParentCode> | undefined> {
  const parent = await parentDelivery(act, asked)
  if (parent === undefined) return parentOf(asked)?.delivery ? refuse('parent-unknown', 'measure.parent') : undefined
  if (asked.registries.some((code) => code !== parent.registry)) return refuse('parent-other-registry', 'registries')
  const held = ['executed', 'partly', 'waiting', 'ended'].includes(parent.answer)
  return held ? undefined : refuse('parent-nothing-controlled', 'measure.parent')
}

/** The delivery a request stands on, when it is one of ours. */
export async function parentDelivery(act: CaseAct, asked: AskedRequest): Promise<DeliveryRow | undefined> {
  const id = parentOf(asked)?.delivery
  return id ? act.delivery(id) : undefined
}
