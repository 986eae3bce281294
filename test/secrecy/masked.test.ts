import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetClassList } from '../../src/domain/asset.ts'
import type { CaseNumber } from '../../src/domain/case-number.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import { idTypeList } from '../../src/domain/subject.ts'
import type { Exchange } from '../../src/gateway/ports/reads.ts'
import type { RequestRow, StatementRow } from '../../src/gateway/ports/rows.ts'
import { viewExchange } from '../../src/http/audit/views.ts'
import { maskControlLine, maskExchange, maskHoldingLine, maskParty, maskRequest } from '../../src/http/masked.ts'
import { viewParty } from '../../src/http/officer/case-view.ts'
import { assetsOf, viewControl, viewHoldings } from '../../src/http/officer/result-view.ts'
import { viewRequest } from '../../src/http/officer/views.ts'
import type { DeliveryId } from '../../src/relay/port.ts'
import { claimsOf } from '../../src/signing/claims/from-request.ts'
import { asked, debtorParty, land, measureOf } from '../support/court.ts'

const at = new Date('2026-06-03T09:15:00+08:00')
const refs = {
  counter: () => undefined,
  clock: () => at,
  assetRef: (asset: object) => JSON.stringify(asset).length.toString(),
}
const digits = fc.stringMatching(/^[1-9]\d{17}$/)
/** A word that occurs nowhere else, long enough that no mask keeps it by keeping its ends. */
const word = fc.stringMatching(/^[\u4e00-\u9fa5]{3}[A-Z0-9]{16}$/)
const money = fc.stringMatching(/^[1-9]\d{9}\.\d\d$/)

const asset = fc.record({
  class: fc.constantFrom(...assetClassList),
  unitCode: digits.map((code) => `${code}GB00001F`),
  parcelCode: digits,
  certNo: fc.oneof(
    word,
    digits.map((serial) => `津（2023）滨海新区不动产权第${serial}号`),
  ),
  address: word.map((place) => `天津市滨海新区${place}路1号`),
  account: digits,
  subAccount: digits,
  presaleContractNo: word,
})
const encumbrance = fc.record({ kind: fc.constant('mortgage'), holder: word, case: word, amount: money })
const holding = fc.record({
  asset,
  balance: money,
  available: money,
  area: word,
  usage: word,
  restricted: word,
  encumbrances: fc.array(encumbrance, { maxLength: 2 }),
})
const target = fc.record({
  asset,
  effect: fc.constantFrom('effective', 'waiting', 'none'),
  amount: money,
  overQuota: money,
  quantity: word,
  controlNo: digits,
  reason: word,
  encumbrances: fc.array(encumbrance, { maxLength: 1 }),
})
const subject = fc.record({
  kind: fc.constantFrom('person', 'organisation'),
  name: word,
  idType: fc.constantFrom(...idTypeList),
  idNumber: digits,
  legacyIdNumber: fc.stringMatching(/^[1-9]\d{14}$/),
})
const told = fc.record({
  holdings: fc.array(holding, { minLength: 1, maxLength: 2 }),
  targets: fc.array(target, { minLength: 1, maxLength: 2 }),
  reason: fc.record({ code: word, text: word }),
  receiptNumber: digits,
  jti: digits,
  message: word,
  subject,
})

type Told = typeof told extends fc.Arbitrary<infer T> ? T : never

/** Every text and number in it that somebody could be known by. */
function marksIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 10 ? [value, ...marked(value)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (codes.has(name) ? [] : marksIn(inner)))
}

const codes = new Set(['class', 'kind', 'effect', 'idType'])
const marked = (text: string): string[] => text.match(/[A-Z0-9]{12,}/g) ?? []

