import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockTime, slashedDay, tenThousands } from '../../adapters/real-estate/codec.ts'
import { isSubject, owns, sameText, sameUnit } from '../../adapters/real-estate/match.ts'
import { referenceOf, render } from '../../adapters/real-estate/render.ts'
import { controlApplication, queryApplication } from '../../adapters/real-estate/wire.ts'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import type { Money } from '../../src/domain/money.ts'
import { type RequestClaims, requestClaims } from '../../src/signing/claims/request.ts'

const word = (most: number) =>
  fc
    .array(fc.constantFrom(...'甲乙丙丁某张林（）0189AZ·'), { minLength: 1, maxLength: most })
    .map((letters) => letters.join(''))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const day = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const moment = day.map((date) => `${date}T09:15:00+08:00`)
const digest = fc.constantFrom(
  '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
  'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
)
const digits = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length }).map((drawn) => drawn.join(''))
const unitCode = fc
  .tuple(digits(12), fc.constantFrom('GB', 'JC'), digits(5), fc.constantFrom('F00010001', 'W00000000'))
  .map((parts) => parts.join(''))

/** What is absent is left out, as claims leave it out. */
const bare = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T

const subject = fc
  .record({
    kind: fc.constantFrom('person', 'organisation'),
    name: word(50),
    idType: fc.constantFrom('id-card', 'residence-permit', 'passport', 'credit-code', 'officer-card', 'other'),
    idNumber: digits(18),
    legacyIdNumber: maybe(digits(15)),
  })
  .map(bare)
const target = fc.record({
  asset: fc
    .record({
      class: fc.constantFrom('land', 'real-estate', 'other-right'),
      unitCode,
      certNo: maybe(word(40)),
      address: maybe(word(60)),
      presaleContractNo: maybe(word(20)),
    })
    .map(bare),
  scope: fc.constantFrom('whole', 'share', 'part'),
})
const term = fc.oneof(
  fc.record({ from: day, to: day }),
  fc.record({ months: fc.integer({ min: 1, max: 36 }), starts: fc.constant('activation') }),
)
const parent = fc
  .record({ controlNo: maybe(digits(22)), case: maybe(word(30)), rulingNo: maybe(word(30)), court: maybe(word(20)) })
  .map(bare)

const common = {
  iss: fc.constant('津0116'),
  via: fc.constant('gw.writ.example'),
  aud: fc.constant('bdc-120116'),
  iat: fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
  jti: fc.uuid({ version: 7 }),
  validUntil: moment,
  respondBy: moment,
  case: fc.constantFrom('（2024）津0116执3456号', '（2024）津0116执保15号'),
  caseSeq: fc.integer({ min: 1, max: 99 }),
  basis: fc.record({
    statute: word(60),
    purpose: word(60),
    documents: fc.array(
      fc.record({
        kind: fc.constantFrom('ruling', 'execution-notice', 'inquiry-notice'),
        number: word(40),
        sha256: digest,
        mediaType: fc.constant('application/pdf'),
        length: fc.integer({ min: 1, max: 5_000_000 }),
      }),
      { maxLength: 4 },
    ),
  }),
  officers: fc.array(fc.record({ name: word(10), workCertificate: digits(8), dutyCertificate: digits(8) }), {
    minLength: 2,
    maxLength: 2,
  }),
  contact: fc.record({ name: word(10), phone: digits(11) }),
  approvals: fc.constant([]),
  subject,
}
const controls = fc
  .record({
    ...common,
    measure: fc.constantFrom('seal', 'pre-seal', 'extend', 'release', 'convey'),
    targets: fc.array(target, { minLength: 1, maxLength: 5 }),
    term: maybe(term),
    parent: maybe(parent),
    ground: maybe(fc.constantFrom('paid', 'over-seizure')),
    transferee: maybe(subject),
  })
  .map((drawn) => requestClaims.parse(bare(drawn)))
