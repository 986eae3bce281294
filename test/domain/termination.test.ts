import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths, type BeijingDate } from '../../src/domain/beijing-date.ts'
import {
  checkInquiryInTermination,
  dueRound,
  isPaid,
  reinquiryDays,
  terminatedOnFrom,
} from '../../src/domain/termination.ts'
import { caseFile, day, yuan } from '../support/court.ts'

test('after 终本 on 2025-09-01 the property is asked about ten times, from 2026-03-01 to 2030-09-01', () => {
  const days = reinquiryDays(day('2025-09-01'))
  expect(days).toHaveLength(10)
  expect([days[0], days[1], days.at(-1)]).toEqual(['2026-03-01', '2026-09-01', '2030-09-01'])
})

test('a month without the day ends on its last, and the next half-year is not drawn forward by it', () => {
  expect(reinquiryDays(day('2025-08-31')).slice(0, 2)).toEqual(['2026-02-28', '2026-08-31'])
})

test('a round is due from its day to the day before the next, none before the first and none after five years', () => {
  const anyDay = fc.integer({ min: 0, max: 6 * 12 })
  fc.assert(
    fc.property(anyDay, (months) => {
      const began = day('2025-09-01')
      const today = addMonths(began, months)
      const due = dueRound(began, today)
      const expected = months < 6 || months > 60 ? undefined : addMonths(began, Math.floor(months / 6) * 6)
      expect(due).toBe(expected)
    }),
  )
  expect(dueRound(day('2025-09-01'), day('2026-02-28'))).toBeUndefined()
  expect(dueRound(day('2025-09-01'), day('2026-08-31'))).toBe('2026-03-01')
  expect(dueRound(day('2025-09-01'), day('2030-09-02'))).toBeUndefined()
})

test('the case may be asked about on the last day of the five years and not on the next', () => {
  const file = caseFile({ standing: 'terminated', terminatedOn: day('2025-09-01') })
  expect(checkInquiryInTermination(file, day('2030-09-01'))).toBeUndefined()
  expect(checkInquiryInTermination(file, day('2030-09-02'))).toMatchObject({ code: 'termination-inquiry-over' })
  expect(checkInquiryInTermination(caseFile({ standing: 'open' }), day('2030-09-02'))).toBeUndefined()
})

test.each([
  ['as it is told', { standing: 'terminated', terminatedOn: '2025-09-01' }, undefined, '2025-09-01'],
  ['today where it is not told', { standing: 'terminated' }, undefined, '2026-01-05'],
  ['as it was, told again without it', { standing: 'terminated' }, '2025-09-01', '2025-09-01'],
  ['corrected', { standing: 'terminated', terminatedOn: '2025-09-02' }, '2025-09-01', '2025-09-02'],
  ['none when the case is open again', { standing: 'open' }, '2025-09-01', undefined],
] as const)('the day of 终本 is %s', (_, told, before, expected) => {
  const was = before && { standing: 'terminated' as const, terminatedOn: before as BeijingDate }
  expect(terminatedOnFrom(told as Parameters<typeof terminatedOnFrom>[0], was, day('2026-01-05'))).toBe(expected)
})

test('a case is paid when claim, costs and interest are performed, and not a cent before', () => {
  const of = (fulfilled: string) =>
    isPaid(
      caseFile({
        claim: yuan('1000.00'),
        costs: yuan('10.00'),
        lateInterest: yuan('5.00'),
        fulfilled: yuan(fulfilled),
      }),
    )
  expect([of('1014.99'), of('1015.00'), of('2000.00')]).toEqual([false, true, true])
})
