import { expect, test } from 'vitest'
import { exhaustionOf, type Inquired } from '../../src/domain/exhaustion.ts'
import { bank, caseFile, debtorParty, land } from '../support/court.ts'

const other = { ...bank, code: '102110000017' as never, name: '某某工商银行分行' }
const file = caseFile({ parties: [debtorParty, { ...debtorParty, id: 'A', role: 'applicant' }] })
const at = (day: number) => new Date(Date.UTC(2026, 5, day))
const inquired = (over: Partial<Inquired> = {}): Inquired => ({
  ...{
    party: debtorParty.id,
    registry: bank.code,
    kinds: ['deposit'],
    request: 'r1',
    delivery: 'd1',
    reference: 'r-1',
    at: at(1),
  },
  ...{ answeredAt: at(2), found: [] },
  ...over,
})
const ofDeposits = (inquiries: readonly Inquired[], registries = [bank, other]) =>
  exhaustionOf(file, inquiries, registries)[0]?.classes.find(({ assetClass }) => assetClass === 'deposit')

test('only who owes is looked into', () => {
  expect(exhaustionOf(file, [], [bank]).map(({ party }) => party.id)).toEqual([debtorParty.id])
})

test('deposits are looked into when every bank that is connected has answered, and not before', () => {
  expect(ofDeposits([inquired()])).toMatchObject({ state: 'not-asked', missing: [other.code] })
  const { answeredAt: _, ...silent } = inquired({ registry: other.code, delivery: 'd2' })
  expect(ofDeposits([inquired(), silent])).toMatchObject({ state: 'unanswered', missing: [] })
  expect(ofDeposits([inquired(), inquired({ registry: other.code, delivery: 'd2' })])?.state).toBe('done')
})

test('an answer is not undone by a later inquiry that is still open', () => {
  const { answeredAt: _, ...later } = inquired({ delivery: 'd9', at: at(9) })
  expect(ofDeposits([inquired(), later], [bank])).toMatchObject({ state: 'done', last: [{ delivery: 'd1' }] })
  expect(ofDeposits([inquired(), inquired({ delivery: 'd9', at: at(9) })], [bank])).toMatchObject({
    last: [{ delivery: 'd9' }],
  })
})

test('what was asked of somebody else, or about something else, does not count', () => {
  expect(ofDeposits([inquired({ party: 'A' })], [bank])?.state).toBe('not-asked')
  expect(ofDeposits([inquired({ kinds: ['transactions'] })], [bank])?.state).toBe('not-asked')
})

test('what no registry here keeps is said to be looked into by hand, and counts each thing under its class alone', () => {
  const [looked] = exhaustionOf(file, [inquired({ found: ['deposit', 'deposit', 'fund'] })], [bank])
  const states = Object.fromEntries(looked?.classes.map(({ assetClass, state }) => [assetClass, state]) ?? [])
  expect(states).toMatchObject({ deposit: 'done', movable: 'not-connected', equity: 'not-connected' })
  expect(looked?.classes.find(({ assetClass }) => assetClass === 'deposit')?.last).toMatchObject([{ found: 2 }])
  expect(looked?.isExhausted).toBe(true)
  expect(exhaustionOf(file, [inquired()], [bank, land])[0]?.isExhausted).toBe(false)
})

test('a bank that has gone since has answered all the same', () => {
  expect(ofDeposits([inquired()], [])).toMatchObject({ state: 'done', last: [{ registry: bank.code }] })
})
