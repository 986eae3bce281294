import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callBack } from '../../src/gateway/call-back.ts'
import { openDesk } from '../../src/gateway/desk.ts'
import { courierWork } from '../../src/gateway/dispatch.ts'
import type { Counter } from '../../src/gateway/parts.ts'
import { mergeDelaySeconds } from '../../src/gateway/parts.ts'
import { quarantineCap, quarantineLoose, receive } from '../../src/gateway/receive.ts'
import { keepSealedReceipt } from '../../src/gateway/sealed-receipt.ts'
import type { Unproved } from '../../src/relay/port.ts'
import { readCompact } from '../../src/signing/compact.ts'
import { bank, house, land, measureOf, officerLin } from '../support/court.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const inquired = async () => office.send(await office.openCase(), measureOf.inquire)
const found = { kind: 'executed', holdings: [{ asset: house, encumbrances: [] }] } as const
const unproved = (code: Unproved['code']): Unproved => ({ kind: 'unproved', code })
const quarantined = async (registry = land.code) =>
  (await office.opened.reads.quarantined(registry, { limit: 500 })).length

describe('a proved statement', () => {
  test('is the answer from which the time to answer is told, where it is no mere receipt', async () => {
    const sent = await inquired()
    const { createdAt } = sent.delivery
    const days = { from: createdAt, to: new Date(createdAt.getTime() + 1), now: new Date(), yesterday: '2026-01-01' }
    const timed = async () =>
      (await office.opened.reads.figures({ ...days, viewer: '' })).ofRegistries.find(({ key }) => key === land.code)
        ?.answerTime
    await office.tell(sent, { kind: 'received' })
    expect(await timed()).toBeUndefined()
    await office.tell(sent, found)
    expect(await timed()).toBeGreaterThanOrEqual(0)
  })

  test('is committed with its exact bytes and its entry before anyone is told of it (invariant 1)', async () => {
    const sent = await inquired()
    const reception = await office.tell(sent, found, { jti: 'the first' })
    if (reception.kind !== 'committed') throw new Error(reception.kind)
    const { delivery, statements } = await office.exchangeOf(sent.delivery.id)
    const [row] = statements
    expect([delivery.phase, delivery.answer, statements.length]).toEqual(['answered', 'executed', 1])
    const opening = await office.opened.reads.opening(row?.entry ?? '')
    expect(Buffer.from(opening?.bytes ?? '')).toEqual(Buffer.from(row?.message ?? ''))
    expect(readCompact(reception.receipt)?.claims).toMatchObject({
      iss: 'gw.test.writ',
      aud: land.code,
      statement: 'the first',
      re: sent.delivery.id,
      payload_sha256: row?.digest,
      entry: row?.entry,
      mmd: mergeDelaySeconds,
    })
  })

  test('said again changes nothing and gets the same receipt, however many say it at once (invariant 2)', async () => {
    const sent = await inquired()
    const said = await Promise.all(Array.from({ length: 5 }, () => office.tell(sent, found, { jti: 'again' })))
    const receipts = said.flatMap((one) => ('receipt' in one ? one.receipt : []))
    expect(said.map(({ kind }) => kind).sort()).toEqual(['committed', ...Array(4).fill('repeated')])
    expect(new Set(receipts).size).toBe(1)
    const { statements } = await office.exchangeOf(sent.delivery.id)
    const entries = (await office.kinds(sent.delivery.caseId)).filter((kind) => kind === 'statement.received')
    expect([statements.length, entries.length]).toEqual([1, 1])
  })

  test('without a number of its own comes after all that was committed', async () => {
    const sent = await inquired()
    await office.tell(sent, { kind: 'received' })
    await office.tell(sent, { ...found, sequence: 100 })
    expect(await office.tell(sent, { kind: 'corrected' })).toMatchObject({ kind: 'committed', sequence: 101 })
    expect(await office.answerOf(sent.delivery.id)).toBe('nothing')
  })

  test('is folded by its sequence and not by its arrival (invariant 5)', async () => {
    const sent = await inquired()
    await office.tell(sent, { ...found, sequence: 3 })
    await office.tell(sent, { kind: 'received', sequence: 1 })
    await office.tell(sent, { kind: 'accepted', sequence: 2 })
    expect(await office.answerOf(sent.delivery.id)).toBe('executed')
  })

  test('that only accepts leaves the answer owed (invariant 6)', async () => {
    const sent = await inquired()
    await office.tell(sent, { kind: 'accepted' })
    expect(await office.answerOf(sent.delivery.id)).toBe('accepted')
  })

  test('that overtook the end of our own attempt is not pushed back by it', async () => {
    const sent = await inquired()
    const work = courierWork(office.parts, () => [land.code])
    const errand = (await work.lease(50, 30)).find(({ outgoing }) => outgoing.id === sent.delivery.id)
    if (!errand) throw new Error('nothing is due')
    await office.tell(sent, found)
    await work.settle(errand, { kind: 'unknown', detail: 'time-out', retryInSeconds: 1 })
    const { delivery, attempts } = await office.exchangeOf(sent.delivery.id)
    expect([delivery.phase, delivery.answer, attempts.at(-1)?.outcome]).toEqual(['answered', 'executed', 'unknown'])
    expect((await work.lease(50, 30)).map(({ outgoing }) => outgoing.id)).not.toContain(sent.delivery.id)
  })
})

