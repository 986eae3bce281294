import { expect, test } from 'vitest'
import { rotationDrill } from './rotation/drill.ts'
import { turns } from './rotation/turns.ts'

/** `npm run rotate` turns every key ten times. */
test('every key turns three times while requests flow: none fails, and what was said before still verifies', async () => {
  const end = await rotationDrill({ rounds: 3, pauseMs: 1100, restMs: 300, say: () => {} })
  expect(end).toMatchObject({
    turned: 3 * turns.length,
    failed: [],
    unanswered: 0,
    quarantined: 0,
    evidence: { before: 0, during: 0 },
  })
  expect(end.requests).toBeGreaterThan(12)
}, 120_000)
