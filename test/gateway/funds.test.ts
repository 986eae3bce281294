import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ceilingOf } from '../../src/domain/ceiling.ts'
import type { Measure, Payee } from '../../src/domain/measure.ts'
import { renminbi } from '../../src/domain/money.ts'
import type { Person } from '../../src/domain/person.ts'
import { approve } from '../../src/gateway/approve.ts'
import { matchByHand, recordArrival, type SaidArrival } from '../../src/gateway/arrivals.ts'
import { confirmFundAccount, enterFundAccount } from '../../src/gateway/fund-account.ts'
import { submit } from '../../src/gateway/submit.ts'
import { transfersOfCase } from '../../src/gateway/transfers.ts'
import {
  account,
  approverSun,
  approverZhao,
  asked,
  bank,
  clerkFeng,
  clerkQian,
  day,
  hedong,
  measureOf,
  officerLin,
  sure,
  whole,
  yuan,
} from '../support/court.ts'
import { personWith } from '../support/people.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const payee: Payee = measureOf.transfer.payee
const newer = { ...payee, account: '0302000000000000001' }
const enter = (file: OpenCase, by: Person = clerkQian, to = payee) => enterFundAccount(office.parts, by, file.id, to)
const confirm = (file: OpenCase, id: string, by: Person = clerkFeng, number = payee.account) =>
  confirmFundAccount(office.parts, by, file.id, { id, account: number })
const moving = (amount: string): Measure => ({
  ...measureOf.transfer,
  targets: [whole(account, { amount: yuan(amount) })],
})
let serial = 0
const bankNumber = () => {
  serial += 1
  return `20250610${String(serial).padStart(6, '0')}`
}
const came = (amount: string, over: Partial<SaidArrival> = {}): SaidArrival => {
  return { amount: yuan(amount), currency: renminbi, on: day('2026-06-10'), bankReference: bankNumber(), ...over }
}
const record = async (said: SaidArrival, by: Person = clerkQian) => sure(await recordArrival(office.parts, by, said))
const named = (file: OpenCase) => ({ case: file.number as NonNullable<SaidArrival['case']> })
const stateOf = async (file: OpenCase) =>
  (await transfersOfCase(office.parts, file.id)).map(({ transfer: { due, arrived } }) => [due, arrived])
const fulfilledIn = async (file: OpenCase) => (await office.opened.reads.caseById(file.id))?.fulfilled

