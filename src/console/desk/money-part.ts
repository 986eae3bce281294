import { html } from 'hono/html'
import type { Controlled } from '../../domain/ceiling.ts'
import { type Money, subtractMoney, sumMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { facts, type Html } from '../layout.ts'
import { ceilingBar } from './pictures.ts'
import { sum } from './results.ts'
import { deskWords as words } from './words.ts'

/** What a case may hold, what it holds and what it has asked for. */
export type CaseMoney = {
  readonly ceiling: Money
  readonly controlled: Controlled
  /** Asked for in requests that no registry has answered for yet. */
  readonly pending: Money
}

/** The bar and its sums, the same wherever a case is worked on. */
export function caseMoneyPart({ ceiling, controlled, pending }: CaseMoney): Html {
  const { actual, sealed, overQuota } = controlled
  const left = subtractMoney(ceiling, sumMoney([actual, sealed, overQuota, pending]))
  return html`${ceilingBar({ ceiling, actual, sealed, pending: sumMoney([overQuota, pending]) })}
    ${facts([
      [words.ceiling, sum(ceiling)],
      [words.actual, sum(actual)],
      [words.sealedWorth, sum(sealed)],
      [words.overQuota, sum(overQuota)],
      [words.pending, sum(pending)],
      [words.leftToHold, sum(isRefusal(left) ? zeroMoney : left)],
    ])}`
}
