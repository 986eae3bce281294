import type { Parent } from '../domain/measure.ts'
import { type Money, subtractMoney, zeroMoney } from '../domain/money.ts'
import { isRefusal } from '../domain/refusal.ts'
import { standsOn } from '../domain/stands-on.ts'
import { type Held, stated, sumsOf } from './control-of.ts'
import type { ControlRow, StatementRow } from './ports/rows.ts'

/** A later measure that acts on a control, with what its registry said of each asset. */
export type Step = { readonly held: readonly Held[] } & (
  | { readonly kind: 'release' | 'extend' | 'transfer'; readonly parent: Parent }
  | { readonly kind: 'convey'; readonly cancels: readonly string[] }
)

/** A control as its own delivery made it, and the name under which its asset is known. */
type Own = { readonly control: ControlRow; readonly held: Held; readonly isOf: (held: Held) => boolean }

/**
 * What later measures did to a control, in the order in which they were ordered, as the registry carries them out one
 * after another on the same freeze. What is conveyed is gone whatever else was ordered while the tax was being paid, so
 * that comes last (查扣冻规定 第二十七条).
 */
export function afterAll({ control, held, isOf }: Own, steps: readonly Step[]): ControlRow {
  const inOrder = [...steps.filter(({ kind }) => kind !== 'convey'), ...steps.filter(({ kind }) => kind === 'convey')]
  return inOrder.reduce((so, step) => afterOne(so, { control, held, isOf }, step), control)
}

function afterOne(so: ControlRow, { control, held, isOf }: Own, step: Step): ControlRow {
  if (step.kind === 'convey') return conveyed(so, control, step, isOf)
  if (!standsOn(step.parent, control)) return so
  const words = step.held.filter(isOf)
  return words.reduce((row, word) => (step.kind === 'transfer' ? moved(row, held, word) : changed(row, held, word)), so)
}

/** What a release or an extension did to a control; a word of the control's own that came later stands. */
function changed(control: ControlRow, own: Held, { target, told }: Held): ControlRow {
  const { effect } = target
  if (effect !== 'ended' && effect !== 'effective') return control
  const over = effect === 'effective' && own.target.effect === 'ended' && own.told.issuedAt >= told.issuedAt
  if (over) return control
  const { endedBy: _ended, queuePlace: _place, ...rest } = control
  // A waiting control that only its release speaks of as "still there" goes on waiting.
  const stays = effect === 'effective' && control.effect === 'waiting'
  if (stays) return control
  // A sum the control's own delivery has restated since (money came in and was caught) is newer than this one.
  const newer = effect === 'effective' && isRestatedSince(own, told) ? sumsOf(own.target) : {}
  return { ...rest, ...stated(target), ...newer, effect, statement: told.id }
}

/** 扣划: what was sent is no longer held; with nothing held and nothing waited for, the freeze is at its end. */
function moved(control: ControlRow, own: Held, { target, told }: Held): ControlRow {
  const isDone = target.effect === 'ended' && target.amount !== undefined
  if (!isDone || control.effect !== 'effective' || control.amount === undefined) return control
  // Restated after the transfer, the sum is without what was sent already.
  if (isRestatedSince(own, told)) return control
  const left = subtractMoney(control.amount as Money, target.amount ?? zeroMoney)
  const amount = isRefusal(left) ? zeroMoney : left
  const isEmpty = amount === zeroMoney && (control.overQuota ?? zeroMoney) === zeroMoney
  return { ...control, amount, statement: told.id, ...(isEmpty && { effect: 'ended', endedBy: 'disposed' }) }
}

/** 过户: the asset's own control and every entry the court listed for cancellation end when the register says done. */
function conveyed(
  so: ControlRow,
  { controlNo }: ControlRow,
  { held, cancels }: Extract<Step, { kind: 'convey' }>,
  isOf: (held: Held) => boolean,
): ControlRow {
  const done = held.filter(({ target }) => target.effect === 'ended')
  const listed = controlNo !== undefined && cancels.includes(controlNo)
  const word = done.find(isOf) ?? (listed ? done[0] : undefined)
  if (!word || so.effect === 'ended') return so
  const { queuePlace: _place, ...rest } = so
  return { ...rest, effect: 'ended', endedBy: 'disposed', statement: word.told.id }
}

function isRestatedSince(own: Held, { issuedAt }: StatementRow): boolean {
  return own.target.effect === 'effective' && own.told.issuedAt > issuedAt
}
