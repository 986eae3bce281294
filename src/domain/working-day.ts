import { addDays, type BeijingDate, compareDates } from './beijing-date.ts'

/**
 * Which days a court works: weekdays, less the holidays, plus the days worked instead (调休). `years` are those for which
 * the State Council's notice is in the table; of any other year only weekends are known.
 */
export type WorkingCalendar = {
  readonly years: readonly number[]
  readonly holidays: ReadonlySet<string>
  readonly worked: ReadonlySet<string>
}

/** How the table is written in a file: days or ranges `2026-02-15..2026-02-23`. */
export type CalendarYear = {
  readonly year: number
  readonly holidays: readonly string[]
  readonly worked: readonly string[]
}

export function calendarOf(years: readonly CalendarYear[]): WorkingCalendar {
  return {
    years: years.map(({ year }) => year),
    holidays: new Set(years.flatMap(({ holidays }) => holidays.flatMap(daysIn))),
    worked: new Set(years.flatMap(({ worked }) => worked.flatMap(daysIn))),
  }
}

function daysIn(written: string): string[] {
  const [from, to = from] = written.split('..') as [BeijingDate, BeijingDate?]
  const days: string[] = []
  for (let day = from; compareDates(day, to) <= 0; day = addDays(day, 1)) days.push(day)
  return days
}

/** True on a day the court works. */
export function isWorkingDay(day: BeijingDate, calendar: WorkingCalendar): boolean {
  if (calendar.worked.has(day)) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.has(day)
}

/** The day itself when the court works on it, else the last one before it. */
export function lastWorkingDayBy(day: BeijingDate, calendar: WorkingCalendar): BeijingDate {
  let at = day
  while (!isWorkingDay(at, calendar)) at = addDays(at, -1)
  return at
}

/** The n-th working day after a day; the day itself is not counted (民法典 第二百零一条). */
export function workingDaysAfter(day: BeijingDate, count: number, calendar: WorkingCalendar): BeijingDate {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at, calendar)) left -= 1
  }
  return at
}

/** The same or the next working day: a period that ends on a holiday ends after it (民法典 第二百零三条). */
export function nextWorkingDayFrom(day: BeijingDate, calendar: WorkingCalendar): BeijingDate {
  let at = day
  while (!isWorkingDay(at, calendar)) at = addDays(at, 1)
  return at
}
