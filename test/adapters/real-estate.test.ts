import { describe, expect, test } from 'vitest'
import { realEstate } from '../../adapters/real-estate/adapter.ts'
import {
  type Body,
  claims,
  digest,
  done,
  inquiry,
  now,
  number,
  openDesk,
  registerOf,
  result,
  ruling,
  said,
} from './real-estate-desk.ts'

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
