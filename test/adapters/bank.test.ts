import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bank } from '../../adapters/bank/adapter.ts'
import { type Element, readEnvelope, writeEnvelope } from '../../adapters/bank/envelope.ts'
import {
  type Account,
  type File,
  md5Of,
  type Outcome,
  readCertificates,
  readControls,
  readDialectFault,
  readDocuments,
  readInquiries,
  readResults,
  writeAcknowledgement,
  writeAsked,
  writeControlFeedback,
  writeInquiryFeedback,
  writeLogin,
} from '../../adapters/bank/messages.ts'
import { documentSetOf } from '../../adapters/bank/render.ts'
import { calls, codes } from '../../adapters/bank/wire.ts'
import { fold } from '../../src/domain/fold.ts'
import type { Registry } from '../../src/domain/registry.ts'
import type { Statement } from '../../src/domain/statement.ts'
import type { Outgoing, Proved, Reception, RegistryDesk, Unproved } from '../../src/relay/port.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'

const code = '313110000092'
const account = '6217000000000000012'
const inquiryNumber = '20240603120116000001'
const freezeNumber = '20240603120116000002'
const now = new Date('2024-06-03T02:00:00Z')
const ruling = Buffer.from('%PDF-1.4 裁定书')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url')
const paper = { sha256: sha256(ruling), mediaType: 'application/pdf', length: ruling.length }

