import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue, type ProblemCode } from '../../src/http/problem-catalogue.ts'
import { rateRules } from '../../src/http/rate-rules.ts'
import { codeOf, debtorSubject, openCase, read, submitted, type TestCase, uploadTo } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
})
afterAll(() => edge.close())

const enter = (over: object) =>
  edge.call('registrarWen', 'POST', '/v1/cases', {
    number: '（2026）津0116执9001号',
    claim: '1.00',
    judge: '周正',
    ...over,
  })
const party = (over: object) => ({ parties: [{ role: 'debtor', subject: { ...debtorSubject, ...over } }] })
const asks = (over: object) => submitted(edge, { ...known.inquiry, ...over })
const seals = (over: object) => submitted(edge, { ...known.seal, measure: { ...known.seal.measure, ...over } })
const paysTo = (bankCode: string) => {
  const { targets } = known.seal.measure
  const payee = { name: '天津市滨海新区人民法院', bankName: '某某银行', bankCode, account: '0302000000000000001' }
  return submitted(edge, { ...known.seal, measure: { kind: 'transfer', targets, payee } })
}
const sealing = (amount: unknown) => seals({ targets: [{ ...known.seal.measure.targets[0], amount }] })

/** A case of its own with another number, confirmed; for what the type or the standing of a case forbids. */
async function caseOf(number: string, standing = 'open') {
  const { id } = await read<{ id: string }>(await enter({ number, standing, ...party({}) }), 201)
  await read(await edge.call('registrarHe', 'POST', `/v1/cases/${id}/confirmation`), 200)
  const file = await read<{ parties: { id: string }[] }>(await edge.call('officerLin', 'GET', `/v1/cases/${id}`), 200)
  return { case: number, party: file.parties[0]?.id }
}

type Row = readonly [said: string, code: ProblemCode, call: () => Response | Promise<Response>, pointer?: string]

