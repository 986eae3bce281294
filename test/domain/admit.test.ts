import { describe, expect, test } from 'vitest'
import { type AdmitCode, admit } from '../../src/domain/admit.ts'
import type { Asset } from '../../src/domain/asset.ts'
import type { CaseFile, Party } from '../../src/domain/case-file.ts'
import type { DocumentKind, LegalBasis } from '../../src/domain/legal-basis.ts'
import { type Measure, measureList, targetsFor } from '../../src/domain/measure.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { AskedRequest } from '../../src/domain/request.ts'
import {
  account,
  asked,
  bank,
  caseFile,
  caseNumber,
  day,
  debtorParty,
  house,
  known,
  land,
  measureOf,
  paper,
  parcel,
  twoOfficers,
  whole,
  yuan,
} from '../support/court.ts'

type Told = { readonly file?: Partial<CaseFile>; readonly request?: AskedRequest }

function answerTo({ file = {}, request = asked(measureOf.seal) }: Told) {
  return admit(caseFile(file), request, known)
}

function codeOf(told: Told): string {
  const answer = answerTo(told)
  return isRefusal(answer) ? `${answer.code} ${answer.field}` : answer.kind
}

const sealing = (over: object): Told => ({ request: asked({ ...measureOf.seal, ...over }) })
const freezing = (over: object): Told => ({ request: asked({ ...measureOf.freeze, ...over }) })
const resting = (over: Partial<LegalBasis>): Told => {
  const request = asked(measureOf.seal)
  return { request: { ...request, basis: { ...request.basis, ...over } } }
}
const asking = (over: Partial<AskedRequest>, measure: Measure = measureOf.seal): Told => ({
  request: asked(measure, over),
})
const party = (over: Partial<Party>): Told => ({ file: { parties: [{ ...debtorParty, ...over }] } })
const { confirmedBy: _, ...unconfirmed } = debtorParty
const [first, second] = twoOfficers
const nameless: Asset = { class: 'real-estate', address: '天津市滨海新区某某路1号' }
const strange = 'nobody' as RegistryCode

