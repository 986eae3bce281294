import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failuresBeforeLock, isLocked, type LockStanding, longestLock, tried } from '../../src/domain/lock-out.ts'

const start = new Date('2026-06-03T01:00:00Z')
const minute = 60_000
const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

describe('an account that is tried', () => {
  test('is locked by the fifth failure for a minute, and by each that follows for twice as long, up to an hour', () => {
    let standing: LockStanding = { failures: 0 }
    let now = start
    const locks: number[] = []
    for (let failure = 1; failure <= 12; failure += 1) {
      standing = tried(standing, now)
      locks.push(standing.lockedUntil ? (standing.lockedUntil.getTime() - now.getTime()) / minute : 0)
      now = standing.lockedUntil ?? now
    }
    expect(locks).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60])
  })

  test('is open again at the very moment its lock ends', () => {
    const standing = { failures: 5, lockedUntil: later(start, minute) }
    expect([isLocked(standing, later(start, minute - 1)), isLocked(standing, later(start, minute))]).toEqual([
      true,
      false,
    ])
  })

  test('forgets failures of the day before', () => {
    const old = { failures: 4, failedAt: start }
    expect(tried(old, later(start, 24 * 60 * minute)).lockedUntil).toBeUndefined()
    expect(tried(old, later(start, 24 * 60 * minute - 1)).lockedUntil).toBeDefined()
  })

  test('lets through no more than so many tries in a day, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 * minute }), { maxLength: 300 }), (gaps) => {
        let standing: LockStanding = { failures: 0 }
        let now = start
        let weighed = 0
        for (const gap of gaps) {
          now = later(now, gap)
          if (now.getTime() - start.getTime() > 24 * 60 * minute) break
          if (isLocked(standing, now)) continue
          standing = tried(standing, now)
          weighed += 1
        }
        expect(weighed).toBeLessThanOrEqual(failuresBeforeLock + 6 + (24 * 60 * minute) / longestLock)
      }),
    )
  })
})
