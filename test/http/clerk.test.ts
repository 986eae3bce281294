import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RegistryCode } from '../../src/domain/registry.ts'
import { clerkDelivery } from '../../src/gateway/by-people/at-counter.ts'
import { takeUp } from '../../src/gateway/by-people/clerk.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { codeOf, openCase, read, submitted, type TestCase } from './case.ts'
import { openTestEdge, otherBureau, type TestEdge, villageBank } from './edge.ts'

let edge: TestEdge
let file: TestCase
beforeAll(async () => {
  edge = await openTestEdge()
  file = await openCase(edge)
})
afterAll(() => edge.close())

const clerk = (method: string, path: string, body?: unknown, headers = {}) =>
  edge.call('bankClerkDing', method, `/v1/clerk/deliveries${path}`, body, headers)

const clerkOf = (registry: RegistryCode) => ({ role: 'registry-clerk' as const, registry })

let serial = 0
const answers = (id: string, body: object, key = `answer-${++serial}-key`) =>
  clerk('POST', `/${id}/statements`, { ...before(), ...body }, { 'Idempotency-Key': key })
const before = () => ({ case: file.number, subject: { name: '张某某', idNumber: '120116198503120013' } })

const account = '6217000000000000012'
const term = { from: '2026-06-03', to: '2027-06-02' }
const freeze = () => ({
  ...file.inquiry,
  registries: [villageBank],
  measure: {
    kind: 'freeze',
    term: { months: 12 },
    targets: [
      { asset: { class: 'deposit', account }, amount: '600.00' },
      { asset: { class: 'deposit', account: '6217000000000000020' }, amount: '400.00' },
    ],
  },
})

async function delivered(body: object): Promise<string> {
  const { id } = await read<{ id: string }>(await submitted(edge, body), 202)
  await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' })
  const [exchange] = await edge.gateway.reads.exchangesOf(id)
  return exchange?.delivery.id ?? ''
}

const inquiry = () =>
  delivered({ ...file.inquiry, registries: [villageBank], measure: { kind: 'inquire', kinds: ['deposit'] } })

