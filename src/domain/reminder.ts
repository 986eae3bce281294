import { addDays, type BeijingDate, compareDates } from './beijing-date.ts'
import { lastWorkingDayBy, type WorkingCalendar } from './working-day.ts'

/** A control is spoken of this many days before its end (invariant 12). */
export const reminderDays = [30, 15, 7, 1] as const

export type Reminder = { readonly daysBefore: (typeof reminderDays)[number]; readonly on: BeijingDate }

/**
 * When somebody is reminded that a control ends: 30, 15, 7 and 1 days before, each moved to the last working day on or
 * before it, since a reminder on a holiday is read too late (财产保全规定 第十八条 asks for seven days).
 */
export function remindersOf(end: BeijingDate, calendar: WorkingCalendar): readonly Reminder[] {
  return reminderDays.map((daysBefore) => ({ daysBefore, on: lastWorkingDayBy(addDays(end, -daysBefore), calendar) }))
}

/**
 * The reminder that is due: the last of those whose day has come; undefined while none has. Whoever looks every day meets
 * each of them, and whoever looks late the one that is nearest to the end.
 */
export function reminderDue(end: BeijingDate, today: BeijingDate, calendar: WorkingCalendar): Reminder | undefined {
  return remindersOf(end, calendar).findLast(({ on }) => compareDates(on, today) <= 0)
}

/**
 * The last day on which an applicant may ask for a preservation to go on: seven days before it ends (财产保全规定
 * 第十八条); whoever asks later bears what comes of it. Moved to the working day before, when somebody can take it.
 */
export function renewalAskedBy(end: BeijingDate, calendar: WorkingCalendar): BeijingDate {
  return lastWorkingDayBy(addDays(end, -7), calendar)
}

/** True when the applicant's request came in time. */
export function askedInTime(askedOn: BeijingDate, end: BeijingDate): boolean {
  return compareDates(askedOn, addDays(end, -7)) <= 0
}
