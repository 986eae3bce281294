import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approve, sendBack, withdraw } from '../../src/gateway/approve.ts'
import { submit } from '../../src/gateway/submit.ts'
import {
  approverZhao,
  asked,
  bank,
  house,
  land,
  measureOf,
  officerElsewhere,
  officerHan,
  officerLin,
  paper,
  sure,
  whole,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const at = (file: OpenCase, id: string) => ({ id, caseId: file.id })
const waiting = async (file: OpenCase) => sure(await office.ask(file, measureOf.seal)).id
const deliveriesOf = async (request: string) => (await office.opened.reads.exchangesOf(request)).length
const approving = (file: OpenCase, id: string, by = approverZhao) => approve(office.parts, by, at(file, id))

describe('a request', () => {
  test('is committed with its entry; an inquiry leaves at once, anything else waits (invariants 1 and 8)', async () => {
    const file = await office.openCase()
    const before = office.time.woken
    const inquiry = sure(await office.ask(file, measureOf.inquire))
    const seal = sure(await office.ask(file, measureOf.seal))
    expect([await deliveriesOf(inquiry.id), await deliveriesOf(seal.id)]).toEqual([1, 0])
    expect((await office.kinds(file.id)).slice(-3)).toEqual([
      'request.submitted',
      'delivery.created',
      'request.submitted',
    ])
    expect(office.time.woken).toBeGreaterThan(before)
    expect((await office.opened.reads.request(seal.id))?.state).toBe('submitted')
  })

  test('that is refused leaves nothing: no entry, no number, no delivery, no memory of its key', async () => {
    const file = await office.openCase()
    const before = await office.journal(file.id)
    const once = { client: officerLin.id, key: 'refused-once', digest: 'd' }
    const { basis, ...rest } = asked(measureOf.inquire, { party: file.party })
    const absent = { ...paper('inquiry-notice'), sha256: paper('other').sha256 }
    const lacking = { ...rest, basis: { ...basis, documents: [absent] } }
    expect(await submit(office.parts, officerLin, file.id, lacking, once)).toMatchObject({ code: 'document-unknown' })
    expect(await office.journal(file.id)).toEqual(before)
    const said = await submit(office.parts, officerLin, file.id, { ...rest, basis }, once)
    expect(said.kind).toBe('submitted')
    expect((await office.journal(file.id))[before.length]?.caseSeq).toBe(before.length + 1)
  })

  test('names its documents exactly as they lie in the case', async () => {
    const file = await office.openCase()
    for (const over of [{ number: '另一文号' }, { length: 1 }, { kind: 'ruling' }] as const) {
      const { basis } = asked(measureOf.inquire)
      const documents = [{ ...paper('inquiry-notice'), ...over }, paper('execution-notice')]
      expect(await office.ask(file, measureOf.inquire, { basis: { ...basis, documents } })).toMatchObject({
        code: 'document-digest',
        field: 'basis.documents.0',
      })
    }
  })

  test('to one registry that is named twice goes there once (invariant 2)', async () => {
    const file = await office.openCase()
    const { id } = sure(await office.ask(file, measureOf.inquire, { registries: [land.code, land.code] }))
    expect(await deliveriesOf(id)).toBe(1)
  })

  test('every number of a case is an entry’s or a delivery’s, each once and none left out', async () => {
    const file = await office.openCase()
    const { request } = await office.send(file, measureOf.seal)
    const { id } = sure(
      await office.ask(file, { kind: 'inquire', kinds: ['land', 'deposit'] }, { registries: [land.code, bank.code] }),
    )
    const exchanges = [request, id].map((one) => office.opened.reads.exchangesOf(one))
    const deliveries = (await Promise.all(exchanges)).flat().map(({ delivery }) => delivery.caseSeq)
    const entries = (await office.journal(file.id)).map(({ caseSeq }) => caseSeq ?? 0)
    const all = [...entries, ...deliveries].sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: all.length }, (_, n) => n + 1))
  })
})

describe('an Idempotency-Key', () => {
  const asking = (file: OpenCase, over: object = {}, by = officerLin) => {
    const once = { client: by.id, key: `key-of-${file.id}`, digest: 'one body', ...over }
    return submit(office.parts, by, file.id, asked(measureOf.inquire, { party: file.party }), once)
  }

  test('makes one request of many, however many come at once', async () => {
    const file = await office.openCase()
    const said = (await Promise.all(Array.from({ length: 6 }, () => asking(file)))).map(sure)
    expect(said.map(({ kind }) => kind).sort()).toEqual([...Array(5).fill('replayed'), 'submitted'])
    expect(new Set(said.map(({ id }) => id)).size).toBe(1)
    expect(await deliveriesOf(said[0]?.id ?? '')).toBe(1)
  })

  test('used for another body is refused', async () => {
    const file = await office.openCase()
    sure(await asking(file))
    expect(await asking(file, { digest: 'another body' })).toMatchObject({ code: 'idempotency-key-reused' })
  })

  test('of another person is another key', async () => {
    const file = await office.openCase()
    const [one, other] = [sure(await asking(file)), sure(await asking(file, {}, officerHan))]
    expect([one.kind, other.kind, one.id === other.id]).toEqual(['submitted', 'submitted', false])
  })
})

