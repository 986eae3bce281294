import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  type BeijingDate,
  compareDates,
  daysBetween,
  endOf,
  formatBeijing,
  parseDate,
  startOf,
  toBeijingDate,
} from '../../src/domain/beijing-date.ts'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'

function day(text: string): BeijingDate {
  const date = parseDate(text)
  if (isRefusal(date)) throw new Error(`${text}: ${date.code}`)
  return date
}

const dates = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map(toBeijingDate)

describe('reading a date', () => {
  test.each(['2024-06-03', '2024-02-29', '2000-02-29', '1880-01-01', '0001-01-01', '9999-12-31'])(
    '%s is a day',
    (text) => expect(parseDate(text)).toBe(text),
  )

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '0000-01-01',
    '2024-6-3',
    '2024/06/03',
    '20240603',
    '2024-06-03T00:00:00Z',
    '+12024-06-03',
    ' 2024-06-03',
    '2024-06-03\n',
    '',
  ])('%j is none', (text) => expect(parseDate(text)).toEqual(refuse('date-malformed')))

  test('every day there is can be written and read', () => {
    fc.assert(fc.property(dates, (date) => parseDate(date) === date))
  })
})

describe('a day in Beijing', () => {
  test('begins at 16:00 of the day before in Greenwich and ends where the next begins', () => {
    expect(startOf(day('2025-06-02')).toISOString()).toBe('2025-06-01T16:00:00.000Z')
    expect(endOf(day('2025-06-02')).toISOString()).toBe('2025-06-02T16:00:00.000Z')
    fc.assert(fc.property(dates, (date) => endOf(date).getTime() === startOf(addDays(date, 1)).getTime()))
  })

  test('holds its first instant and not its end', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(toBeijingDate(startOf(date))).toBe(date)
        expect(toBeijingDate(new Date(endOf(date).getTime() - 1))).toBe(date)
        expect(toBeijingDate(endOf(date))).toBe(addDays(date, 1))
      }),
    )
  })

  test('is shown by the Beijing clock wherever the machine stands', () => {
    expect(formatBeijing(new Date('2024-09-10T02:12:33.999Z'))).toBe('2024-09-10 10:12:33')
    expect(formatBeijing(new Date('2024-12-31T16:00:00Z'))).toBe('2025-01-01 00:00:00')
  })
})

describe('counting', () => {
  test('a year from 29 February ends on the 28th', () => {
    expect(addYears(day('2024-02-29'), 1)).toBe('2025-02-28')
    expect(addYears(day('2024-02-29'), 4)).toBe('2028-02-29')
  })

  test('the default end of a three-year seal is the day before the same day', () => {
    expect(addDays(addYears(day('2024-09-10'), 3), -1)).toBe('2027-09-09')
  })

  test('a month with no such day ends on its last', () => {
    expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29')
    expect(addMonths(day('2024-08-31'), 1)).toBe('2024-09-30')
    expect(addMonths(day('2024-11-15'), 2)).toBe('2025-01-15')
    expect(addMonths(day('2024-01-15'), -1)).toBe('2023-12-15')
    expect(addMonths(day('2024-03-31'), -13)).toBe('2023-02-28')
  })

  test('days forth and back lead home, and their number is what lies between', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        const other = addDays(date, days)
        expect(daysBetween(date, other)).toBe(days)
        expect(addDays(other, -days)).toBe(date)
        expect(compareDates(other, date)).toBe(Math.sign(days))
      }),
    )
  })

  test('months move the month by exactly that many and never the day forward', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const other = addMonths(date, months)
        const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(parseDate(other)).toBe(other)
        expect(count(other) - count(date)).toBe(months)
        expect(Number(other.slice(8))).toBeLessThanOrEqual(Number(date.slice(8)))
      }),
    )
  })

  test('a later start never gives an earlier end', () => {
    fc.assert(
      fc.property(dates, dates, fc.integer({ min: 0, max: 3 }), (a, b, years) => {
        fc.pre(compareDates(a, b) <= 0)
        expect(compareDates(addYears(a, years), addYears(b, years))).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('past the year 9999 there is no date, rather than a wrong one', () => {
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addYears(day('0001-01-01'), -1)).toThrow(RangeError)
  })
})
