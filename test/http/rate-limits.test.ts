import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RateWindows } from '../../src/gateway/ports/rate-windows.ts'
import { countedAddress } from '../../src/http/counted-address.ts'
import { createRateLimits } from '../../src/http/rate-limits.ts'
import { type RateRule, type RateRuleName, rateRules, scaled } from '../../src/http/rate-rules.ts'

/** The shared table, told plainly: one counter a key, and a clock that the test turns. */
function tableOf(clock: { ms: number }) {
  const rows = new Map<string, { points: number; endsAt: number; limit: number }>()
  let asked = 0
  const table: RateWindows = {
    take: async (key, window, wanted) => {
      asked += 1
      let row = rows.get(key)
      if (!row || row.endsAt <= clock.ms) {
        row = { points: 0, endsAt: clock.ms + window.seconds * 1000, limit: window.points }
        rows.set(key, row)
      }
      const granted = Math.min(wanted, row.limit - row.points)
      row.points += granted
      return { granted, left: row.limit - row.points, endsInMs: row.endsAt - clock.ms }
    },
  }
  return { table, keys: () => [...rows.keys()], asked: () => asked }
}

const secret = Buffer.alloc(32, 'rate')
const clockOf = (clock: { ms: number }) => () => clock.ms

function processes(count: number, clock: { ms: number }, scale = 1) {
  const shared = tableOf(clock)
  const one = () => createRateLimits({ windows: shared.table, secret, scale, now: clockOf(clock) })
  return { ...shared, limits: Array.from({ length: count }, one) }
}

const rules = Object.entries<RateRule>(rateRules) as [RateRuleName, RateRule][]

describe('every rule', () => {
  test.each(rules)('%s can be kept: a block is a part of the limit, a guess is counted one by one', (_name, rule) => {
    for (const scale of [0.01, 1, 7.3, 10_000]) {
      const { points, block, counted } = scaled(rule, scale)
      expect(Number.isInteger(points) && Number.isInteger(block)).toBe(true)
      expect(block).toBeGreaterThanOrEqual(1)
      expect(block).toBeLessThanOrEqual(points)
      if (counted === 'each') expect(block).toBe(1)
      // A killed process loses its block: a wider limit is not to be lost in fewer restarts.
      expect(block).toBeLessThanOrEqual(rule.block)
      // The count of a row is at most the limit and one taking more, and has to fit the column.
      expect(points + block).toBeLessThan(2 ** 31)
    }
  })
})

/** What happens to one subject: time goes by, or a call with a cost arrives at one of the processes. */
const step = fc.oneof(
  fc.record({ passes: fc.integer({ min: 1, max: 400_000 }) }),
  fc.record({ at: fc.nat({ max: 2 }), cost: fc.constantFrom(1, 1, 1, 10), times: fc.integer({ min: 1, max: 40 }) }),
)

