import { assetKey } from '../domain/asset.ts'
import { fold, wholeStatements } from '../domain/fold.ts'
import type { StatementKind, TargetResult } from '../domain/statement.ts'
import type { ControlRow, StatementRow } from './ports/rows.ts'

/** What a delivery's own statements say of one asset, and since when it holds because of them. */
export type Held = {
  readonly target: TargetResult
  /** The statement that spoke of it last. */
  readonly told: StatementRow
  readonly effectiveFrom?: Date
  /** It waited first, so it holds from its activation and never from its reception. */
  readonly activated: boolean
  readonly converted: boolean
}

/**
 * Every asset a delivery speaks of, folded by `sequence` like its answer: whatever arrived in whatever order, the same
 * statements make the same controls (invariant 5).
 */
export function heldBy(told: readonly StatementRow[]): readonly Held[] {
  const statements = told.map((row) => row.statement)
  const rows = new Map(told.map((row) => [row.statement.sequence, row]))
  const { receivedAt } = fold(statements)
  const held = new Map<string, Held>()
  for (const { kind, sequence, targets } of wholeStatements(statements)) {
    const row = rows.get(sequence)
    if (!row) continue
    for (const target of targets) {
      const key = assetKey(target.asset)
      const before = held.get(key)
      held.set(key, nextOf(before, target, kind, row, receivedAt ?? row.arrivedAt))
    }
  }
  return [...held.values()]
}

function nextOf(
  before: Held | undefined,
  target: TargetResult,
  kind: StatementKind,
  told: StatementRow,
  receivedAt: Date,
): Held {
  // Later measures may name a control by its number, so a restatement that leaves it out does not take it away.
  const controlNo = target.controlNo ?? before?.target.controlNo
  const converted = target.effect !== 'none' && (kind === 'converted' || (before?.converted ?? false))
  return {
    target: { ...target, ...(controlNo !== undefined && { controlNo }) },
    told,
    converted,
    ...beginning(before, target, kind, told, receivedAt),
  }
}

/**
 * A control holds from the moment the registry had the request; one that waited, from the day it was activated. A
 * conversion counts from the pre-seal's own day, and a correction says what was so all along.
 */
function beginning(
  before: Held | undefined,
  target: TargetResult,
  kind: StatementKind,
  told: StatementRow,
  receivedAt: Date,
): Pick<Held, 'effectiveFrom' | 'activated'> {
  const since = before?.effectiveFrom
  const kept = { activated: before?.activated ?? false, ...(since && { effectiveFrom: since }) }
  if (target.effect === 'ended') return kept
  if (target.effect !== 'effective') return { activated: false }
  const waited = before?.target.effect === 'waiting'
  const rises = kind === 'activated' ? !kept.activated : waited && kind !== 'corrected'
  if (rises) return { activated: true, effectiveFrom: activationIn(target, told, before) }
  return since ? kept : { activated: false, effectiveFrom: receivedAt }
}

/** The moment in the register; but one that only repeats when it was put in the queue is not when it began to hold. */
function activationIn({ registeredAt }: TargetResult, { issuedAt }: StatementRow, before: Held | undefined): Date {
  const queuedAt = before?.target.registeredAt
  return registeredAt && registeredAt.getTime() !== queuedAt?.getTime() ? registeredAt : issuedAt
}

/** What a registry states of a control beside its effect. */
export function stated(target: TargetResult): Partial<ControlRow> {
  return {
    ...(target.endedBy && { endedBy: target.endedBy }),
    ...(target.amount && { amount: target.amount }),
    ...(target.overQuota && { overQuota: target.overQuota }),
    ...(target.quantity && { quantity: target.quantity }),
    ...(target.term && { from: target.term.from, to: target.term.to }),
    ...(target.queuePlace !== undefined && { queuePlace: target.queuePlace }),
    ...(target.controlNo && { controlNo: target.controlNo }),
    ...(target.registeredAt && { registeredAt: target.registeredAt }),
  }
}

/** What a release or an extension did to a control; a word of the control's own that came later stands. */
export function after(control: ControlRow, own: Held, { target, told }: Held): ControlRow {
  const { effect } = target
  if (effect !== 'ended' && effect !== 'effective') return control
  const over = effect === 'effective' && own.target.effect === 'ended' && own.told.issuedAt >= told.issuedAt
  if (over) return control
  const { endedBy: _ended, queuePlace: _place, ...rest } = control
  // A waiting control that only its release speaks of as "still there" goes on waiting.
  const stays = effect === 'effective' && control.effect === 'waiting'
  if (stays) return control
  return { ...rest, ...stated(target), effect, statement: told.id }
}