describe('the account of a case', () => {
  test('is entered by one finance clerk and confirmed by another, who types its number once more', async () => {
    const file = await office.openCase()
    expect(await office.ask(file, measureOf.transfer)).toMatchObject({ code: 'fund-account-missing' })
    const { id } = sure(await enter(file))
    expect(await office.ask(file, measureOf.transfer)).toMatchObject({ code: 'fund-account-unconfirmed' })
    expect(await confirm(file, id, clerkQian)).toMatchObject({ code: 'fund-account-entered-by-you' })
    expect(await confirm(file, id, clerkFeng, newer.account)).toMatchObject({ code: 'fund-account-differs' })
    expect(await confirm(file, file.id)).toMatchObject({ code: 'fund-account-not-waiting' })
    sure(await confirm(file, id))
    expect(await confirm(file, id)).toMatchObject({ code: 'fund-account-not-waiting' })
    sure(await office.ask(file, measureOf.transfer))
    expect((await office.kinds(file.id)).filter((kind) => kind.startsWith('fund-account'))).toEqual([
      'fund-account.entered',
      'fund-account.confirmed',
    ])
  })

  test('is changed by two again: the old one goes on until the second has confirmed the new one', async () => {
    const file = await office.openCase()
    await office.keepAccount(file)
    expect(await enter(file)).toMatchObject({ code: 'fund-account-same' })
    const { id } = sure(await enter(file, clerkFeng, newer))
    const waiting = sure(await office.ask(file, measureOf.transfer))
    sure(await confirm(file, id, clerkQian, newer.account))
    expect(await office.ask(file, measureOf.transfer)).toMatchObject({ code: 'payee-not-fund-account' })
    // What was asked for before the change does not leave for the old account either.
    const at = { id: waiting.id, caseId: file.id }
    expect(await approve(office.parts, approverZhao, at)).toMatchObject({ code: 'payee-not-fund-account' })
    expect(await office.opened.reads.exchangesOf(waiting.id)).toEqual([])
  })

  test('of two that were entered only the later one can be confirmed', async () => {
    const file = await office.openCase()
    const first = sure(await enter(file))
    const second = sure(await enter(file, clerkQian, newer))
    expect(await confirm(file, first.id)).toMatchObject({ code: 'fund-account-not-waiting' })
    sure(await confirm(file, second.id, clerkFeng, newer.account))
  })

  test('is a court’s, at a bank that is one, and kept by the finance clerks of its own court alone', async () => {
    const file = await office.openCase()
    expect(await enter(file, clerkQian, { ...payee, name: '张某某' })).toMatchObject({ code: 'fund-account-holder' })
    const wrong = { ...payee, account: '6217000000000000021' }
    expect(await enter(file, clerkQian, wrong)).toMatchObject({ code: 'card-number-check' })
    expect(await enter(file, officerLin)).toMatchObject({ code: 'role-missing' })
    expect(await enter(file, approverZhao)).toMatchObject({ code: 'role-missing' })
    const elsewhere = personWith('clerk-elsewhere', '外院人员', ['finance-clerk'], hedong)
    expect(await enter(file, elsewhere)).toMatchObject({ code: 'case-unknown' })
    const { id } = sure(await enter(file))
    expect(await confirm(file, id, elsewhere)).toMatchObject({ code: 'case-unknown' })
    expect(await confirm(file, id, officerLin)).toMatchObject({ code: 'role-missing' })
  })

  test('is taken from the case by a transfer that names none, and signed into what the bank gets', async () => {
    const file = await office.openCase()
    await office.keepAccount(file)
    const { payee: _, ...measure } = measureOf.transfer
    const drafted = { ...asked(measureOf.transfer, { party: file.party }), measure }
    const once = { client: officerLin.id, key: 'without-payee', digest: 'x' }
    const { id } = sure(await submit(office.parts, officerLin, file.id, drafted, once))
    for (const by of [approverZhao, approverSun]) await approve(office.parts, by, { id, caseId: file.id })
    const [exchange] = await office.opened.reads.exchangesOf(id)
    const [, claims = ''] = exchange?.delivery.jws.split('.') ?? []
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ payee })
  })

  test('is used by nobody who keeps it, though they are no finance clerk any more', async () => {
    const file = await office.openCase()
    await office.keepAccount(file)
    const turned = (by: Person, role: 'officer' | 'approver') => ({ ...officerLin, id: by.id, ...holding(role) })
    const holding = (role: 'officer' | 'approver') => ({ holds: officerLin.holds.map((held) => ({ ...held, role })) })
    const maker = turned(clerkQian, 'officer')
    expect(await office.ask(file, measureOf.transfer, {}, maker)).toMatchObject({ code: 'fund-account-keeper' })
    const { id } = sure(await office.ask(file, measureOf.transfer))
    const answer = await approve(office.parts, turned(clerkFeng, 'approver'), { id, caseId: file.id })
    expect(answer).toMatchObject({ code: 'fund-account-keeper' })
  })

  test('leaves its number in no column and no leaf', async () => {
    const file = await office.openCase()
    const to = { ...payee, account: '0302000099998888777' }
    const { id } = sure(await enter(file, clerkQian, to))
    sure(await confirm(file, id, clerkFeng, to.account))
    const { queries } = office.opened.database
    for (const table of ['fund_account', 'entry', 'payload'])
      expect(JSON.stringify(await queries.execute(`select t::text from ${table} t`))).not.toContain('99998888777')
    expect(await office.opened.reads.fundAccounts(file.id)).toMatchObject([{ payee: to }])
  })
})

