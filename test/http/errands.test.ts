import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, openCase, read, submitted, type TestCase } from './case.ts'
import { countyCentre, openTestEdge, type Staff, type TestEdge, villageBank } from './edge.ts'

let edge: TestEdge
let file: TestCase
beforeAll(async () => {
  edge = await openTestEdge()
  file = await openCase(edge)
})
afterAll(() => edge.close())

type Errand = {
  readonly stage: string
  readonly round: number
  readonly fields: readonly string[]
  readonly agreed?: object
  readonly receipts: readonly { readonly sha256: string }[]
}

const unitCode = '120116001001GB00001F00010001'
const at = '2026-06-03T09:15:00+08:00'
const term = { from: '2026-06-03', to: '2029-06-02' }
const held = { asset: { class: 'real-estate', unitCode }, effect: 'effective', term, controlNo: 'FH-1' }
const paper = (over: object = {}, target: object = {}) => ({
  case: file.number,
  subject: { name: '张某某', idNumber: '120116198503120013' },
  kind: 'executed',
  receivedAt: at,
  targets: [{ ...held, ...target }],
  ...over,
})

const on = (id: string) => ({
  seen: async (who: Staff) => read<Errand>(await edge.call(who, 'GET', `/v1/errands/${id}`), 200),
  start: (who: Staff = 'officerLin') => edge.call(who, 'POST', `/v1/errands/${id}/start`),
  scan: (text = '%PDF-1.4 回执') =>
    edge.call('officerLin', 'POST', `/v1/errands/${id}/scan`, new Uint8Array(Buffer.from(text))),
  enters: (who: Staff, body: object = paper()) => edge.call(who, 'POST', `/v1/errands/${id}/entries`, body),
  compares: (who: Staff, body: object) => edge.call(who, 'POST', `/v1/errands/${id}/comparison`, body),
})

async function delivered(registry: string = countyCentre): Promise<string> {
  const { id } = await read<{ id: string }>(await submitted(edge, { ...file.seal, registries: [registry] }), 202)
  await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' })
  const [exchange] = await edge.gateway.reads.exchangesOf(id)
  return exchange?.delivery.id ?? ''
}

