import type { RateWindows, Taken } from '../gateway/ports/rate-windows.ts'
import type { RateRule } from './rate-rules.ts'

/** What this process holds of a key's window: points that it took and has not spent, while the window lasts. */
type Held = {
  points: number
  sharedLeft: number
  endsAt: number
  /** The table has no more to give in this window. */
  spent: boolean
  filling: Promise<void> | undefined
}

/** How a call fared, and what is left to its caller. */
export type Fare = { readonly isAllowed: boolean; readonly left: number; readonly endsInMs: number }

export type Purse = {
  take(key: string, rule: RateRule, cost: number): Promise<Fare>
  /** How long nothing will be left, when this process knows it already. */
  spentFor(key: string): number | undefined
}

/** `now` is a monotonic clock in milliseconds; `mostHeld` bounds the memory that strangers can fill. */
export type PurseOptions = {
  readonly windows: RateWindows
  readonly now: () => number
  readonly mostHeld: number
}

/** For how long a block is spent that the table could not be asked for. */
const insuredMs = 10_000

/**
 * Points of the shared table, carried in memory. Of a block that was taken nobody else has a part, so the processes
 * together never spend more than a window has; what a process forgets, or keeps until the window ends, is lost to all.
 */
export function createPurse({ windows, now, mostHeld }: PurseOptions): Purse {
  const held = new Map<string, Held>()
  const heldOf = (key: string): Held => {
    const known = held.get(key)
    if (known && now() < known.endsAt) return known
    if (!known && held.size >= mostHeld) forgetOldest(held)
    const fresh = Object.assign(known ?? { endsAt: 0, filling: undefined }, { points: 0, sharedLeft: 0, spent: false })
    held.set(key, fresh)
    return fresh
  }
  const fill = filling(windows, now)
  return {
    take: async (key, rule, cost) => {
      const take = rule.counted === 'each' ? takeEach : takeFromBlock
      const isAllowed = await take(
        () => heldOf(key),
        cost,
        rule,
        (at, wanted) => fill(key, rule, at, wanted),
      )
      const { points, sharedLeft, endsAt } = heldOf(key)
      return { isAllowed, left: isAllowed ? points + sharedLeft : 0, endsInMs: Math.max(0, endsAt - now()) }
    },
    spentFor: (key) => {
      const at = held.get(key)
      const left = at ? at.endsAt - now() : 0
      return at?.spent && at.points === 0 && left > 0 ? left : undefined
    },
  }
}

type Fill = (at: Held, wanted: number) => Promise<number>

/** Asks the table at every call, until it has said that nothing is left: then memory refuses, and a flood costs nothing. */
async function takeEach(heldNow: () => Held, cost: number, _rule: RateRule, fill: Fill): Promise<boolean> {
  const at = heldNow()
  return !at.spent && (await fill(at, cost)) === cost
}

/** Calls that arrive together wait for one block, and take the next when that one is gone. */
async function takeFromBlock(heldNow: () => Held, cost: number, rule: RateRule, fill: Fill): Promise<boolean> {
  for (;;) {
    const at = heldNow()
    if (at.points >= cost) {
      at.points -= cost
      return true
    }
    if (at.spent) return false
    at.filling ??= fill(at, Math.min(rule.points, Math.max(rule.block, cost)))
      .then((granted) => {
        at.points += granted
      })
      .finally(() => {
        at.filling = undefined
      })
    await at.filling
  }
}

/** The window is timed from before the question, so that no point is spent after the window it was taken from. */
function filling(windows: RateWindows, now: () => number) {
  return async (key: string, rule: RateRule, at: Held, wanted: number): Promise<number> => {
    const asked = now()
    const taken = await windows.take(key, rule, wanted).catch((fault: unknown) => insured(rule, wanted, fault))
    at.endsAt = asked + taken.endsInMs
    at.sharedLeft = taken.left
    at.spent = taken.left === 0
    return taken.granted
  }
}

/** Where somebody could be guessing, no table means no call. A log and a sign of life must not depend on counting. */
function insured(rule: RateRule, wanted: number, fault: unknown): Taken {
  if (rule.counted === 'each') throw fault
  return { granted: wanted, left: rule.points, endsInMs: insuredMs }
}

function forgetOldest(held: Map<string, Held>): void {
  const [oldest] = held.keys()
  if (oldest !== undefined) held.delete(oldest)
}
