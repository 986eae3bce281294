import { describe, expect, test } from 'vitest'
import { retryAfter } from '../../src/relay/again.ts'

describe('when to try again', () => {
  test('soon after a hiccup, rarely in a long outage, and never not at all', () => {
    const steps = Array.from({ length: 12 }, (_, n) => retryAfter(n + 1, () => 0.5))
    expect(steps).toEqual([1, 2, 5, 10, 30, 60, 300, 900, 1800, 1800, 1800, 1800])
  })

  test('a thousand deliveries do not come back in the same second', () => {
    expect([retryAfter(6, () => 0), retryAfter(6, () => 1)]).toEqual([45, 75])
  })
})
