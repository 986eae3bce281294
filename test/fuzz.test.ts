import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

test('whatever strangers send, nothing breaks, nothing hangs, and memory stays bounded', async () => {
  const { inputs, grownMiB, faults } = await fuzz({ messages: 900, calls: 250, connections: 60 }, 20240603)
  expect(inputs).toBeGreaterThanOrEqual(1210)
  expect(faults).toBe(0)
  expect(grownMiB).toBeLessThan(1024)
})
