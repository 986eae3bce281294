import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SaidControl } from '../../src/domain/imported-control.ts'
import { operator } from '../../src/domain/person.ts'
import { importControl } from '../../src/gateway/import-control.ts'
import { bookOf } from '../tables/archive.ts'
import { openCase, read, type TestCase } from './case.ts'
import { landBureau, openTestEdge, type Staff, type TestEdge } from './edge.ts'

let edge: TestEdge
let file: TestCase
beforeAll(async () => {
  edge = await openTestEdge()
  file = await openCase(edge)
})
afterAll(() => edge.close())

const kept = {
  name: '天津市滨海新区人民法院',
  bankName: '某某银行天津分行',
  bankCode: '105110000035',
  account: '6217000000000000020',
}
type Shown = { id: string; account: string; isMasked?: boolean; reveal?: object }
const shown = async (by: Staff) =>
  read<{ confirmed?: Shown; waiting?: Shown }>(await edge.call(by, 'GET', `/v1/cases/${file.id}/fund-account`), 200)
const put = (by: Staff, body: object) => edge.call(by, 'PUT', `/v1/cases/${file.id}/fund-account`, body)
const confirmed = (by: Staff, id: string, account = kept.account) =>
  edge.call(by, 'POST', `/v1/cases/${file.id}/fund-account/confirmation`, { id, account })
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const brought = (bytes: Uint8Array, type = 'text/csv') =>
  edge.call('clerkQian', 'POST', '/v1/arrivals/imports', bytes, { 'Content-Type': type })
const text = (...lines: string[]) => new Uint8Array(Buffer.from(lines.join('\n')))

