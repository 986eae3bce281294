import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, openCase, read, submitted } from './case.ts'
import { openTestEdge, type Staff, type TestEdge } from './edge.ts'

let edge: TestEdge
beforeAll(async () => {
  edge = await openTestEdge()
})
afterAll(() => edge.close())

let serial = 0
const key = () => ({ 'Idempotency-Key': `draft-call-${++serial}` })
const post = (path: string, body?: object, headers = {}) => edge.call('officerLin', 'POST', path, body, headers)
const save = async (body: object) => (await read<{ id: string }>(await post('/v1/drafts', body, key()), 201)).id
const look = async <T = Record<string, unknown>>(path: string, who: Staff = 'officerLin') =>
  read<T>(await edge.call(who, 'GET', path), 200)

describe('drafts', () => {
  test('are saved, listed, read by the team, changed and thrown away', async () => {
    const file = await openCase(edge)
    const id = await save({ case: file.number, purpose: undefined, party: file.party })
    const whose = await look<{ drafts: { id: string }[] }>('/v1/drafts')
    expect(whose.drafts.map((line) => line.id)).toContain(id)
    const ofCase = await look<{ drafts: object[] }>(`/v1/drafts?case=${encodeURIComponent(file.number)}`, 'officerZhao')
    expect(ofCase.drafts).toMatchObject([{ id, case: file.number, state: { code: 'open', zh: '草稿' } }])
    expect(JSON.stringify(ofCase)).not.toContain(file.party)
    await read(await edge.call('officerLin', 'PUT', `/v1/drafts/${id}`, { measure: { kind: 'seal' } }), 200)
    expect(await look(`/v1/drafts/${id}`, 'officerZhao')).toMatchObject({
      measure: 'seal',
      content: { measure: { kind: 'seal' } },
    })
    await read(await edge.call('officerLin', 'DELETE', `/v1/drafts/${id}`), 200)
    expect((await look<{ drafts: { id: string }[] }>('/v1/drafts')).drafts.map((line) => line.id)).not.toContain(id)
    const kinds = (await edge.gateway.reads.entries({ abouts: [id], limit: 10 })).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['draft.discarded', 'draft.saved', 'draft.saved', 'draft.viewed'])
  })

  test('need a key, and take nothing that is no part of a request', async () => {
    const { number } = await openCase(edge)
    expect(await codeOf(await post('/v1/drafts', { case: number }))).toBe('400 idempotency-key-missing')
    expect(await codeOf(await post('/v1/drafts', { case: number, approved: true }, key()))).toBe('422 invalid-body')
    const unknown = await edge.call('officerLin', 'GET', `/v1/drafts/0198c0de-0000-7000-8000-000000000000`)
    expect(await codeOf(unknown)).toBe('404 draft-unknown')
  })
})

describe('the submission of a draft', () => {
  test('lists every place that is missing or wrong, and keeps them with the draft', async () => {
    const file = await openCase(edge)
    const targets = [{ asset: { class: 'real-estate', unitCode: '12' }, amount: '一百' }]
    const id = await save({ case: file.number, party: file.party, measure: { kind: 'seal', targets } })
    const response = await post(`/v1/drafts/${id}/submission`, undefined, key())
    const problem = await read<{ code: string; errors: { code: string; pointer: string }[] }>(response, 422)
    const places = problem.errors.map(({ code, pointer }) => `${pointer} ${code}`)
    expect(places).toContain('/measure/targets/0/amount money-malformed')
    expect(places).toContain('/basis draft-incomplete')
    expect(problem.errors.find(({ pointer }) => pointer === '/contact')?.code).toBe('draft-incomplete')
    expect(await look(`/v1/drafts/${id}`)).toMatchObject({ state: { code: 'open' } })
    const { objections } = await look<{ objections: { pointer: string; next: { zh: string } }[] }>(`/v1/drafts/${id}`)
    expect(objections.map(({ pointer }) => pointer)).toEqual(problem.errors.map(({ pointer }) => pointer))
    expect(objections.every(({ next }) => next.zh.length > 0)).toBe(true)
  })

  test('sends on what is whole; sent back with a comment it is corrected and comes anew as version 2', async () => {
    const file = await openCase(edge)
    const id = await save(file.seal)
    const again = key()
    const first = await read<{ id: string }>(await post(`/v1/drafts/${id}/submission`, undefined, again), 202)
    const replay = await post(`/v1/drafts/${id}/submission`, undefined, again)
    expect(replay.headers.get('Idempotent-Replayed')).toBe('true')
    const decision = { decision: 'return', comment: '坐落有误' }
    await read(await edge.call('officerZhao', 'POST', `/v1/requests/${first.id}/approval`, decision), 200)
    const told = await look<{ decisions: object[] }>(`/v1/requests/${first.id}`)
    expect(told).toMatchObject({ version: 1, decisions: [{ decision: 'returned', by: '赵明诚', comment: '坐落有误' }] })
    const begun = await read<{ id: string }>(await post(`/v1/requests/${first.id}/correction`), 201)
    const draft = await look<{ content: { case?: string; measure: object } }>(`/v1/drafts/${begun.id}`)
    expect(draft).toMatchObject({ replaces: first.id, content: { measure: { term: { months: 36 } } } })
    const next = await read<{ id: string }>(await post(`/v1/drafts/${begun.id}/submission`, undefined, key()), 202)
    expect(await look(`/v1/requests/${next.id}`)).toMatchObject({ version: 2, replaces: first.id })
    expect(await look(`/v1/requests/${first.id}`)).toMatchObject({ replacedBy: next.id, state: { code: 'returned' } })
  })

  test('of a request that was not sent back is refused', async () => {
    const file = await openCase(edge)
    const { id } = await read<{ id: string }>(await submitted(edge, file.seal), 202)
    expect(await codeOf(await post(`/v1/requests/${id}/correction`))).toBe('409 request-not-returned')
  })
})
