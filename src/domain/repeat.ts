import { type Asset, assetKey } from './asset.ts'
import { addDays, type BeijingDate, compareDates } from './beijing-date.ts'
import { fold, wholeStatements } from './fold.ts'
import { type Target, targetsFor } from './measure.ts'
import { compareMoney, type Money, renminbi, splitMoney, subtractMoney, sumMoney, zeroMoney } from './money.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { AskedRequest } from './request.ts'
import type { Statement } from './statement.ts'

/** How long an order to freeze may be repeated, counted from the day it is looked at. */
const longestRepeatDays = 30

/**
 * An order that is repeated until its total is met: a freeze of deposits in yuan and nothing else, for thirty days at most.
 * No statute speaks of it; each repetition is held against all that speak of a freeze.
 */
export function checkRepeat(
  { measure, repeatUntil }: Pick<AskedRequest, 'measure' | 'repeatUntil'>,
  today: BeijingDate,
): Refusal<'repeat-not-money' | 'repeat-too-long'> | undefined {
  if (repeatUntil === undefined) return undefined
  const isMoney =
    measure.kind === 'freeze' &&
    measure.currency === renminbi &&
    measure.targets.every(({ asset }) => asset.class === 'deposit')
  if (!isMoney) return refuse('repeat-not-money', 'repeatUntil')
  const latest = addDays(today, longestRepeatDays)
  if (compareDates(repeatUntil, today) >= 0 && compareDates(repeatUntil, latest) <= 0) return undefined
  return refuse('repeat-too-long', 'repeatUntil', { earliest: today, latest })
}

/** One account at one bank, of which an order asks a part of its total. */
export type Share = { readonly registry: string; readonly target: Target }

/** Every account that an order names, at every bank where it is asked for. */
export function sharesOf({ measure, registries }: Pick<AskedRequest, 'measure' | 'registries'>): readonly Share[] {
  return [...new Set(registries)].flatMap((registry) =>
    targetsFor(measure, registry).map((target) => ({ registry, target })),
  )
}

/** A sum that came to be held: what one statement told more than those before it. */
export type Hit = { readonly sequence: number; readonly asset: Asset; readonly amount: Money }

/** What a bank came to hold by its own words about one freeze; a sum that is moved on later was held all the same. */
export function hitsIn(statements: readonly Statement[]): readonly Hit[] {
  const most = new Map<string, Money>()
  return wholeStatements(statements).flatMap(({ sequence, targets }) =>
    targets.flatMap(({ asset, effect, amount }): Hit[] => {
      const before = most.get(assetKey(asset)) ?? zeroMoney
      if (effect !== 'effective' || amount === undefined || compareMoney(amount, before) <= 0) return []
      most.set(assetKey(asset), amount)
      const more = subtractMoney(amount, before)
      return isRefusal(more) ? [] : [{ sequence, asset, amount: more }]
    }),
  )
}

/** What one freeze takes of the total: what is held, and what may yet come to be held by it. */
export type Placed = {
  readonly held: Money
  readonly waiting: Money
  /** Accounts that wait for money at the bank itself (额度冻结, 轮候): asked again, they would be held twice. */
  readonly busy: readonly Asset[]
}

/** By a bank's words on a freeze that asked for `amount`. Where it did not say how much, all of that may be held. */
export function placedBy(statements: readonly Statement[], amount: Money): Placed {
  const held = sumMoney(hitsIn(statements).map((hit) => hit.amount))
  const { targets } = fold(statements, 'freeze')
  const live = targets.filter(({ effect }) => effect === 'effective' || effect === 'waiting')
  const isUnsaid = live.some(({ effect, amount: said }) => effect === 'waiting' || said === undefined)
  const over = sumMoney(live.flatMap(({ overQuota }) => overQuota ?? []))
  const rest = subtractMoney(amount, held)
  const waits = (one: (typeof live)[number]) =>
    one.effect === 'waiting' || one.amount === undefined || (one.overQuota ?? zeroMoney) !== zeroMoney
  return {
    held,
    waiting: isUnsaid && !isRefusal(rest) ? rest : over,
    busy: live.filter(waits).map(({ asset }) => asset),
  }
}

/**
 * The next repetition of an order: `rest`, and never more, in equal parts over the accounts that are asked again. Undefined
 * when there is nothing to ask, or nobody to ask it of.
 */
export function nextRepetition(order: AskedRequest, open: readonly Share[], rest: Money): AskedRequest | undefined {
  const { measure, repeatUntil: _, urgentReason: __, ...asked } = order
  if (measure.kind !== 'freeze' || open.length === 0) return undefined
  const shares = open.slice(0, mostTargets)
  const parts = splitMoney(rest, shares.length)
  const targets = shares.flatMap(({ registry, target }, at): Target[] => {
    const amount = parts[at] ?? zeroMoney
    return amount === zeroMoney ? [] : [{ ...target, registry, amount }]
  })
  if (targets.length === 0) return undefined
  const named = new Set(targets.map(({ registry }) => registry))
  return { ...asked, registries: asked.registries.filter((code) => named.has(code)), measure: { ...measure, targets } }
}

const mostTargets = 50
