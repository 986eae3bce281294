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
  writeRollback,
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
const onParent = (measure: 'extend' | 'release' | 'transfer'): RequestClaims => ({
  ...freeze,
  measure,
  parent: { controlNo: freezeNumber, case: freeze.case },
  payee: { name: '天津市滨海新区人民法院', bankName: '建设银行', bankCode: '105110000035', account: '12050110' },
})

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
const found: Partial<Account> = {
  reference: inquiryNumber,
  item: '1',
  account,
  currency: '156',
  balance: '300000.00',
  available: '210000.00',
}
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

describe('the door', () => {
  test.each([
    ['a wrong password', { bank: code, user: 'bank', password: 'wrong' }],
    ['a wrong user', { bank: code, user: 'other', password: '密码right' }],
    ['the marker of another bank', { bank: '102110000017', user: 'bank', password: '密码right' }],
    ['no login at all', {}],
  ])('%s is told one thing, and learns nothing', async (_, login) => {
    const desk = openBank()
    const known = await desk.call(writeAsked(calls.certificates, { reference: freezeNumber }), login)
    const unknown = await desk.call(tellHeld([held], {}, [], '20240603120116999999'), login)
    expect(known).toMatchObject({ status: 401, fault: 'client.login' })
    expect(unknown).toEqual(known)
    expect(desk.messages).toEqual([])
  })

  test('a password that is not even base64 is a wrong password', async () => {
    const { post } = openBank()
    const body = writeEnvelope(writeAsked(calls.takeInquiries, {}), '<dlxx YHBS="@" YHM="@" MM="@"/>')
    expect(await post(body)).toMatchObject({ status: 401 })
  })

  test('a body over the limit is refused while it comes, whatever length it promised', async () => {
    const small = bank({ mostBytes: 1000 })
    let given = 0
    const endless = new ReadableStream({
      pull: (flow) => {
        given += 100
        flow.enqueue(new Uint8Array(100))
      },
    })
    const request = new Request('https://gw/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
    expect((await small.serve(request, {} as RegistryDesk)).status).toBe(413)
    expect(given).toBeLessThan(3000)
  })

  test.each([
    ['<!DOCTYPE a><a/>', 400],
    ['', 400],
    ['{"json":true}', 400],
  ])('%s is no call', async (body, status) => {
    expect(await openBank().post(body)).toMatchObject({ status })
  })

  test('only POST is served, and only calls of the dialect', async () => {
    const { adapter, call } = openBank()
    expect((await adapter.serve(new Request('https://gw/'), {} as RegistryDesk)).status).toBe(405)
    expect(await call('<dropTables/>')).toMatchObject({ status: 400, fault: 'client.call' })
  })
})

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

describe('what an inquiry finds', () => {
  test('accounts with their encumbrances, sub-accounts and amounts', async () => {
    const { call, standing, told } = openBank()
    const earlier = [
      {
        item: '1',
        holder: '天津市河东区人民法院',
        document: '（2024）津0102执保15号',
        amount: '90000.00',
        until: '2025/03/01',
      },
    ]
    const rights = [{ kind: '质押', holder: '某某融资担保有限公司', amount: '5000.00' }]
    const subAccounts = [
      { main: account, kind: '', account: '00002', currency: 'USD', balance: '1.00', available: '-3.00' },
    ]
    await call(tellFound([{ ...found, earlier, rights, subAccounts }]))
    expect(standing().answer).toBe('executed')
    expect(standing().holdings).toEqual([
      {
        asset: { class: 'deposit', account },
        currency: 'CNY',
        balance: '300000.00',
        available: '210000.00',
        encumbrances: [
          {
            kind: 'freeze',
            holder: '天津市河东区人民法院',
            case: '（2024）津0102执保15号',
            amount: '90000.00',
            until: '2025-03-01',
          },
          { kind: 'priority-right', holder: '某某融资担保有限公司', amount: '5000.00' },
        ],
      },
      {
        asset: { class: 'deposit', account, subAccount: '00002' },
        currency: 'USD',
        balance: '1.00',
        available: '0.00',
        encumbrances: [],
      },
    ])
    expect(told.at(-1)?.grade).toBe('B')
  })

  test('nothing found is said in words; saying nothing is no answer', async () => {
    const { call, standing, refused } = openBank()
    await call(tellFound([]))
    expect(standing().answer).toBe('silent')
    expect(refused).toEqual(['statement-content'])
    await call(tellFound([{ reference: inquiryNumber, item: '1', account: codes.nothingFound }]))
    expect(standing()).toMatchObject({ answer: 'nothing', holdings: [] })
  })

  test.each([
    ['an account and 查无开户信息 together', [found, { ...found, item: '2', account: codes.nothingFound }]],
    ['an amount that is none', [{ ...found, balance: '3e5' }]],
    ['a currency nobody knows', [{ ...found, currency: '比特币' }]],
  ])('%s proves nothing', async (_, items) => {
    const { call, refused, told } = openBank()
    await call(tellFound(items))
    expect(refused).toEqual(['statement-content'])
    expect(told).toEqual([])
  })
})

describe('what a control comes to', () => {
  test('two amounts: what is held, and what waits over balance', async () => {
    const { call, standing } = openBank()
    await call(tellHeld([held]))
    expect(standing().answer).toBe('executed')
    expect(standing().targets).toEqual([
      {
        asset: { class: 'deposit', account },
        effect: 'effective',
        amount: '210000.00',
        overQuota: '1085200.00',
        term: { from: '2024-06-03', to: '2025-06-02' },
        controlNo: freezeNumber,
      },
    ])
  })

  test('nothing held and all of it waiting is a success', async () => {
    const { call, standing } = openBank()
    await call(tellHeld([{ ...held, held: '0', overQuota: '1295200.00' }]))
    expect(standing()).toMatchObject({
      answer: 'executed',
      targets: [{ effect: 'effective', amount: '0.00', overQuota: '1295200.00' }],
    })
  })

  test('not controlled is refused, with the reason', async () => {
    const { call, standing, statements } = openBank()
    await call(tellHeld([{ ...held, state: codes.notDone, held: '', overQuota: '', reason: '无此账户' }]))
    expect(standing()).toMatchObject({ answer: 'refused', targets: [{ effect: 'none', reason: '无此账户' }] })
    expect(statements().at(-1)?.reason).toEqual({ code: 'bank-not-controlled', text: '无此账户' })
  })

  test('several accounts, some done and some not, are partly done; so is an answer that leaves one out', async () => {
    const targets = ['1', '2'].map((name) => ({
      asset: { class: 'deposit' as const, account: name },
      scope: 'part' as const,
      amount: '5.00',
    }))
    const claims = { ...freeze, targets }
    const done = { ...held, account: '1' }
    const not = { ...held, item: '2', account: '2', state: codes.notDone, reason: '无此账户' }
    const mixed = openBank({ [freezeNumber]: claims })
    await mixed.call(tellHeld([done, not]))
    expect(mixed.standing().answer).toBe('partly')
    expect(mixed.standing().targets.map(({ effect }) => effect)).toEqual(['effective', 'none'])
    const short = openBank({ [freezeNumber]: claims })
    await short.call(tellHeld([done]))
    expect(short.standing().answer).toBe('partly')
  })

  const released = { ...held, held: '0.00', overQuota: '0.00' }
  test.each([
    ['a release ends the control', 'release', released, { effect: 'ended', endedBy: 'released' }],
    [
      'a release of part leaves the rest in force',
      'release',
      { ...held, overQuota: '0.00' },
      { effect: 'effective', amount: '210000.00' },
    ],
    [
      'an extension restates the term',
      'extend',
      { ...held, to: '2026-06-02' },
      { effect: 'effective', term: { to: '2026-06-02' } },
    ],
    [
      'a transfer says what went',
      'transfer',
      { ...held, overQuota: '' },
      { effect: 'ended', endedBy: 'disposed', amount: '210000.00' },
    ],
  ] as const)('%s', async (_, measure, outcome, expected) => {
    const reference = '20240603120116000003'
    const { call, standing } = openBank({ [reference]: onParent(measure) })
    await call(tellHeld([{ ...outcome, reference }], {}, [], reference))
    expect(standing()).toMatchObject({ answer: 'executed', targets: [{ ...expected, controlNo: freezeNumber }] })
  })

  test('a rollback returns the request, with who and why', async () => {
    const { call, standing, statements } = openBank()
    const items = [{ reason: '无文书内容', note: '', person: '王柜员', phone: '022-1' }]
    await call(writeRollback({ echo: echo(freezeNumber), items }))
    expect(standing().answer).toBe('returned')
    expect(statements().at(-1)?.reason).toEqual({ code: 'bank-returned', text: '无文书内容；王柜员；022-1' })
    await call(writeRollback({ echo: echo(freezeNumber), items: [{ ...items[0], reason: '无证件' }] }))
    expect(standing().answer).toBe('returned')
  })
})

describe('whose answer it is', () => {
  test.each([
    ['another case', { case: '（2024）津0116执9999号' }, 'statement-other-case'],
    ['no case', { case: '' }, 'statement-other-case'],
    ['another name', { name: '李某某' }, 'statement-other-subject'],
    ['another number', { idNumber: '120116198001051011' }, 'statement-other-subject'],
  ])('%s in the answer proves nothing', async (_, more, why) => {
    const { call, refused, told } = openBank()
    expect(first((await call(tellHeld([held], more))).element)).toMatchObject({ result: codes.failed })
    expect(refused).toEqual([why])
    expect(told).toEqual([])
  })

  test.each([
    ['an account of another request', { ...held, reference: '20240603120116000009' }, 'statement-other-delivery'],
    ['an account that nobody named', { ...held, account: '6228480000000000026' }, 'statement-content'],
    ['an account under the wrong number', { ...held, item: '2' }, 'statement-content'],
    ['neither done nor not done', { ...held, state: '9' }, 'statement-content'],
  ])('%s proves nothing', async (_, item, why) => {
    const { call, refused } = openBank()
    await call(tellHeld([item]))
    expect(refused).toEqual([why])
  })

  test('brackets of another width are the same case', async () => {
    const { call, standing } = openBank()
    await call(tellHeld([held], { case: '(2024)津0116执3456号' }))
    expect(standing().answer).toBe('executed')
  })

  test('an answer to the wrong question proves nothing', async () => {
    const { call, refused } = openBank()
    await call(writeInquiryFeedback({ echo: echo(freezeNumber), items: [{ ...found, reference: freezeNumber }] }))
    await call(tellHeld([{ ...held, reference: inquiryNumber }], {}, [], inquiryNumber))
    expect(refused).toEqual(['statement-content', 'statement-content'])
  })

  test('what cannot be read is kept as evidence under the request it names', async () => {
    const { call, refused, messages } = openBank()
    const garbled = tellHeld([held]).replace(/ SKJE="[^"]*"/, ' SKJE="@@@="')
    expect(first((await call(garbled)).element)).toMatchObject({ result: codes.failed })
    expect(refused).toEqual(['statement-malformed'])
    expect(messages).toEqual([garbled])
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