/** 第几条不符 — what is asked, what is answered, and where to look. A lawyer can read this table. */
const refusals: readonly (readonly [said: string, code: AdmitCode, field: string, told: Told])[] = [
  ['a case nobody confirmed', 'case-unconfirmed', 'case', { file: withoutConfirmation() }],
  ['a case of review (执异)', 'case-type-forbidden', 'case', { file: { number: caseNumber('（2024）津0116执异7号') } }],
  [
    'a case before execution (执前督促)',
    'pre-execution-no-power',
    'case',
    { file: { number: caseNumber('（2024）津0116执前督7号') } },
  ],
  ['a seal in 终本', 'case-standing-forbids', 'case', { file: { standing: 'terminated' } }],
  ['somebody who is no party', 'subject-not-a-party', 'party', asking({ party: 'somebody' })],
  ['a party nobody confirmed', 'party-unconfirmed', 'party', { file: { parties: [unconfirmed] } }],
  ['the applicant’s own property', 'party-not-liable', 'party', party({ role: 'applicant' })],
  ['an outsider’s property', 'party-not-liable', 'party', party({ role: 'third-party' })],
  ['one officer', 'officers-two-required', 'officers', asking({ officers: twoOfficers.slice(0, 1) })],
  ['one officer named twice', 'officers-two-required', 'officers', asking({ officers: twice(first) })],
  [
    'two officers with one duty certificate',
    'officers-two-required',
    'officers',
    asking({ officers: [first, { ...second, dutyCertificate: first?.dutyCertificate }] as AskedRequest['officers'] }),
  ],
  [
    'an officer without a certificate',
    'officers-two-required',
    'officers',
    asking({ officers: [first, { ...second, workCertificate: ' ' }] as AskedRequest['officers'] }),
  ],
  ['no statute', 'statute-missing', 'basis', resting({ statute: ' ' })],
  ['no purpose', 'statute-missing', 'basis', resting({ purpose: '' })],
  ['no ruling', 'document-missing', 'basis.documents.ruling', resting({ documents: [paper('execution-notice')] })],
  ['no notice', 'document-missing', 'basis.documents.execution-notice', resting({ documents: [paper('ruling')] })],
  [
    'a commissioned case without its 委托函',
    'document-missing',
    'basis.documents.commission',
    { file: { standing: 'commissioned' } },
  ],
  ['no registry', 'registry-unknown', 'registries', asking({ registries: [] })],
  ['a registry nobody knows', 'registry-unknown', 'registries.0', asking({ registries: [strange] })],
  [
    'a target at a registry that is not asked',
    'registry-unknown',
    'measure.targets.1.registry',
    sealing({ targets: [whole(house), whole(parcel, { registry: bank.code })] }),
  ],
  ['money at the land bureau', 'registry-asset-unsupported', 'registries.0', atLand(measureOf.freeze)],
  [
    'an inquiry that asks nobody for part of what it wants',
    'registry-asset-unsupported',
    'measure.kinds',
    asking({}, { kind: 'inquire', kinds: ['land', 'deposit'] }),
  ],
  [
    'transactions of an account, asked of the land bureau',
    'registry-asset-unsupported',
    'registries.0',
    asking({}, { kind: 'inquire', kinds: ['transactions'] }),
  ],
  ['an inquiry after nothing', 'target-missing', 'measure.kinds', asking({}, { kind: 'inquire', kinds: [] })],
  ['a seal of nothing', 'target-missing', 'measure.targets', sealing({ targets: [] })],
  [
    'fifty-one targets',
    'target-too-many',
    'measure.targets',
    sealing({ targets: Array.from({ length: 51 }, () => whole(house)) }),
  ],
  [
    'a house known by its address only',
    'target-unnamed',
    'measure.targets.0.asset',
    sealing({ targets: [whole(nameless)] }),
  ],
  [
    'a deposit without its account',
    'target-unnamed',
    'measure.targets.0.asset',
    freezing({ targets: [whole({ class: 'deposit', certNo: 'x' }, { amount: yuan('1') })] }),
  ],
  ['a freeze of no sum', 'amount-missing', 'measure.targets.0.amount', freezing({ targets: [whole(account)] })],
  [
    'a freeze of 0.00 yuan',
    'amount-missing',
    'measure.targets.0.amount',
    freezing({ targets: [whole(account, { amount: yuan('0') })] }),
  ],
  [
    'a freeze of shares without their number',
    'quantity-missing',
    'measure.targets.0.quantity',
    {
      request: asked(
        { ...measureOf.freeze, targets: [whole({ class: 'equity', certNo: 'x' })] },
        {
          basis: {
            ...asked(measureOf.freeze).basis,
            documents: ['ruling', 'execution-notice', 'publication-notice'].map((kind) => paper(kind as DocumentKind)),
          },
        },
      ),
    },
  ],
  [
    'a seal of a deposit',
    'measure-asset-mismatch',
    'measure.targets.0.asset.class',
    sealing({ targets: [whole(account)] }),
  ],
  [
    'a conveyance that names no ground',
    'convey-ground-missing',
    'measure.ground',
    asking({}, { kind: 'convey', targets: [whole(house)], transferee: debtorParty.subject, cancels: [] }),
  ],
  [
    'a term that ends before it begins',
    'term-backwards',
    'measure.term',
    sealing({ term: { kind: 'dates', from: day('2026-06-03'), to: day('2026-06-03') } }),
  ],
  ['a term of no month', 'term-backwards', 'measure.term', sealing({ term: { kind: 'months', months: 0 } })],
  [
    'a seal for more than three years',
    'term-too-long',
    'measure.term',
    sealing({ term: { kind: 'months', months: 37 } }),
  ],
  ['a release of nothing named', 'parent-missing', 'measure.parent', asking({}, { ...measureOf.release, parent: {} })],
  [
    'an extension of nothing named',
    'parent-missing',
    'measure.parent',
    asking({}, { ...measureOf.extend, parent: {} }),
  ],
]

