import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { startBatch } from '../../src/gateway/batches/start.ts'
import { workBatches } from '../../src/gateway/batches/work.ts'
import { scriptArgs } from '../support/compiled.ts'
import { bank, debtor, officerLin, sure } from '../support/court.ts'
import { seat } from '../support/people.ts'
import { batchTerms } from './batch-said.ts'
import { openOffice } from './office.ts'

const home = mkdtempSync(join(tmpdir(), 'writ-batch-'))
let child: ChildProcess | undefined
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

/** Lets it submit so many rounds and go on for a moment, and kills it in the middle of whatever it does then. */
async function runAndKill(rounds: number, moreMs: number): Promise<void> {
  child = spawn(process.execPath, [...scriptArgs('test/gateway/batch-worker.ts'), home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('no output')
  const gone = new Promise((resolve) => child?.once('exit', resolve))
  let left = rounds
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('round ') && --left === 0) setTimeout(() => child?.kill('SIGKILL'), moreMs)
  await gone
}

test('a batch survives kill -9: each row becomes one request, none two and none missing', async () => {
  const before = await openOffice({}, {}, home)
  await seat(before.opened, officerLin)
  const cases = []
  for (let at = 0; at < 20; at += 1) cases.push(await before.openCase())
  const rows = cases.map(({ number }, at) => ({
    ...{ row: at + 2, case: number, subject: debtor.name, registries: [bank.code], kinds: [], measure: '' },
  }))
  const once = { client: officerLin.id, key: 'batch-to-kill', digest: 'x' }
  const started = sure(await startBatch(before.parts, officerLin, { terms: batchTerms, rows, again: false }, once))
  if (started.kind !== 'started') throw new Error(started.kind)
  await before.close()

  for (const moreMs of [7, 23]) {
    await runAndKill(1, moreMs)
    // A lease that a killed process held runs out by the clock of the database.
    const between = await openOffice({}, {}, home)
    await between.opened.store.releaseBatch(started.id)
    await between.close()
  }

  const office = await openOffice({}, {}, home)
  const done = (await office.opened.reads.batchLines(started.id, { limit: 50 }, new Date())).filter(
    ({ row }) => row.state === 'submitted',
  )
  expect(done.length).toBeGreaterThanOrEqual(10)
  for (let round = 0; round < 10; round += 1) await workBatches(office.parts)
  const lines = await office.opened.reads.batchLines(started.id, { limit: 50 }, new Date())
  expect(lines.map(({ row }) => row.state)).toEqual(rows.map(() => 'submitted'))
  expect(new Set(lines.map(({ row }) => row.request)).size).toBe(20)
  for (const { id } of cases) expect(await office.opened.reads.requestLines({ caseId: id, limit: 5 })).toHaveLength(1)
  expect((await office.opened.reads.batch(started.id))?.state).toBe('done')
  await office.close()
}, 120_000)
