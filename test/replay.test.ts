import { expect, test } from 'vitest'
import { refusalEntriesCap } from '../src/gateway/clients/sign-in.ts'
import { replayDrill } from './replay/drill.ts'

/** `npm run replay` shows it 10,000 times, with the limits as they are and without them. */
test('an assertion shown 300 times over opens nothing, does not drown the log, and shuts nobody else out', async () => {
  const end = await replayDrill({ replays: 300, atOnce: 16, rateScale: 1000 })
  expect(end.answers).toEqual({ '401 client-assertion-replayed': 300 })
  expect([end.entries, end.counted]).toEqual([refusalEntriesCap, 300])
  expect(end.others.failed).toEqual([])
  expect(end.others.calls).toBeGreaterThan(2)
}, 120_000)
