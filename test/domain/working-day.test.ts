import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, compareDates, daysBetween } from '../../src/domain/beijing-date.ts'
import { defaultCalendar, knownYears } from '../../src/domain/holidays.ts'
import { askedInTime, reminderDays, remindersOf, renewalAskedBy } from '../../src/domain/reminder.ts'
import {
  calendarOf,
  isWorkingDay,
  lastWorkingDayBy,
  nextWorkingDayFrom,
  workingDaysAfter,
} from '../../src/domain/working-day.ts'
import { day } from '../support/court.ts'
import { anyDay } from './controls-told.ts'

describe('the days a court works', () => {
  test.each([
    ['2026-02-14', true, 'a Saturday worked instead of the Spring Festival (调休)'],
    ['2026-02-16', false, 'the eve of the Spring Festival, a Monday'],
    ['2026-02-24', true, 'the first Tuesday after it'],
    ['2025-10-08', false, 'the eighth day of the National Day of 2025'],
    ['2025-10-11', true, 'the Saturday worked instead'],
    ['2026-06-06', false, 'any Saturday'],
    ['2026-06-05', true, 'any Friday'],
    ['2031-10-01', true, 'a Wednesday of a year nobody has announced yet: only weekends are known'],
  ])('%s: %s — %s', (text, works) => {
    expect(isWorkingDay(day(text), defaultCalendar)).toBe(works)
  })

  test('every day worked instead is a weekend, and every year is announced once', () => {
    const weekend = knownYears.flatMap(({ worked }) => worked).map((text) => new Date(`${text}T00:00:00Z`).getUTCDay())
    expect(weekend.every((at) => at === 0 || at === 6)).toBe(true)
    expect(new Set(defaultCalendar.years).size).toBe(defaultCalendar.years.length)
    for (const { year, holidays, worked } of knownYears)
      expect([...holidays, ...worked].every((text) => text.startsWith(String(year)))).toBe(true)
  })

  test('a file of one’s own stands in its place', () => {
    const own = calendarOf([{ year: 2031, holidays: ['2031-10-01..2031-10-07'], worked: ['2031-09-28'] }])
    expect(isWorkingDay(day('2031-10-03'), own)).toBe(false)
    expect(isWorkingDay(day('2031-09-28'), own)).toBe(true)
  })

  test.each([
    ['2026-02-23', '2026-02-14', '2026-02-24'],
    ['2026-02-24', '2026-02-24', '2026-02-24'],
    ['2026-06-07', '2026-06-05', '2026-06-08'],
  ])('%s: the last working day by it is %s, the next from it %s', (text, last, next) => {
    expect(lastWorkingDayBy(day(text), defaultCalendar)).toBe(last)
    expect(nextWorkingDayFrom(day(text), defaultCalendar)).toBe(next)
  })

  test.each([
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-06-05', 0, '2026-06-05'],
  ])('%s and %i working days after it is %s', (from, count, to) => {
    expect(workingDaysAfter(day(from), count, defaultCalendar)).toBe(to)
  })

  test('so many working days lie between as were counted', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const to = workingDaysAfter(from, count, defaultCalendar)
        const between = Array.from({ length: daysBetween(from, to) }, (_, n) => addDays(from, n + 1))
        expect(between.filter((at) => isWorkingDay(at, defaultCalendar)).length).toBe(count)
        expect(isWorkingDay(to, defaultCalendar)).toBe(true)
      }),
    )
  })
})

describe('no control ends unseen (invariant 12)', () => {
  test('the worked freeze, until 2025-06-02', () => {
    expect(remindersOf(day('2025-06-02'), defaultCalendar)).toEqual([
      { daysBefore: 30, on: '2025-04-30' },
      { daysBefore: 15, on: '2025-05-16' },
      { daysBefore: 7, on: '2025-05-26' },
      { daysBefore: 1, on: '2025-05-30' },
    ])
  })

  test('whenever it ends, there are four reminders, on working days, before it and never late', () => {
    fc.assert(
      fc.property(anyDay, (end) => {
        const reminders = remindersOf(end, defaultCalendar)
        expect(reminders.map(({ daysBefore }) => daysBefore)).toEqual([...reminderDays])
        for (const { daysBefore, on } of reminders) {
          expect(isWorkingDay(on, defaultCalendar)).toBe(true)
          expect(compareDates(on, addDays(end, -daysBefore))).toBeLessThan(1)
          expect(daysBetween(on, addDays(end, -daysBefore))).toBeLessThan(10)
        }
      }),
    )
  })

  test('an applicant asks for a preservation to go on seven days before it ends (财产保全规定 第十八条)', () => {
    expect(askedInTime(day('2025-05-26'), day('2025-06-02'))).toBe(true)
    expect(askedInTime(day('2025-05-27'), day('2025-06-02'))).toBe(false)
    expect(renewalAskedBy(day('2026-03-01'), defaultCalendar)).toBe('2026-02-14')
  })
})
