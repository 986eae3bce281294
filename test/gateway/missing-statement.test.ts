import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { courierWork } from '../../src/gateway/dispatch.ts'
import { rowsOf } from '../../src/store/database.ts'
import { bank, house, land, measureOf } from '../support/court.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const found = { kind: 'executed', holdings: [{ asset: house, encumbrances: [] }] } as const
const work = () => courierWork(office.parts, () => [land.code])

/** A delivery of which the registry's second word has come, and not its first. */
async function halfTold() {
  const sent = await office.send(await office.openCase(), measureOf.inquire)
  await office.tell(sent, { ...found, sequence: 2 })
  return sent
}

/** What the courier takes up once the moment to ask has come. */
async function dueAfterAWhile({ delivery }: { delivery: { id: string } }) {
  const { queries } = office.opened.database
  await queries.execute(
    sql`update delivery set due_at = now() where id = ${delivery.id} and due_at between now() and now() + interval '6 seconds'`,
  )
  return (await work().lease(50, 30)).find(({ outgoing }) => outgoing.id === delivery.id)
}

test('a registry that is called is asked again where one of its statements never came', async () => {
  const sent = await halfTold()
  const errand = await dueAfterAWhile(sent)
  expect(errand).toMatchObject({ mayHaveLeft: true })
  expect((await office.exchangeOf(sent.delivery.id)).attempts.at(-1)?.act).toBe('status')
  await office.tell(sent, { kind: 'received', sequence: 1 })
  if (errand) await work().settle(errand, { kind: 'answered' })
  const { delivery, statements } = await office.exchangeOf(sent.delivery.id)
  expect([delivery.phase, delivery.answer, statements.length]).toEqual(['answered', 'executed', 2])
  expect(await dueAfterAWhile(sent)).toBeUndefined()
})

test('and is asked once: one that has nothing more to say is not asked for ever', async () => {
  const sent = await halfTold()
  const errand = await dueAfterAWhile(sent)
  if (!errand) throw new Error('nobody asks')
  await work().settle(errand, { kind: 'answered' })
  expect((await office.exchangeOf(sent.delivery.id)).delivery).toMatchObject({ phase: 'answered', answer: 'executed' })
  expect(await dueAfterAWhile(sent)).toBeUndefined()
})

test('a registry that comes for its deliveries cannot be asked, and is left in peace', async () => {
  const measure = { ...measureOf.inquire, kinds: ['deposit'] } as const
  const sent = await office.send(await office.openCase(), measure, { registries: [bank.code] })
  await office.tell(sent, { kind: 'nothing', sequence: 2 })
  const asked = sql`select due_at as due from delivery where id = ${sent.delivery.id}`
  const [row] = await rowsOf<{ due: Date | null }>(office.opened.database.queries, asked)
  expect(row).toEqual({ due: null })
})
