import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findDelivery, take } from '../../src/gateway/desk.ts'
import { courierWork } from '../../src/gateway/dispatch.ts'
import type { Counter } from '../../src/gateway/parts.ts'
import type { PullAdapter } from '../../src/relay/port.ts'
import { requestClaims } from '../../src/signing/claims/request.ts'
import { readCompact } from '../../src/signing/compact.ts'
import { envelopeTypes, openEnvelope } from '../../src/signing/envelope.ts'
import { keysAmong } from '../../src/signing/key.ts'
import { bank, binhai, hedong, house, land, measureOf, sure, whole } from '../support/court.ts'
import { dialect, type Office, openOffice } from './office.ts'

let office: Office
let speechless = false
const moody: PullAdapter = {
  ...dialect,
  render: (claims, reference) => {
    if (speechless) throw Object.assign(new Error('no such character'), { code: 'NOT_SPOKEN' })
    return dialect.render(claims, reference)
  },
}
beforeAll(async () => {
  office = await openOffice({ bank: moody })
})
afterAll(() => office.close())

const days = 86_400_000
const bankCounter = (): Counter => office.parts.counter(bank.code) as Counter
const landCounter = (): Counter => office.parts.counter(land.code) as Counter
const everything = { limit: 50, inquiries: true, controls: true }
const bankInquiry = { kind: 'inquire', kinds: ['deposit'] } as const

/** Lets every lease at a registry run out, as time would. */
async function runOut(registry: string): Promise<void> {
  const { queries } = office.opened.database
  await queries.execute(
    sql`update delivery set due_at = now() - interval '1 second' where registry = ${registry} and due_at is not null`,
  )
}

describe('a delivery', () => {
  test('is signed with the court’s own key and says everything the registry needs (invariant 7)', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.seal)
    const open = (court: string) =>
      openEnvelope(delivery.jws, {
        typ: envelopeTypes.request,
        keysOf: keysAmong(office.keyring.keysOf(`court:${court}`)),
        issuer: binhai,
        audience: land.code,
        now: new Date(),
        schema: requestClaims,
      })
    expect(await open(binhai)).toMatchObject({
      kind: 'opened',
      claims: { jti: delivery.id, case: file.number, subject: { name: '张某某' }, approvals: [{ name: '赵明诚' }] },
    })
    expect((await open(hedong)).kind).toBe('unproved')
  })

  test('is committed with its entry, and the entry with the exact bytes (invariant 1)', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, bankInquiry, { registries: [bank.code] })
    const created = (await office.journal(file.id)).find(({ kind }) => kind === 'delivery.created')
    expect(created).toMatchObject({ delivery: delivery.id, registry: bank.code })
    const opening = await office.opened.reads.opening(created?.id ?? '')
    expect(Buffer.from(opening?.bytes ?? '').toString()).toBe(delivery.jws)
  })

  test('has a short name where the registry wants one, and nobody else has that name', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, bankInquiry, { registries: [bank.code] })
    expect(delivery.reference).toMatch(/^\d{12}$/)
    expect((await findDelivery(office.parts, bankCounter(), delivery.reference))?.id).toBe(delivery.id)
    expect(await findDelivery(office.parts, landCounter(), delivery.reference)).toBeUndefined()
  })

  test('names its parent by what the registry calls it, and invents no number where it needs none', async () => {
    const file = await office.openCase()
    const frozen = await office.send(file, measureOf.freeze)
    const account = measureOf.freeze.targets[0].asset
    await office.tell(frozen, { kind: 'executed', targets: [{ asset: account, effect: 'effective' }] })
    const lift = { ...measureOf.release, targets: [whole(account)], parent: { delivery: frozen.delivery.id } }
    const lifted = await office.send(file, lift, { registries: [bank.code] })
    const rendered = JSON.parse(Buffer.from(lifted.delivery.rendered ?? '').toString())
    expect(rendered.parent).toMatchObject({ controlNo: frozen.delivery.reference, case: file.number })

    const sealed = await office.send(file, measureOf.seal)
    await office.tell(sealed, { kind: 'executed', targets: [{ asset: house, effect: 'effective' }] })
    const released = await office.send(file, { ...measureOf.release, parent: { delivery: sealed.delivery.id } })
    expect(readCompact(released.delivery.jws)?.claims.parent).toEqual({ delivery: sealed.delivery.id })
  })
})