const inquiries = fc
  .record({
    ...common,
    measure: fc.constant('inquire'),
    inquiry: fc.record({ kinds: fc.subarray(['land', 'real-estate', 'deposit'], { minLength: 1 }) }),
  })
  .map((drawn) => requestClaims.parse(bare(drawn)))

const reference = '2024060312011600000001'
const readBack = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))
const seconds = (moment: string) => new Date(moment).getTime()

function sharedFields(claims: RequestClaims) {
  return {
    reference,
    case: claims.case,
    court: claims.iss,
    statute: claims.basis.statute,
    purpose: claims.basis.purpose,
    officers: claims.officers.map(({ name }) => name),
    contact: claims.contact.name,
    phone: claims.contact.phone,
    issuedAt: new Date(claims.iat * 1000),
    respondBy: new Date(seconds(claims.respondBy)),
    validUntil: new Date(seconds(claims.validUntil)),
    documents: claims.basis.documents.map(({ kind, number, sha256, length }) => ({
      kind,
      number,
      digest: sha256,
      length,
    })),
  }
}

describe('what goes out can be read back', () => {
  test('a measure says the same in the words of the dialect', () => {
    fc.assert(
      fc.property(controls, (claims) => {
        const read = controlApplication.parse(readBack(render(claims, reference, '120116')))
        expect(read).toMatchObject({
          ...sharedFields(claims),
          measure: claims.measure === 'pre-seal' ? 'seal' : claims.measure,
          name: claims.subject.name,
          number: claims.subject.idNumber,
          idType: claims.subject.idType,
          subjectKind: claims.subject.kind,
        })
        expect(read.legacyNumber).toBe(claims.subject.legacyIdNumber)
        expect([read.parentReference, read.parentCase]).toEqual([claims.parent?.controlNo, claims.parent?.case])
        expect([read.parentRuling, read.parentCourt]).toEqual([claims.parent?.rulingNo, claims.parent?.court])
        expect([read.kind === 'pre-seal', read.kind === 'seal']).toEqual([
          claims.measure === 'pre-seal',
          claims.measure === 'seal',
        ])
        expect(read.ground).toBe(claims.ground)
        expect(read.transferee?.number).toBe(claims.transferee?.idNumber)
        expect(read.units.map(({ no, right, ...unit }) => unit)).toEqual(
          claims.targets?.map(({ asset: { class: _, ...names }, scope }) => ({ ...names, scope })),
        )
        const { term } = claims
        expect(read.months).toBe(term && 'months' in term ? term.months : undefined)
        expect([read.from, read.to]).toEqual(term && 'from' in term ? [term.from, term.to] : [undefined, undefined])
      }),
      { numRuns: 200 },
    )
  })

  test('an inquiry names one person, by both numbers', () => {
    fc.assert(
      fc.property(inquiries, (claims) => {
        const read = queryApplication.parse(readBack(render(claims, reference, '120116')))
        expect(read).toMatchObject(sharedFields(claims))
        expect(read.business).toBe(claims.case.includes('执保') ? 'preservation' : 'execution')
        const [person] = read.persons
        const { name, idNumber, idType, kind, legacyIdNumber } = claims.subject
        expect(person).toMatchObject({ name, number: idNumber, idType, kind, area: '120116' })
        expect(person?.legacyNumber).toBe(legacyIdNumber)
      }),
      { numRuns: 200 },
    )
  })

  test('rendering twice gives the same bytes', () => {
    fc.assert(
      fc.property(controls, (claims) => {
        expect(render(claims, reference, '120116')).toEqual(render(claims, reference, '120116'))
      }),
      { numRuns: 30 },
    )
  })

  test('a 单号 is the day in Beijing, the area and eight digits', () => {
    const [claims] = fc.sample(controls, 1)
    const late = { ...claims, iat: Date.parse('2024-06-02T17:00:00Z') / 1000 } as RequestClaims
    expect(referenceOf(late, '120116', (digits) => '7'.repeat(digits))).toBe('2024060312011677777777')
  })

  test('a bank measure is not carried', () => {
    const [claims] = fc.sample(controls, 1)
    expect(() => render({ ...claims, measure: 'freeze' } as RequestClaims, reference, '120116')).toThrow(RangeError)
  })
})

