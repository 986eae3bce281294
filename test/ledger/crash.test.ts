import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CourtLog, enter, expectSound, newCourtLog, openSequencer } from './court-log.ts'
import type { Step } from './memory-log.ts'

const steps = [
  'taking what is pending',
  'placing the leaves',
  'keeping the tiles',
  'moving the head',
  'before the commit',
  'after the commit',
  'before the signature',
  'keeping the checkpoint',
  'before the copy',
  'after the copy',
] as const

class Crash extends Error {}

/** Crashes when the named step is passed for the n-th time, once. */
function crashingAt(name: string, nth: number): Step {
  let passed = 0
  return (step) => {
    if (step !== name) return
    passed += 1
    if (passed === nth) throw new Crash(`at ${name}`)
  }
}

/** A life in waves: acts enter, the sequencer ticks and publishes; whenever it crashes, a fresh process opens the log. */
async function live(log: CourtLog, waves: readonly number[], step: Step): Promise<number> {
  let sequencer = openSequencer(log, step)
  let crashes = 0
  for (const count of waves) {
    enter(log, count)
    for (const deed of ['tick', 'publish'] as const) {
      try {
        await sequencer[deed]()
      } catch (fault) {
        if (!(fault instanceof Crash)) throw fault
        crashes += 1
        sequencer = openSequencer(log, step)
      }
    }
  }
  return crashes
}

/** What the operator sees after it all: a healthy process finds the log sound, catches up and shows the whole of it. */
async function recover(log: CourtLog): Promise<void> {
  const sequencer = openSequencer(log)
  expect(await sequencer.tick()).not.toMatchObject({ kind: 'rolled-back' })
  expect(await sequencer.publish()).toMatchObject({ checkpoint: { size: log.acknowledged.length } })
  await expectSound(log)
}

describe.each(steps)('a crash %s', (name) => {
  test.each([1, 2, 3, 4, 5])('the %ith time loses nothing and forks nothing', async (nth) => {
    const log = newCourtLog()
    const crashes = await live(log, [3, 0, 260, 1, 5, 2], crashingAt(name, nth))
    expect(crashes).toBe(1)
    await recover(log)
  })
})

test('whatever crashes wherever, in two processes at once, nothing is lost and nothing forks', async () => {
  const deed = fc.record({
    enters: fc.integer({ min: 0, max: 40 }),
    process: fc.nat(1),
    deed: fc.constantFrom('tick', 'publish'),
    crash: fc.option(fc.constantFrom(...steps), { freq: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
      const log = newCourtLog()
      let crashAt: string | undefined
      const step: Step = (name) => {
        if (name === crashAt) throw new Crash(name)
      }
      const processes = [openSequencer(log, step), openSequencer(log, step)]
      for (const { enters, process, deed, crash } of deeds) {
        enter(log, enters)
        crashAt = crash ?? undefined
        const fresh = () => openSequencer(log, step)
        await (processes[process] ?? fresh())[deed]().catch(() => {
          processes[process] = fresh()
        })
      }
      await recover(log)
    }),
    { numRuns: 60 },
  )
})