const rows: readonly Row[] = [
  [
    'a wrong check character',
    'person-number-check',
    () => enter(party({ idNumber: '120116198503120014' })),
    '/parties/0/subject/idNumber',
  ],
  [
    'a birth date that never was',
    'person-number-date',
    () => enter(party({ idNumber: '120116198502300013' })),
    '/parties/0/subject/idNumber',
  ],
  [
    'a credit code with a wrong check',
    'credit-code-check',
    () => enter(party({ kind: 'organisation', idType: 'credit-code', idNumber: '91120116MA0000016H' })),
    '/parties/0/subject/idNumber',
  ],
  [
    'a credit code that is too short',
    'credit-code-malformed',
    () => enter(party({ kind: 'organisation', idType: 'credit-code', idNumber: '91120116' })),
    '/parties/0/subject/idNumber',
  ],
  ['a bank code of ten digits', 'bank-code-malformed', () => paysTo('1021100000'), '/measure/payee/bankCode'],
  ['a bank code with a wrong check', 'bank-code-check', () => paysTo('102110000018'), '/measure/payee/bankCode'],
  ['a case number that is none', 'case-number-malformed', () => enter({ number: '2026执1' }), '/number'],
  [
    'a case number with leading zeros',
    'case-number-padded',
    () => enter({ number: '（2026）津0116执0001号' }),
    '/number',
  ],
  ['an unknown court', 'court-unknown', () => enter({ number: '（2026）津0199执1号' }), '/number'],
  ['a case of another court', 'wrong-court', () => enter({ number: '（2026）津0102执1号' }), '/number'],
  ['an amount as a JSON number', 'money-not-text', () => enter({ claim: 1280000.5 }), '/claim'],
  ['an amount with three decimals', 'money-decimals', () => enter({ claim: '1.001' }), '/claim'],
  ['a target’s amount as a float', 'money-not-text', () => sealing(0.1), '/measure/targets/0/amount'],
  [
    'a unit code that is none',
    'unit-code-malformed',
    () => seals({ targets: [{ asset: { class: 'real-estate', unitCode: '1' } }] }),
    '/measure/targets/0/asset/unitCode',
  ],
  [
    'a day that is none',
    'date-malformed',
    () => seals({ term: { from: '2026-02-30', to: '2027-02-28' } }),
    '/measure/term/from',
  ],
  [
    'a currency that is none',
    'currency-unknown',
    () => seals({ kind: 'freeze', currency: 'XXX' }),
    '/measure/currency',
  ],
  ['a case that was never entered', 'case-unknown', () => asks({ case: '（2026）津0116执999999号' })],
  [
    'a case type that may not start the measure',
    'case-type-forbidden',
    async () => asks(await caseOf('（2026）津0116执异7号')),
    '/case',
  ],
  [
    'a closed case',
    'case-standing-forbids',
    async () => asks(await caseOf('（2026）津0116执8001号', 'closed')),
    '/case',
  ],
  [
    'a subject who is no party',
    'subject-not-a-party',
    () => asks({ party: '0198c0de-0000-7000-8000-000000000000' }),
    '/party',
  ],
  ['a party who owes nothing', 'party-not-liable', () => asks({ party: known.applicant }), '/party'],
  [
    'an unconfirmed party',
    'party-unconfirmed',
    async () => {
      const added = await edge.call('registrarWen', 'POST', `/v1/cases/${known.id}/parties`, party({ name: '王某某' }))
      return asks({ party: (await read<{ ids: string[] }>(added, 201)).ids[0] })
    },
    '/party',
  ],
  [
    'one officer alone',
    'officers-two-required',
    () => asks({ officers: known.inquiry.officers.slice(1) }),
    '/officers',
  ],
  ['no statute', 'invalid-body', () => asks({ basis: { ...known.inquiry.basis, statute: '' } })],
  ['a missing notice', 'document-missing', () => asks({ basis: { ...known.inquiry.basis, documents: [] } })],
  [
    'a missing ruling',
    'document-missing',
    () =>
      submitted(edge, {
        ...known.seal,
        basis: { ...known.seal.basis, documents: known.seal.basis.documents.slice(0, 1) },
      }),
  ],
  [
    'a document the case does not hold',
    'document-unknown',
    () =>
      asks({
        basis: {
          ...known.inquiry.basis,
          documents: known.inquiry.basis.documents.map((document) => ({ ...document, sha256: 'A'.repeat(43) })),
        },
      }),
    '/basis/documents/0/sha256',
  ],
  [
    'a document of another length',
    'document-digest',
    () =>
      asks({
        basis: {
          ...known.inquiry.basis,
          documents: known.inquiry.basis.documents.map((document) => ({ ...document, length: 1 })),
        },
      }),
    '/basis/documents/0',
  ],
  ['an upload whose digest differs', 'document-digest', () => upload({ 'Writ-Document-Sha256': 'A'.repeat(43) })],
  ['an upload that is no PDF', 'document-not-pdf', () => upload({}, 'plain words')],
  ['an empty upload', 'document-empty', () => upload({}, '')],
  ['an upload that says nothing of itself', 'document-incomplete', () => upload({ 'Writ-Document-Kind': 'poem' })],
  ['a term longer than the law', 'term-too-long', () => seals({ term: { months: 37 } }), '/measure/term'],
  [
    'a term that runs backwards',
    'term-backwards',
    () => seals({ term: { from: '2027-01-01', to: '2026-01-01' } }),
    '/measure/term',
  ],
  ['a term that is both kinds', 'invalid-body', () => seals({ term: { from: '2026-01-01', months: 3 } })],
  ['an unknown registry', 'registry-unknown', () => asks({ registries: ['land-000000'] }), '/registries/0'],
  [
    'a registry that keeps other property',
    'registry-asset-unsupported',
    () => asks({ measure: { kind: 'inquire', kinds: ['deposit'] } }),
    '/registries/0',
  ],
  [
    'a release that stands on nothing',
    'parent-missing',
    () => seals({ kind: 'release', term: undefined, parent: {}, ground: 'paid' }),
    '/measure/parent',
  ],
  [
    'no Idempotency-Key',
    'idempotency-key-missing',
    () => edge.call('officerLin', 'POST', '/v1/requests', known.inquiry),
  ],
  [
    'malformed JSON',
    'malformed-json',
    () => edge.call('officerLin', 'POST', '/v1/requests', '{"case":', { 'Idempotency-Key': 'key-malformed' }),
  ],
  [
    'a body that is no JSON at all',
    'media-type-unsupported',
    () => edge.call('officerLin', 'POST', '/v1/requests', 'x', { 'Content-Type': 'text/plain' }),
  ],
  ['a member nobody knows', 'invalid-body', () => asks({ urgent: true })],
  ['a body over the limit', 'body-too-large', () => asks({ contact: { name: 'x'.repeat(1_100_000), phone: '1' } })],
  [
    'a chunked body over the limit',
    'body-too-large',
    () =>
      edge.app.request('/v1/requests', {
        method: 'POST',
        duplex: 'half',
        body: endless(),
        headers: { Authorization: 'Bearer token-of-officerLin', 'Content-Type': 'application/json' },
      } as RequestInit),
  ],
  [
    'confirming what one entered oneself',
    'confirmer-entered-it',
    async () => {
      const { id } = await read<{ id: string }>(await enter({ number: '（2026）津0116执8002号' }), 201)
      return edge.call('registrarWen', 'POST', `/v1/cases/${id}/confirmation`)
    },
  ],
  ['a case that is there already', 'case-exists', () => enter({ number: known.number }), '/number'],
  ['no token', 'token-missing', () => edge.call(undefined, 'GET', '/v1/cases')],
  [
    'a stranger’s token',
    'token-invalid',
    () => edge.call(undefined, 'GET', '/v1/cases', undefined, { Authorization: 'Bearer nobody' }),
  ],
  [
    'a password where a token belongs',
    'token-missing',
    () => edge.call(undefined, 'GET', '/v1/cases', undefined, { Authorization: 'Basic bGluOng=' }),
  ],
  ['a role one does not have', 'role-missing', () => edge.call('officerLin', 'POST', '/v1/cases', {})],
  [
    'one call too many',
    'rate-limited',
    async () => {
      await edge.parts.limits.take('person', edge.person('auditorMei')?.id ?? '', rateRules.person.points)
      return edge.call('auditorMei', 'GET', '/audit/v1/entries')
    },
  ],
  ['an address nobody knows', 'not-found', () => edge.call('officerLin', 'GET', '/v1/nothing')],
  ['an id that is none', 'not-found', () => edge.call('officerLin', 'GET', '/v1/requests/1')],
  ['a method this address does not take', 'method-not-allowed', () => edge.call('officerLin', 'DELETE', '/v1/cases')],
  ['a filter that is none', 'invalid-parameter', () => edge.call('officerLin', 'GET', '/v1/cases?limit=-1')],
]

