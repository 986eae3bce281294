import { z } from 'zod'
import { type ApprovalMatrix, defaultMatrix } from '../domain/approval-matrix.ts'
import { parseDate } from '../domain/beijing-date.ts'
import { defaultCalendar } from '../domain/holidays.ts'
import { measureList } from '../domain/measure.ts'
import { type Money, parseMoney } from '../domain/money.ts'
import { isRefusal } from '../domain/refusal.ts'
import { calendarOf, type WorkingCalendar } from '../domain/working-day.ts'

/** What of the law a court says for itself. */
export type LawSettings = {
  readonly approvals: ApprovalMatrix
  readonly calendar: WorkingCalendar
  /** Hours between two repetitions of an order that is repeated until its sum is met. */
  readonly repeatHours: number
}

export const lawSettings = {
  WRIT_APPROVALS: z.string().optional(),
  WRIT_WORKING_DAYS: z.string().optional(),
  WRIT_REPEAT_HOURS: z.coerce.number().int().min(1).max(168).default(24),
}

const money = z
  .string()
  .refine((text) => !isRefusal(parseMoney(text)))
  .transform((text) => parseMoney(text) as Money)
const line = z.strictObject({
  measures: z.array(z.enum(measureList)).min(1).optional(),
  from: money.optional(),
  reason: z.enum(['over-ceiling', 'restricted-account']).optional(),
  approvals: z.int().min(1).max(5),
  director: z.literal(true).optional(),
})
const isDay = (text: string) => !isRefusal(parseDate(text))
const day = z.string().refine(isDay)
const days = z.string().refine((text) => text.split('..').length <= 2 && text.split('..').every(isDay))
const year = z.strictObject({ year: z.int().min(2000).max(2199), holidays: z.array(days), worked: z.array(day) })

/** Reads both tables, each JSON; what cannot be read is a problem, never a table half taken. */
export function readLaw(
  values: {
    readonly WRIT_APPROVALS?: string | undefined
    readonly WRIT_WORKING_DAYS?: string | undefined
    readonly WRIT_REPEAT_HOURS: number
  },
  problems: string[],
): LawSettings {
  const lines = table('WRIT_APPROVALS', values.WRIT_APPROVALS, z.array(line).min(1), problems)
  const years = table('WRIT_WORKING_DAYS', values.WRIT_WORKING_DAYS, z.array(year).min(1), problems)
  return {
    approvals: lines ? lines.map(given) : defaultMatrix,
    repeatHours: values.WRIT_REPEAT_HOURS,
    calendar: years ? calendarOf(years) : defaultCalendar,
  }
}

function table<T>(name: string, text: string | undefined, schema: z.ZodType<T>, problems: string[]): T | undefined {
  if (text === undefined) return undefined
  try {
    const read = schema.safeParse(JSON.parse(text))
    if (read.success) return read.data
  } catch {
    // Said below, in the same words.
  }
  problems.push(`${name}: must be the JSON that docs/approvals.md describes`)
  return undefined
}

const given = ({ measures, from, reason, approvals, director }: z.output<typeof line>) => ({
  ...(measures && { measures }),
  ...(from && { from }),
  ...(reason && { reason }),
  ...(director && { director }),
  approvals,
})
