import { randomInt } from 'node:crypto'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { targetsOf } from '../../src/domain/measure.ts'
import { repeatDue } from '../../src/gateway/repeat.ts'
import { account, measureOf, whole, yuan } from '../support/court.ts'
import { openOffice } from './office.ts'

/**
 * Goes round over an order that is repeated, an hour and a day later each time, and has the bank hold a little of what it
 * is asked for, until somebody kills it. Begins the order when there is none, and prints its id.
 */
const [home = ''] = process.argv.slice(2)
const office = await openOffice({}, {}, home)
const { reads } = office.opened

const [begun] = await reads.requestLines({ limit: 200 }).then((lines) => lines.toReversed())
const order = begun?.id ?? (await begin())
process.stdout.write(`order ${order}\n`)
// Where the one before it was killed, its clock goes on.
const due = (await reads.repetition(order))?.nextAt ?? new Date()
office.time.shift = due.getTime() - Date.now() - 24 * 3_600_000
for (;;) {
  await answerAll()
  office.time.shift += 25 * 3_600_000
  const repeated = await repeatDue(office.parts)
  process.stdout.write(`round ${repeated}\n`)
}

async function begin(): Promise<string> {
  const file = await office.openCase()
  const measure = { ...measureOf.freeze, targets: [whole(account, { amount: yuan('1000') })] }
  const repeatUntil = addDays(toBeijingDate(office.parts.clock()), 30)
  return (await office.send(file, measure, { repeatUntil })).request
}

async function answerAll(): Promise<void> {
  for (const id of [order, ...(await reads.repeatedBy(order))]) {
    const [exchange] = await reads.exchangesOf(id)
    const [target] = targetsOf((await reads.request(id))?.asked.measure ?? measureOf.inquire)
    if (!exchange || exchange.statements.length > 0 || !target?.amount) continue
    const amount = yuan(randomInt(2) === 0 ? '0' : '10')
    await office.tell(exchange, { kind: 'executed', targets: [{ asset: target.asset, effect: 'effective', amount }] })
  }
}
