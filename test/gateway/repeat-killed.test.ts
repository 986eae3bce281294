import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { addedBy } from '../../src/domain/ceiling.ts'
import { addMoney, compareMoney, sumMoney } from '../../src/domain/money.ts'
import { hitsIn } from '../../src/domain/repeat.ts'
import { repeatDue, stopRepetition } from '../../src/gateway/repeat.ts'
import { scriptArgs } from '../support/compiled.ts'
import { officerLin, sure, yuan } from '../support/court.ts'
import { openOffice } from './office.ts'

const home = mkdtempSync(join(tmpdir(), 'writ-repeater-'))
let child: ChildProcess | undefined
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

/** Lets it run so many rounds and a moment more, and kills it in the middle of whatever it does then. */
async function runAndKill(rounds: number, moreMs: number): Promise<string> {
  child = spawn(process.execPath, [...scriptArgs('test/gateway/repeater.ts'), home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('no output')
  const gone = new Promise((resolve) => child?.once('exit', resolve))
  let order = ''
  let left = rounds
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('order ')) order = line.slice('order '.length)
    else if (--left === 0) setTimeout(() => child?.kill('SIGKILL'), moreMs)
  }
  await gone
  return order
}

test('an order survives kill -9: no repetition twice, none half, never beyond its sum, and after a stop none at all', async () => {
  const orders = new Set<string>()
  for (const [rounds, moreMs] of [
    [1, 0],
    [2, 7],
    [2, 19],
    [1, 31],
  ] as const)
    orders.add(await runAndKill(rounds, moreMs))
  expect(orders.size).toBe(1)
  const [order = ''] = orders
  const office = await openOffice({}, {}, home)
  const { reads } = office.opened
  const runs = await reads.repeatedBy(order)
  expect(runs.length).toBeGreaterThanOrEqual(3)
  let held = yuan('0')
  for (const [at, id] of [order, ...runs].entries()) {
    const exchanges = await reads.exchangesOf(id)
    expect(exchanges).toHaveLength(1)
    const row = await reads.request(id)
    if (!row) throw new Error('a delivery without its request')
    expect(compareMoney(addMoney(held, addedBy(row.asked)), yuan('1000'))).toBeLessThanOrEqual(0)
    if (at > 0) expect(await reads.entry(row.entry)).toMatchObject({ kind: 'request.repeated', request: id })
    const told = exchanges.flatMap(({ statements }) => statements.map(({ statement }) => statement))
    held = sumMoney([held, ...hitsIn(told).map(({ amount }) => amount)])
  }
  const file = (await reads.request(order))?.caseId ?? ''
  const noted = (await office.kinds(file)).filter((kind) => kind === 'request.repeated')
  expect(noted).toHaveLength(runs.length)
  sure(await stopRepetition(office.parts, officerLin, { id: order, caseId: file }))
  office.time.shift += 100 * 25 * 3_600_000
  expect(await repeatDue(office.parts)).toBe(0)
  expect(await reads.repeatedBy(order)).toEqual(runs)
  await office.close()
}, 120_000)
