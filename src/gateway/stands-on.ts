import { type BeijingDate, endOf } from '../domain/beijing-date.ts'
import type { Answer } from '../domain/fold.ts'
import type { MeasureKind, Parent } from '../domain/measure.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { AskedRequest } from '../domain/request.ts'
import type { DeliveryRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

export type ParentCode =
  | 'parent-unknown'
  | 'parent-other-registry'
  | 'parent-nothing-controlled'
  | 'parent-not-in-force'

/** The control a request names as the one it stands on (invariant 9). */
export function parentOf({ measure }: AskedRequest): Parent | undefined {
  return measure.kind === 'extend' || measure.kind === 'release' || measure.kind === 'transfer'
    ? measure.parent
    : undefined
}

/** What a later measure can stand on: these control something, the others ask, lift or move. */
export const controlling: readonly MeasureKind[] = ['freeze', 'seal', 'pre-seal']

/**
 * A parent that is one of our own deliveries must be of this case, at the registry that is asked now, and must have
 * come to a control; to be extended it must be in force (查扣冻规定 第二十七条: what has run out cannot go on). One named by
 * control or ruling number is another court's or older than we are: the registry knows.
 */
export async function checkParent(
  act: CaseAct,
  asked: AskedRequest,
  now: Date,
): Promise<Refusal<ParentCode> | undefined> {
  const parent = await parentDelivery(act, asked)
  if (parent === undefined) return parentOf(asked)?.delivery ? refuse('parent-unknown', 'measure.parent') : undefined
  if (asked.registries.some((code) => code !== parent.registry)) return refuse('parent-other-registry', 'registries')
  const held = controlling.includes(parent.measure) && answersWithControl.includes(parent.answer)
  if (!held) return refuse('parent-nothing-controlled', 'measure.parent')
  if (asked.measure.kind !== 'extend' || (await isInForce(act, parent, now))) return undefined
  return refuse('parent-not-in-force', 'measure.parent')
}

const answersWithControl: readonly Answer[] = ['executed', 'partly', 'waiting', 'ended']

/** Counted by date, never taken from a flag (invariant 12): a control holds through its last day in Beijing. */
async function isInForce(act: CaseAct, { id }: DeliveryRow, now: Date): Promise<boolean> {
  const controls = await act.controls()
  return controls.some(
    ({ delivery, effect, to }) =>
      delivery === id && effect === 'effective' && (to === undefined || now < endOf(to as BeijingDate)),
  )
}

/** The delivery a request stands on, when it is one of ours. */
export async function parentDelivery(act: CaseAct, asked: AskedRequest): Promise<DeliveryRow | undefined> {
  const id = parentOf(asked)?.delivery
  return id ? act.delivery(id) : undefined
}
