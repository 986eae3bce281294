import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from '../../src/store/database.ts'
import { openStore } from '../../src/store/open.ts'
import { openTestStore, type TestStore, testSecrets } from '../support/database.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const window = { points: 30, seconds: 3600 }
let keys = 0
function freshKey(): string {
  keys += 1
  return `sign-in:${keys}`
}
const execute = (statement: ReturnType<typeof sql>) => opened.database.queries.execute(statement)
const setEnd = (key: string, seconds: number) =>
  execute(sql`update rate_window set ends_at = now() + make_interval(secs => ${seconds}::int) where key = ${key}`)

describe('a window', () => {
  test('grants what is left of it, whatever is wanted in whatever order, and then starts anew', async () => {
    const step = fc.oneof(fc.constant('over' as const), fc.integer({ min: 1, max: 30 }))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const key = freshKey()
        let left = window.points
        for (const wanted of steps) {
          if (wanted === 'over') {
            await setEnd(key, -1)
            left = window.points
            continue
          }
          const taken = await opened.rateWindows.take(key, window, wanted)
          const granted = Math.min(wanted, left)
          left -= granted
          expect(taken).toMatchObject({ granted, left })
          expect(taken.endsInMs).toBeGreaterThan((window.seconds - 60) * 1000)
          expect(taken.endsInMs).toBeLessThanOrEqual(window.seconds * 1000 + 1)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('that a longer rule or a clock set back has left open is not waited for', async () => {
    const key = freshKey()
    await opened.rateWindows.take(key, window, 30)
    await setEnd(key, window.seconds + 120)
    expect(await opened.rateWindows.take(key, window, 1)).toMatchObject({ granted: 1, left: 29 })
  })

  test('grants nothing more once a narrower rule has come into force', async () => {
    const key = freshKey()
    await opened.rateWindows.take(key, window, 20)
    expect(await opened.rateWindows.take(key, { ...window, points: 10 }, 1)).toMatchObject({ granted: 0, left: 0 })
    expect(await opened.rateWindows.take(key, window, 30)).toMatchObject({ granted: 19 })
  })

  test('takings that arrive together are granted once each', async () => {
    const key = freshKey()
    const takings = Array.from({ length: 100 }, (_, n) => opened.rateWindows.take(key, window, 1 + (n % 3)))
    const granted = (await Promise.all(takings)).map((taken) => taken.granted)
    expect(granted.reduce((sum, one) => sum + one, 0)).toBe(window.points)
  })
})

test('the daily sweep forgets windows that are over and no others', async () => {
  const [over, open] = [freshKey(), freshKey()]
  for (const key of [over, open]) await opened.rateWindows.take(key, window, 1)
  await setEnd(over, -1)
  await opened.sweep()
  const rows = await rowsOf<{ key: string }>(
    opened.database.queries,
    sql`select key from rate_window where key in (${over}, ${open})`,
  )
  expect(rows.map(({ key }) => key)).toEqual([open])
})

test('counts are no evidence: their table writes no log', async () => {
  const [row] = await rowsOf<{ kind: string }>(
    opened.database.queries,
    sql`select relpersistence::text as kind from pg_class where relname = 'rate_window'`,
  )
  expect(row?.kind).toBe('u')
})

test('two processes on one PostgreSQL grant a window once between them', async ({ skip }) => {
  if (opened.url === undefined) return skip()
  const other = await openStore({ databaseUrl: opened.url, ...testSecrets, clock: () => new Date() })
  const key = freshKey()
  const takings = Array.from({ length: 200 }, (_, n) =>
    (n % 2 === 0 ? opened : other).rateWindows.take(key, window, 1 + (n % 4)),
  )
  const granted = (await Promise.all(takings)).map((taken) => taken.granted)
  await other.close()
  expect(granted.reduce((sum, one) => sum + one, 0)).toBe(window.points)
})
