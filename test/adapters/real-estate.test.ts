import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { realEstate } from '../../adapters/real-estate/adapter.ts'
import { codes } from '../../adapters/real-estate/wire.ts'
import { fold } from '../../src/domain/fold.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { Statement } from '../../src/domain/statement.ts'
import type { Outgoing, Proved, Reception, RegistryDesk, Unproved } from '../../src/relay/port.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'

const house = '120116001001GB00001F00010001'
const land = '120116001001GB00001W00000000'
const ruling = new TextEncoder().encode('（2024）津0116执3456号之一 裁定书')
const digest = createHash('sha256').update(ruling).digest('base64url')
const now = new Date('2024-06-03T02:00:00Z')

const claims = (more: Partial<RequestClaims> = {}): RequestClaims => ({
  iss: '津0116',
  via: 'gw.writ.example',
  aud: 'bdc-120116',
  iat: now.getTime() / 1000,
  jti: '018fd000-0000-7000-8000-000000000001',
  validUntil: '2024-07-03T10:00:00+08:00',
  respondBy: '2024-06-04T10:00:00+08:00',
  measure: 'seal',
  case: '（2024）津0116执3456号',
  caseSeq: 1,
  basis: {
    statute: '民诉法第二百五十三条',
    purpose: '执行',
    documents: [
      {
        kind: 'ruling',
        number: '（2024）津0116执3456号之一',
        sha256: digest,
        mediaType: 'application/pdf',
        length: ruling.length,
      },
    ],
  },
  officers: [
    { name: '林书远', workCertificate: 'G0116001', dutyCertificate: 'Z0116001' },
    { name: '赵明诚', workCertificate: 'G0116002', dutyCertificate: 'Z0116002' },
  ],
  contact: { name: '林书远', phone: '022-00000000' },
  approvals: [],
  subject: {
    kind: 'person',
    name: '张某某',
    idType: 'id-card',
    idNumber: '120116198503120013',
    legacyIdNumber: '120116850312001',
  },
  targets: [{ asset: { class: 'real-estate', unitCode: house }, scope: 'whole' }],
  term: { from: '2024-06-03', to: '2027-06-02' },
  ...more,
})

const inquiry = () => {
  const { targets, term, ...rest } = claims({ measure: 'inquire', inquiry: { kinds: ['land', 'real-estate'] } })
  return rest
}

type Body = URLSearchParams | FormData | string
type Told = { readonly reference: string; readonly parsed: Proved | Unproved }

/** A gateway's desk in memory, with the rules of reception that the dialect leans on. */
function openDesk(sent: Record<string, RequestClaims>, documents: Record<string, Uint8Array> = { [digest]: ruling }) {
  const adapter = realEstate()
  const outgoing = Object.entries(sent).map(([reference, said]) => ({
    id: said.jti as Outgoing['id'],
    registry: {} as Registry,
    reference,
    jws: '',
    claims: said,
    rendered: adapter.render(said, reference) ?? new Uint8Array(),
  }))
  const told: Told[] = []
  const unproved: Told[] = []
  let flooded = false
  const desk = {
    registry: {} as Registry,
    now,
    credentialHolds: async (user: string, password: string) => user === 'bdc' && password === 'right',
    mintToken: async () => 'token-1',
    tokenHolds: async (token: string) => token === 'token-1',
    take: async ({ limit, inquiries }) =>
      outgoing.filter((one) => (one.claims.measure === 'inquire') === inquiries).slice(0, limit),
    find: async (reference: string) => outgoing.find((one) => one.reference === reference),
    document: async (_: Outgoing, sha256: string) => documents[sha256],
    keepReceipt: async (_: Outgoing, { bytes }) => createHash('sha256').update(bytes).digest('base64url'),
    tell: async (reference: string, _: Uint8Array, parsed: Proved | Unproved): Promise<Reception> => {
      if (flooded) return { kind: 'flooded' }
      if (parsed.kind === 'unproved') {
        unproved.push({ reference, parsed })
        return { kind: 'unproved', code: parsed.code }
      }
      const same = told.find((one) => one.parsed.kind === 'proved' && one.parsed.jti === parsed.jti)?.parsed
      if (same?.kind === 'proved') {
        return same.digest === parsed.digest ? { kind: 'repeated', receipt: '', sequence: 1 } : { kind: 'contradicted' }
      }
      told.push({ reference, parsed })
      return { kind: 'committed', receipt: '', sequence: told.length }
    },
  } satisfies RegistryDesk
  const post = (path: string, body: Body) =>
    adapter.serve(new Request(`https://gw/adapters/bdc/api/v1/bdc/${path}`, { method: 'POST', body }), desk)
  const call = async (path: string, data: unknown, token: string | undefined = 'token-1') => {
    const response = await post(
      path,
      new URLSearchParams({ gxData: JSON.stringify({ head: { xzqdm: '120116', token }, data }) }),
    )
    const said = (await response.json()) as { head: { code: string; msg: string }; data?: unknown }
    return { ...said, status: response.status }
  }
  const statements = (): Statement[] => {
    const kept: Statement[] = []
    for (const { parsed } of told) {
      if (parsed.kind !== 'proved') continue
      const sequence = parsed.statement.sequence ?? Math.max(0, ...kept.map((one) => one.sequence)) + 1
      kept.push({ ...parsed.statement, sequence })
    }
    return kept
  }
  const flood = () => {
    flooded = true
  }
  return { adapter, desk, post, call, told, unproved, statements, standing: () => fold(statements()), flood }
}