describe('approval', () => {
  test('a maker never approves his own measure (invariant 8)', async () => {
    const file = await office.openCase()
    const { id } = sure(await office.ask(file, measureOf.seal, {}, approverZhao))
    expect(await approve(office.parts, approverZhao, at(file, id))).toMatchObject({
      code: 'approver-is-maker',
    })
    expect(await sendBack(office.parts, approverZhao, at(file, id), '理由')).toMatchObject({
      code: 'approver-is-maker',
    })
    expect(await deliveriesOf(id)).toBe(0)
  })

  test('lets the measure go out once, and says in the message who let it', async () => {
    const file = await office.openCase()
    const id = await waiting(file)
    const both = await Promise.all([approving(file, id), approving(file, id)])
    expect(both.map((answer) => ('code' in answer ? answer.code : answer.kind)).sort()).toEqual([
      'approved',
      'request-not-waiting',
    ])
    expect(await deliveriesOf(id)).toBe(1)
    expect((await office.kinds(file.id)).slice(-2)).toEqual(['request.approved', 'delivery.created'])
    expect(await office.opened.reads.approvals(id)).toMatchObject([{ decision: 'approved', personName: '赵明诚' }])
  })

  test('is of the same court, of a request that waits, and of this case', async () => {
    const [file, other] = [await office.openCase(), await office.openCase()]
    const id = await waiting(file)
    expect(await approving(file, id, officerElsewhere)).toMatchObject({ code: 'case-unknown' })
    expect(await approving(other, id)).toMatchObject({ code: 'request-unknown' })
    expect(await approving({ ...file, id: crypto.randomUUID() }, id)).toMatchObject({ code: 'request-unknown' })
  })

  test('asks for the ground once more: a case that was closed in between lets nothing out (invariant 7)', async () => {
    const file = await office.openCase()
    const id = await waiting(file)
    const { queries } = office.opened.database
    await queries.execute(sql`update case_file set standing = 'closed' where id = ${file.id}`)
    const before = await office.journal(file.id)
    expect(await approving(file, id)).toMatchObject({ code: 'case-standing-forbids' })
    expect(await office.journal(file.id)).toEqual(before)
    expect([await deliveriesOf(id), (await office.opened.reads.request(id))?.state]).toEqual([0, 'submitted'])
  })

  test('can be withheld with a word why; then nothing leaves any more', async () => {
    const file = await office.openCase()
    const id = await waiting(file)
    expect(await sendBack(office.parts, approverZhao, at(file, id), ' ')).toMatchObject({ code: 'comment-missing' })
    sure(await sendBack(office.parts, approverZhao, at(file, id), '裁定书日期有误'))
    expect(await approving(file, id)).toMatchObject({ code: 'request-not-waiting' })
    expect(await office.opened.reads.approvals(id)).toMatchObject([{ comment: '裁定书日期有误' }])
    expect((await office.kinds(file.id)).at(-1)).toBe('request.returned')
  })

  test('comes too late for what its maker took back; nobody else takes it back', async () => {
    const file = await office.openCase()
    const id = await waiting(file)
    expect(await withdraw(office.parts, officerHan, at(file, id))).toMatchObject({ code: 'not-the-maker' })
    sure(await withdraw(office.parts, officerLin, at(file, id)))
    expect(await approving(file, id)).toMatchObject({ code: 'request-not-waiting' })
    expect(await withdraw(office.parts, officerLin, at(file, id))).toMatchObject({ code: 'request-not-waiting' })
  })
})

describe('a measure names what it stands on (invariant 9)', () => {
  const releasing = (delivery: string) => ({ ...measureOf.release, parent: { delivery } })
  const extending = (delivery: string) => ({ ...measureOf.extend, parent: { delivery } })
  const sealed = async (file: OpenCase, over: object = { effect: 'effective' }) => {
    const sent = await office.send(file, measureOf.seal)
    const kind = 'effect' in over && over.effect === 'waiting' ? 'waiting' : 'executed'
    await office.tell(sent, { kind, targets: [{ asset: house, effect: 'effective', ...over }] })
    return sent.delivery.id
  }

  test('a release: one of this case, at this registry, that came to something', async () => {
    const [file, other] = [await office.openCase(), await office.openCase()]
    const delivery = await sealed(file)
    expect(await office.ask(file, releasing(delivery))).toMatchObject({ kind: 'submitted' })
    expect(await office.ask(other, releasing(delivery))).toMatchObject({ code: 'parent-unknown' })
    const elsewhere = { ...releasing(delivery), targets: [whole({ class: 'deposit', account: '6217000000000000012' })] }
    expect(await office.ask(file, elsewhere, { registries: [bank.code] })).toMatchObject({
      code: 'parent-other-registry',
    })
    const silent = await office.send(file, measureOf.seal)
    expect(await office.ask(file, releasing(silent.delivery.id))).toMatchObject({ code: 'parent-nothing-controlled' })
  })

  test('an inquiry that found something controls nothing', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.inquire)
    await office.tell(sent, { kind: 'executed', holdings: [{ asset: house, encumbrances: [] }] })
    expect(await office.ask(file, releasing(sent.delivery.id))).toMatchObject({ code: 'parent-nothing-controlled' })
  })

  test('a release takes what waits; an extension only what holds, and only before it ends', async () => {
    const file = await office.openCase()
    const queued = await sealed(file, { effect: 'waiting' })
    expect(await office.ask(file, releasing(queued))).toMatchObject({ kind: 'submitted' })
    expect(await office.ask(file, extending(queued))).toMatchObject({ code: 'parent-not-in-force' })
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const holding = await sealed(file, { term: { from: '2024-01-01', to: tomorrow } })
    expect(await office.ask(file, extending(holding))).toMatchObject({ kind: 'submitted' })
    office.time.shift = 3 * 86_400_000
    expect(await office.ask(file, extending(holding))).toMatchObject({ code: 'parent-not-in-force' })
    expect(await office.ask(file, releasing(holding))).toMatchObject({ kind: 'submitted' })
    office.time.shift = 0
  })
})
