import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

test('whatever strangers send, nothing breaks, nothing hangs, and memory stays bounded', async () => {
  const { inputs, grownMiB, faults } = await fuzz({ messages: 3000, calls: 700, connections: 200 }, 20240603)
  expect(inputs).toBeGreaterThanOrEqual(3900)
  expect(faults).toBe(0)
  expect(grownMiB).toBeLessThan(1024)
})