const said = (code: keyof typeof codes) => codes[code][0]
const number = '2024060312011600000001'
const done = (more: object = {}) => ({ bdcdyh: house, kzzt: '1', ...more })
const result = (units: object[], more: object = {}) => ({
  kzsqdh: number,
  ah: '(2024)津0116执3456号',
  xm: '张某某',
  zjh: '120116198503120013',
  fksj: '2024-06-03 10:01:00',
  fklx: '1',
  kzxxs: units,
  ...more,
})
const sealed = { cflx: '1', csksrq: '2024/06/03', csjsrq: '2027/06/02', djsj: '2024-06-03 10:00:30', cfywh: 'CF1' }
const queued = { cflx: '2', xh: 3, csksrq: '2024/06/03', csjsrq: '2027/06/02', djsj: '2024-06-03 10:00:30' }
const registerOf = (more: object = {}, rest: object = {}) => ({
  cxsqdh: number,
  ah: '（2024）津0116执3456号',
  fksj: '2024-06-03 10:01:00',
  fklx: '1',
  cxjgs: [{ qlrmc: '张某某', qlrzjh: '120116198503120013', ...more }],
  ...rest,
})
const owned = (zjh: string, more: object = {}) => ({
  bdcdyh: house,
  qlrs: [{ qlrmc: '张某某', zjh }],
  qszt: '1',
  ...more,
})