describe('how the dialect writes', () => {
  test('sums in 万元 become yuan without rounding', () => {
    const pairs = [
      ['86.5', '865000.00'],
      ['0.000001', '0.01'],
      ['120', '1200000.00'],
      ['0', '0.00'],
    ] as const
    for (const [written, yuan] of pairs) {
      expect(tenThousands.parse(written)).toBe(yuan)
      expect(tenThousands.encode(yuan as Money)).toBe(written)
    }
    expect(tenThousands.parse(86.5)).toBe('865000.00')
    expect(tenThousands.safeParse('0.0000001').success).toBe(false)
    expect(tenThousands.safeParse('-1').success).toBe(false)
  })

  test('days and moments are those of Beijing', () => {
    expect(slashedDay.parse('2024/02/29')).toBe('2024-02-29')
    expect(slashedDay.safeParse('2023/02/29').success).toBe(false)
    expect(slashedDay.safeParse('2024-02-29').success).toBe(false)
    expect(slashedDay.encode('2024-06-03' as BeijingDate)).toBe('2024/06/03')
    expect(clockTime.parse('2024-09-10 10:12:33')).toEqual(new Date('2024-09-10T02:12:33Z'))
    expect(clockTime.safeParse('2024-09-10 24:00:00').success).toBe(false)
  })
})

describe('who is meant', () => {
  const zhang = {
    kind: 'person',
    name: '张某某',
    idType: 'id-card',
    idNumber: '120116198503120013',
    legacyIdNumber: '120116850312001',
  } as const
  const company = {
    kind: 'organisation',
    name: '某某商贸（天津）有限公司',
    idType: 'credit-code',
    idNumber: '91120116MA0000015H',
  } as const

  test('a person by name and number, and by the number of before 1999', () => {
    expect(owns(zhang, { name: '张某某', number: '120116198503120013' })).toBe(true)
    expect(owns(zhang, { name: ' 张 某某', number: '120116850312001' })).toBe(true)
    expect(owns(zhang, { name: '张某某', number: '120101199001150028' })).toBe(false)
    expect(owns(zhang, { name: '章某某', number: '120116198503120013' })).toBe(false)
    expect(owns(zhang, { name: '张某某' })).toBe(false)
  })

  test('an organisation by its code, new or old, whatever brackets its name has', () => {
    expect(owns(company, { name: '旧名称有限公司', number: '91120116MA0000015H' })).toBe(true)
    expect(owns(company, { name: '某某商贸(天津)有限公司', number: 'MA000001-5' })).toBe(true)
    expect(owns(company, { name: '某某商贸(天津)有限公司', number: '120116000012345' })).toBe(false)
    expect(isSubject(company, { name: '某某商贸(天津)有限公司', number: '91120116ma0000015h' })).toBe(true)
  })

  test('a unit by its code; a parcel is its own bare land; a certificate only where there is no code', () => {
    const unitCode = '120116001001GB00001F00010001'
    expect(sameUnit({ unitCode }, { unitCode: '120116 001001 GB00001 F00010001' })).toBe(true)
    expect(sameUnit({ parcelCode: unitCode.slice(0, 19) }, { unitCode: `${unitCode.slice(0, 19)}W00000000` })).toBe(
      true,
    )
    expect(sameUnit({ unitCode, certNo: 'A' }, { unitCode: `${unitCode.slice(0, 27)}2`, certNo: 'A' })).toBe(false)
    expect(
      sameUnit({ certNo: '津(2023)滨海新区不动产权第1000001号' }, { certNo: '津（2023）滨海新区不动产权第1000001号' }),
    ).toBe(true)
    expect(sameUnit({}, {})).toBe(false)
    expect(sameText('阿卜杜拉•某', '阿卜杜拉·某')).toBe(true)
  })
})
