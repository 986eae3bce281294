import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A day of the court's calendar, `2024-06-03`: from midnight to midnight in Beijing, wherever the machine stands. */
export type BeijingDate = Branded<string, 'BeijingDate'>

// Fixed, and not the zone Asia/Shanghai: that one had summer time until 1991, legal time today has not.
const eightHours = 8 * 3_600_000
const oneDay = 24 * 3_600_000

/** Reads `YYYY-MM-DD`, a day that was really in the calendar. */
export function parseDate(text: string): BeijingDate | Refusal<'date-malformed'> {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? []
  if (!year || !month || !day || month > 12 || day > daysInMonth(year, month)) return refuse('date-malformed')
  return text as BeijingDate
}

/** The day it is in Beijing at this instant. */
export function toBeijingDate(instant: Date): BeijingDate {
  return dayOf(instant.getTime() + eightHours)
}

/** The first moment of the day: 00:00 in Beijing. */
export function startOf(date: BeijingDate): Date {
  return new Date(midnight(date) - eightHours)
}

/** The last moment of the day, 24:00 in Beijing. What holds until a day holds while the clock is before this. */
export function endOf(date: BeijingDate): Date {
  return new Date(midnight(date) + oneDay - eightHours)
}

export function addDays(date: BeijingDate, days: number): BeijingDate {
  return dayOf(midnight(date) + days * oneDay)
}

/** The same day so many months on; where that month has no such day, its last (民法典 第二百零二条). */
export function addMonths(date: BeijingDate, months: number): BeijingDate {
  const { year, month, day } = parts(date)
  const count = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return written(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** The same day so many years on; 29 February becomes the 28th where it must. */
export function addYears(date: BeijingDate, years: number): BeijingDate {
  return addMonths(date, years * 12)
}

/** Negative, zero or positive, as `sort` wants it. */
export function compareDates(left: BeijingDate, right: BeijingDate): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0
}

/** How many days `to` is after `from`; negative when it is before. */
export function daysBetween(from: BeijingDate, to: BeijingDate): number {
  return (midnight(to) - midnight(from)) / oneDay
}

/** An instant as a Beijing clock shows it: `2024-09-10 10:12:33`. */
export function formatBeijing(instant: Date): string {
  const shown = new Date(instant.getTime() + eightHours).toISOString()
  return `${shown.slice(0, 10)} ${shown.slice(11, 19)}`
}

const midnight = (date: BeijingDate): number => Date.parse(`${date}T00:00:00Z`)

function dayOf(time: number): BeijingDate {
  const day = new Date(time)
  return written(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
}

function parts(date: BeijingDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

// Four digits of year or none: a fifth would make dates compare wrongly as text.
function written(year: number, month: number, day: number): BeijingDate {
  if (!(year >= 1 && year <= 9999)) throw new RangeError('a date outside the years 0001–9999')
  const [y, m, d] = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')]
  return `${y}-${m}-${d}` as BeijingDate
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}