describe('the calls', () => {
  test('a wrong password is 2001, a right one brings a token', async () => {
    const { call } = openDesk({})
    expect((await call('token', { yhm: 'bdc', mm: 'wrong' })).head.code).toBe(said('wrong-password'))
    expect((await call('token', { yhm: 'bdc', mm: 'right' })).data).toEqual({ token: 'token-1' })
  })

  test('without a live token nothing is said, and nothing is kept', async () => {
    const { call, told, unproved } = openDesk({ [number]: claims() })
    for (const path of ['query/receive/apply', 'control/commit/apply', 'control/commit/result', 'ws/info', 'zj/info']) {
      expect((await call(path, {}, 'stale')).head.code).toBe(said('wrong-token'))
    }
    expect([...told, ...unproved]).toEqual([])
  })

  test('what cannot be read is refused by its field', async () => {
    const { call, post } = openDesk({})
    const codeOf = async (body: Body) =>
      ((await (await post('token', body)).json()) as { head: { code: string; msg: string } }).head
    expect(await codeOf(new URLSearchParams({ other: '1' }))).toEqual({ code: said('empty'), msg: '条件为空：gxData' })
    expect(await codeOf(new URLSearchParams({ gxData: '{"head":' }))).toEqual({
      code: said('malformed'),
      msg: '格式错误：gxData',
    })
    expect((await codeOf('{}')).code).toBe(said('malformed'))
    expect(
      (
        await codeOf(
          new URLSearchParams([
            ['gxData', '{}'],
            ['gxData', '{}'],
          ]),
        )
      ).code,
    ).toBe(said('malformed'))
    expect((await call('token', { yhm: 'bdc' })).head).toEqual({ code: said('empty'), msg: '条件为空：data.mm' })
    expect((await call('token', { yhm: 'bdc', mm: 7 })).head).toEqual({
      code: said('malformed'),
      msg: '格式错误：data.mm',
    })
    expect((await call('query/commit/apply', { cxsqdhs: ['1', 2] })).head.msg).toBe('格式错误：data.cxsqdhs[1]')
    expect((await call('query/commit/apply', { cxsqdhs: [] })).head.msg).toBe('格式错误：data.cxsqdhs')
    expect((await call('query/commit/apply', { cxsqdhs: ['1'], more: 1 })).head.msg).toBe('格式错误：data.more')
    expect((await call('nowhere', {})).head.code).toBe(said('parameter'))
  })

  test('a form of many parts is read as well', async () => {
    const { post } = openDesk({})
    const form = new FormData()
    form.set('gxData', JSON.stringify({ head: { xzqdm: '120116' }, data: { yhm: 'bdc', mm: 'right' } }))
    expect(await (await post('token', form)).json()).toMatchObject({ head: { code: '0000' } })
  })

  test('an endless body is cut off', async () => {
    const { post } = openDesk({})
    const body = new URLSearchParams({ gxData: 'x'.repeat(25 * 1_048_576) })
    expect(await (await post('token', body)).json()).toMatchObject({ head: { code: said('too-large') } })
  })

  test('inquiries and measures are handed out apart, in the bytes that were frozen', async () => {
    const { call, post, desk } = openDesk({ [number]: claims(), '2024060312011600000002': inquiry() })
    const controls = (await call('control/receive/apply', {})).data
    expect(controls).toMatchObject([{ kzsqdh: number, kzcs: '11', cflx: '1', ksrq: '2024/06/03' }])
    expect((await call('query/receive/apply', {})).data).toMatchObject([
      { cxsqdh: '2024060312011600000002', cxywcs: [{ qlrzjh: '120116198503120013', fifteenzjh: '120116850312001' }] },
    ])
    const [frozen] = await desk.take({ limit: 1, inquiries: false, controls: true })
    const body = new URLSearchParams({ gxData: JSON.stringify({ head: { xzqdm: '120116', token: 'token-1' } }) })
    expect(await (await post('control/receive/apply', body)).text()).toContain(
      new TextDecoder().decode(frozen?.rendered),
    )
  })

  test('a confirmation is service: received once, at the moment of the first', async () => {
    const { call, statements } = openDesk({ [number]: claims() })
    const first = await call('control/commit/apply', { kzsqdhs: [number, number] })
    expect(first).toMatchObject({ head: { code: '0000' }, data: [{ sqdh: number, code: '0000' }] })
    expect((await call('control/commit/apply', { kzsqdhs: [number] })).head.code).toBe(said('already-received'))
    expect(statements()).toMatchObject([{ kind: 'received', receivedAt: now }])
    const mixed = await call('control/commit/apply', { kzsqdhs: [number, '1'] })
    expect(mixed).toMatchObject({ head: { code: said('partly-failed') }, data: [{ code: '2013' }, { code: '2006' }] })
  })

  test('eleven at once are too many', async () => {
    const { call, told } = openDesk({ [number]: claims() })
    const eleven = Array.from({ length: 11 }, (_, at) => `${number}${at}`)
    expect((await call('query/commit/apply', { cxsqdhs: eleven })).head.code).toBe(said('too-many'))
    expect((await call('query/receive/apply', { zdts: 11 })).head.code).toBe(said('too-many'))
    expect(told).toEqual([])
  })

  test('a 单号 of another registry, or of the other business, cannot be spoken of', async () => {
    const { call } = openDesk({ [number]: claims() })
    expect((await call('control/commit/result', result([done()], { kzsqdh: '999' }))).head.code).toBe('2006')
    expect((await call('query/commit/apply', { cxsqdhs: [number] })).head.code).toBe(said('wrong-business'))
    expect((await call('query/commit/result', registerOf())).head.code).toBe(said('wrong-business'))
  })

  test('documents are fetched by their number, certificates by the 单号', async () => {
    const bare = claims({ basis: { statute: 's', purpose: 'p', documents: [] } })
    const { call } = openDesk({ [number]: claims(), '2': bare })
    const paper = (await call('ws/info', { sqdh: number, wsbh: `${number}-01` })).data as { wsnr: string; md5: string }
    expect(Buffer.from(paper.wsnr, 'base64')).toEqual(Buffer.from(ruling))
    expect((await call('zj/info', { sqdh: number })).data).toMatchObject([
      { xm: '林书远', gzzbm: 'G0116001' },
      { gwzbm: 'Z0116002' },
    ])
    expect((await call('ws/info', { sqdh: number, wsbh: `${number}-02` })).head.code).toBe(said('unknown-document'))
    expect((await call('ws/info', { sqdh: '2', wsbh: '2-01' })).head.code).toBe(said('no-document'))
    expect((await call('ws/info', { sqdh: '3', wsbh: '3-01' })).head.code).toBe('2006')
    const gone = openDesk({ [number]: claims() }, {})
    expect((await gone.call('ws/info', { sqdh: number, wsbh: `${number}-01` })).head.code).toBe(
      said('document-missing'),
    )
    const big = openDesk({ [number]: claims() }, { [digest]: new Uint8Array(5 * 1_048_576 + 1) })
    expect((await big.call('ws/info', { sqdh: number, wsbh: `${number}-01` })).head.code).toBe(said('too-large'))
  })

  test('what breaks is 9001 to them and the whole cause to us', async () => {
    const faults: unknown[] = []
    const adapter = realEstate({ onFault: (fault) => faults.push(fault) })
    const { desk } = openDesk({})
    const body = new URLSearchParams({
      gxData: JSON.stringify({ head: { xzqdm: '120116' }, data: { yhm: 'a', mm: 'b' } }),
    })
    const broken = { ...desk, credentialHolds: () => Promise.reject(new Error('the database is away')) }
    const response = await adapter.serve(new Request('https://gw/api/v1/bdc/token', { method: 'POST', body }), broken)
    expect([response.status, await response.json()]).toMatchObject([500, { head: { code: '9001' } }])
    expect(faults).toHaveLength(1)
    const again = new Request('https://gw/api/v1/bdc/token', { method: 'POST', body })
    await expect(realEstate().serve(again, broken)).rejects.toThrow('the database is away')
  })
})