describe('an answer counts only when it is proved (invariant 4)', () => {
  test('another word under a used jti is a contradiction, kept as evidence', async () => {
    const sent = await inquired()
    const before = await quarantined()
    await office.tell(sent, { kind: 'accepted', sequence: 1 }, { jti: 'one' })
    expect(await office.tell(sent, { ...found, sequence: 1 }, { jti: 'one' })).toEqual({ kind: 'contradicted' })
    expect([await office.answerOf(sent.delivery.id), await quarantined()]).toEqual(['accepted', before + 1])
  })

  test('a used sequence under another jti is kept as evidence and changes nothing', async () => {
    const sent = await inquired()
    await office.tell(sent, { kind: 'accepted', sequence: 1 })
    expect(await office.tell(sent, { ...found, sequence: 1 })).toEqual({ kind: 'sequence-used' })
    expect(await office.answerOf(sent.delivery.id)).toBe('accepted')
  })

  test('what proves nothing is kept with its entry and leaves the delivery as it was', async () => {
    const sent = await inquired()
    const message = Buffer.from('not what it says')
    const reception = await receive(office.parts, land, sent.delivery.id, {
      message,
      parsed: unproved('statement-digest'),
    })
    expect(reception).toEqual({ kind: 'unproved', code: 'statement-digest' })
    expect((await office.kinds(sent.delivery.caseId)).at(-1)).toBe('statement.quarantined')
    const { delivery, statements } = await office.exchangeOf(sent.delivery.id)
    expect([delivery.phase, delivery.answer, statements.length]).toEqual(['ready', 'silent', 0])
  })

  test('another registry’s delivery does not exist, whoever proves what about it', async () => {
    const sent = await inquired()
    const told = { message: Buffer.from('x'), parsed: unproved('statement-digest') }
    expect(await receive(office.parts, bank, sent.delivery.reference, told)).toEqual({ kind: 'unknown-delivery' })
  })

  test('who has signed in and names no delivery of ours is on record; the words of a stranger are not', async () => {
    const locks = { credentialHolds: async () => true, mintToken: async () => '', tokenHolds: async () => true }
    const desk = openDesk(office.parts, office.parts.counter(bank.code) as Counter, locks)
    const before = await quarantined(bank.code)
    const said = await desk.tell('999999999999', Buffer.from('x'), unproved('statement-other-delivery'))
    expect(said).toEqual({ kind: 'unknown-delivery' })
    expect(await quarantined(bank.code)).toBe(before + 1)
  })

  test('evidence is capped: beyond a hundred an hour nothing more is kept, contradictions included', async () => {
    const file = await office.openCase()
    const inquiry = { kind: 'inquire', kinds: ['deposit'] } as const
    const sent = await office.send(file, inquiry, { registries: [bank.code] })
    await office.tell(sent, { kind: 'accepted', sequence: 1 }, { jti: 'one' })
    await fillUp(bank.code)
    const message = Buffer.from('junk')
    const junk = () => quarantineLoose(office.parts, bank, message, 'statement-unreadable')
    const parsed = unproved('statement-signature')
    expect(await junk()).toBe('flooded')
    expect(await receive(office.parts, bank, sent.delivery.reference, { message, parsed })).toEqual({ kind: 'flooded' })
    expect(await office.tell(sent, { ...found, sequence: 1 })).toEqual({ kind: 'flooded' })
    expect(await office.tell(sent, { kind: 'partly' }, { jti: 'one' })).toEqual({ kind: 'flooded' })
    expect(await quarantined(bank.code)).toBe(quarantineCap)
    // What is proved is heard all the same, and so is another registry; an hour later so is this one.
    expect(await office.tell(sent, { ...found, sequence: 2 })).toMatchObject({ kind: 'committed' })
    expect(await quarantineLoose(office.parts, land, message, 'statement-unreadable')).toBe('kept')
    office.time.shift = 3_600_001
    expect(await junk()).toBe('kept')
    office.time.shift = 0
  })

  /** Puts as many messages in quarantine as an hour holds, in one act. */
  async function fillUp(registry: typeof bank.code): Promise<void> {
    const missing = quarantineCap - (await quarantined(registry))
    await office.parts.store.note(async (act) => {
      for (let n = 0; n < missing; n += 1) {
        const [id, entry, payload] = [newId(), newId(), newId()]
        await act.addQuarantine({ id, registry, code: 'statement-unreadable', arrivedAt: new Date(), entry, payload })
      }
      return { kind: 'full' }
    })
  }
})