describe('a registry that has to be visited', () => {
  test('such a registry has nothing to prove or to try out: a second person lets it in', async () => {
    const given = { code: 'house-131025', name: '邻县登记中心', assetClasses: ['real-estate'], measures: ['inquire'] }
    const registers = (over: object) => edge.call('systemAdminXu', 'POST', '/admin/v1/partners', { ...given, ...over })
    const visited = { adapter: 'errand', mode: 'errand', visit: { address: '城关镇政务大厅' } }
    expect((await registers({ adapter: 'errand', mode: 'errand' })).status).toBe(422)
    expect((await registers({ ...visited, mode: 'pull' })).status).toBe(422)
    const { state } = await read<{ state: { code: string } }>(await registers(visited), 201)
    expect(state.code).toBe('conformant')
    const asked = await edge.call('systemAdminXu', 'POST', '/admin/v1/partners/house-131025/admission', {})
    const { consent } = await read<{ consent: string }>(asked, 202)
    const allowed = await edge.call('securityAdminAn', 'POST', `/admin/v1/consents/${consent}`, { decision: 'allowed' })
    expect(allowed.status).toBe(200)
    expect(edge.gateway.counter('house-131025')?.registered.state).toBe('live')
  })

  test('the sheet names who goes where with which papers, and its code names the delivery alone', async () => {
    const id = await delivered()
    const sheet = await (await edge.call('officerLin', 'GET', `/v1/deliveries/${id}/sheet`)).text()
    for (const said of ['外勤任务单', '政务大厅二楼', '津0116执公002', '张某某', unitCode, 'role="img"', '裁定书'])
      expect(sheet).toContain(said)
    expect((await edge.call('officerLin', 'GET', `/v1/deliveries/${await delivered(villageBank)}/sheet`)).status).toBe(
      404,
    )
    expect(sheet).toContain('起止日期')
    const asked = { ...file.inquiry, registries: [countyCentre], measure: { kind: 'inquire', kinds: ['real-estate'] } }
    const { id: inquiry } = await read<{ id: string }>(await submitted(edge, asked), 202)
    const [exchange] = await edge.gateway.reads.exchangesOf(inquiry)
    const found = await (await edge.call('officerLin', 'GET', `/v1/deliveries/${exchange?.delivery.id}/sheet`)).text()
    expect(found).toContain('□已查到（见下表）　□未查到')
    for (const other of ['轮候，顺位', '控制编号', '起止日期']) expect(found).not.toContain(other)
  })

  test('two enter, a third compares with the scan: then it is the registry’s word, of grade C', async () => {
    const id = await delivered()
    const errand = on(id)
    expect(await codeOf(await errand.enters('officerLin'))).toBe('409 delivery-not-taken')
    expect((await errand.seen('officerLin')).stage).toBe('to-set-out')
    await read(await errand.start(), 200)
    expect(await codeOf(await errand.compares('officerZhao', { same: true, scan: 'x'.repeat(43) }))).toBe(
      '409 errand-entries-missing',
    )
    await read(await errand.enters('officerLin'), 201)
    expect(await codeOf(await errand.enters('officerLin'))).toBe('409 errand-entered-already')
    await read(await errand.enters('officerHan'), 201)
    expect(await codeOf(await errand.enters('officerZhao'))).toBe('409 errand-entries-complete')
    expect((await errand.seen('officerLin')).agreed).toBeUndefined()
    expect((await errand.seen('officerZhao')).agreed).toMatchObject({ receivedAt: '2026-06-03T01:15:00.000Z' })
    for (const one of ['officerLin', 'officerHan'] as const)
      expect(await codeOf(await errand.compares(one, { same: false, fields: ['kind'] }))).toBe(
        '403 errand-comparer-entered',
      )
    expect(await codeOf(await errand.compares('officerZhao', { same: true, scan: 'x'.repeat(43) }))).toBe(
      '422 errand-scan-missing',
    )
    const { sha256: scan } = await read<{ sha256: string }>(await errand.scan(), 200)
    // A paper older than the errand cannot be true: that it does say so takes a second look.
    expect(await errand.seen('officerZhao')).toMatchObject({ receivedEarly: true })
    expect(await codeOf(await errand.compares('officerZhao', { same: true, scan }))).toBe('422 errand-receipt-early')
    await read(await errand.compares('officerZhao', { same: true, scan, early: true }), 200)
    const exchange = await edge.gateway.reads.exchange(id)
    expect(exchange?.statements).toMatchObject([
      { grade: 'C', statement: { kind: 'executed', receivedAt: new Date(at), sealedReceipt: { sha256: scan } } },
    ])
    const kinds = (await edge.gateway.reads.entries({ delivery: id, limit: 50 })).map(({ kind }) => kind).sort()
    expect(kinds.filter((kind) => kind.startsWith('statement.'))).toEqual([
      'statement.compared',
      'statement.entered',
      'statement.entered',
      'statement.received',
    ])
    expect((await errand.seen('officerLin')).stage).toBe('answered')
    expect(await codeOf(await errand.start())).toBe('409 errand-answered')
    // It is kept, and flagged.
    const { deliveries } = await read<{ deliveries: { receivedAtDoubtful?: boolean }[] }>(
      await edge.call('officerLin', 'GET', `/v1/requests/${exchange?.delivery.request}`),
      200,
    )
    expect(deliveries[0]?.receivedAtDoubtful).toBe(true)
    const proof = await (await edge.call('officerLin', 'GET', `/v1/deliveries/${id}/printout`)).text()
    for (const said of ['送达时间：2026-06-03 09:15:00', '以回执记载为准', '存疑', '执行人员出发', '见回执'])
      expect(proof).toContain(said)
    expect(proof).not.toContain('协助执行单位领取')
  })

  test('what differs goes back to both with the names of the fields, and with nothing that stood there', async () => {
    const id = await delivered()
    const errand = on(id)
    await errand.start()
    await errand.enters('officerLin')
    await errand.enters('officerHan', paper({}, { controlNo: 'FH-7' }))
    for (const one of ['officerLin', 'officerHan', 'officerZhao'] as const) {
      const seen = await errand.seen(one)
      expect(seen).toMatchObject({ round: 2, fields: ['targets/0/controlNo'] })
      const own = { officerLin: 'FH-1', officerHan: 'FH-7', officerZhao: 'none' }[one]
      expect(JSON.stringify(seen).match(/FH-\d/g) ?? ['none']).toEqual([own])
    }
    const { sha256: scan } = await read<{ sha256: string }>(await errand.scan(), 200)
    expect(await codeOf(await errand.compares('officerZhao', { same: true, scan, early: true }))).toBe(
      '409 errand-entries-differ',
    )
    await read(await errand.enters('officerHan'), 201)
    await read(await errand.enters('officerLin'), 201)
    expect(await codeOf(await errand.compares('officerZhao', { same: false, fields: ['nowhere'] }))).toBe(
      '422 errand-fields-missing',
    )
    await read(await errand.compares('officerZhao', { same: false, fields: ['receivedAt'] }), 200)
    expect(await errand.seen('officerLin')).toMatchObject({ round: 3, fields: ['receivedAt'], stage: 'to-enter' })
    expect((await edge.gateway.reads.exchange(id))?.statements).toEqual([])
  })

  test('a paper for another case or person is not entered, nor one for an errand that was called back', async () => {
    const id = await delivered()
    const errand = on(id)
    await errand.start()
    const other = await errand.enters('officerLin', paper({ case: '（2026）津0116执9号' }))
    expect(await codeOf(other)).toBe('401 statement-other-case')
    const stranger = paper({ subject: { name: '李某某', idNumber: '120116198503120013' } })
    expect(await codeOf(await errand.enters('officerLin', stranger))).toBe('401 statement-other-subject')
    const mistyped = paper({ subject: { name: '张某某', idNumber: '120116198503120014' } })
    expect(await codeOf(await errand.enters('officerLin', mistyped))).toBe('422 person-number-check')
    expect(await codeOf(await errand.enters('officerLin', paper({ targets: [] })))).toBe('422 answer-target-missing')
    const undated = await errand.enters('officerLin', paper({}, { term: undefined }))
    expect(await codeOf(undated)).toBe('422 answer-term-missing')
    const back = await delivered()
    await read(await edge.call('officerLin', 'POST', `/v1/deliveries/${back}/withdrawal`, { reason: '重复提交' }), 200)
    expect(await codeOf(await on(back).start())).toBe('409 delivery-withdrawn')
  })

  test('a paper that only says received is followed by the one that answers', async () => {
    const id = await delivered()
    const errand = on(id)
    await errand.start()
    const { sha256: scan } = await read<{ sha256: string }>(await errand.scan(), 200)
    const received = paper({ kind: 'received', targets: [] })
    for (const body of [received, paper()]) {
      await read(await errand.enters('officerLin', body), 201)
      await read(await errand.enters('officerHan', body), 201)
      await read(await errand.compares('officerZhao', { same: true, scan, early: true }), 200)
    }
    const told = (await edge.gateway.reads.exchange(id))?.statements ?? []
    expect(told.map(({ statement }) => statement.kind)).toEqual(['received', 'executed'])
    const listed = await (await edge.call('officerLin', 'GET', '/v1/errands?state=answered')).text()
    expect(listed).toContain(id)
  })
})
