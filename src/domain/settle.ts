import { toBeijingDate } from './beijing-date.ts'
import { defaultExtension } from './extension.ts'
import { settlePayee } from './fund-account.ts'
import type { Measure, Term } from './measure.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { AskedRequest, DraftedRequest } from './request.ts'
import { controlsNamed, type Ground } from './stands-on.ts'
import { capYearsOf, defaultEnd, defaultTerm } from './term.ts'

/** True when an officer left nothing to be filled in. */
export function isSettled(drafted: DraftedRequest): drafted is AskedRequest {
  const { measure } = drafted
  const { kind } = measure
  if (kind === 'transfer') return measure.payee !== undefined
  if (kind !== 'freeze' && kind !== 'seal' && kind !== 'pre-seal' && kind !== 'extend') return true
  return measure.term !== undefined && measure.term.kind !== 'from'
}

/**
 * Fills in what an officer left out, so that what is signed always says it. A transfer takes the account of its case; without a term the longest the law
 * allows, with a first day alone its last. An extension goes on from the end of the control it names, without a day between.
 */
export function settle(
  given: DraftedRequest,
  ground: Ground,
): AskedRequest | Refusal<'term-missing' | 'fund-account-missing' | 'fund-account-unconfirmed'> {
  const drafted = settlePayee(given, ground.fundAccounts)
  if (isRefusal(drafted) || isSettled(drafted)) return drafted
  const measure = drafted.measure as Termed
  const term = measure.targets.length === 0 ? anyTerm : termOf(measure, ground)
  return isRefusal(term) ? term : { ...drafted, measure: { ...measure, term } as Measure }
}

type Termed = Extract<DraftedRequest['measure'], { kind: 'freeze' | 'seal' | 'pre-seal' | 'extend' }>

/** Of nothing nothing is held; that no property is named is said elsewhere. */
const anyTerm: Term = { kind: 'months', months: 1 }

function termOf(measure: Termed, ground: Ground): Term | Refusal<'term-missing'> {
  const { term, targets } = measure
  if (term?.kind === 'dates' || term?.kind === 'months') return term
  if (measure.kind !== 'extend') {
    if (!term) return defaultTerm(measure.kind, targets, toBeijingDate(ground.now))
    return { kind: 'dates', from: term.from, to: defaultEnd(term.from, capYearsOf(targets)) }
  }
  const named = controlsNamed({ measure }, ground)
  // What is wrong with the control itself is said first, elsewhere.
  if ((measure.parent.delivery && !ground.parent) || named.some(({ effect }) => effect !== 'effective')) return anyTerm
  const settled = defaultExtension(named)
  if (settled?.kind !== 'dates') return refuse('term-missing', 'measure.term')
  return term ? { ...settled, from: term.from } : settled
}