describe('a sealed receipt', () => {
  const pdf = { bytes: Buffer.from('%PDF-1.4 回执'), mediaType: 'application/pdf' }

  test('is kept once, however often it is brought', async () => {
    const sent = await inquired()
    let kept = 0
    const counting = {
      ...office.parts,
      store: {
        ...office.parts.store,
        act: ((caseId, body) => {
          kept += 1
          return office.parts.store.act(caseId, body)
        }) as typeof office.parts.store.act,
      },
    }
    const digests = []
    for (let n = 0; n < 3; n += 1) digests.push(await keepSealedReceipt(counting, sent.delivery.id, pdf))
    expect([new Set(digests).size, kept]).toEqual([1, 1])
    const shown = await office.opened.reads.sealedReceipt(sent.delivery.id, digests[0] ?? '')
    expect(Buffer.from(shown?.bytes ?? '')).toEqual(pdf.bytes)
  })

  test('belongs to one delivery', async () => {
    const [one, other] = [await inquired(), await inquired()]
    const digest = await keepSealedReceipt(office.parts, one.delivery.id, pdf)
    expect(await office.opened.reads.sealedReceipt(other.delivery.id, digest)).toBeUndefined()
  })
})

describe('a delivery that is called back', () => {
  test('before it left is kept back here, for good, and its registry never hears of it', async () => {
    const sent = await inquired()
    expect(await callBack(office.parts, officerLin, sent.delivery.id, '当事人和解')).toMatchObject({
      said: 'withdrawn',
    })
    expect((await office.exchangeOf(sent.delivery.id)).delivery.phase).toBe('withdrawn')
    expect((await office.kinds(sent.delivery.caseId)).at(-1)).toBe('delivery.withdrawn')
    const leased = await office.opened.store.lease({ registries: [land.code], limit: 100, seconds: 1, act: 'push' })
    expect(leased.map(({ delivery }) => delivery.id)).not.toContain(sent.delivery.id)
    expect(await callBack(office.parts, officerLin, sent.delivery.id, '再撤')).toMatchObject({
      code: 'delivery-answered',
    })
  })

  test('is not undone by our wish: only the registry’s word counts (invariant 3)', async () => {
    const sent = await inquired()
    await office.opened.store.lease({ registries: [land.code], limit: 100, seconds: 1, act: 'push' })
    expect(await callBack(office.parts, officerLin, sent.delivery.id, '当事人和解')).toMatchObject({
      code: 'withdrawal-unanswered',
    })
    expect((await office.kinds(sent.delivery.caseId)).at(-1)).toBe('delivery.withdrawn')
    expect(await office.answerOf(sent.delivery.id)).toBe('silent')
  })

  test('cannot be called back once it is answered', async () => {
    const sent = await inquired()
    await office.tell(sent, found)
    expect(await callBack(office.parts, officerLin, sent.delivery.id, '当事人和解')).toMatchObject({
      code: 'delivery-answered',
    })
  })
})