describe('money that has come', () => {
  const done = async (file: OpenCase, amount: string, sent = amount) => {
    const transfer = await office.send(file, moving(amount))
    const target = { asset: account, effect: 'ended', endedBy: 'disposed', amount: yuan(sent) } as const
    await office.tell(transfer, { kind: sent === amount ? 'executed' : 'partly', targets: [target] })
    return transfer.delivery
  }

  test('closes the transfer whose number it bears, and counts into what was performed', async () => {
    const file = await office.openCase()
    const { id, reference } = await done(file, '210000')
    expect(await stateOf(file)).toEqual([['210000.00', '0.00']])
    expect(await record(came('210000', { transferReference: reference }))).toMatchObject({ transfer: id })
    expect(await stateOf(file)).toEqual([['210000.00', '210000.00']])
    expect(await fulfilledIn(file)).toBe('210000.00')
    const now = await office.opened.reads.caseById(file.id)
    expect(now && ceilingOf(now)).toBe('1085200.00')
    expect((await office.kinds(file.id)).at(-1)).toBe('arrival.matched')
  })

  test('is found without a number only within the case it is said to be for', async () => {
    const file = await office.openCase()
    const other = await office.openCase()
    const { id } = await done(file, '1111.11')
    await done(other, '1111.11')
    expect(await record(came('1111.11'))).toMatchObject({ why: 'no-transfer' })
    expect(await record(came('1111.11', named(file)))).toMatchObject({ transfer: id })
    expect(await stateOf(other)).toEqual([['1111.11', '0.00']])
  })

  test('may come before the bank has said that it sent it, and of part of it when that is what was sent', async () => {
    const file = await office.openCase()
    const early = await office.send(file, moving('500'))
    expect(await record(came('500', named(file)))).toMatchObject({ transfer: early.delivery.id })
    const { id } = await done(file, '900', '300')
    expect(await record(came('900', named(file)))).toMatchObject({ why: 'no-transfer' })
    expect(await record(came('300', named(file)))).toMatchObject({ transfer: id })
  })

  test('never comes of a transfer that was refused', async () => {
    const file = await office.openCase()
    const transfer = await office.send(file, moving('700'))
    await office.tell(transfer, { kind: 'refused', reason: { code: 'x', text: '账户无余额' } })
    expect(await record(came('700', named(file)))).toMatchObject({ why: 'no-transfer' })
    expect(await stateOf(file)).toEqual([])
  })

  test('is one arrival however often it is recorded; another sum under the same number is none', async () => {
    const file = await office.openCase()
    await done(file, '50')
    const said = came('50', named(file))
    const first = await record(said)
    expect(await record(said, clerkFeng)).toEqual({ kind: 'repeated', id: first.id, transfer: first.transfer })
    expect(await fulfilledIn(file)).toBe('50.00')
    expect(await recordArrival(office.parts, clerkQian, { ...said, amount: yuan('51') })).toMatchObject({
      code: 'arrival-contradicts',
    })
    const both = await Promise.all([
      record({ ...said, bankReference: 'same-1' }),
      record({ ...said, bankReference: 'same-1' }),
    ])
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'repeated'])
  })

  test('that could not be placed waits in a list, and is placed by hand, in parts and never beyond the transfer', async () => {
    const file = await office.openCase()
    const { id } = await done(file, '800')
    const [some, rest, more] = [await record(came('300')), await record(came('500')), await record(came('1'))]
    const place = ({ id: arrival }: { id: string }, by = clerkQian) => matchByHand(office.parts, by, arrival, id)
    const open = { courts: ['津0116'], unmatched: true, limit: 200 }
    const waiting = async () => (await office.opened.reads.arrivals(open)).map((row) => row.id)
    expect(await waiting()).toEqual(expect.arrayContaining([some.id, rest.id, more.id]))
    expect(await place(some, personWith('x', '外院人员', ['finance-clerk'], hedong))).toMatchObject({
      code: 'arrival-unknown',
    })
    sure(await place(some))
    expect(await place(some)).toMatchObject({ code: 'arrival-matched' })
    sure(await place(rest))
    expect(await place(more)).toMatchObject({ code: 'arrival-exceeds-transfer' })
    expect(await matchByHand(office.parts, clerkQian, more.id, some.id)).toMatchObject({ code: 'transfer-unknown' })
    expect(await matchByHand(office.parts, clerkQian, id, id)).toMatchObject({ code: 'arrival-unknown' })
    expect(await stateOf(file)).toEqual([['800.00', '800.00']])
    expect(await fulfilledIn(file)).toBe('800.00')
    expect(await waiting()).not.toContain(rest.id)
    expect(await waiting()).toContain(more.id)
  })

  test('of a case that comes signed from the court’s system closes the transfer, and the sum is left to that system', async () => {
    const file = await office.openCase()
    const { id } = await done(file, '60')
    await office.parts.store.act(file.id, async (act) => {
      const { standing, claim, costs, judge } = act.file
      await act.takeFromSource({ standing, claim, costs, judge, source: 'case-system', sequence: 1 })
      return { kind: 'taken' as const }
    })
    expect(await record(came('60', named(file)))).toMatchObject({ transfer: id })
    expect(await fulfilledIn(file)).toBeUndefined()
    expect(await stateOf(file)).toEqual([['60.00', '60.00']])
  })

  test('of a sealed case is placed by nobody outside it: for them that case is not there', async () => {
    const file = await office.openCase()
    const { reference } = await done(file, '40')
    await office.parts.store.act(file.id, async (act) => {
      await act.assign({ isSealed: true, members: [officerLin.id], by: 'x', at: new Date() })
      return { kind: 'sealed' as const }
    })
    expect(await record(came('40', { transferReference: reference }))).toMatchObject({ why: 'no-transfer' })
    expect(await recordArrival(office.parts, clerkQian, came('40', named(file)))).toMatchObject({
      code: 'case-unknown',
    })
  })

  test('is recorded by finance clerks and nobody else', async () => {
    expect(await recordArrival(office.parts, officerLin, came('1'))).toMatchObject({ code: 'role-missing' })
    expect(await matchByHand(office.parts, approverZhao, 'x', 'x')).toMatchObject({ code: 'role-missing' })
  })

  test('is not what a release waits for: it waits until the bank has sent', async () => {
    const file = await office.openCase()
    const freeze = await office.send(file, measureOf.freeze)
    const term = { from: day('2026-01-01'), to: day('2096-12-31') }
    await office.tell(freeze, {
      kind: 'executed',
      targets: [{ asset: account, effect: 'effective', amount: yuan('300000'), term }],
    })
    const on = { parent: { delivery: freeze.delivery.id } }
    const transfer = await office.send(file, { ...measureOf.transfer, ...on })
    const release: Measure = { ...measureOf.release, targets: [whole(account)], ...on }
    const ask = () => office.ask(file, release, { registries: [bank.code] })
    expect(await ask()).toMatchObject({ code: 'transfer-pending' })
    const sent = { asset: account, effect: 'ended', endedBy: 'disposed', amount: yuan('210000') } as const
    await office.tell(transfer, { kind: 'executed', targets: [sent] })
    sure(await ask())
  })
})
