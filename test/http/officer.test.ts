import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../src/signing/compact.ts'
import { codeOf, openCase, read, submitted, type TestCase, takenByBureau, tell } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
})
afterAll(() => edge.close())

async function answer(delivery: { delivery: string; jws: string }, over: object = {}) {
  const claims = {
    iss: 'land-120116',
    aud: 'gw.test.writ',
    iat: Math.floor(Date.now() / 1000),
    jti: `stmt-${Math.random()}`,
    re: delivery.delivery,
    re_sha256: digestOf(delivery.jws),
    kind: 'nothing',
    sequence: 1,
    receivedAt: new Date().toISOString(),
    receiptNumber: '1',
    ...over,
  }
  return edge.bureau.sign(claims)
}

type Shown = {
  id: string
  state: { code: string }
  answered: boolean
  deliveries: { id: string; answer: { code: string; zh: string }; statements: { kind: string; grade: string }[] }[]
}

describe('a case', () => {
  test('is found by its number in any bracket, its parties in plain words for the own court', async () => {
    const number = encodeURIComponent(known.number.replace('（', '[').replace('）', ']'))
    const { cases } = await read<{ cases: { id: string }[] }>(
      await edge.call('officerLin', 'GET', `/v1/cases?number=${number}`),
      200,
    )
    expect(cases.map(({ id }) => id)).toEqual([known.id])
    const text = await (await edge.call('officerLin', 'GET', `/v1/cases/${known.id}`)).text()
    expect(text).toContain('张某某')
  })

  test('of another court does not exist', async () => {
    expect(await codeOf(await edge.call('officerElsewhere', 'GET', `/v1/cases/${known.id}`))).toBe('404 case-unknown')
  })

  test('takes a document by a form too, and gives the same bytes back', async () => {
    const form = new FormData()
    form.set('kind', 'other')
    form.set('number', '（2026）津0116执1号')
    form.set('file', new File(['%PDF-1.7\nform'], 'x.pdf', { type: 'application/pdf' }))
    const headers = { Authorization: 'Bearer token-of-officerLin' }
    const path = `/v1/cases/${known.id}/documents`
    const { sha256 } = await read<{ sha256: string }>(
      await edge.app.request(path, { method: 'POST', body: form, headers }),
      201,
    )
    const back = await edge.call('officerZhao', 'GET', `${path}/${sha256}`)
    expect(back.headers.get('content-disposition')).toMatch(/^attachment; filename=/)
    expect(await back.text()).toBe('%PDF-1.7\nform')
  })
})

describe('an inquiry', () => {
  test('is accepted with 202, a Location and its log entry; the proof follows', async () => {
    const response = await submitted(edge, known.inquiry)
    const { id, entry } = await read<{ id: string; entry: string }>(response, 202)
    expect(response.headers.get('location')).toBe(`/v1/requests/${id}`)
    const proof = await edge.call('officerLin', 'GET', `/v1/entries/${entry}/proof`, undefined, { Prefer: 'wait=10' })
    expect(proof.headers.get('preference-applied')).toBe('wait=10')
    expect(await proof.text()).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n/)
  })

  test('under the same key is the same request, marked as replayed; another body is refused', async () => {
    const headers = { 'Idempotency-Key': 'the-same-key-0001' }
    const first = await read<{ id: string }>(await submitted(edge, known.inquiry, headers), 202)
    const again = await submitted(edge, known.inquiry, headers)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await read<{ id: string }>(again, 202)).id).toBe(first.id)
    const other = { ...known.inquiry, contact: { name: '林书远', phone: '022-11111111' } }
    expect(await codeOf(await submitted(edge, other, headers))).toBe('422 idempotency-key-reused')
  })

  test('with Prefer: wait comes back as soon as every registry has answered', async () => {
    await takenByBureau(edge)
    const waiting = submitted(edge, known.inquiry, { Prefer: 'wait=20' })
    let taken = await takenByBureau(edge)
    while (taken.length === 0) taken = await takenByBureau(edge)
    const [delivery] = taken
    if (!delivery) throw new Error('nothing to take')
    const receipt = await tell(edge, await answer(delivery))
    expect(receipt.headers.get('content-type')).toBe('application/jose')
    const { request } = await read<{ request: Shown }>(await waiting, 202)
    expect(request.answered).toBe(true)
    expect(request.deliveries[0]?.answer).toEqual({ code: 'nothing', zh: '未查到' })
    expect(request.deliveries[0]?.statements).toMatchObject([{ kind: 'nothing', grade: 'A' }])
  })

  test('that nobody answers comes back when the time is over, silent and not "nothing found"', async () => {
    const { request } = await read<{ request: Shown }>(await submitted(edge, known.inquiry, { Prefer: 'wait=1' }), 202)
    expect(request.answered).toBe(false)
    expect(request.deliveries[0]?.answer.code).toBe('silent')
  })
})