describe('processes that share a table', () => {
  test.each([
    ['sign-in', 1],
    ['stranger', 0.1],
  ] as const)(
    'never allow more of %s in a window than its limit, and refuse nobody while something is left',
    async (name, scale) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const clock = { ms: 0 }
          const { limits } = processes(3, clock, scale)
          const { points, seconds, block, counted } = scaled(rateRules[name], scale)
          // What two other processes hold of their blocks, and a rest smaller than the cost, is all that can be lost.
          const lost = counted === 'each' ? 0 : 2 * Math.max(block, 10) + 10
          let window = { endsAt: 0, allowed: 0 }
          for (const one of steps) {
            if ('passes' in one) {
              clock.ms += one.passes
              continue
            }
            if (clock.ms >= window.endsAt) window = { endsAt: clock.ms + seconds * 1000, allowed: 0 }
            const cost = counted === 'each' ? 1 : one.cost
            for (let n = 0; n < one.times; n += 1) {
              const said = await limits[one.at]?.take(name, 'somebody', cost)
              if (said?.kind === 'allowed') window.allowed += cost
              else {
                expect(window.allowed + cost + lost).toBeGreaterThan(points)
                expect(said?.endsInSeconds).toBe(Math.ceil((window.endsAt - clock.ms) / 1000))
              }
              expect(window.allowed).toBeLessThanOrEqual(points)
            }
          }
        }),
        { numRuns: 60 },
      )
    },
  )

  test('many calls at once spend exactly the limit between them', async () => {
    const { limits, asked } = processes(4, { ms: 0 })
    const { points, block } = rateRules.stranger
    const calls = Array.from({ length: points + 500 }, (_, n) => limits[n % 4]?.take('stranger', 'one address'))
    const said = await Promise.all(calls)
    expect(said.filter((verdict) => verdict?.kind === 'allowed')).toHaveLength(points)
    // Each block once, and each process once more to hear that there is none left.
    expect(asked()).toBeLessThanOrEqual(points / block + 4)
  })

  test('a cheap call asks the table once a block; a guess asks it every time, until nothing is left', async () => {
    const clock = { ms: 0 }
    const { limits, asked } = processes(1, clock)
    const [one] = limits
    for (let n = 0; n < 2 * rateRules.person.block; n += 1) await one?.take('person', 'lin')
    expect(asked()).toBe(2)
    for (let n = 0; n < rateRules['sign-in'].points + 100; n += 1) await one?.take('sign-in', 'lin')
    expect(asked()).toBe(2 + rateRules['sign-in'].points)
    clock.ms = rateRules['sign-in'].seconds * 1000
    expect(await one?.take('sign-in', 'lin')).toMatchObject({ kind: 'allowed', left: rateRules['sign-in'].points - 1 })
  })

  test('one who has called too often is told when to come again; another is served meanwhile', async () => {
    const { limits } = processes(1, { ms: 0 })
    const [one] = limits
    for (let n = 0; n < 10; n += 1) await one?.hit('sign-in', 'lin')
    await expect(one?.hit('sign-in', 'lin')).rejects.toMatchObject({
      code: 'rate-limited',
      details: { headers: { 'retry-after': '900', ratelimit: '"sign-in";r=0;t=900' } },
    })
    expect(() => one?.refuseIfSpent('sign-in', 'lin')).toThrow('rate-limited')
    expect(() => one?.refuseIfSpent('sign-in', 'zhao')).not.toThrow()
    expect(await one?.hit('sign-in', 'zhao')).toMatchObject({ kind: 'allowed', left: 9 })
  })

  test('a key names nobody, is as long for everybody, and differs from rule to rule', async () => {
    const { limits, keys } = processes(1, { ms: 0 })
    for (const subject of ['linshuyuan', '120116198503120013', 'x'.repeat(10_000)]) {
      await limits[0]?.take('sign-in', subject)
      await limits[0]?.take('token', subject)
    }
    expect(new Set(keys()).size).toBe(6)
    for (const key of keys()) expect(key).toMatch(/^(sign-in|token):[\w-]{22}$/)
  })
})

describe('a table that cannot be asked', () => {
  const broken: RateWindows = {
    take: async () => {
      throw new Error('no database')
    },
  }
  test('stops guessing, and nothing that needs no database', async () => {
    const clock = { ms: 0 }
    const limits = createRateLimits({ windows: broken, secret, scale: 1, now: clockOf(clock) })
    await expect(limits.take('sign-in', 'lin')).rejects.toThrow('no database')
    for (let n = 0; n < 200; n += 1) expect((await limits.take('log', 'a mirror')).kind).toBe('allowed')
  })
})

test('memory is bounded: who was forgotten is counted on where the table left off', async () => {
  const { table, asked } = tableOf({ ms: 0 })
  const limits = createRateLimits({ windows: table, secret, scale: 1, now: () => 0, mostHeld: 3 })
  for (let n = 0; n < 10; n += 1) await limits.take('sign-in', 'lin')
  for (let n = 0; n < 50; n += 1) await limits.take('sign-in', `stranger ${n}`)
  const before = asked()
  expect((await limits.take('sign-in', 'lin')).kind).toBe('limited')
  expect(asked()).toBe(before + 1)
})

describe('an address', () => {
  test.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8:0:7::1', '2001:db8:0:7'],
    ['2001:0DB8:0000:0007:ffff:ffff:ffff:ffff', '2001:db8:0:7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['64:ff9b::10.1.2.3', '64:ff9b:0:0'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted)
  })
})
