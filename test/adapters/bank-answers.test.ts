import { describe, expect, test } from 'vitest'
import { readElement } from '../../adapters/bank/envelope.ts'
import {
  type Account,
  type Outcome,
  type Rollback,
  readControlFeedback,
  readInquiryFeedback,
  readRollback,
  writeControlFeedback,
  writeInquiryFeedback,
  writeRollback,
} from '../../adapters/bank/messages.ts'
import { asCorrection, proveControl, proveInquiry, proveRollback } from '../../adapters/bank/translate.ts'
import { codes } from '../../adapters/bank/wire.ts'
import type { Outgoing, Proved, Unproved } from '../../src/relay/port.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'

const account = '6217000000000000012'
const reference = '20240603120116000003'
const freezeNumber = '20240603120116000002'
const now = new Date('2024-06-03T02:00:00Z')

const said = {
  measure: 'inquire',
  case: '（2024）津0116执3456号',
  subject: { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' },
} as RequestClaims
const asked = (measure: RequestClaims['measure'], accounts = [account]): RequestClaims => ({
  ...said,
  measure,
  targets: accounts.map((name) => ({
    asset: { class: 'deposit', account: name },
    scope: 'part',
    amount: '1295200.00',
  })),
  ...(measure !== 'freeze' && { parent: { controlNo: freezeNumber } }),
})

const outgoing = (claims: RequestClaims) => ({ reference, claims }) as Outgoing
const right = { reference, case: said.case, name: '张某某', idNumber: '120116198503120013' }
const xml = (text: string) => readElement(Buffer.from(text))

const foundAnswer = (items: Partial<Account>[], claims = said, echo: object = {}) =>
  proveInquiry(
    readInquiryFeedback(xml(writeInquiryFeedback({ echo: { ...right, ...echo }, items }))),
    outgoing(claims),
    now,
  )
const heldAnswer = (items: Partial<Outcome>[], claims = asked('freeze'), echo: object = {}) =>
  proveControl(
    readControlFeedback(xml(writeControlFeedback({ echo: { ...right, ...echo }, items }))),
    outgoing(claims),
    now,
  )
const returnedAnswer = (items: Partial<Rollback>[]) =>
  proveRollback(readRollback(xml(writeRollback({ echo: right, items }))), outgoing(said), now)

const statement = (answer: Proved | Unproved) => (answer.kind === 'proved' ? answer.statement : answer)

const found: Partial<Account> = {
  reference,
  item: '1',
  account,
  currency: '156',
  balance: '300000.00',
  available: '210000.00',
}
const held: Partial<Outcome> = {
  reference,
  item: '1',
  account,
  state: codes.done,
  from: '2024-06-03 10:00',
  to: '20250602',
  held: '210000.00',
  overQuota: '1085200.00',
}

describe('what an inquiry finds', () => {
  test('accounts with their encumbrances, sub-accounts and amounts', () => {
    const number = '（2024）津0102执保15号'
    const earlier = [
      { item: '1', holder: '天津市河东区人民法院', document: number, amount: '90000.00', until: '2025/03/01' },
    ]
    const rights = [{ kind: '质押', holder: '某某融资担保有限公司', amount: '5000.00' }]
    const sub = { main: account, kind: '', account: '00002', currency: 'USD', balance: '1.00', available: '-3.00' }
    const answer = foundAnswer([{ ...found, earlier, rights, subAccounts: [sub] }])
    expect(answer).toMatchObject({ kind: 'proved', grade: 'B', issuedAt: now })
    expect(statement(answer)).toEqual({
      kind: 'executed',
      targets: [],
      holdings: [
        {
          asset: { class: 'deposit', account },
          currency: 'CNY',
          balance: '300000.00',
          available: '210000.00',
          encumbrances: [
            { kind: 'freeze', holder: '天津市河东区人民法院', case: number, amount: '90000.00', until: '2025-03-01' },
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
      ],
    })
  })

  test('a financial asset and a restricted account are told as what they are', () => {
    const assets = [
      { item: '1', name: '稳健理财', type: '', product: 'LC001', fundAccount: '', currency: '', total: '10.00' },
    ]
    expect(statement(foundAnswer([{ ...found, state: '专户', assets }]))).toMatchObject({
      holdings: [
        { restricted: '专户' },
        { asset: { class: 'other-right', account, certNo: 'LC001' }, balance: '10.00', usage: '稳健理财' },
      ],
    })
  })

  test('nothing found is said in words', () => {
    const answer = foundAnswer([{ reference, item: '1', account: codes.nothingFound }])
    expect(statement(answer)).toEqual({ kind: 'nothing', holdings: [], targets: [] })
  })

  test.each([
    ['an empty list', []],
    ['an account and 查无开户信息 together', [found, { ...found, item: '2', account: codes.nothingFound }]],
    ['an amount that is none', [{ ...found, balance: '3e5' }]],
    ['a currency nobody knows', [{ ...found, currency: '比特币' }]],
    ['an account number that is none', [{ ...found, account: '账户 一' }]],
  ])('%s proves nothing', (_, items) => {
    expect(foundAnswer(items)).toMatchObject({ kind: 'unproved', code: 'statement-content' })
  })
})

describe('what a control comes to', () => {
  test('two amounts: what is held, and what waits over balance', () => {
    expect(statement(heldAnswer([held]))).toEqual({
      kind: 'executed',
      holdings: [],
      targets: [
        {
          asset: { class: 'deposit', account },
          effect: 'effective',
          amount: '210000.00',
          overQuota: '1085200.00',
          term: { from: '2024-06-03', to: '2025-06-02' },
          controlNo: reference,
        },
      ],
    })
  })

  test('nothing held and all of it waiting is a success', () => {
    expect(statement(heldAnswer([{ ...held, held: '0', overQuota: '1295200.00' }]))).toMatchObject({
      kind: 'executed',
      targets: [{ effect: 'effective', amount: '0.00', overQuota: '1295200.00' }],
    })
  })

  const not = { ...held, state: codes.notDone, held: '', overQuota: '', reason: '无此账户' }

  test('not controlled is refused, with the reason', () => {
    expect(statement(heldAnswer([not]))).toMatchObject({
      kind: 'refused',
      targets: [{ effect: 'none', reason: '无此账户' }],
      reason: { code: 'bank-not-controlled', text: '无此账户' },
    })
  })

  test('several accounts, some done and some not, are partly done; so is an answer that leaves one out', () => {
    const claims = asked('freeze', ['1', '2'])
    const done = { ...held, account: '1' }
    const mixed = statement(heldAnswer([done, { ...not, item: '2', account: '2' }], claims))
    expect(mixed).toMatchObject({ kind: 'partly', targets: [{ effect: 'effective' }, { effect: 'none' }] })
    expect(statement(heldAnswer([done], claims))).toMatchObject({ kind: 'partly', targets: [{ effect: 'effective' }] })
    expect(heldAnswer([done, done], claims)).toMatchObject({ kind: 'unproved', code: 'statement-content' })
  })

  const lifted = { ...held, held: '0.00', overQuota: '0.00' }
  const left = { ...held, overQuota: '0.00' }
  test.each([
    ['a release ends the control', 'release', lifted, { effect: 'ended', endedBy: 'released' }],
    ['a release of part leaves the rest', 'release', left, { effect: 'effective', amount: '210000.00' }],
    ['an extension restates the term', 'extend', { ...held, to: '2026-06-02' }, { term: { to: '2026-06-02' } }],
    ['a transfer says what went', 'transfer', held, { effect: 'ended', endedBy: 'disposed', amount: '210000.00' }],
  ] as const)('%s', (_, measure, outcome, target) => {
    const answer = statement(heldAnswer([outcome], asked(measure)))
    expect(answer).toMatchObject({ kind: 'executed', targets: [{ ...target, controlNo: freezeNumber }] })
  })

  test('a rollback returns the request, with who and why, however often it is said', () => {
    const answer = returnedAnswer([{ reason: '无文书内容', note: '', person: '王柜员', phone: '022-1' }])
    const reason = { code: 'bank-returned', text: '无文书内容；王柜员；022-1' }
    expect(statement(answer)).toMatchObject({ kind: 'returned', reason })
    if (answer.kind === 'proved') expect(asCorrection(answer).statement.kind).toBe('returned')
    expect(returnedAnswer([])).toMatchObject({ kind: 'unproved', code: 'statement-content' })
  })
})

describe('whose answer it is', () => {
  test.each([
    ['another case', { case: '（2024）津0116执9999号' }, 'statement-other-case'],
    ['no case', { case: '' }, 'statement-other-case'],
    ['another name', { name: '李某某' }, 'statement-other-subject'],
    ['another number', { idNumber: '120116198001051011' }, 'statement-other-subject'],
    ['another request', { reference: freezeNumber }, 'statement-other-delivery'],
  ])('%s in the answer proves nothing', (_, echo, code) => {
    expect(heldAnswer([held], asked('freeze'), echo)).toEqual({ kind: 'unproved', code })
    expect(foundAnswer([found], said, echo)).toEqual({ kind: 'unproved', code })
  })

  test.each([
    ['an account of another request', { ...held, reference: freezeNumber }, 'statement-other-delivery'],
    ['an account that nobody named', { ...held, account: '6228480000000000026' }, 'statement-content'],
    ['an account under the wrong number', { ...held, item: '2' }, 'statement-content'],
    ['neither done nor not done', { ...held, state: '9' }, 'statement-content'],
    ['a day that is none', { ...held, to: '2025-02-30' }, 'statement-content'],
  ])('%s proves nothing', (_, item, code) => {
    expect(heldAnswer([item])).toMatchObject({ kind: 'unproved', code })
  })

  test('brackets of another width are the same case', () => {
    expect(heldAnswer([held], asked('freeze'), { case: '(2024)津0116执3456号' }).kind).toBe('proved')
  })

  test('an answer to the wrong question proves nothing', () => {
    expect(foundAnswer([found], asked('freeze'))).toMatchObject({ kind: 'unproved', code: 'statement-content' })
    expect(heldAnswer([held], said)).toMatchObject({ kind: 'unproved', code: 'statement-content' })
  })
})