const inquiry: RequestClaims = {
  iss: '津0116',
  via: 'gw.writ.example',
  aud: code,
  iat: now.getTime() / 1000,
  jti: '018fd000-0000-7000-8000-000000000001',
  validUntil: '2024-07-03T10:00:00+08:00',
  respondBy: '2024-06-04T10:00:00+08:00',
  measure: 'inquire',
  case: '（2024）津0116执3456号',
  caseSeq: 1,
  basis: {
    statute: '民诉法第二百五十三条',
    purpose: '执行',
    documents: [{ kind: 'ruling', number: '（2024）津0116执3456号之一', ...paper }],
  },
  officers: [
    { name: '林书远', workCertificate: 'G0116001', dutyCertificate: 'Z0116001' },
    { name: '何立群', workCertificate: 'G0116002', dutyCertificate: 'Z0116002' },
  ],
  contact: { name: '林书远', phone: '022-00000000' },
  approvals: [],
  subject: { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' },
  inquiry: { kinds: ['deposit'] },
}
const { inquiry: _, ...control } = inquiry
const freeze: RequestClaims = {
  ...control,
  measure: 'freeze',
  targets: [{ asset: { class: 'deposit', account }, scope: 'part', amount: '1295200.00' }],
  currency: 'CNY',
  term: { from: '2024-06-03', to: '2025-06-02' },
}
/** The gateway's desk in memory, with the rules of reception that the dialect leans on. */
function openBank(sent: Record<string, RequestClaims> = { [inquiryNumber]: inquiry, [freezeNumber]: freeze }) {
  const adapter = bank()
  const registry = { code } as Registry
  const outgoing = Object.entries(sent).map(
    ([reference, claims]): Outgoing => ({
      id: claims.jti as Outgoing['id'],
      registry,
      reference,
      jws: '',
      claims,
      rendered: adapter.render(claims, reference) ?? new Uint8Array(),
    }),
  )
  const told: Proved[] = []
  const messages: string[] = []
  const refused: string[] = []
  const receipts: Uint8Array[] = []
  const desk = {
    registry,
    now,
    credentialHolds: async (user, password) => user === 'bank' && password === '密码right',
    mintToken: async () => '',
    tokenHolds: async () => false,
    take: async ({ inquiries }) => outgoing.filter(({ claims }) => (claims.measure === 'inquire') === inquiries),
    find: async (reference) => outgoing.find((one) => one.reference === reference),
    document: async (_, digest) => (digest === paper.sha256 ? ruling : undefined),
    keepReceipt: async (_, { bytes }) => {
      receipts.push(bytes)
      return sha256(bytes)
    },
    heard: async (_, jti) => told.find((one) => one.jti === jti)?.digest,
    tell: async (reference, message, parsed): Promise<Reception> => {
      if (!(reference in sent)) return { kind: 'unknown-delivery' }
      messages.push(Buffer.from(message).toString())
      return parsed.kind === 'proved' ? admit(parsed) : refuseIt(parsed)
    },
  } satisfies RegistryDesk
  const admit = (parsed: Proved): Reception => {
    const at = told.findIndex(({ jti }) => jti === parsed.jti)
    if (at !== -1 && told[at]?.digest !== parsed.digest) return { kind: 'contradicted' }
    if (at === -1) told.push(parsed)
    const sequence = at === -1 ? told.length : at + 1
    return { kind: at === -1 ? 'committed' : 'repeated', receipt: `receipt-${sequence}`, sequence }
  }
  const refuseIt = ({ code: why }: Unproved): Reception => {
    refused.push(why)
    return { kind: 'unproved', code: why }
  }
  const post = async (body: string) => {
    const response = await adapter.serve(new Request(`https://gw/adapters/${code}/ws`, { method: 'POST', body }), desk)
    const envelope = readEnvelope(new Uint8Array(await response.arrayBuffer()))
    if (envelope.kind === 'refused') throw new Error(envelope.code)
    return { status: response.status, element: envelope.call, fault: readDialectFault(envelope.call)?.code }
  }
  const call = (
    body: string,
    login: Parameters<typeof writeLogin>[0] = { bank: code, user: 'bank', password: '密码right' },
  ) => post(writeEnvelope(body, writeLogin(login)))
  const statements = () => told.map(({ statement }, at): Statement => ({ ...statement, sequence: at + 1 }))
  return { adapter, post, call, told, refused, receipts, messages, statements, standing: () => fold(statements()) }
}

const echo = (reference: string) => ({ reference, case: inquiry.case, name: '张某某', idNumber: '120116198503120013' })
const held: Partial<Outcome> = {
  reference: freezeNumber,
  item: '1',
  account,
  state: codes.done,
  from: '2024-06-03 10:00',
  to: '20250602',
  held: '210000.00',
  overQuota: '1085200.00',
}
const tellFound = (items: Partial<Account>[], more: object = {}) =>
  writeInquiryFeedback({ echo: { ...echo(inquiryNumber), ...more }, items })
const tellHeld = (items: Partial<Outcome>[], more: object = {}, files: File[] = [], reference = freezeNumber) =>
  writeControlFeedback({ echo: { ...echo(reference), ...more }, items, files })
const first = (element: Element) => readResults(element)[0]

describe('fetching', () => {
  test('each list hands out its own kind, byte for byte as it was frozen', async () => {
    const { call, adapter } = openBank()
    const inquiries = readInquiries((await call(writeAsked(calls.takeInquiries, {}))).element)
    const controls = readControls((await call(writeAsked(calls.takeControls, {}))).element)
    expect(inquiries.map(({ reference }) => reference)).toEqual([inquiryNumber])
    expect(controls.map(({ reference }) => reference)).toEqual([freezeNumber])
    expect(Buffer.from(adapter.render(freeze, freezeNumber) ?? []).toString()).toMatch(/^<kzqq [\x20-\x7e]*<\/kzqq>$/)
  })

  test('documents come with their digest, by set or by request', async () => {
    const { call } = openBank()
    const bySet = await call(writeAsked(calls.inquiryDocuments, { documents: documentSetOf(inquiryNumber) }))
    const byRequest = await call(writeAsked(calls.controlDocuments, { reference: freezeNumber }))
    for (const { element } of [bySet, byRequest]) {
      const [file] = readDocuments(element)
      expect(file).toMatchObject({ name: '（2024）津0116执3456号之一', type: 'pdf', md5: md5Of(ruling) })
      expect(Buffer.from(file?.content ?? [])).toEqual(ruling)
    }
  })

  test('two officers bring two certificates each, and an image where the request has one', async () => {
    const documents = [...inquiry.basis.documents, { kind: 'other', number: 'G0116001', ...paper }]
    const { call } = openBank({ [inquiryNumber]: { ...inquiry, basis: { ...inquiry.basis, documents } } })
    const [one, two] = readCertificates(
      (await call(writeAsked(calls.certificates, { reference: inquiryNumber }))).element,
    )
    expect(one).toMatchObject({ name: '林书远', work: 'G0116001', duty: 'Z0116001', workType: 'pdf' })
    expect(Buffer.from(one?.workImage ?? [])).toEqual(ruling)
    expect(two).toMatchObject({ name: '何立群', work: 'G0116002' })
    expect(two?.workImage).toHaveLength(0)
    const papers = readDocuments((await call(writeAsked(calls.inquiryDocuments, { reference: inquiryNumber }))).element)
    expect(papers).toHaveLength(1)
  })

  test("another bank's request does not exist here", async () => {
    const { call, told } = openBank()
    const theirs = '20240603120116000009'
    for (const ask of [calls.inquiryDocuments, calls.controlDocuments, calls.certificates]) {
      expect(await call(writeAsked(ask, { reference: theirs }))).toMatchObject({ status: 404 })
    }
    const answered = await call(tellHeld([{ ...held, reference: theirs }], {}, [], theirs))
    const confirmed = await call(writeAcknowledgement([{ reference: theirs, result: codes.ok }]))
    for (const { element } of [answered, confirmed])
      expect(first(element)).toMatchObject({ result: codes.failed, text: '无此请求单号' })
    expect(told).toEqual([])
  })
})

describe('confirming', () => {
  test('the confirming call is service: its moment is the time of receipt, and the first one counts', async () => {
    const { call, standing, told } = openBank()
    const confirm = writeAcknowledgement([{ reference: freezeNumber, result: codes.ok }])
    expect(first((await call(confirm)).element)).toMatchObject({ result: codes.ok, receipt: 'receipt-1' })
    expect(first((await call(confirm)).element)).toMatchObject({ result: codes.ok, receipt: 'receipt-1' })
    expect(told).toHaveLength(1)
    expect(standing()).toMatchObject({ answer: 'received', receivedAt: now })
  })

  test('what the bank could not take in is not confirmed and comes again', async () => {
    const { call, told } = openBank()
    await call(writeAcknowledgement([{ reference: freezeNumber, result: codes.failed, text: 'MD5不符' }]))
    expect(told).toEqual([])
  })

  test('a confirmation that comes after the answer undoes nothing', async () => {
    const { call, standing } = openBank()
    await call(tellHeld([held]))
    await call(writeAcknowledgement([{ reference: freezeNumber, result: codes.ok }]))
    expect(standing()).toMatchObject({ answer: 'executed', receivedAt: now })
  })
})

describe('what cannot be believed', () => {
  test('is kept as evidence under the request it names, and the bank is told so', async () => {
    const { call, refused, messages, told } = openBank()
    const garbled = tellHeld([held]).replace(/ SKJE="[^"]*"/, ' SKJE="@@@="')
    for (const body of [garbled, tellFound([]), tellHeld([held], { case: '（2024）津0116执9999号' })]) {
      expect(first((await call(body)).element)).toMatchObject({ result: codes.failed, receipt: '' })
    }
    expect(refused).toEqual(['statement-malformed', 'statement-content', 'statement-other-case'])
    expect(messages[0]).toBe(garbled)
    expect(told).toEqual([])
  })
})

describe('saying it again', () => {
  test('the same feedback again is a repetition and gets the same receipt', async () => {
    const { call, told } = openBank()
    const once = first((await call(tellHeld([held]))).element)
    const twice = first((await call(tellHeld([held]))).element)
    expect(once).toMatchObject({ result: codes.ok, receipt: 'receipt-2' })
    expect(twice).toMatchObject({ result: codes.ok, receipt: 'receipt-2' })
    expect(told.map(({ statement }) => statement.kind)).toEqual(['received', 'executed'])
  })

  test('other content under the same number is a correction; the first stays, and a late copy of it changes nothing', async () => {
    const { call, told, standing } = openBank()
    await call(tellHeld([held]))
    await call(tellHeld([{ ...held, held: '200000.00' }]))
    await call(tellHeld([{ ...held, held: '200000.00' }]))
    await call(tellHeld([held]))
    expect(told.map(({ statement }) => statement.kind)).toEqual(['received', 'executed', 'corrected'])
    expect(standing()).toMatchObject({ answer: 'executed', targets: [{ amount: '200000.00' }] })
  })
})

describe('the stamped document', () => {
  const pdf = Buffer.from('%PDF-1.4 回执')
  const file = {
    reference: freezeNumber,
    name: '回执.pdf',
    type: 'pdf',
    kind: codes.receiptKind,
    md5: md5Of(pdf).toUpperCase(),
    content: pdf,
  }

  test('is kept before the answer is told, and named in it', async () => {
    const { call, statements, receipts } = openBank()
    await call(tellHeld([held], {}, [file]))
    expect(receipts).toEqual([pdf])
    expect(statements().at(-1)?.sealedReceipt).toEqual({
      sha256: sha256(pdf),
      mediaType: 'application/pdf',
      length: pdf.length,
    })
  })

  test('an answer without one counts, and one that comes later restates it', async () => {
    const { call, statements, standing } = openBank()
    await call(tellHeld([held]))
    expect(statements().at(-1)).not.toHaveProperty('sealedReceipt')
    await call(tellHeld([held], {}, [file]))
    expect(statements().at(-1)).toMatchObject({ kind: 'corrected', sealedReceipt: { sha256: sha256(pdf) } })
    expect(standing().answer).toBe('executed')
  })

  test('one that its MD5 does not fit is broken, and so is the answer', async () => {
    const { call, refused, receipts } = openBank()
    await call(tellHeld([held], {}, [{ ...file, md5: md5Of(ruling) }]))
    expect(refused).toEqual(['statement-content'])
    expect(receipts).toEqual([])
  })
})
