import { expect, test } from 'vitest'
import { fieldsAgain } from '../../src/console/answers/again.ts'
import { answerIn, fieldsOf } from '../../src/console/answers/read.ts'
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

test('an account is kept without the blanks it was typed with, and what was entered fills the form again', () => {
  const paper = { measure: 'inquire' as const, answered: false, request: {} } as unknown as CounterDelivery
  const found = {
    'h0.class': 'deposit',
    'h0.naming': 'account',
    'h0.number': ' 6217 0000 ０００',
    'h0.balance': '1,200.5',
  }
  const fields = fieldsOf({ ...found, result: 'found', case: '（2026）津0116执1号', name: '张某某', idNumber: '1' })
  const answer = answerIn(fields, paper) as { holdings: object[] }
  expect(answer.holdings).toMatchObject([{ asset: { account: '62170000000' }, balance: '1200.50' }])
  const again = fieldsAgain({ ...answer }, paper)
  expect(answerIn(again, paper)).toEqual(answer)
})