const upload = (headers: object, bytes = '%PDF-1.4\n') =>
  edge.call('officerLin', 'POST', `/v1/cases/${known.id}/documents`, new Uint8Array(Buffer.from(bytes)), {
    'Content-Type': 'application/pdf',
    'Writ-Document-Kind': 'other',
    'Writ-Document-Number': '1',
    ...headers,
  })

/** Three mebibytes whose length nobody says. */
function endless(): ReadableStream<Uint8Array> {
  let left = 48
  return new ReadableStream({
    pull: (controller) => {
      left -= 1
      if (left < 0) controller.close()
      else controller.enqueue(new Uint8Array(65_536).fill(0x20))
    },
  })
}

describe('bad input', () => {
  test.each(rows.map(([said, code, call, pointer]) => ({ said, code, call, pointer })))(
    '$said is refused: $code',
    async ({ code, call, pointer }) => {
      const response = await call()
      const text = await response.text()
      const problem = JSON.parse(text)
      expect(problem.code, text).toBe(code)
      expect(response.status).toBe(catalogue[code].status)
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(problem).toMatchObject({
        type: `/docs/errors#${code}`,
        title: catalogue[code].title.zh,
        status: response.status,
      })
      expect(problem.instance).toBe(`urn:uuid:${response.headers.get('x-request-id')}`)
      if (pointer) expect(problem.pointer).toBe(pointer)
      expect(text).not.toMatch(/120116198|张某某|王某某|1280000\.5/)
    },
  )

  test('leaves no trace: no fault was reported, nothing was half done', async () => {
    expect(edge.faults).toEqual([])
    const { requests } = await read<{ requests: object[] }>(await edge.call('officerLin', 'GET', '/v1/requests'), 200)
    expect(requests).toEqual([])
  })

  test('several wrong fields are told together, each by its pointer', async () => {
    const response = await enter({ claim: 1, number: 'x' })
    const { code, errors } = (await response.json()) as { code: string; errors: { code: string; pointer: string }[] }
    expect(code).toBe('case-number-malformed')
    expect(errors).toEqual([
      { code: 'case-number-malformed', pointer: '/number' },
      { code: 'money-not-text', pointer: '/claim' },
    ])
  })

  test('a document kept under one kind is not another', async () => {
    const stored = await uploadTo(edge, known.id, 'other', new Uint8Array(Buffer.from('%PDF-1.4\nother')))
    const documents = [{ ...stored, kind: 'inquiry-notice' }]
    expect(await codeOf(await asks({ basis: { ...known.inquiry.basis, documents } }))).toBe('422 document-digest')
  })
})
