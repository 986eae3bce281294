import { formatBeijing } from '../../src/domain/beijing-date.ts'
import type { StatementKind, TargetResult } from '../../src/domain/statement.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import { sealOf } from './holdings.ts'
import { sameUnit } from './match.ts'
import type { ControlResult, fieldNames, UnitResult } from './wire-result.ts'

/** What a result does not say or says of the wrong unit; `field` is a key of the wire's own names. */
export type Irregular = { readonly kind: 'irregular'; readonly field: keyof typeof fieldNames; readonly unit?: number }
export type Incomplete = { readonly kind: 'incomplete' }

export type Verdict = {
  readonly kind: 'verdict'
  readonly says: StatementKind
  readonly targets: readonly TargetResult[]
  readonly reason?: { readonly code: string; readonly text: string }
}

/** `pending`: taken in by the counter and not in the register, where nothing yet stands on the unit. */
type Outcome = { readonly kind: 'pending' } | { readonly kind: 'told'; readonly target: TargetResult }

/**
 * What a control result says. The trap of this dialect is its first code: 1 (done) is sent when the counter accepts
 * the papers, and again when the register has the seal; only the second, which has its moment of registration, is
 * executed (invariant 6). A unit that is sealed by another court comes back done as well, and is waiting.
 */
export function verdictOf(result: ControlResult, claims: RequestClaims): Verdict | Irregular | Incomplete {
  const outcomes: Outcome[] = []
  const named = new Set<object>()
  for (const [at, unit] of result.units.entries()) {
    const target = claims.targets?.find(({ asset }) => sameUnit(asset, unit))
    // A unit that was never asked for, or one named twice: no statement about our delivery says that.
    if (!target || named.has(target)) return { kind: 'irregular', field: 'unit', unit: at }
    named.add(target)
    const missing = missingIn(unit, result.kind, claims)
    if (missing) return { kind: 'irregular', field: missing, unit: at }
    outcomes.push(outcomeOf(unit, target.asset as TargetResult['asset'], result.kind, claims))
  }
  const wholeAnswer = result.kind === 'first' && named.size < (claims.targets?.length ?? 0)
  return wholeAnswer ? { kind: 'incomplete' } : summed(result, outcomes)
}

/** Which field a unit of this kind of result cannot be without. */
function missingIn(unit: UnitResult, told: ControlResult['kind'], { measure }: RequestClaims) {
  if (unit.state === 'not-done') return unit.reason ? undefined : 'reason'
  if (told === 'returned') return 'state'
  if (told === 'ended') return unit.endedBy ? undefined : 'endedBy'
  if (told !== 'first' && !unit.registeredAt) return 'registeredAt'
  if (told === 'activated' && !unit.priorLiftedAt) return 'priorLiftedAt'
  const holds = measure === 'seal' || measure === 'pre-seal' || measure === 'extend'
  if (!holds || !unit.registeredAt) return undefined
  if (!unit.kind || ((told === 'activated' || told === 'converted') && waits(unit))) return 'kind'
  return waits(unit) || (unit.from && unit.to && unit.from <= unit.to) ? undefined : 'term'
}

function outcomeOf(
  unit: UnitResult,
  asset: TargetResult['asset'],
  told: ControlResult['kind'],
  claims: RequestClaims,
): Outcome {
  const quoted = quotedOf(unit, asset)
  if (unit.state === 'not-done') return { kind: 'told', target: { ...quoted, effect: 'none' } }
  if (told === 'ended') return ended(quoted, unit.endedBy)
  if (!unit.registeredAt) return { kind: 'pending' }
  if (claims.measure === 'release') return ended(quoted, 'released')
  if (claims.measure === 'convey') return ended(quoted, 'disposed')
  // A waiting seal has no running term, whatever dates the registry copies from the court's paper.
  if (waits(unit))
    return { kind: 'told', target: { ...quoted, effect: 'waiting', ...(unit.place && { queuePlace: unit.place }) } }
  const { from, to } = unit
  return { kind: 'told', target: { ...quoted, effect: 'effective', ...(from && to && { term: { from, to } }) } }
}

function ended(quoted: Quoted, endedBy: TargetResult['endedBy']): Outcome {
  return { kind: 'told', target: { ...quoted, effect: 'ended', ...(endedBy && { endedBy }) } }
}

type Quoted = Omit<TargetResult, 'effect'>

function quotedOf(unit: UnitResult, asset: TargetResult['asset']): Quoted {
  const registeredAt = unit.priorLiftedAt ?? unit.registeredAt
  const lifted = unit.priorLiftedAt && `在先查封于 ${formatBeijing(unit.priorLiftedAt)} 解除`
  const reason = unit.reason ?? lifted ?? unit.note
  return {
    asset,
    ...(unit.controlNo && { controlNo: unit.controlNo }),
    // What waited holds from the moment the seal in front was lifted, not from the day it was put in the queue.
    ...(registeredAt && { registeredAt }),
    ...(unit.priors && { encumbrances: unit.priors.map(sealOf) }),
    ...(reason && { reason }),
  }
}

function waits({ kind }: UnitResult): boolean {
  return kind === 'waiting' || kind === 'waiting-pre-seal'
}

function summed({ kind, units }: ControlResult, outcomes: readonly Outcome[]): Verdict {
  const targets = outcomes.flatMap((outcome) => (outcome.kind === 'told' ? [outcome.target] : []))
  const why = units.find(({ reason }) => reason)?.reason
  const because = (code: string) => (why ? { reason: { code, text: why } } : {})
  if (kind === 'returned') return { kind: 'verdict', says: 'returned', targets, ...because('registry-returned') }
  if (kind !== 'first') return { kind: 'verdict', says: kind, targets, ...because('registry-refused') }
  if (outcomes.some((outcome) => outcome.kind === 'pending')) return { kind: 'verdict', says: 'accepted', targets }
  return { kind: 'verdict', says: firstWord(targets), targets, ...because('registry-refused') }
}

function firstWord(targets: readonly TargetResult[]): StatementKind {
  const effects = new Set(targets.map(({ effect }) => effect))
  if (effects.size > 1) return 'partly'
  if (effects.has('none')) return 'refused'
  return effects.has('waiting') ? 'waiting' : 'executed'
}
