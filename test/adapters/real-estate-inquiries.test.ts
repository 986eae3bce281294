import { describe, expect, test } from 'vitest'
import { house, inquiry, land, number, openDesk, owned, registerOf, said } from './real-estate-desk.ts'

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
