import { type Asset, assetKey } from './asset.ts'
import { type Answer, isAnswered } from './fold.ts'
import type { MeasureKind } from './measure.ts'
import { compareMoney } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Statement, StatementKind, TargetResult } from './statement.ts'

/** How long a registry's clerk still sees a delivery after the last word about it; one that waits in a queue longer. */
export const clerkSeesDays = 30

const laterKinds: readonly StatementKind[] = ['corrected', 'activated', 'converted', 'ended']

/** Whether a statement goes on from an answer that was given: a correction, or what has become of a control since. */
function isLater(kind: StatementKind): boolean {
  return laterKinds.includes(kind)
}

export type OrderCode = 'answer-given' | 'answer-not-yet'

/** An answer is given once; whatever comes after it corrects it or goes on from it, and nothing is overwritten. */
export function refusalToOrder(before: Answer, kind: StatementKind): Refusal<OrderCode> | undefined {
  if (isLater(kind)) return isAnswered(before) ? undefined : refuse('answer-not-yet', 'kind')
  return isAnswered(before) ? refuse('answer-given', 'kind') : undefined
}

export type FormCode =
  | 'answer-holdings-missing'
  | 'answer-target-missing'
  | 'answer-amount-missing'
  | 'answer-term-missing'
  | 'answer-queue-missing'
  | 'answer-reason-missing'

/**
 * What a person must not leave out, though a registry's own system may: what was found, each target, how much is held and until when, its
 * place in the queue, why not.
 */
export function refusalToForm(
  { kind, holdings, targets, reason }: Omit<Statement, 'sequence'>,
  asked: readonly Asset[],
  measure: MeasureKind,
): Refusal<FormCode> | undefined {
  const isFound = measure === 'inquire' && (kind === 'executed' || kind === 'partly') && targets.length === 0
  if (isFound && holdings.length === 0) return refuse('answer-holdings-missing', 'holdings')
  const told = new Set(targets.map(({ asset }) => assetKey(asset)))
  const owesAll = kind === 'executed' || kind === 'partly' || kind === 'waiting'
  const missing = owesAll ? asked.findIndex((asset) => !told.has(assetKey(asset))) : -1
  if (missing >= 0) return refuse('answer-target-missing', 'targets', { target: String(missing + 1) })
  const unsummed = targets.findIndex((target) => lacksAmount(target, measure))
  if (unsummed >= 0) return refuse('answer-amount-missing', 'targets', { target: String(unsummed + 1) })
  const undated = targets.findIndex(({ effect, term }) => effect === 'effective' && !term && isDated(measure))
  if (undated >= 0) return refuse('answer-term-missing', 'targets', { target: String(undated + 1) })
  const at = targets.findIndex(({ effect, queuePlace }) => effect === 'waiting' && queuePlace === undefined)
  if (at >= 0) return refuse('answer-queue-missing', 'targets', { target: String(at + 1) })
  const unreasoned = targets.some((target) => target.effect === 'none' && target.reason === undefined)
  return unreasoned && !reason ? refuse('answer-reason-missing', 'reason') : undefined
}

/** Of an account no more is available than is in it. Whoever copies a paper writes what it says, so this is asked of a clerk alone. */
export function refusalToSums({
  holdings,
}: Pick<Statement, 'holdings'>): Refusal<'answer-available-above-balance'> | undefined {
  const at = holdings.findIndex(
    ({ balance, available }) =>
      balance !== undefined && available !== undefined && compareMoney(available, balance) > 0,
  )
  return at < 0 ? undefined : refuse('answer-available-above-balance', 'holdings', { holding: String(at + 1) })
}

/** A control that holds from one day until another: without them nobody can renew it in time. */
export function isDated(measure: MeasureKind): boolean {
  return measure === 'freeze' || measure === 'seal' || measure === 'pre-seal' || measure === 'extend'
}

/** Of money, how much; of shares and the like their number does as well. Without it the case's sums are too small. */
function lacksAmount({ asset, effect, amount, quantity }: TargetResult, measure: MeasureKind): boolean {
  if (measure !== 'freeze' || effect !== 'effective' || amount !== undefined) return false
  return asset.class === 'deposit' || quantity === undefined
}

/** What was done to a target, as a person ticks it. */
export type Outcome = 'done' | 'waiting' | 'none'

/** What "done" leaves on a target: most measures hold it from now on, these three are over when they are done. */
export function effectOf(measure: MeasureKind, outcome: Outcome): Pick<TargetResult, 'effect' | 'endedBy'> {
  if (outcome !== 'done') return { effect: outcome }
  if (measure === 'release') return { effect: 'ended', endedBy: 'released' }
  if (measure === 'transfer' || measure === 'convey') return { effect: 'ended', endedBy: 'disposed' }
  return { effect: 'effective' }
}

/** The kind of answer that the targets together make. */
export function kindOf(targets: readonly Pick<TargetResult, 'effect'>[]): StatementKind {
  const effects = new Set(targets.map(({ effect }) => effect))
  if (effects.size > 1) return 'partly'
  if (effects.has('waiting')) return 'waiting'
  return effects.has('none') ? 'refused' : 'executed'
}

/** Whether a registry has no system that could prove itself: its clerk answers at our desk, or it is visited. */
export function isByPeople(mode: string): mode is 'desk' | 'errand' {
  return mode === 'desk' || mode === 'errand'
}
