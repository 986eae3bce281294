import { expect, test } from 'vitest'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import { refusalToForm } from '../../src/domain/by-people.ts'
import { type MeasureKind, measureList } from '../../src/domain/measure.ts'
import type { Money } from '../../src/domain/money.ts'
import type { TargetResult } from '../../src/domain/statement.ts'

const account = { class: 'deposit', account: '6217000000000000012' } as const
const shares = { class: 'equity', certNo: 'G-7' } as const
const term = { from: '2026-06-03' as BeijingDate, to: '2027-06-02' as BeijingDate }
const amount = '0.00' as Money

const codeOf = (measure: MeasureKind, target: TargetResult) =>
  refusalToForm({ kind: 'corrected', holdings: [], targets: [target] }, [target.asset], measure)?.code

test('what is frozen needs how much is really held, be it nothing; of shares their number will do', () => {
  expect(codeOf('freeze', { asset: account, effect: 'effective', term })).toBe('answer-amount-missing')
  expect(codeOf('freeze', { asset: account, effect: 'effective', term, quantity: '1' })).toBe('answer-amount-missing')
  expect(codeOf('freeze', { asset: account, effect: 'effective', term, amount })).toBeUndefined()
  expect(codeOf('freeze', { asset: shares, effect: 'effective', term, quantity: '1000' })).toBeUndefined()
})

test('whatever holds from one day until another needs both days; what waits or is over needs none', () => {
  const dated = measureList.filter(
    (one) => codeOf(one, { asset: account, effect: 'effective', amount }) === 'answer-term-missing',
  )
  expect([...dated].sort()).toEqual(['extend', 'freeze', 'pre-seal', 'seal'])
  expect(codeOf('seal', { asset: account, effect: 'waiting', queuePlace: 2 })).toBeUndefined()
  expect(codeOf('freeze', { asset: account, effect: 'ended', endedBy: 'released' })).toBeUndefined()
})
