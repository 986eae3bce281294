import { describe, expect, test } from 'vitest'
import { drill } from './kill/drill.ts'

/** The short form of `npm run kill`; there it is 50 kills and 200 requests. */
describe('a gateway that is killed while it works', () => {
  test('loses no acknowledged request, doubles no effect, and keeps every proof', async () => {
    const postgres = process.env.TEST_DATABASE_URL
    const end = await drill({
      requests: 8,
      kills: 3,
      random: Math.random,
      say: () => {},
      ...(postgres && { postgres }),
    })
    expect(end).toMatchObject({ acknowledged: 8, answered: 8, kills: 3 })
    expect(end.effects).toMatchObject({ once: end.effects.wanted, lost: [], doubled: [], unordered: [] })
    expect(end.evidence.failed).toBe(0)
  }, 120_000)
})
