import { type AssetClass, assetClasses } from './asset.ts'
import { addDays, addMonths, addYears, type BeijingDate, compareDates, daysBetween } from './beijing-date.ts'
import type { MeasureKind, Target, Term } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A request to act is good for 30 days, so no term may be put off beyond them to make it longer. */
export const daysToBegin = 30

/** The longest these may be held together, in years: the shortest cap among them rules. */
export function capYearsOf(targets: readonly Target[]): number {
  return Math.min(...targets.map((target) => assetClasses[target.asset.class].capYears))
}

/**
 * Checks the term of a first control against 民诉法解释 第四百八十五条第一款: at most one year for deposits, two for
 * movables, three for immovables and all other rights. The end may be at most the same day N years on.
 */
export function checkTerm(
  term: Term,
  targets: readonly Target[],
): Refusal<'term-backwards' | 'term-too-long'> | undefined {
  const capYears = capYearsOf(targets)
  if (term.kind === 'months') return checkMonths(term.months, capYears)
  const refused = checkOrder(term)
  if (refused) return refused
  const latest = addYears(term.from, capYears)
  return compareDates(term.to, latest) > 0 ? refuse('term-too-long', 'measure.term', { latest }) : undefined
}

/** What of a term can be told without knowing the control it goes on from. */
export function checkExtensionStated(
  term: Term,
  targets: readonly Target[],
): Refusal<'term-backwards' | 'term-too-long'> | undefined {
  return term.kind === 'months' ? checkMonths(term.months, capYearsOf(targets)) : checkOrder(term)
}

function checkMonths(months: number, capYears: number): Refusal<'term-backwards' | 'term-too-long'> | undefined {
  if (!(months >= 1)) return refuse('term-backwards', 'measure.term')
  const most = capYears * 12
  return months > most ? refuse('term-too-long', 'measure.term', { mostMonths: String(most) }) : undefined
}

function checkOrder(term: Extract<Term, { kind: 'dates' }>): Refusal<'term-backwards'> | undefined {
  return compareDates(term.to, term.from) <= 0 ? refuse('term-backwards', 'measure.term') : undefined
}

/** A term put off into the future would hold longer than the law lets it: it begins while the request is good. */
export function checkBeginning(term: Term, today: BeijingDate): Refusal<'term-starts-late'> | undefined {
  if (term.kind === 'months' || daysBetween(today, term.from) <= daysToBegin) return undefined
  return refuse('term-starts-late', 'measure.term', { latestFrom: addDays(today, daysToBegin) })
}

/** The last day of a term that states only its first: N years on, as `lastDay` counts them. */
export function defaultEnd(from: BeijingDate, years: number): BeijingDate {
  return lastDay(from, years * 12)
}

/**
 * The last of so many months, held from this day on: the same day of a later month, less one, so that the first day is held
 * once (民法典 第二百零一条至第二百零三条). Where that month is too short to have the day it is the month's last.
 */
export function lastDay(from: BeijingDate, months: number): BeijingDate {
  const end = addMonths(from, months)
  return end.slice(8) < from.slice(8) ? end : addDays(end, -1)
}

/**
 * The term of a first control that states none: money from today for as long as the law allows; what may have to wait
 * behind another court, as many months from the day it takes effect (查扣冻规定 第二十六条).
 */
export function defaultTerm(kind: MeasureKind, targets: readonly Target[], today: BeijingDate): Term {
  const capYears = capYearsOf(targets)
  return kind === 'freeze'
    ? { kind: 'dates', from: today, to: defaultEnd(today, capYears) }
    : { kind: 'months', months: capYears * 12 }
}

/** The longest property of this class may be held, in years. */
export const capYears = (of: AssetClass): number => assetClasses[of].capYears
