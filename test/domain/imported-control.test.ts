import { describe, expect, test } from 'vitest'
import type { Control } from '../../src/domain/control.ts'
import { checkImport, type ImportedControl, type SaidControl } from '../../src/domain/imported-control.ts'
import { account, bank, caseNumber, day, land, yuan } from '../support/court.ts'

const said: SaidControl = {
  ...{ case: caseNumber('（2026）津0116执101号'), party: 'P1', registry: bank.code, measure: 'freeze' },
  ...{ asset: account, effect: 'effective', amount: yuan('210000.00'), controlNo: 'BANK-1' },
  ...{ term: { from: day('2026-06-03'), to: day('2027-06-02') }, paperNo: '（2025）津0116执1号之一' },
}
const listed = (over: Partial<ImportedControl> = {}): ImportedControl => ({
  ...said,
  ...{ id: 'I1', caseId: 'case', importedAt: new Date('2026-06-04T00:00:00Z'), entry: 'e1' },
  ...over,
})
const control = (over: Partial<Control> = {}): Control => ({
  ...{ id: 'C1', delivery: 'D1', registry: bank.code, measure: 'freeze', assetClass: 'deposit', assetRef: 'a' },
  ...{ effect: 'effective', from: day('2026-06-03'), to: day('2027-06-02') },
  ...over,
})
type Said = { readonly [Name in keyof SaidControl]?: SaidControl[Name] | undefined }
const check = (imports: readonly ImportedControl[], controls: readonly Control[], what: Said = {}) => {
  const answer = checkImport(
    { id: 'I1', said: { ...said, ...what } as SaidControl, assetRef: 'a' },
    { imports, controls },
    new Date('2026-07-01T00:00:00Z'),
  )
  return typeof answer === 'string' ? answer : answer.code
}

test('what nobody has told of is new', () => {
  expect(check([], [])).toBe('new')
  expect(check([listed({ id: 'I2' })], [control({ id: 'I2' })])).toBe('new')
})

describe('what a list has told of before', () => {
  test('is the same again when it is said word for word, in whatever order its words stand', () => {
    expect(check([listed()], [control({ id: 'I1' })])).toBe('repeated')
    const turned = Object.fromEntries(Object.entries(said).toReversed()) as SaidControl
    expect(check([listed()], [], turned)).toBe('repeated')
    expect(check([listed()], [], { quantity: undefined })).toBe('repeated')
  })

  test.each<[string, Said]>([
    ['another sum', { amount: yuan('1.00') }],
    ['another end', { term: { from: day('2026-06-03'), to: day('2027-06-03') } }],
    ['another account', { asset: { ...account, account: '6217000000000000020' } }],
    ['one thing more', { queuePlace: 2 }],
  ])('contradicts itself with %s', (_, what) => {
    expect(check([listed()], [], what)).toBe('import-contradicts')
  })
})

describe('what an order of our own has made', () => {
  test('needs no list, in force or waiting', () => {
    expect(check([], [control()])).toBe('control-known')
    expect(check([], [control({ controlNo: 'BANK-1' })])).toBe('control-known')
    expect(check([], [control({ effect: 'waiting' })])).toBe('control-known')
    expect(check([], [control({ controlNo: 'BANK-2' })], { controlNo: undefined })).toBe('control-known')
  })

  test.each<[string, Partial<Control>]>([
    ['at another registry', { registry: land.code }],
    ['on another thing', { assetRef: 'b' }],
    ['under another number', { controlNo: 'BANK-2' }],
    ['that has ended', { effect: 'ended' }],
    ['that ran out', { to: day('2026-06-30') }],
    ['that a list brought in', { id: 'I2' }],
  ])('%s is another one', (_, over) => {
    expect(check([listed({ id: 'I2' })], [control(over)])).toBe('new')
  })
})
