import { assetKey } from '../domain/asset.ts'
import { fold, spokenOf, wholeStatements } from '../domain/fold.ts'
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
  /** Something stood on the asset at some time; else there was never a control. */
  readonly everHeld: boolean
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
  for (const statement of wholeStatements(statements)) {
    const row = rows.get(statement.sequence)
    if (!row) continue
    const known = [...held.values()].map(({ target }) => target)
    for (const target of spokenOf(statement, known)) {
      const key = assetKey(target.asset)
      held.set(key, nextOf(held.get(key), target, statement.kind, row, receivedAt ?? row.arrivedAt))
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
  const converted = target.effect !== 'none' && (kind === 'converted' || (before?.converted ?? false))
  return {
    target: restated(before?.target, target, kind),
    told,
    converted,
    everHeld: target.effect !== 'none' || (before?.everHeld ?? false),
    ...beginning(before, target, kind, told, receivedAt),
  }
}

/**
 * What a restatement leaves out is not thereby gone: later measures name a control by its number, and a control without
 * a last day would end unseen (invariant 12). A pre-seal that is converted keeps the term it has had since its own day.
 */
function restated(before: TargetResult | undefined, target: TargetResult, kind: StatementKind): TargetResult {
  const controlNo = target.controlNo ?? before?.controlNo
  const goesOn = before?.effect === 'effective' && (target.effect === 'effective' || target.effect === 'ended')
  const silentOnSums = target.amount === undefined && target.overQuota === undefined && target.quantity === undefined
  const term = goesOn && kind === 'converted' ? (before.term ?? target.term) : (target.term ?? (goesOn && before.term))
  return {
    ...(goesOn && silentOnSums && sumsOf(before)),
    ...target,
    ...(controlNo !== undefined && { controlNo }),
    ...(term && { term }),
  }
}

/** The sums of a control, as far as they are stated. */
export function sumsOf({ amount, overQuota, quantity }: TargetResult) {
  return { ...(amount && { amount }), ...(overQuota && { overQuota }), ...(quantity && { quantity }) }
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
    ...sumsOf(target),
    ...(target.term && { from: target.term.from, to: target.term.to }),
    ...(target.queuePlace !== undefined && { queuePlace: target.queuePlace }),
    ...(target.controlNo && { controlNo: target.controlNo }),
    ...(target.registeredAt && { registeredAt: target.registeredAt }),
  }
}