describe('a seal', () => {
  test('waits for an approver who is not its maker', async () => {
    const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
    const path = `/v1/requests/${id}/approval`
    expect(await codeOf(await edge.call('officerLin', 'POST', path, { decision: 'approve' }))).toBe('403 role-missing')
    const decided = await edge.call('officerZhao', 'POST', path, { decision: 'approve' })
    expect(await read(decided, 200)).toMatchObject({ decision: 'approved' })
    const shown = await read<Shown>(await edge.call('officerLin', 'GET', `/v1/requests/${id}`), 200)
    expect(shown.deliveries).toHaveLength(1)
    const again = await edge.call('officerZhao', 'POST', path, { decision: 'approve' })
    expect(await codeOf(again)).toBe('409 request-not-waiting')
  })

  test('is sent back with a word, or withdrawn by its maker', async () => {
    const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
    const path = `/v1/requests/${id}/approval`
    expect(await codeOf(await edge.call('officerZhao', 'POST', path, { decision: 'return' }))).toBe(
      '422 comment-missing',
    )
    await read(await edge.call('officerZhao', 'POST', path, { decision: 'return', comment: '请补正' }), 200)
    const other = await read<{ id: string }>(await submitted(edge, known.seal), 202)
    await read(await edge.call('officerLin', 'POST', `/v1/requests/${other.id}/withdrawal`), 200)
    const { requests } = await read<{ requests: { id: string; state: { zh: string } }[] }>(
      await edge.call('officerLin', 'GET', '/v1/requests?limit=2'),
      200,
    )
    expect(requests.map(({ state }) => state.zh)).toEqual(['已撤回', '已退回'])
  })

  test('that was executed shows as a control of its case, in force by date, with the name of its asset', async () => {
    const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
    await read(await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
    const shown = await read<Shown>(await edge.call('officerLin', 'GET', `/v1/requests/${id}`), 200)
    const delivery = shown.deliveries[0]?.id ?? ''
    const jws = (await edge.gateway.reads.delivery(delivery))?.jws ?? ''
    const [target] = known.seal.measure.targets
    const done = { ...target, scope: undefined, effect: 'effective', term: { from: '2026-01-01', to: '2028-12-31' } }
    const told = await tell(edge, await answer({ delivery, jws }, { kind: 'executed', targets: [done] }))
    expect(told.status, await told.clone().text()).toBe(200)
    const { controls } = await read<{ controls: { inForce: boolean; asset: object }[] }>(
      await edge.call('officerLin', 'GET', `/v1/cases/${known.id}/controls`),
      200,
    )
    expect(controls).toMatchObject([{ inForce: true, asset: target?.asset }])
  })
})

test('each look at results has its entry, and the auditor sees who looked', async () => {
  const { id } = await read<{ id: string }>(await submitted(edge, known.inquiry), 202)
  await read(await edge.call('officerZhao', 'GET', `/v1/requests/${id}`), 200)
  const { entries } = await read<{ entries: { kind: string; person: string }[] }>(
    await edge.call('auditorMei', 'GET', `/audit/v1/entries?request=${id}&kind=results.viewed`),
    200,
  )
  expect(entries).toMatchObject([{ kind: 'results.viewed', person: edge.person('officerZhao')?.id }])
})
