import { type Money, subtractMoney, sumMoney, zeroMoney } from './money.ts'
import { isRefusal } from './refusal.ts'
import type { Encumbrance } from './statement.ts'

const prior: readonly Encumbrance['kind'][] = ['freeze', 'seal', 'pre-seal', 'mortgage', 'priority-right']

/**
 * What a thing is worth to the case: its value less the claims that come before ours (查扣冻规定 第十九条; 民法典 第四百一十四条).
 * Undefined, and never zero, when the value or any of the claims is unknown.
 */
export function netValueOf(value: Money | undefined, encumbrances: readonly Encumbrance[]): Money | undefined {
  const before = encumbrances.filter(({ kind }) => prior.includes(kind))
  if (value === undefined || before.some(({ amount }) => amount === undefined)) return undefined
  const rest = subtractMoney(value, sumMoney(before.flatMap(({ amount }) => amount ?? [])))
  return isRefusal(rest) ? zeroMoney : rest
}
