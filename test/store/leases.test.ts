import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryCode } from '../../src/domain/registry.ts'
import { endLeases } from '../../src/store/leases.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { foundWithDeliveries } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

let count = 0
/** Each test has a registry of its own, so that no test leases another one's deliveries. */
function registry(): RegistryCode {
  count += 1
  return `registry-${count}` as RegistryCode
}

const push = (of: RegistryCode, over: object = {}) =>
  opened.store.lease({ registries: [of], limit: 10, seconds: 60, act: 'push', ...over })

/** Lets every lease of a registry run out, as time would. */
async function runOut(of: RegistryCode): Promise<void> {
  await opened.database.queries.execute(
    sql`update delivery set due_at = now() - interval '1 second' where shard = 0 and registry = ${of} and due_at is not null`,
  )
}

test('two couriers never hold the same delivery', async () => {
  const of = registry()
  await foundWithDeliveries(opened.store, 30, { registry: of })
  const rounds = await Promise.all(Array.from({ length: 8 }, () => push(of, { limit: 5 })))
  const ids = rounds.flat().map(({ delivery }) => delivery.id)
  const rest = (await push(of, { limit: 50 })).map(({ delivery }) => delivery.id)
  expect(new Set([...ids, ...rest]).size).toBe(ids.length + rest.length)
  expect(ids.length + rest.length).toBe(30)
})

test('the oldest go first, with their frozen bytes and an attempt that is on record already', async () => {
  const of = registry()
  const { deliveries } = await foundWithDeliveries(opened.store, 3, { registry: of })
  const leased = await push(of, { limit: 2 })
  expect(leased.map(({ delivery }) => delivery.jws)).toEqual(deliveries.slice(0, 2).map(({ jws }) => jws))
  expect(leased.map(({ was }) => was)).toEqual(['ready', 'ready'])
  const exchange = await opened.reads.exchange(deliveries[0]?.id ?? '')
  expect(exchange?.delivery).toMatchObject({ phase: 'sending', attempts: 1 })
  expect(exchange?.attempts).toEqual([leased[0]?.attempt])
})

test('a lease that ran out comes again, and says that bytes may have left', async () => {
  const of = registry()
  await foundWithDeliveries(opened.store, 1, { registry: of })
  const [first] = await push(of)
  expect(await push(of)).toEqual([])
  await runOut(of)
  const [second] = await push(of)
  expect(first).toMatchObject({ was: 'ready', attempt: { number: 1, act: 'deliver' } })
  expect(second).toMatchObject({ was: 'sending', attempt: { number: 2, act: 'status' } })
})

test('a start that has the database to itself waits for no dead holder, and still knows that bytes may have left', async () => {
  const of = registry()
  await foundWithDeliveries(opened.store, 1, { registry: of })
  await push(of)
  await endLeases(opened.database)
  expect((await push(of))[0]).toMatchObject({ was: 'sending', attempt: { act: 'status' } })
})

test('a lease of no seconds is over by the clock of the database alone', async () => {
  const of = registry()
  await foundWithDeliveries(opened.store, 1, { registry: of })
  await push(of, { seconds: 0.05 })
  await expect.poll(() => push(of, { seconds: 0.05 }), { timeout: 5000 }).toHaveLength(1)
})

test('a settled attempt keeps its outcome and says when to try again', async () => {
  const of = registry()
  const { deliveries } = await foundWithDeliveries(opened.store, 1, { registry: of })
  const [leased] = await push(of)
  if (!leased) throw new Error('nothing leased')
  await opened.store.settle(leased.attempt, {
    outcome: 'unknown',
    detail: 'timed out',
    phase: 'unknown',
    retryInSeconds: 90,
  })
  const exchange = await opened.reads.exchange(deliveries[0]?.id ?? '')
  expect(exchange?.delivery.phase).toBe('unknown')
  expect(exchange?.attempts).toMatchObject([{ number: 1, outcome: 'unknown', detail: 'timed out' }])
  expect(exchange?.attempts[0]?.endedAt).toBeInstanceOf(Date)
  expect(await push(of)).toEqual([])
  await runOut(of)
  expect(await push(of)).toMatchObject([{ was: 'unknown' }])
})

test('a courier that comes back late changes nothing for the one who holds the lease now', async () => {
  const of = registry()
  const { deliveries } = await foundWithDeliveries(opened.store, 1, { registry: of })
  const [late] = await push(of)
  await runOut(of)
  await push(of)
  if (!late) throw new Error('nothing leased')
  await opened.store.settle(late.attempt, { outcome: 'unreached', phase: 'ready', retryInSeconds: 0 })
  expect(await push(of)).toEqual([])
  const exchange = await opened.reads.exchange(deliveries[0]?.id ?? '')
  expect(exchange?.delivery.phase).toBe('sending')
  expect(exchange?.attempts).toMatchObject([{ outcome: 'unreached' }, { number: 2 }])
})

test('an answered delivery is leased no more, whatever the courier reports', async () => {
  const of = registry()
  const { file, deliveries } = await foundWithDeliveries(opened.store, 1, { registry: of })
  const id = deliveries[0]?.id ?? ''
  const [leased] = await push(of)
  await opened.store.act(file.id, (act) => act.moveDelivery(id, { phase: 'answered', answer: 'executed' }))
  if (!leased) throw new Error('nothing leased')
  await opened.store.settle(leased.attempt, { outcome: 'unknown', phase: 'unknown', retryInSeconds: 0 })
  expect(await opened.reads.delivery(id)).toMatchObject({ phase: 'answered', answer: 'executed' })
  expect(await push(of)).toEqual([])
})

test('what a registry fetched is handed out again until it is answered', async () => {
  const of = registry()
  await foundWithDeliveries(opened.store, 1, { registry: of })
  const fetch = () => opened.store.lease({ registries: [of], limit: 5, seconds: 60, act: 'fetched' })
  expect(await fetch()).toMatchObject([{ was: 'ready', delivery: { phase: 'handed' }, attempt: { act: 'fetched' } }])
  expect(await fetch()).toEqual([])
  await runOut(of)
  expect(await fetch()).toMatchObject([{ was: 'handed', attempt: { number: 2 } }])
})

test('inquiries and controls can be taken apart', async () => {
  const of = registry()
  await foundWithDeliveries(opened.store, 1, { registry: of })
  const seals = await foundWithDeliveries(opened.store, 1, { registry: of, measure: 'seal' })
  expect((await push(of, { only: 'controls' })).map(({ delivery }) => delivery.id)).toEqual(
    seals.deliveries.map(({ id }) => id),
  )
  expect(await push(of, { only: 'inquiries' })).toMatchObject([{ delivery: { measure: 'inquire' } }])
})
