import { assetClasses } from './asset.ts'
import { addMonths, addYears, type BeijingDate, compareDates } from './beijing-date.ts'
import type { Target, Term } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * Checks a term against 民诉法解释 第四百八十五条: at most one year for deposits, two for movables, three for immovables
 * and all other rights; the shortest cap among the targets rules. The end may be at most the same day N years on.
 */
export function checkTerm(
  term: Term,
  targets: readonly Target[],
): Refusal<'term-backwards' | 'term-too-long'> | undefined {
  const capYears = Math.min(...targets.map((target) => assetClasses[target.asset.class].capYears))
  if (term.kind === 'months') return term.months > capYears * 12 ? refuse('term-too-long', 'measure.term') : undefined
  if (compareDates(term.to, term.from) <= 0) return refuse('term-backwards', 'measure.term')
  if (compareDates(term.to, addYears(term.from, capYears)) > 0) return refuse('term-too-long', 'measure.term')
  return undefined
}

/** The days a term covers when it starts on `start`: a waiting control's term runs only from its activation. */
export function termFrom(term: Term, start: BeijingDate): { from: BeijingDate; to: BeijingDate } {
  return term.kind === 'dates' ? { from: term.from, to: term.to } : { from: start, to: addMonths(start, term.months) }
}