function exchangeOf({ holdings, targets, reason, receiptNumber, jti, message, subject: who }: Told): Exchange {
  const claims = claimsOf({
    gateway: 'gw',
    court: '津0116' as CourtCode,
    case: '（2026）津0116执3456号' as CaseNumber,
    caseSeq: 1,
    delivery: '0198c0de-0000-7000-8000-0000000000d1',
    registry: land,
    subject: who as never,
    asked: asked(measureOf.seal),
    approvals: [],
    issuedAt: at,
    validUntil: at,
    respondBy: at,
  })
  const jws = [{ alg: 'EdDSA', kid: 'k', typ: 't' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const statement: StatementRow = {
    id: '0198c0de-0000-7000-8000-0000000000e1',
    delivery: '0198c0de-0000-7000-8000-0000000000d1',
    jti,
    digest: 'digest',
    grade: 'A',
    issuedAt: at,
    arrivedAt: at,
    entry: '0198c0de-0000-7000-8000-0000000000f1',
    receipt: `h.${Buffer.from(jti).toString('base64url')}.s`,
    statement: { kind: 'executed', sequence: 1, holdings, targets, reason, receiptNumber } as never,
    message: Buffer.from(message),
  }
  const delivery = {
    id: '0198c0de-0000-7000-8000-0000000000d1' as DeliveryId,
    caseId: '0198c0de-0000-7000-8000-0000000000c1',
    request: '0198c0de-0000-7000-8000-0000000000b1',
    registry: land.code,
    reference: '0198c0de-0000-7000-8000-0000000000d1',
    measure: 'seal',
    caseSeq: 1,
    phase: 'answered',
    answer: 'executed',
    createdAt: at,
    validUntil: at,
    respondBy: at,
    attempts: 1,
    jws: `${jws.join('.')}.c2ln`,
    rendered: Buffer.from(message),
  } as const
  return { delivery, attempts: [], statements: [statement] }
}

const row = { id: 'r', caseId: 'c', measure: 'seal', party: 'p', state: 'approved', asked: {} } as unknown as RequestRow
const request = { ...row, submittedAt: at, entry: 'e' }

/** Every view there is of an exchange, as it is and masked; made from the same words. */
function views(given: Told) {
  const exchange = exchangeOf(given)
  const party = viewParty({ ...debtorParty, subject: given.subject as never })
  const control = given.targets.map(({ amount, controlNo, overQuota, quantity, asset: of }, nth) =>
    viewControl(
      { id: String(nth), amount, controlNo, overQuota, quantity, assetRef: refs.assetRef(of) } as never,
      assetsOf([exchange], refs.assetRef),
      at,
    ),
  )
  const plain = {
    party,
    request: viewRequest(request, '（2026）津0116执3456号', [exchange], refs, {
      decisions: [
        { id: 'd', decision: 'returned', by: '赵明诚', role: 'approver', at: at.toISOString(), comment: given.message },
      ],
    }),
    holdings: viewHoldings(exchange, refs),
    controls: control,
    exchange: viewExchange(exchange, [], refs),
  }
  const masked = {
    party: maskParty(plain.party),
    request: maskRequest(plain.request),
    holdings: plain.holdings.map(maskHoldingLine),
    controls: plain.controls.map(maskControlLine),
    exchange: maskExchange(plain.exchange),
  }
  return { plain, masked }
}

describe('a masked view', () => {
  test('holds nothing that a party, an asset or a registry could be known by, whatever the words are', () => {
    fc.assert(
      fc.property(told, (given) => {
        const { plain, masked } = views(given)
        const marks = marksIn(given)
        const shown = JSON.stringify(masked)
        const leaked = marks.filter((mark) => shown.includes(mark) || shown.includes(base64(mark)))
        expect(leaked).toEqual([])
        // The same marks are all there where nothing is masked: what is looked for can be found.
        const whole = JSON.stringify(plain)
        expect(marks.filter((mark) => !whole.includes(mark) && !whole.includes(base64(mark)))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('says that it is masked, and under which name each thing is revealed', () => {
    const [given] = fc.sample(told, 1)
    if (!given) throw new Error('no sample')
    const { masked } = views(given)
    const delivery = '0198c0de-0000-7000-8000-0000000000d1'
    expect(masked.party).toMatchObject({ isMasked: true, reveal: { what: 'party', which: debtorParty.id } })
    expect(masked.holdings[0]).toMatchObject({ isMasked: true, reveal: { what: 'holding' } })
    expect(masked.holdings[0]?.reveal?.which).toBe(`${delivery}/${masked.holdings[0]?.id}`)
    expect(masked.exchange).toMatchObject({ isMasked: true, reveal: { what: 'exchange', which: delivery } })
    expect(masked.request.deliveries[0]?.statements[0]?.reveal?.which).toMatch(new RegExp(`^${delivery}/`))
  })

  test('keeps what is nobody’s secret: kinds, terms, places in a queue, times', () => {
    const [given] = fc.sample(told, 1)
    if (!given) throw new Error('no sample')
    const { plain, masked } = views(given)
    expect(masked.request.deliveries[0]?.answer).toEqual(plain.request.deliveries[0]?.answer)
    expect(masked.exchange.attempts).toEqual(plain.exchange.attempts)
    expect(masked.party.role).toBe(plain.party.role)
  })
})

const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -1)
