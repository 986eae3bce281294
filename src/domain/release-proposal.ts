import { controlledOf, heldOf } from './ceiling.ts'
import { type Control, isInForce } from './control.ts'
import { addMoney, compareMoney, type Money, renminbi, subtractMoney, zeroMoney } from './money.ts'
import { isRefusal } from './refusal.ts'

/** One freeze that should be released, wholly or by as much. */
export type ProposedRelease = {
  readonly control: string
  readonly delivery: string
  /** Of the quota that waits for money. */
  readonly overQuota: Money
  /** Of the money really held. */
  readonly amount: Money
  readonly whole: boolean
}

/**
 * What has to be let go when more is held than the case can ask for (查扣冻规定 第十九条第二款; 善意文明执行意见): first every
 * quota that waits for money, for nothing more is needed; then money really held, the newest freeze first, until no more
 * than the ceiling is left. Seals are never proposed: to lift a thing for its surplus takes a person. Empty while the
 * ceiling is not passed; and while it is only just reached the quotas are given up, so that it never is.
 */
export function releaseProposal(controls: readonly Control[], ceiling: Money, now: Date): readonly ProposedRelease[] {
  const held = heldOf(controlledOf(controls, now))
  if (compareMoney(held, ceiling) < 0) return []
  let surplus = less(held, ceiling)
  return freezesIn(controls, now).flatMap((control) => {
    const actual = (control.amount as Money | undefined) ?? zeroMoney
    const overQuota = (control.overQuota as Money | undefined) ?? zeroMoney
    const amount = compareMoney(actual, surplus) < 0 ? actual : surplus
    surplus = less(surplus, amount)
    if (addMoney(amount, overQuota) === zeroMoney) return []
    const whole = amount === actual
    return [{ control: control.id, delivery: control.delivery, overQuota, amount, whole }]
  })
}

/** Newest first; of two of one moment, the later id. */
function freezesIn(controls: readonly Control[], now: Date): readonly Control[] {
  const isOurs = ({ measure, assetClass, currency = renminbi }: Control) =>
    measure === 'freeze' && assetClass === 'deposit' && currency === renminbi
  const since = ({ effectiveFrom }: Control) => effectiveFrom?.getTime() ?? 0
  return controls
    .filter((control) => isOurs(control) && isInForce(control, now))
    .sort((a, b) => since(b) - since(a) || (a.id < b.id ? 1 : -1))
}

function less(from: Money, taken: Money): Money {
  const rest = subtractMoney(from, taken)
  return isRefusal(rest) ? zeroMoney : rest
}
