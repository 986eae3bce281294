/** How an account stands with those who try its password or its code. */
export type LockStanding = { readonly failures: number; readonly failedAt?: Date; readonly lockedUntil?: Date }

/** So many wrong tries are let pass; the last of them locks the account. */
export const failuresBeforeLock = 5

const minute = 60_000

/** A lock begins with a minute and doubles with every further failure, up to an hour. */
export const longestLock = 60 * minute

/** Failures this old are forgotten: somebody who mistypes once a week is not attacked. */
const forgottenAfter = 24 * 60 * minute

export function isLocked({ lockedUntil }: LockStanding, now: Date): boolean {
  return lockedUntil !== undefined && now < lockedUntil
}

/**
 * The account after one more try, counted before anybody knows how it ends: a hundred tries at once are then a hundred
 * tries, and not one. A try that was right gives its count back.
 */
export function tried({ failures, failedAt }: LockStanding, now: Date): LockStanding {
  const remembered = failedAt && now.getTime() - failedAt.getTime() < forgottenAfter ? failures : 0
  const count = remembered + 1
  const over = count - failuresBeforeLock
  if (over < 0) return { failures: count, failedAt: now }
  const lock = Math.min(minute * 2 ** Math.min(over, 20), longestLock)
  return { failures: count, failedAt: now, lockedUntil: new Date(now.getTime() + lock) }
}
