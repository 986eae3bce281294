import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

test('whatever strangers send, nothing breaks, nothing hangs, and memory stays bounded', async () => {
  const { inputs, grownMiB, faults } = await fuzz({ messages: 1800, calls: 400, connections: 100 }, 20240603)
  expect(inputs).toBeGreaterThanOrEqual(2300)
  expect(faults).toBe(0)
  expect(grownMiB).toBeLessThan(1024)
})