describe('a registry without a system, by its own clerk', () => {
  test('what waits is listed without a name, shown whole, and to look is an entry', async () => {
    const id = await inquiry()
    const listed = await (await clerk('GET', '')).text()
    expect(listed).toContain(id)
    expect(listed).not.toContain('张某某')
    const shown = await read<{ request: { subject: { name: string } }; jws: string }>(await clerk('GET', `/${id}`), 200)
    expect(shown.request.subject.name).toBe('张某某')
    const [entry] = await edge.gateway.reads.entries({ delivery: id, kind: 'document.viewed', limit: 5 })
    expect(entry?.person).toBe(edge.person('bankClerkDing')?.id)
    const sha256 = file.inquiry.basis.documents[0]?.sha256
    expect((await clerk('GET', `/${id}/documents/${sha256}`)).status).toBe(200)
    expect((await clerk('GET', `/${id}/documents/${'x'.repeat(43)}`)).status).toBe(404)
  })

  test('nothing is answered before it was taken up; taken twice it was received once, by our clock', async () => {
    const id = await inquiry()
    expect(await codeOf(await answers(id, { kind: 'nothing' }))).toBe('409 delivery-not-taken')
    const first = await read(await clerk('POST', `/${id}/reception`), 200)
    expect(await read(await clerk('POST', `/${id}/reception`), 200)).toEqual(first)
    const exchange = await edge.gateway.reads.exchange(id)
    expect(exchange?.attempts).toHaveLength(1)
    const [received] = exchange?.statements ?? []
    expect(received).toMatchObject({ grade: 'B', statement: { kind: 'received' } })
    expect(received?.statement.receivedAt?.getTime()).toBeCloseTo(Date.now(), -4)
    await read(await answers(id, { kind: 'nothing' }), 200)
    expect((await edge.gateway.reads.delivery(id))?.answer).toBe('nothing')
  })

  test('each target is answered with its own fate, and the same once more is the same statement', async () => {
    const id = await delivered(freeze())
    await clerk('POST', `/${id}/reception`)
    const held = { asset: { class: 'deposit', account }, effect: 'effective', amount: '600.00', term, controlNo: 'D-1' }
    const missing = await answers(id, { kind: 'executed', targets: [held] })
    expect(await codeOf(missing)).toBe('422 answer-target-missing')
    const other = { asset: { class: 'deposit', account: '6217000000000000020' }, effect: 'waiting' }
    const unplaced = await answers(id, { kind: 'partly', targets: [held, other] })
    expect(await codeOf(unplaced)).toBe('422 answer-queue-missing')
    const unreasoned = await answers(id, { kind: 'partly', targets: [held, { ...other, effect: 'none' }] })
    expect(await codeOf(unreasoned)).toBe('422 answer-reason-missing')
    const queued = { ...other, queuePlace: 2 }
    for (const [left, code] of [
      [{ amount: undefined }, '422 answer-amount-missing'],
      [{ term: undefined }, '422 answer-term-missing'],
    ] as const)
      expect(await codeOf(await answers(id, { kind: 'partly', targets: [{ ...held, ...left }, queued] }))).toBe(code)
    const body = { kind: 'partly', targets: [held, queued] }
    const committed = await read(await answers(id, body, 'the-same-answer'), 200)
    expect(await read(await answers(id, body, 'the-same-answer'), 200)).toEqual(committed)
    const changed = await answers(id, { ...body, receiptNumber: 'R-2' }, 'the-same-answer')
    expect(await codeOf(changed)).toBe('422 idempotency-key-reused')
    expect(await codeOf(await answers(id, body))).toBe('409 answer-given')
    const controls = await edge.gateway.reads.controls(file.id)
    expect(controls.map(({ effect }) => effect).sort()).toEqual(['effective', 'waiting'])
  })

  test('a correction and a later word go on from the answer, and overwrite nothing', async () => {
    const id = await delivered(freeze())
    await clerk('POST', `/${id}/reception`)
    const both = freeze().measure.targets.map(({ asset }) => ({ asset, effect: 'effective', amount: '1.00', term }))
    expect(await codeOf(await answers(id, { kind: 'corrected', targets: both }))).toBe('409 answer-not-yet')
    await read(await answers(id, { kind: 'executed', targets: both }), 200)
    const [first] = both
    await read(await answers(id, { kind: 'corrected', targets: [{ ...first, amount: '2.00' }] }), 200)
    const statements = (await edge.gateway.reads.exchange(id))?.statements ?? []
    expect(statements.map(({ statement }) => statement.kind)).toEqual(['received', 'executed', 'corrected'])
    expect(statements[1]?.statement.targets[0]?.amount).toBe('1.00')
  })

  test('a refusal has a reason of the table, and what fits neither request nor kind is not kept', async () => {
    const id = await inquiry()
    await clerk('POST', `/${id}/reception`)
    const refused = (code: string) => answers(id, { kind: 'refused', reason: { code, text: '不办' } })
    expect(await codeOf(await refused('because'))).toBe('422 answer-reason-unknown')
    expect(await codeOf(await answers(id, { kind: 'executed' }))).toBe('422 answer-holdings-missing')
    const account = { asset: { class: 'deposit', account: '6217000000000000012' }, encumbrances: [] }
    const more = { ...account, currency: 'CNY', balance: '10.00', available: '10.01' }
    expect(await codeOf(await answers(id, { kind: 'executed', holdings: [more] }))).toBe(
      '422 answer-available-above-balance',
    )
    expect(await codeOf(await answers(id, { kind: 'nothing', holdings: [account] }))).toBe('422 answer-content')
    await read(await refused('subject-mismatch'), 200)
  })

  test('the stamped receipt is a PDF or a picture, comes first, and is named by its digest', async () => {
    const id = await inquiry()
    await clerk('POST', `/${id}/reception`)
    const bring = (text: string) => clerk('POST', `/${id}/receipts`, new Uint8Array(Buffer.from(text, 'latin1')))
    expect(await codeOf(await bring('<script>'))).toBe('422 receipt-type')
    const { sha256, mediaType } = await read<{ sha256: string; mediaType: string }>(await bring('\xff\xd8\xff 回'), 200)
    expect(mediaType).toBe('image/jpeg')
    const unknown = await answers(id, { kind: 'nothing', sealedReceipt: 'x'.repeat(43) })
    expect(await codeOf(unknown)).toBe('422 receipt-unknown')
    await read(await answers(id, { kind: 'nothing', sealedReceipt: sha256 }), 200)
    const last = (await edge.gateway.reads.exchange(id))?.statements.at(-1)
    expect(last?.statement.sealedReceipt).toMatchObject({ sha256, mediaType: 'image/jpeg' })
    // The bytes that are countersigned are one spelling of what was stated, and name the clerk by an id alone.
    const message = Buffer.from(last?.message ?? []).toString('utf8')
    expect(message).toContain(edge.person('bankClerkDing')?.id)
    expect(message).not.toContain('丁守业')
  })

  test('an answer about another case or another person is kept as evidence, and counts for nothing', async () => {
    const id = await inquiry()
    await clerk('POST', `/${id}/reception`)
    const other = await answers(id, { kind: 'nothing', case: '（2026）津0116执9号' })
    expect(await codeOf(other)).toBe('401 statement-other-case')
    const person = await answers(id, { kind: 'nothing', subject: { name: '李某某', idNumber: '1' } })
    expect(await codeOf(person)).toBe('401 statement-other-subject')
    const kept = await edge.gateway.reads.quarantined(villageBank, { limit: 10 })
    expect(kept.filter(({ delivery }) => delivery === id)).toHaveLength(2)
    expect((await edge.gateway.reads.delivery(id))?.answer).toBe('received')
  })

  test('another registry’s clerk finds nothing, and is named in the log; nor does this one once thirty days are over', async () => {
    const id = await inquiry()
    const stranger = { ...personWith(newId(), '某某', ['registry-clerk']), holds: [clerkOf(otherBureau)] }
    await seat(edge.opened, stranger)
    await signIn(edge.opened, stranger, 'token-of-a-stranger')
    const headers = { Authorization: 'Bearer token-of-a-stranger' }
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/reception'],
    ] as const) {
      const answer = await edge.app.request(`/v1/clerk/deliveries/${id}${path}`, { method, headers })
      expect(await codeOf(answer)).toBe('404 delivery-unknown')
    }
    expect(await (await edge.app.request('/v1/clerk/deliveries', { headers })).json()).toEqual({ deliveries: [] })
    const refused = await edge.gateway.reads.entries({ kind: 'access.refused', person: stranger.id, limit: 5 })
    expect(refused).toHaveLength(2)
    await clerk('POST', `/${id}/reception`)
    await answers(id, { kind: 'nothing' })
    const later = { ...edge.gateway, clock: () => new Date(Date.now() + 31 * 86_400_000) }
    const ding = edge.person('bankClerkDing')
    expect(ding && (await clerkDelivery(later, ding, 'clerk.read', id))).toMatchObject({ code: 'delivery-unknown' })
  })

  test('what nobody took up in time is not handed out any more', async () => {
    const id = await inquiry()
    const ding = edge.person('bankClerkDing')
    const later = { ...edge.gateway, clock: () => new Date(Date.now() + 31 * 86_400_000) }
    expect(ding && (await takeUp(later, ding, id))).toMatchObject({ code: 'delivery-lapsed' })
    expect((await edge.gateway.reads.delivery(id))?.phase).toBe('withdrawn')
  })

  test('called back before it was taken up, it is not there any more', async () => {
    const id = await inquiry()
    await read(await edge.call('officerLin', 'POST', `/v1/deliveries/${id}/withdrawal`, { reason: '重复提交' }), 200)
    expect(await codeOf(await clerk('POST', `/${id}/reception`))).toBe('404 delivery-unknown')
  })
})
