import { expect, test } from 'vitest'
import { addDays, type BeijingDate } from '../../src/domain/beijing-date.ts'
import { inquiryShownAfterDays, maskCaseNumber, progressOf, type Stage } from '../../src/domain/progress.ts'

const day = (text: string) => text as BeijingDate
const at = (text: string) => new Date(`${text}T10:00:00+08:00`)
const inquiry: Stage = {
  measure: 'inquire',
  asked: ['a', 'b', 'c', 'd'],
  answered: ['a', 'b', 'c'],
  isDone: true,
  askedAt: at('2026-05-30'),
  lastWord: at('2026-06-01'),
}
const freeze: Stage = { ...inquiry, measure: 'freeze', asked: ['a'], answered: ['a'], lastWord: at('2026-06-03') }

test('a measure is shown on the day it was executed, and what is on its way is not there', () => {
  const onItsWay: Stage = { ...freeze, measure: 'seal', answered: [], isDone: false, lastWord: at('2026-06-02') }
  const waiting: Stage = { ...freeze, measure: 'seal', isDone: false, lastWord: at('2026-06-02') }
  const told = progressOf({}, at('2026-05-20'), [freeze, onItsWay, waiting], day('2026-06-04'))
  expect(told).toEqual([
    { node: 'filed', on: '2026-05-20' },
    { node: 'controlled', on: '2026-06-03' },
  ])
})

test('an inquiry is shown only after something is under control, or after ten days: it would be a warning', () => {
  const on = day('2026-06-01')
  expect(progressOf({}, undefined, [inquiry], addDays(on, inquiryShownAfterDays - 1))).toEqual([])
  const shown = { node: 'inquired', on, asked: 4, answered: 3 }
  expect(progressOf({}, undefined, [inquiry], addDays(on, inquiryShownAfterDays))).toEqual([shown])
  expect(progressOf({}, undefined, [inquiry, freeze], day('2026-06-03'))[0]).toEqual(shown)
  const before = { ...freeze, lastWord: at('2026-05-31') }
  expect(progressOf({}, undefined, [inquiry, before], day('2026-06-03'))).toEqual([
    { node: 'controlled', on: '2026-05-31' },
  ])
})

test('what fell on one day is one node, a registry that was asked twice is one, and the day of 终本 is one', () => {
  const told = progressOf(
    { terminatedOn: day('2026-07-01') },
    undefined,
    [{ ...inquiry, asked: ['a', 'b', 'c'] }, { ...inquiry, asked: ['c', 'd'], answered: ['c', 'd'] }, freeze, freeze],
    day('2026-07-02'),
  )
  expect(told).toEqual([
    { node: 'inquired', on: '2026-06-01', asked: 4, answered: 4 },
    { node: 'controlled', on: '2026-06-03' },
    { node: 'terminated', on: '2026-07-01' },
  ])
})

test('a registry that owes an answer about one debtor has not answered, though it did about another', () => {
  const all: Stage = { ...inquiry, answered: inquiry.asked }
  const { lastWord: _, ...silent } = { ...inquiry, asked: ['d'], answered: [] }
  const told = (other: Stage) => progressOf({}, undefined, [all, other, freeze], day('2026-06-04'))[0]
  expect(told(all)).toMatchObject({ asked: 4, answered: 4 })
  expect(told(inquiry)).toMatchObject({ asked: 4, answered: 3 })
  expect(told(silent)).toMatchObject({ asked: 4, answered: 3 })
  // One that was begun after the last control is not to be guessed from a number.
  expect(told({ ...silent, askedAt: at('2026-06-04') })).toMatchObject({ asked: 4, answered: 4 })
})

test('of a case number only the last digit of its serial is shown', () => {
  expect(maskCaseNumber('（2026）津0116执3456号')).toBe('（2026）津0116执***6号')
  expect(maskCaseNumber('（2026）津0116执保7号之一')).toBe('（2026）津0116执保7号之一')
})
