import { expect, test } from 'vitest'
import { answerIn } from '../../src/console/answers/read.ts'
import { usualFields } from '../../src/console/answers/usual.ts'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import type { CounterDelivery } from '../../src/http/clerk/view.ts'

const asset = { class: 'deposit' as const, account: '6217000000000000012' }
const today = '2026-06-03' as BeijingDate
const asked = (over: object, targets: object[] = []) =>
  ({
    measure: 'freeze',
    targets,
    request: { targets: [{ asset, scope: 'whole', amount: '600.00' }], ...over },
  }) as unknown as Pick<CounterDelivery, 'measure' | 'request' | 'targets'>

const months = { term: { months: 12, starts: 'activation' } }

test('a clerk finds filled in what was asked, from today for as long as was asked', () => {
  const usual = { 't0.amount': '600.00', 't0.from': '2026-06-03', 't0.to': '2027-06-02' }
  expect(usualFields(asked(months), today)).toEqual(usual)
  const dates = { term: { from: '2026-06-01', to: '2027-05-31' } }
  expect(usualFields(asked(dates), today)).toEqual({ ...usual, 't0.to': '2027-05-31' })
  const later = { term: { from: '2026-06-10', to: '2027-06-09' } }
  expect(usualFields(asked(later), today)).toMatchObject({ 't0.from': '2026-06-10', 't0.to': '2027-06-09' })
})

test('of a correction what was stated before is filled in', () => {
  const term = { from: '2026-06-02', to: '2027-06-01' }
  const stated = { asset, effect: 'effective', amount: '20.00', term, controlNo: 'D-1' }
  expect(usualFields(asked(months, [stated]), today)).toEqual({
    ...{ 't0.amount': '20.00', 't0.from': '2026-06-02', 't0.to': '2027-06-01', 't0.controlNo': 'D-1' },
  })
})

test('what was filled in counts for what was done, and never for what waits, was not done or is over', () => {
  const request = asked(months)
  const usual = usualFields(request, today)
  const told = (outcome: string) => answerIn({ ...usual, result: 'by-target', 't0.outcome': outcome }, request)
  expect(told('done')).toMatchObject({ targets: [{ effect: 'effective', amount: '600.00', term: { from: today } }] })
  for (const outcome of ['waiting', 'none', 'ended']) {
    const { targets } = told(outcome) as { targets: object[] }
    expect(targets[0]).not.toHaveProperty('amount')
    expect(targets[0]).not.toHaveProperty('term')
  }
})
