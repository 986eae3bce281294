import { assetClasses } from './asset.ts'
import { addYears, compareDates } from './beijing-date.ts'
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
  if (term.kind === 'months') {
    if (!(term.months >= 1)) return refuse('term-backwards', 'measure.term')
    return term.months > capYears * 12 ? refuse('term-too-long', 'measure.term') : undefined
  }
  if (compareDates(term.to, term.from) <= 0) return refuse('term-backwards', 'measure.term')
  if (compareDates(term.to, addYears(term.from, capYears)) > 0) return refuse('term-too-long', 'measure.term')
  return undefined
}
