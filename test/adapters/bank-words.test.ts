import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readElement } from '../../adapters/bank/envelope.ts'
import { readControl, readInquiry } from '../../adapters/bank/messages.ts'
import { referenceFor } from '../../adapters/bank/reference.ts'
import { documentSetOf, renderRequest } from '../../adapters/bank/render.ts'
import { codes, idTypeCodes } from '../../adapters/bank/wire.ts'
import { idTypeList } from '../../src/domain/subject.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'

const reference = '20240603120116000002'

const freeze: RequestClaims = {
  iss: '津0116',
  via: 'gw.writ.example',
  aud: '313110000092',
  iat: Date.parse('2024-06-03T09:15:00+08:00') / 1000,
  jti: '018fd9a0-0000-7000-8000-000000000002',
  validUntil: '2024-07-03T09:15:00+08:00',
  respondBy: '2024-06-05T09:15:00+08:00',
  measure: 'freeze',
  case: '（2024）津0116执3456号',
  caseSeq: 2,
  basis: {
    statute: '《民事诉讼法》第二百五十三条',
    purpose: '冻结被执行人存款',
    documents: [
      {
        kind: 'ruling',
        number: '（2024）津0116执3456号之一',
        sha256: 'a'.repeat(43),
        mediaType: 'application/pdf',
        length: 9,
      },
      {
        kind: 'freeze-notice',
        number: '（2024）津0116执3456号协冻1',
        sha256: 'b'.repeat(43),
        mediaType: 'application/pdf',
        length: 9,
      },
    ],
  },
  officers: [
    { name: '林书远', workCertificate: '津0116001', dutyCertificate: '津0116GW001' },
    { name: '何立群', workCertificate: '津0116002', dutyCertificate: '津0116GW002' },
  ],
  contact: { name: '林书远', phone: '022-66000000' },
  approvals: [{ name: '赵明诚', role: 'approver', at: '2024-06-03T09:14:00+08:00' }],
  subject: { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' },
  targets: [{ asset: { class: 'deposit', account: '6217000000000000012' }, scope: 'part', amount: '1295200.00' }],
  currency: 'CNY',
  term: { from: '2024-06-03', to: '2025-06-02' },
}

const parent = { controlNo: reference, case: freeze.case }
const payee = { name: '天津市滨海新区人民法院', bankName: '建设银行', bankCode: '105110000035', account: '12050110' }
const written = (claims: RequestClaims) => readControl(readElement(Buffer.from(renderRequest(claims, reference))))

describe('what a bank is asked', () => {
  test('a freeze states amount, term, ruling and notice', () => {
    const { orders, ...head } = written(freeze)
    expect(head).toMatchObject({
      reference,
      category: codes.bank,
      nature: codes.control,
      name: '张某某',
      idNumber: '120116198503120013',
      courtName: '天津市滨海新区人民法院',
      courtCode: '120242',
      case: freeze.case,
      workCertificates: '津0116001、津0116002',
      notice: '（2024）津0116执3456号协冻1',
    })
    expect(orders).toEqual([
      expect.objectContaining({
        item: '1',
        assetKind: codes.deposit,
        measure: '01',
        content: codes.money,
        amount: '1295200.00',
        from: '2024-06-03',
        to: '2025-06-02',
        ruling: '（2024）津0116执3456号之一',
        parentReference: '',
      }),
    ])
  })

  test('a name that GBK cannot write stops the request', () => {
    const claims = { ...freeze, subject: { ...freeze.subject, name: '张䶮' } }
    expect(() => renderRequest(claims, reference)).toThrow(expect.objectContaining({ code: 'TEXT_NOT_GBK' }))
  })

  test('a whole account is frozen only when the order says whole and names no amount', () => {
    const targets = [{ asset: { class: 'deposit' as const, account: '1' }, scope: 'whole' as const }]
    expect(written({ ...freeze, targets }).orders[0]).toMatchObject({ content: codes.wholeAccount, amount: '' })
    const part = [{ asset: { class: 'deposit' as const, account: '1' }, scope: 'part' as const }]
    expect(() => renderRequest({ ...freeze, targets: part }, reference)).toThrow(
      expect.objectContaining({ code: 'AMOUNT_MISSING' }),
    )
  })

  test('a term by months begins on the day of the request', () => {
    const { orders } = written({ ...freeze, term: { months: 12, starts: 'activation' } })
    expect(orders[0]).toMatchObject({ from: '2024-06-03', to: '2025-06-02' })
  })

  test('an extension names its last day: months would run from today and not from the old end', () => {
    const claims = {
      ...freeze,
      measure: 'extend' as const,
      parent,
      term: { months: 12, starts: 'activation' as const },
    }
    expect(() => renderRequest(claims, reference)).toThrow(expect.objectContaining({ code: 'TERM_UNDATED' }))
  })

  test.each(['extend', 'release', 'transfer'] as const)(
    '%s names the freeze it stands on, or is not sent',
    (measure) => {
      const claims = { ...freeze, measure, payee, parent }
      expect(written(claims).orders[0]).toMatchObject({ parentReference: reference, parentCase: freeze.case })
      const { parent: _, ...orphan } = claims
      expect(() => renderRequest(orphan, reference)).toThrow(expect.objectContaining({ code: 'PARENT_UNNAMED' }))
    },
  )

  test('a transfer goes to the account of the court, or nowhere', () => {
    const claims = { ...freeze, measure: 'transfer' as const, parent }
    expect(written({ ...claims, payee }).orders[0]).toMatchObject({
      measure: '06',
      payeeAccount: '12050110',
      payeeKind: '1',
    })
    expect(() => renderRequest(claims, reference)).toThrow(expect.objectContaining({ code: 'PAYEE_MISSING' }))
  })

  test.each(['seal', 'pre-seal', 'convey'] as const)('a bank is not asked to %s', (measure) => {
    expect(() => renderRequest({ ...freeze, measure }, reference)).toThrow(
      expect.objectContaining({ code: 'MEASURE_NOT_SPOKEN' }),
    )
  })

  test.each([
    ['津0116', '120116'],
    ['津0319', '120116'],
    ['津', '120000'],
    ['津01', '120100'],
    ['京0105', '110105'],
    ['内0102', '150102'],
    ['新4001', '654001'],
  ])('a request of %s is numbered by day, district and six digits', (iss, area) => {
    expect(referenceFor({ ...freeze, iss }, (digits) => '1'.padStart(digits, '0'))).toBe(`20240603${area}000001`)
  })

  test('the day of a number is the Beijing day', () => {
    const iat = Date.parse('2024-06-03T16:30:00Z') / 1000
    expect(referenceFor({ ...freeze, iat }, () => '000001')).toBe('20240604120116000001')
  })
})

describe('whatever is asked is read back the same', () => {
  const gbk = fc.stringMatching(/^[\u4e00-\u9fa5A-Za-z0-9（）·]{1,24}$/)
  const digits = fc.stringMatching(/^\d{5,30}$/)
  const money = fc.stringMatching(/^[1-9]\d{0,11}\.\d\d$/)
  const subject = fc.record({
    kind: fc.constantFrom('person' as const, 'organisation' as const),
    name: gbk,
    idType: fc.constantFrom(...idTypeList),
    idNumber: digits,
  })
  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const target = fc.record({
    asset: fc.record({ class: fc.constant('deposit' as const), account: digits, subAccount: digits }),
    scope: fc.constantFrom('whole' as const, 'part' as const),
    amount: money,
  })

  test('an inquiry', () => {
    fc.assert(
      fc.property(subject, day, day, gbk, (who, from, to, name) => {
        const [first, second] = freeze.officers
        if (!first || !second) return
        const officers = [{ ...first, name }, second]
        const claims: RequestClaims = {
          ...freeze,
          measure: 'inquire',
          subject: who,
          officers,
          inquiry: { kinds: ['deposit'], from, to },
        }
        const bytes = renderRequest(claims, reference)
        expect(bytes).toMatch(/^[\x20-\x7e]*$/)
        expect(renderRequest(claims, reference)).toBe(bytes)
        expect(readInquiry(readElement(Buffer.from(bytes)))).toMatchObject({
          reference,
          name: who.name,
          idType: idTypeCodes[who.idType],
          idNumber: who.idNumber,
          officers: `${name}、${second.name}`,
          from,
          to,
          documents: documentSetOf(reference),
        })
      }),
      { numRuns: 100 },
    )
  })

  test('a control', () => {
    const measures = fc.constantFrom('freeze' as const, 'extend' as const, 'release' as const, 'transfer' as const)
    fc.assert(
      fc.property(
        subject,
        measures,
        fc.array(target, { minLength: 1, maxLength: 50 }),
        day,
        day,
        (who, measure, targets, from, to) => {
          const read = written({ ...freeze, measure, subject: who, targets, term: { from, to }, payee, parent })
          expect(read).toMatchObject({ name: who.name, idNumber: who.idNumber, case: freeze.case })
          expect(read.orders.map(({ account, subAccount, amount }) => ({ account, subAccount, amount }))).toEqual(
            targets.map(({ asset, amount }) => ({ account: asset.account, subAccount: asset.subAccount, amount })),
          )
          for (const order of read.orders) expect(order).toMatchObject({ measure: codes.measures[measure], from, to })
        },
      ),
      { numRuns: 60 },
    )
  })
})