describe('the answer to a measure', () => {
  test('accepted is not executed: only a moment of registration makes it so', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    expect((await call('control/commit/result', result([done({ cflx: '1' })]))).head.code).toBe('0000')
    expect(standing()).toMatchObject({ answer: 'accepted', targets: [] })
    expect((await call('control/commit/result', result([done(sealed)]))).head.code).toBe('0000')
    expect(standing()).toMatchObject({
      answer: 'executed',
      receivedAt: now,
      targets: [{ effect: 'effective', controlNo: 'CF1', term: { from: '2024-06-03', to: '2027-06-02' } }],
    })
  })

  test('an acceptance that arrives after the registration does not undo it', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done(sealed)]))
    await call('control/commit/result', result([done()]))
    expect(standing().answer).toBe('executed')
  })

  test('accepted and then sent back by the counter is refused, with its reason', async () => {
    const { call, standing, statements } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done()]))
    await call('control/commit/result', result([{ bdcdyh: house, kzzt: '2', wnkzyy: '权利人不一致' }]))
    expect(standing()).toMatchObject({ answer: 'refused', targets: [{ effect: 'none', reason: '权利人不一致' }] })
    expect(statements().at(-1)?.reason).toEqual({ code: 'registry-refused', text: '权利人不一致' })
  })

  test('a waiting seal quotes its place and has no running term', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    const priors = [{ cfjg: '天津市河东区人民法院', cfwh: '（2024）津0102执保15号', cflx: '1', cfjssj: '2027/02/28' }]
    await call('control/commit/result', result([done({ ...queued, qxcfs: priors })]))
    const [target] = standing().targets
    expect(standing().answer).toBe('waiting')
    expect(target).toMatchObject({
      effect: 'waiting',
      queuePlace: 3,
      encumbrances: [{ kind: 'seal', holder: '天津市河东区人民法院' }],
    })
    expect(target).not.toHaveProperty('term')
  })

  test('activated later: it holds from the moment the seal in front was lifted', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done(queued)]))
    const lifted = { ...sealed, csksrq: '2024/06/03', jfsj: '2024-06-03 10:00:50' }
    const { jfsj, ...without } = lifted
    expect((await call('control/commit/result', result([done(without)], { fklx: '3' }))).head).toEqual({
      code: '2005',
      msg: '反馈结果不规范：data.kzxxs[0].jfsj',
    })
    expect((await call('control/commit/result', result([done(lifted)], { fklx: '3' }))).head.code).toBe('0000')
    expect(standing()).toMatchObject({
      answer: 'executed',
      targets: [{ effect: 'effective', registeredAt: new Date('2024-06-03T02:00:50Z'), term: { to: '2027-06-02' } }],
    })
  })

  test('converted, ended and returned are each their own word', async () => {
    const { call, statements } = openDesk({ [number]: claims({ measure: 'pre-seal' }) })
    await call('control/commit/result', result([done({ ...sealed, cflx: '3' })]))
    await call('control/commit/result', result([done(sealed)], { fklx: '4' }))
    await call('control/commit/result', result([done({ sxyy: '2' })], { fklx: '5' }))
    await call('control/commit/result', result([{ bdcdyh: house, kzzt: '2', wnkzyy: '退件' }], { fklx: '6' }))
    expect(statements().map(({ kind }) => kind)).toEqual(['received', 'executed', 'converted', 'ended', 'returned'])
    expect(statements()[3]?.targets).toMatchObject([{ effect: 'ended', endedBy: 'expired' }])
  })

  test('land and building are two units; one of them held by another court makes it partly', async () => {
    const pair = claims({
      targets: [
        { asset: { class: 'real-estate', unitCode: house }, scope: 'whole' },
        { asset: { class: 'land', parcelCode: land.slice(0, 19) }, scope: 'whole' },
      ],
    })
    const { call, standing } = openDesk({ [number]: pair })
    expect((await call('control/commit/result', result([done(sealed)]))).head.code).toBe(said('incomplete'))
    await call('control/commit/result', result([done(sealed), done({ ...queued, bdcdyh: land })]))
    expect(standing()).toMatchObject({
      answer: 'partly',
      targets: [{ effect: 'effective' }, { effect: 'waiting', queuePlace: 3 }],
    })
  })

  test('a release ends the control, an extension moves its term', async () => {
    const { call, standing } = openDesk({ [number]: claims({ measure: 'release', parent: { controlNo: 'CF1' } }) })
    await call('control/commit/result', result([done({ djsj: '2024-06-03 10:00:30' })]))
    expect(standing()).toMatchObject({ answer: 'executed', targets: [{ effect: 'ended', endedBy: 'released' }] })
    const extended = openDesk({ [number]: claims({ measure: 'extend', parent: { controlNo: 'CF1' } }) })
    await extended.call('control/commit/result', result([done({ ...sealed, csjsrq: '2030/06/02' })]))
    expect(extended.standing().targets).toMatchObject([{ effect: 'effective', term: { to: '2030-06-02' } }])
  })

  test('the same first answer again changes nothing; another one needs the mark of a correction', async () => {
    const { call, told, standing } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done(sealed)]))
    expect(
      (await call('control/commit/result', result([done(sealed)], { fksj: '2024-06-03 10:02:00' }))).head.code,
    ).toBe('0000')
    const other = [done({ ...sealed, csjsrq: '2027/06/01' })]
    expect((await call('control/commit/result', result(other))).head.code).toBe(said('already-fed-back'))
    expect(told).toHaveLength(2)
    expect((await call('control/commit/result', result(other, { fklx: '2' }))).head.code).toBe('0000')
    expect(standing().targets).toMatchObject([{ term: { to: '2027-06-01' } }])
  })

  test.each([
    ['another case', { ah: '（2024）津0116执9999号' }, 'statement-other-case', 'data.ah'],
    ['another subject', { zjh: '120101199001150028' }, 'statement-other-subject', 'data.xm/zjh'],
    ['a namesake', { xm: '张某' }, 'statement-other-subject', 'data.xm/zjh'],
    ['a time to come', { fksj: '2024-06-03 10:06:00' }, 'statement-from-future', 'data.fksj'],
    ['a time before it was asked', { fksj: '2024-06-02 10:00:00' }, 'statement-too-old', 'data.fksj'],
    ['a unit nobody asked for', { kzxxs: [done({ bdcdyh: land })] }, 'statement-content', 'data.kzxxs[0].bdcdyh'],
    ['no reason', { kzxxs: [{ bdcdyh: house, kzzt: '2' }] }, 'statement-content', 'data.kzxxs[0].wnkzyy'],
    ['a code nobody knows', { kzxxs: [done({ cflx: '7' })] }, 'statement-malformed', 'data.kzxxs[0].cflx'],
    [
      'a day that never was',
      { kzxxs: [done({ ...sealed, csjsrq: '2027/02/30' })] },
      'statement-malformed',
      'data.kzxxs[0].csjsrq',
    ],
    [
      'a false digest',
      { hz: { wjmc: '回执', wjgs: 'application/pdf', md5: '0'.repeat(32), wjnr: 'AAAA' } },
      'statement-content',
      'data.hz',
    ],
  ])('an answer with %s proves nothing and is kept as evidence', async (_, more, code, field) => {
    const { call, told, unproved } = openDesk({ [number]: claims() })
    const { head } = await call('control/commit/result', result([done(sealed)], more))
    expect(head).toEqual({ code: '2005', msg: `反馈结果不规范：${field}` })
    expect(told).toEqual([])
    expect(unproved).toMatchObject([{ reference: number, parsed: { kind: 'unproved', code } }])
  })

  test('who floods us with it is told to wait', async () => {
    const { call, flood } = openDesk({ [number]: claims() })
    flood()
    const { status, head } = await call('control/commit/result', result([]))
    expect([status, head.code]).toEqual([429, said('unavailable')])
  })

  test('the stamped document comes with its answer', async () => {
    const { call, statements } = openDesk({ [number]: claims() })
    const bytes = Buffer.from('%PDF-1.4')
    const hz = {
      wjmc: '回执',
      wjgs: 'application/pdf',
      md5: createHash('md5').update(bytes).digest('hex'),
      wjnr: bytes.toString('base64'),
    }
    await call('control/commit/result', result([done(sealed)], { hz }))
    const sha256 = createHash('sha256').update(bytes).digest('base64url')
    expect(statements().at(-1)?.sealedReceipt).toEqual({ sha256, mediaType: 'application/pdf', length: bytes.length })
  })
})