function withoutConfirmation(): Partial<CaseFile> {
  return { confirmedBy: undefined } as unknown as Partial<CaseFile>
}
function twice<T>(one: T | undefined): readonly T[] {
  return one ? [one, one] : []
}
function atLand(measure: Measure): Told {
  return asking({ registries: [land.code] }, measure)
}

describe('no request without a legal basis (invariant 7)', () => {
  test.each(refusals)('%s is refused', (_said, code, field, told) => {
    expect(codeOf(told)).toBe(`${code} ${field}`)
  })

  test('a measure a registry does not take online is refused', () => {
    const offline = { ...land, measures: measureList.filter((kind) => kind !== 'seal') }
    expect(admit(caseFile(), asked(measureOf.seal), () => offline)).toMatchObject({
      code: 'registry-measure-unsupported',
      field: 'registries.0',
    })
  })

  test.each(measureList)('%s is let through when everything is in order', (kind) => {
    expect(answerTo({ request: asked(measureOf[kind]) })).toMatchObject({ kind: 'admitted', party: debtorParty })
  })

  test('where a bank moves money only out of a freeze, the freeze is named', () => {
    const { parent: _parent, ...transfer } = measureOf.transfer
    const strict = () => ({ ...bank, transferNeedsFreeze: true })
    expect(admit(caseFile(), asked(transfer), strict)).toMatchObject({ code: 'transfer-freeze-missing' })
    expect(admit(caseFile(), asked(measureOf.transfer), strict)).toMatchObject({ kind: 'admitted' })
    expect(admit(caseFile(), asked(transfer), known)).toMatchObject({ kind: 'admitted' })
  })

  test('the preserved party of a preservation may be held like a debtor, on the applicant’s written request', () => {
    const file = { number: caseNumber('（2024）津0116执保7号'), ...party({ role: 'preserved' }).file }
    expect(codeOf({ file })).toBe('document-missing basis.documents.preservation-application')
    const { basis } = asked(measureOf.seal)
    const documents = [...basis.documents, paper('preservation-application')]
    expect(codeOf({ file, ...resting({ documents }) })).toBe('admitted')
  })

  test('a commissioned case acts with its 委托函', () => {
    const { basis } = asked(measureOf.seal)
    const documents = [...basis.documents, paper('commission')]
    expect(codeOf({ file: { standing: 'commissioned' }, ...resting({ documents }) })).toBe('admitted')
  })
})

test('a registry that is named twice is asked once: two deliveries would be two effects (invariant 2)', () => {
  const answer = answerTo(asking({ registries: [land.code, land.code] }))
  expect(answer).toMatchObject({ kind: 'admitted', registries: [land] })
})

test('each registry is asked about its own targets and those that name nobody', () => {
  const targets = [whole(house), whole(parcel, { registry: land.code }), whole(account, { registry: bank.code })]
  const measure: Measure = { ...measureOf.seal, targets }
  expect(targetsFor(measure, land.code)).toEqual(targets.slice(0, 2))
  expect(targetsFor(measure, bank.code)).toEqual([targets[0], targets[2]])
})

test('the table names every code there is', () => {
  const every: Record<AdmitCode, true> = {
    'case-unconfirmed': true,
    'case-type-forbidden': true,
    'pre-execution-no-power': true,
    'case-standing-forbids': true,
    'subject-not-a-party': true,
    'party-unconfirmed': true,
    'party-not-liable': true,
    'officers-two-required': true,
    'statute-missing': true,
    'document-missing': true,
    'registry-unknown': true,
    'registry-measure-unsupported': true,
    'registry-asset-unsupported': true,
    'target-missing': true,
    'target-too-many': true,
    'target-unnamed': true,
    'amount-missing': true,
    'quantity-missing': true,
    'measure-asset-mismatch': true,
    'term-backwards': true,
    'term-too-long': true,
    'parent-missing': true,
    'transfer-freeze-missing': true,
    'convey-ground-missing': true,
  }
  const tabled = new Set<string>([
    ...refusals.map(([, code]) => code),
    'registry-measure-unsupported',
    'transfer-freeze-missing',
  ])
  expect(Object.keys(every).filter((code) => !tabled.has(code))).toEqual([])
})