describe('/v1/cases/{id}/fund-account', () => {
  test('is entered by one finance clerk, whose second types the number from the paper and not from the screen', async () => {
    expect(await shown('clerkQian')).toEqual({})
    const { id } = await read<{ id: string }>(await put('clerkQian', kept), 200)
    for (const by of ['clerkQian', 'clerkFeng', 'officerLin'] as const) {
      const { waiting } = await shown(by)
      expect(waiting).toMatchObject({ id, account: '6217****0020', isMasked: true })
      expect(waiting).not.toHaveProperty('reveal')
    }
    expect(await codeOf(await confirmed('clerkQian', id))).toBe('fund-account-entered-by-you')
    expect(await codeOf(await confirmed('clerkFeng', id, '0302000000000000001'))).toBe('fund-account-differs')
    await read(await confirmed('clerkFeng', id), 200)
    expect((await shown('officerLin')).confirmed).toMatchObject({ id, ...kept, confirmed: true })
  })

  test('shows its number plainly to who is on the case, masked to the rest until they say why', async () => {
    await edge.gateway.store.act(file.id, async (act) => {
      await act.assign({ team: '执行一团队', isSealed: false, members: [], by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    const { confirmed: account } = await shown('clerkQian')
    expect(account).toMatchObject({ account: '6217****0020', isMasked: true, reveal: { what: 'fund-account' } })
    const asked = { ...account?.reveal, reason: '核对到账流水' }
    const revealed = await read<{ value: object }>(
      await edge.call('clerkQian', 'POST', `/v1/cases/${file.id}/reveals`, asked),
      200,
    )
    expect(revealed.value).toMatchObject(kept)
  })

  test('says of a number what is wrong with it, and never repeats it', async () => {
    const wrong = [
      [{ ...kept, bankCode: '105110000036' }, 'bank-code-check'],
      [{ ...kept, account: '6217000000000000021' }, 'card-number-check'],
      [{ ...kept, name: '张某某' }, 'fund-account-holder'],
      [kept, 'fund-account-same'],
    ] as const
    for (const [body, code] of wrong) {
      const answer = await (await put('clerkFeng', body)).text()
      expect(JSON.parse(answer).code).toBe(code)
      expect(answer).not.toContain(body.account)
      expect(answer).not.toContain('张某某')
    }
  })

  test('is nothing for officers to write', async () => {
    expect(await codeOf(await put('officerLin', kept))).toBe('role-missing')
    expect(await codeOf(await put('registrarWen', kept))).toBe('role-missing')
    const transfers = await read(await edge.call('clerkQian', 'GET', `/v1/cases/${file.id}/transfers`), 200)
    expect(transfers).toEqual({ transfers: [] })
  })
})

describe('/v1/arrivals', () => {
  const listed = async (query = '') =>
    (
      await read<{ arrivals: { bankReference: string }[] }>(
        await edge.call('clerkFeng', 'GET', `/v1/arrivals${query}`),
        200,
      )
    ).arrivals

  test('are recorded once, and listed while nobody knows where they belong', async () => {
    const body = { amount: '210000.00', on: '2026-06-10', bankReference: 'B20260610-1', case: file.number }
    const record = (over = {}) => edge.call('clerkQian', 'POST', '/v1/arrivals', { ...body, ...over })
    const { id } = await read<{ id: string }>(await record(), 201)
    expect(await read(await record(), 200)).toMatchObject({ id, repeated: true })
    expect(await codeOf(await record({ amount: '1.00' }))).toBe('arrival-contradicts')
    expect(await codeOf(await record({ bankReference: '张某某' }))).toBe('bank-number-malformed')
    expect(await codeOf(await record({ amount: '0' }))).toBe('invalid-body')
    expect(await codeOf(await record({ case: '（2026）津0116执999999号', bankReference: 'B2' + '0000' }))).toBe(
      'case-unknown',
    )
    expect(await listed('?unmatched=true')).toMatchObject([{ id, bankReference: 'B20260610-1', matched: false }])
    const match = (which: string) => edge.call('clerkQian', 'POST', `/v1/arrivals/${which}/match`, { transfer: id })
    expect(await codeOf(await match(id))).toBe('transfer-unknown')
    expect(await codeOf(await match(file.id))).toBe('arrival-unknown')
    expect(await codeOf(await edge.call('officerLin', 'GET', '/v1/arrivals'))).toBe('role-missing')
  })

  const head = '到账日期,金额,银行流水号,币种,案号,扣划单号'

  test('come in lists too: CSV in UTF-8 or GBK, or a workbook; a list once more records nothing twice', async () => {
    const lines = [
      head,
      '2026/6/11,"1,295,200.00",L-0001,,,',
      `2026年6月11日,5,L-0002,CNY,${file.number},20250610120116000001`,
    ]
    expect(await read(await brought(text(...lines)), 200)).toEqual({
      rows: 2,
      recorded: 2,
      repeated: 0,
      matched: 0,
      refused: [],
    })
    const gbk = new Uint8Array(iconv.encode(lines.join('\r\n'), 'gbk'))
    expect(await read(await brought(gbk), 200)).toMatchObject({ rows: 2, recorded: 0, repeated: 2 })
    const book = bookOf([
      ['到账日期', '金额', '银行流水号'],
      ['2026-06-11', '7.50', 'L-0003'],
    ])
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    expect(await read(await brought(book, type), 200)).toMatchObject({ recorded: 1 })
    expect((await listed()).map(({ bankReference }) => bankReference)).toContain('L-0003')
  })

  test('with mistakes in the list none is recorded, and each is told by its row and column, not by what stands there', async () => {
    const wrong = [
      '昨天,1,L-0101,,,',
      '2026-06-11,0,L-0102,,,',
      '2026-06-11,1,张某某,,,',
      '2026-06-11,1,L-0103,XXX,某案,号',
    ]
    const response = await brought(text(head, ...wrong))
    expect(response.status).toBe(422)
    const body = await response.text()
    expect(body).not.toContain('张某某')
    expect(JSON.parse(body)).toMatchObject({
      code: 'list-refused',
      errors: [
        { pointer: '/2', field: '到账日期', code: 'date-malformed' },
        { pointer: '/3', field: '金额', code: 'money-malformed' },
        { pointer: '/4', field: '银行流水号', code: 'bank-number-malformed' },
        { pointer: '/5', field: '币种', code: 'currency-unknown' },
        { pointer: '/5', field: '扣划单号', code: 'bank-number-malformed' },
        { pointer: '/5', field: '案号', code: 'case-number-malformed' },
      ],
    })
    expect((await listed()).map(({ bankReference }) => bankReference)).not.toContain('L-0102')
    expect(JSON.parse(await (await brought(text(head))).text())).toMatchObject({ errors: [{ code: 'table-empty' }] })
  })

  test('a row that cannot be recorded is told apart from those that were', async () => {
    const lines = [
      head,
      '2026-06-12,1,L-0001,,,',
      '2026-06-12,2,L-0201,,,',
      '2026-06-12,2,L-0202,,（2026）津0116执999999号,',
    ]
    expect(await read(await brought(text(...lines)), 200)).toEqual({
      ...{ rows: 3, recorded: 1, repeated: 0, matched: 0 },
      refused: [
        { row: 2, code: 'arrival-contradicts' },
        { row: 4, code: 'case-unknown' },
      ],
    })
  })
})

describe('a control that a list brought in', () => {
  test('stands among the controls of its case, with its paper; off the case it is masked like any other', async () => {
    const { id, number, party } = await openCase(edge)
    const said = {
      ...{ case: number, party, registry: landBureau, measure: 'seal', effect: 'effective', paperNo: '纸质文书甲' },
      asset: { class: 'real-estate', unitCode: '120116001001GB00001F00010001' },
      term: { from: '2026-01-01', to: '2028-12-31' },
    } as unknown as SaidControl
    const imported = await importControl(edge.gateway, operator, id, said)
    if (imported.kind === 'refused') throw new Error(imported.code)
    const shownTo = async (by: Staff) =>
      (await read<{ controls: object[] }>(await edge.call(by, 'GET', `/v1/cases/${id}/controls`), 200)).controls
    expect(await shownTo('officerLin')).toMatchObject([
      { id: imported.id, delivery: imported.id, origin: 'imported', paper: '纸质文书甲', asset: said.asset },
    ])
    await edge.gateway.store.act(id, async (act) => {
      await act.assign({ team: '执行一团队', isSealed: false, members: [], by: 'test', at: new Date() })
      return { kind: 'assigned' as const }
    })
    const [masked] = await shownTo('officerLin')
    expect(masked).toMatchObject({ id: imported.id, origin: 'imported', isMasked: true, to: '2028-12-31' })
    expect(JSON.stringify(masked)).not.toMatch(/纸质文书甲|00001F00010001/)
  })
})
