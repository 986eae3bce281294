import { addDays, type BeijingDate, compareDates, toBeijingDate } from './beijing-date.ts'
import { type Control, lastDayOf } from './control.ts'
import { reminderDue } from './reminder.ts'
import type { TaskEvent } from './tasks-raised.ts'
import type { WorkingCalendar } from './working-day.ts'

/**
 * No reminder comes earlier than this before an end: thirty days, moved back over the longest run of days off that a
 * calendar can hold.
 */
export const horizonDays = 45

/** An end that nobody saw is spoken of for so long; what ran out before that is history, and no task. */
const hindsightDays = 365

/**
 * That a control ends soon, as the calendar says it today (invariant 12). One that ran out unseen, because nobody was told
 * of it in time or the gateway stood still, is spoken of all the same: it is still `effective` in the register's words.
 */
export function endingOf(control: Control, now: Date, calendar: WorkingCalendar): TaskEvent | undefined {
  const lastDay = control.effect === 'effective' ? lastDayOf(control) : undefined
  if (lastDay === undefined) return undefined
  const today = toBeijingDate(now)
  const reminder = reminderDue(lastDay, today, calendar)
  if (!reminder || compareDates(lastDay, forgottenOn(today)) < 0) return undefined
  const { id, delivery } = control
  return { kind: 'control-ending', at: now, control: id, delivery, lastDay, daysBefore: reminder.daysBefore }
}

/** What ended before this day is spoken of no more. */
export const forgottenOn = (today: BeijingDate): BeijingDate => addDays(today, -hindsightDays)