describe('every attempt sends the same bytes (invariant 2)', () => {
  test('to a registry that is called', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.inquire)
    const work = courierWork(office.parts, () => [land.code])
    const seen: string[] = []
    for (let round = 0; round < 3; round += 1) {
      await runOut(land.code)
      const errand = (await work.lease(50, 30)).find(({ outgoing }) => outgoing.id === delivery.id)
      if (!errand) throw new Error('nothing is due')
      seen.push(Buffer.from(errand.outgoing.rendered).toString())
      expect(errand.mayHaveLeft).toBe(round > 0)
      await work.settle(errand, { kind: 'unknown', detail: 'time-out', retryInSeconds: 1 })
    }
    expect(seen).toEqual(Array(3).fill(delivery.jws))
    const { attempts } = await office.exchangeOf(delivery.id)
    expect(attempts.map(({ act, outcome }) => `${act} ${outcome}`)).toEqual([
      'deliver unknown',
      'status unknown',
      'status unknown',
    ])
  })

  test('to a registry that comes for them', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, bankInquiry, { registries: [bank.code] })
    const seen: string[] = []
    for (let round = 0; round < 2; round += 1) {
      await runOut(bank.code)
      const taken = await take(office.parts, bankCounter(), everything)
      seen.push(...taken.filter(({ id }) => id === delivery.id).map(({ rendered }) => Buffer.from(rendered).toString()))
    }
    expect(seen.length).toBe(2)
    expect(new Set(seen).size).toBe(1)
    expect(JSON.parse(seen[0] ?? '')).toMatchObject({ reference: delivery.reference })
  })
})

describe('what nobody fetched before its last moment to begin', () => {
  const late = async () => {
    office.time.shift = 31 * days
    await runOut(bank.code)
    const taken = await take(office.parts, bankCounter(), everything)
    office.time.shift = 0
    return taken.map(({ id }) => id)
  }

  test('is not handed out to a dialect that cannot refuse it, and is not tried again', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.freeze)
    expect(await late()).not.toContain(delivery.id)
    const { delivery: row, attempts } = await office.exchangeOf(delivery.id)
    expect([row.phase, row.answer, attempts.at(-1)?.outcome]).toEqual(['withdrawn', 'silent', 'lapsed'])
    expect(await late()).not.toContain(delivery.id)
  })

  test('stays open when it was fetched and never confirmed: it may have taken effect (invariant 3)', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.freeze)
    await take(office.parts, bankCounter(), everything)
    expect(await late()).not.toContain(delivery.id)
    const { delivery: row } = await office.exchangeOf(delivery.id)
    expect([row.phase, row.answer]).toEqual(['handed', 'silent'])
  })
})

test('a delivery that cannot be read is put aside and holds up no other', async () => {
  const file = await office.openCase()
  const broken = await office.send(file, measureOf.inquire)
  const sound = await office.send(file, measureOf.inquire)
  const parts = {
    ...office.parts,
    store: {
      ...office.parts.store,
      lease: async (wanted: Parameters<typeof office.parts.store.lease>[0]) =>
        (await office.parts.store.lease(wanted)).map((one) =>
          one.delivery.id === broken.delivery.id ? { ...one, delivery: { ...one.delivery, jws: 'x.y.z' } } : one,
        ),
    },
  }
  await runOut(land.code)
  const errands = await courierWork(parts, () => [land.code]).lease(50, 30)
  expect(errands.map(({ outgoing }) => outgoing.id)).toContain(sound.delivery.id)
  expect(errands.map(({ outgoing }) => outgoing.id)).not.toContain(broken.delivery.id)
  const { delivery, attempts } = await office.exchangeOf(broken.delivery.id)
  expect([delivery.phase, attempts.at(-1)?.outcome]).toEqual(['ready', 'unreadable'])
})

describe('a database that is behind its own log (invariant 13)', () => {
  test('signs nothing, promises nothing and relays nothing; it can be read', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    const before = await office.journal(file.id)
    office.time.sound = false
    const rolledBack = { code: 'log-rolled-back' }
    await expect(office.ask(file, measureOf.inquire)).rejects.toMatchObject(rolledBack)
    await expect(office.tell(sent, { kind: 'accepted' })).rejects.toMatchObject(rolledBack)
    await runOut(land.code)
    expect(await courierWork(office.parts, () => [land.code]).lease(50, 30)).toEqual([])
    expect(await take(office.parts, bankCounter(), everything)).toEqual([])
    expect(await office.journal(file.id)).toEqual(before)
    office.time.sound = true
    expect(sure(await office.ask(file, measureOf.inquire)).kind).toBe('submitted')
  })
})

test('what a dialect has no word for is refused before anything is written', async () => {
  const file = await office.openCase()
  const before = await office.journal(file.id)
  speechless = true
  const said = await office.ask(file, bankInquiry, { registries: [bank.code] })
  speechless = false
  expect(said).toMatchObject({ code: 'registry-cannot-carry' })
  expect(await office.journal(file.id)).toEqual(before)
})
