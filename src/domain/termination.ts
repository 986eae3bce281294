import { addMonths, type BeijingDate, compareDates } from './beijing-date.ts'
import type { CaseFile, CaseStanding } from './case-file.ts'
import { ceilingOf } from './ceiling.ts'
import { compareMoney, zeroMoney } from './money.ts'
import { type Refusal, refuse } from './refusal.ts'

/** So long a case in 终本 is left alone before it is asked about again. */
export const monthsBetween = 6
/** For five years: so long a case in 终本 is asked about. */
export const monthsAsked = 60

/** The days on which an inquiry falls due after 终本: every six months for five years (终本规定 第九条第二款). */
export function reinquiryDays(terminatedOn: BeijingDate): readonly BeijingDate[] {
  const count = monthsAsked / monthsBetween
  return Array.from({ length: count }, (_, index) => addMonths(terminatedOn, monthsBetween * (index + 1)))
}

/** The last of these days that has come; one that was missed is made good until the next. */
export function dueRound(terminatedOn: BeijingDate, today: BeijingDate): BeijingDate | undefined {
  return isOver(terminatedOn, today)
    ? undefined
    : reinquiryDays(terminatedOn).findLast((day) => compareDates(day, today) <= 0)
}

/** The next of these days; undefined when none is to come. */
export function nextRound(terminatedOn: BeijingDate, today: BeijingDate): BeijingDate | undefined {
  return reinquiryDays(terminatedOn).find((day) => compareDates(day, today) > 0)
}

const isOver = (terminatedOn: BeijingDate, today: BeijingDate): boolean =>
  compareDates(addMonths(terminatedOn, monthsAsked), today) < 0

/** After five years the property of the debtor is asked about again only in a case that was resumed (invariant 7). */
export function checkInquiryInTermination(
  { standing, terminatedOn }: Pick<CaseFile, 'standing' | 'terminatedOn'>,
  today: BeijingDate,
): Refusal<'termination-inquiry-over'> | undefined {
  if (standing !== 'terminated' || terminatedOn === undefined || !isOver(terminatedOn, today)) return undefined
  return refuse('termination-inquiry-over', 'case')
}

/** Nothing is owed any more, so there is nothing left to ask for. */
export const isPaid = (file: CaseFile): boolean => compareMoney(ceilingOf(file), zeroMoney) <= 0

/** The day of 终本 a case has from now on: as it was told, else as it was, else the day on which it was told. */
export function terminatedOnFrom(
  told: { readonly standing: CaseStanding; readonly terminatedOn?: BeijingDate },
  before: Pick<CaseFile, 'standing' | 'terminatedOn'> | undefined,
  today: BeijingDate,
): BeijingDate | undefined {
  if (told.standing !== 'terminated') return undefined
  return told.terminatedOn ?? (before?.standing === 'terminated' ? before.terminatedOn : undefined) ?? today
}