describe('the answer to an inquiry', () => {
  test('an empty register is nothing; a register left out is no answer', async () => {
    const { call, standing } = openDesk({ [number]: inquiry() })
    expect((await call('query/commit/result', registerOf({}, { cxjgs: [] }))).head.code).toBe(said('incomplete'))
    await call('query/commit/result', registerOf({ fdcq: [] }))
    expect(standing()).toMatchObject({ answer: 'nothing', holdings: [] })
  })

  test('houses, land, mortgages, seals and objections become holdings with what burdens them', async () => {
    const { call, standing } = openDesk({ [number]: inquiry() })
    const seal = { bdcdyh: house, cfjg: '天津市河东区人民法院', cfwh: '（2024）津0102执保15号', qszt: '1' }
    await call(
      'query/commit/result',
      registerOf({
        fdcq: [
          owned('120116198503120013', { jzmj: 120.5, zl: '某路1号', bdcqzh: '津（2023）滨海新区不动产权第1000001号' }),
        ],
        jsydsyq: [owned('120116198503120013', { bdcdyh: land })],
        dyaq: [{ bdcdyh: house, dyqr: '某某银行', bdbzzqse: '86.5', zwlxjssj: '2043/06/30', qszt: '1' }],
        cfdj: [
          { ...seal, cflx: '1', cfjssj: '2027/02/28' },
          { ...seal, cflx: '2', xh: '1' },
          { ...seal, cflx: '1', jfdjsj: '2023-01-01 00:00:00' },
          { ...seal, cflx: '1', qszt: '2' },
        ],
        yydj: [{ bdcdyh: land, sqr: '某乙', qszt: '1' }],
      }),
    )
    expect(standing().holdings).toMatchObject([
      {
        asset: { class: 'real-estate', unitCode: house, parcelCode: land.slice(0, 19) },
        area: '120.5',
        encumbrances: [
          { kind: 'mortgage', holder: '某某银行', amount: '865000.00', until: '2043-06-30' },
          { kind: 'seal', until: '2027-02-28' },
          { kind: 'waiting-seal', queuePlace: 1 },
        ],
      },
      { asset: { class: 'land', unitCode: land }, encumbrances: [{ kind: 'objection', holder: '某乙' }] },
    ])
  })

  test('a house bought off plan is a holding by its pre-registration', async () => {
    const { call, standing } = openDesk({ [number]: inquiry() })
    const ygdj = [{ ...owned('120116198503120013'), ygdjzl: '1', htbh: '2024-000123' }]
    await call('query/commit/result', registerOf({ ygdj }))
    expect(standing().holdings).toMatchObject([{ asset: { presaleContractNo: '2024-000123' }, encumbrances: [] }])
  })

  test('the number of before 1999 is the same person', async () => {
    const { call, standing } = openDesk({ [number]: inquiry() })
    await call('query/commit/result', registerOf({ fdcq: [owned('120116850312001')] }))
    expect(standing().answer).toBe('executed')
  })

  test('a name under another number is never a holding, and is told', async () => {
    const { call, standing, statements } = openDesk({ [number]: inquiry() })
    await call('query/commit/result', registerOf({ fdcq: [owned('120101199001150028')] }))
    expect(standing()).toMatchObject({ answer: 'nothing', holdings: [] })
    expect(statements().at(-1)?.reason).toEqual({ code: 'namesakes', text: '另有 1 条同名不同号登记，未计入' })
  })

  test('what is not in the register yet, or no longer, is no holding', async () => {
    const { call, standing } = openDesk({ [number]: inquiry() })
    const rows = ['0', '2', '3'].map((qszt) => owned('120116198503120013', { qszt }))
    await call('query/commit/result', registerOf({ fdcq: rows }))
    expect(standing().answer).toBe('nothing')
  })

  test('corrected later: the second word stands, the first is kept', async () => {
    const { call, standing, statements } = openDesk({ [number]: inquiry() })
    await call('query/commit/result', registerOf())
    const found = { fdcq: [owned('120116198503120013')] }
    expect((await call('query/commit/result', registerOf(found))).head.code).toBe(said('already-fed-back'))
    await call('query/commit/result', registerOf(found, { fklx: '2' }))
    await call('query/commit/result', registerOf({}, { fklx: '2', fksj: '2024-06-03 10:03:00' }))
    await call('query/commit/result', registerOf(found, { fklx: '2', fksj: '2024-06-03 10:04:00' }))
    expect(statements().map(({ kind }) => kind)).toEqual(['received', 'nothing', 'corrected', 'corrected', 'corrected'])
    expect(standing().answer).toBe('executed')
  })

  test('an inquiry the centre will not make is refused with its reason', async () => {
    const { call, standing } = openDesk({ [number]: inquiry() })
    await call('query/commit/result', registerOf({}, { cxjgs: [], wnkzyy: '无文书' }))
    expect(standing().answer).toBe('refused')
  })
})
