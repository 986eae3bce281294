import { createHash, randomUUID } from 'node:crypto'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workBatches } from '../../src/gateway/batches/work.ts'
import { codeOf, openCase, read, type TestCase, takenByBureau, tell } from './case.ts'
import { landBureau, openTestEdge, type Staff, type TestEdge } from './edge.ts'

let edge: TestEdge
let file: TestCase
beforeAll(async () => {
  edge = await openTestEdge()
  file = await openCase(edge)
})
afterAll(() => edge.close())

type View = { id: string; state: { code: string }; counts: Record<string, number>; rows: number }

const terms = () => {
  const { statute, purpose } = file.inquiry.basis
  const { officers, contact } = file.inquiry
  return { statute, purpose, officers, contact }
}
const rowOf = (of: TestCase) => ({ case: of.number, subject: of.party, registries: [landBureau] })
let keys = 0
const start = (body: object, who: Staff = 'officerLin', key = `batch-key-${++keys}`) =>
  edge.call(who, 'POST', '/v1/batches', { ...terms(), ...body }, { 'Idempotency-Key': key })
const check = (body: object) => edge.call('officerLin', 'POST', '/v1/batches/check', { ...terms(), ...body })

describe('a list by the API', () => {
  test('as a file in GBK or as rows is checked and nothing of it is kept', async () => {
    const text = `案号,被执行人,协助执行单位\n${file.number},张某某,${landBureau}\n${file.number},没有此人,${landBureau}\n`
    const gbk = iconv.encode(text, 'gb18030').toString('base64')
    const found = await read<{ rows: number; requests: number; errors: object[] }>(await check({ file: gbk }), 200)
    expect(found).toMatchObject({
      ...{ rows: 2, requests: 1 },
      errors: [{ row: 3, heading: '被执行人', code: 'subject-not-a-party', title: {}, next: {} }],
    })
    const mistyped = { ...rowOf(file), subject: '120116198503120014' }
    expect(await read(await check({ rows: [mistyped] }), 200)).toMatchObject({
      errors: [{ heading: '被执行人', code: 'person-number-check' }],
    })
    const csv = await edge.call('officerLin', 'POST', '/v1/batches/corrected', { ...terms(), file: gbk })
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(await csv.text()).toContain('没有此人')
    const refused = await start({ file: gbk })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'batch-list-refused',
      errors: [{ code: 'subject-not-a-party', pointer: '/3', field: '被执行人' }],
    })
    expect(await read(await edge.call('officerLin', 'GET', '/v1/batches'), 200)).toEqual({ batches: [] })
    expect(await codeOf(await check({}))).toBe('422 batch-list-needed')
    expect(await codeOf(await check({ file: gbk, rows: [rowOf(file)] }))).toBe('422 batch-list-needed')
  })

  test('is started once under one key, and followed, held and exported by nobody but its maker', async () => {
    const other = await openCase(edge)
    const body = { rows: [rowOf(file), rowOf(other)] }
    const view = await read<View>(await start(body, 'officerLin', 'the-same-key'), 201)
    expect(view).toMatchObject({ state: { code: 'running' }, rows: 2, counts: { waiting: 2 } })
    const again = await start(body, 'officerLin', 'the-same-key')
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await read<View>(again, 201)).id).toBe(view.id)
    expect(await codeOf(await start({ rows: [rowOf(file)] }, 'officerLin', 'the-same-key'))).toBe(
      '422 idempotency-key-reused',
    )

    const path = `/v1/batches/${view.id}`
    for (const [method, to] of [
      ['GET', ''],
      ['GET', '/rows'],
      ['GET', '/export'],
      ['POST', '/pause'],
      ['POST', '/stop'],
    ] as const)
      expect(await codeOf(await edge.call('officerZhao', method, `${path}${to}`))).toBe('404 batch-unknown')
    expect(await codeOf(await edge.call('officerLin', 'POST', `${path}/resumption`))).toBe('409 batch-not-paused')
    await read(await edge.call('officerLin', 'POST', `${path}/pause`), 200)
    expect(await codeOf(await edge.call('officerLin', 'POST', `${path}/pause`))).toBe('409 batch-not-running')
    await read(await edge.call('officerLin', 'POST', `${path}/resumption`), 200)
    expect(await workBatches(edge.gateway)).toBe(2)
    const first = await read<{ rows: object[]; next: number }>(
      await edge.call('officerLin', 'GET', `${path}/rows?limit=1`),
      200,
    )
    expect(first).toMatchObject({
      rows: [{ row: 1, outcome: { code: 'sent' }, case: file.number, party: { id: file.party, name: '张某某' } }],
      next: 1,
    })
    const rest = await read<{ rows: object[] }>(await edge.call('officerLin', 'GET', `${path}/rows?after=1`), 200)
    expect(rest.rows).toMatchObject([{ row: 2, case: other.number }])
    expect(await codeOf(await edge.call('officerLin', 'POST', `${path}/stop`))).toBe('409 batch-over')
  })

  test('is exported with what was found, masked for who has left the case, and each request is a look', async () => {
    const mine = await openCase(edge)
    const { id } = await read<View>(await start({ rows: [rowOf(mine)] }), 201)
    await workBatches(edge.gateway)
    const certNo = '津（2023）滨海新区不动产权第1000001号'
    for (const { delivery, jws } of await takenByBureau(edge)) await answer(delivery, jws, certNo)
    const lookAt = async () => {
      const response = await edge.call('officerLin', 'GET', `/v1/batches/${id}/export`)
      return Buffer.from(await response.arrayBuffer()).toString('utf8')
    }
    const plain = await lookAt()
    expect(plain.startsWith('\ufeff')).toBe(true)
    expect(plain).toContain(certNo)
    expect(plain).toContain('张某某')
    expect(plain).toContain('林书远（officerLin）')
    const looks = await edge.gateway.reads.entries({ kind: 'results.viewed', caseId: mine.id, limit: 5 })
    expect(looks.map(({ person }) => person)).toEqual([edge.person('officerLin')?.id])
    await assign(mine, { team: '执行一团队', isSealed: false })
    const masked = await lookAt()
    expect(masked).toContain(mine.number)
    expect(masked).not.toContain(certNo)
    expect(masked).not.toContain('张某某')
    await assign(mine, { isSealed: true })
    expect(await lookAt()).not.toContain(mine.number)
  })
})

const assign = (of: TestCase, to: { team?: string; isSealed: boolean }) =>
  edge.gateway.store.act(of.id, async (act) => {
    await act.assign({ members: [], by: 'test', at: new Date(), ...to })
    return { kind: 'assigned' as const }
  })

async function answer(delivery: string, jws: string, certNo: string): Promise<void> {
  const now = new Date()
  const statement = await edge.bureau.sign({
    ...{ iss: landBureau, aud: 'gw.test.writ', iat: Math.floor(now.getTime() / 1000), jti: randomUUID(), re: delivery },
    re_sha256: createHash('sha256').update(jws).digest('base64url'),
    ...{ kind: 'executed', sequence: 1, receivedAt: now.toISOString(), receiptNumber: '1' },
    holdings: [{ asset: { class: 'real-estate', certNo }, encumbrances: [] }],
  })
  expect((await tell(edge, statement)).status).toBe(200)
}
