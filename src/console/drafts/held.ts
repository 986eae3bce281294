import { type Control, isInForce } from '../../domain/control.ts'
import { type Money, subtractMoney, sumMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { Latest } from '../desk/latest.ts'

/** What this case holds of a thing already: all of it, a place in the queue, or a sum of an account. */
export type Held =
  | { readonly kind: 'whole' }
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'sum'
      readonly amount: Money
      /** What an account held when its bank was asked last, less what was frozen of it since. */
      readonly left: Money
    }

/** `controls` are those on this very thing. A sum nobody stated is taken for the whole. */
export function heldOf({ holding, toldAt }: Latest, controls: readonly Control[], now: Date): Held | undefined {
  if (controls.some(({ effect }) => effect === 'waiting')) return { kind: 'waiting' }
  const own = controls.filter((one) => isInForce(one, now))
  if (own.length === 0) return undefined
  const amounts = own.flatMap(({ amount }) => (amount as Money | undefined) ?? [])
  if (holding.asset.class !== 'deposit' || amounts.length < own.length) return { kind: 'whole' }
  const available = 'available' in holding ? holding.available : undefined
  const isSince = ({ effectiveFrom }: Control) => !toldAt || !effectiveFrom || effectiveFrom >= toldAt
  const unseen = available === undefined ? own : own.filter(isSince)
  const most = available ?? ('balance' in holding ? holding.balance : undefined) ?? zeroMoney
  const left = subtractMoney(most, sumMoney(unseen.flatMap(({ amount }) => (amount as Money | undefined) ?? [])))
  return { kind: 'sum', amount: sumMoney(amounts), left: isRefusal(left) ? zeroMoney : left }
}
