import { z } from 'zod'
import { type ApprovalMatrix, defaultMatrix } from '../domain/approval-matrix.ts'
import { parseDate } from '../domain/beijing-date.ts'
import { defaultCalendar } from '../domain/holidays.ts'
import { measureList } from '../domain/measure.ts'
import { type Money, parseMoney } from '../domain/money.ts'
import { isRefusal } from '../domain/refusal.ts'
import type { ResponseTable } from '../domain/response-time.ts'
import { houseKinds, type Reckoning } from '../domain/task.ts'
import { calendarOf } from '../domain/working-day.ts'

/** What of the law a court says for itself. */
export type LawSettings = {
  readonly approvals: ApprovalMatrix
  /** The days a court works, and takes for tasks whose article names none. */
  readonly reckoning: Reckoning
  /** Hours within which registries owe an answer. */
  readonly responses: ResponseTable
  /** Hours between two repetitions of an order that is repeated until its sum is met. */
  readonly repeatHours: number
  /** Days after which a bank that holds a freeze is asked again about its accounts. */
  readonly reinquireDays: number
}

export const lawSettings = {
  WRIT_APPROVALS: z.string().optional(),
  WRIT_WORKING_DAYS: z.string().optional(),
  WRIT_TASK_DAYS: z.string().optional(),
  WRIT_RESPONSE_HOURS: z.string().optional(),
  WRIT_REPEAT_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  WRIT_REINQUIRE_DAYS: z.coerce.number().int().min(1).max(365).default(30),
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

const taskDays = z.partialRecord(z.enum(houseKinds), z.int().min(1).max(60))
const response = z.strictObject({
  registries: z.array(z.string().min(1)).min(1).optional(),
  measures: z.array(z.enum(measureList)).min(1).optional(),
  hours: z
    .number()
    .positive()
    .max(24 * 365),
})

type Intervals = Readonly<Record<'WRIT_REPEAT_HOURS' | 'WRIT_REINQUIRE_DAYS', number>>
type Tables = Readonly<Partial<Record<Table, string | undefined>>> & Intervals

/** Reads the tables, each JSON; what cannot be read is a problem, never a table half taken. */
export function readLaw(values: Tables, problems: string[]): LawSettings {
  const lines = table('WRIT_APPROVALS', values.WRIT_APPROVALS, z.array(line).min(1), problems)
  const years = table('WRIT_WORKING_DAYS', values.WRIT_WORKING_DAYS, z.array(year).min(1), problems)
  const days = table('WRIT_TASK_DAYS', values.WRIT_TASK_DAYS, taskDays, problems)
  const responses = table('WRIT_RESPONSE_HOURS', values.WRIT_RESPONSE_HOURS, z.array(response), problems)
  return {
    approvals: lines ? lines.map(given) : defaultMatrix,
    reckoning: { calendar: years ? calendarOf(years) : defaultCalendar, ...(days && { days: given(days) }) },
    responses: (responses ?? []).map(given),
    repeatHours: values.WRIT_REPEAT_HOURS,
    reinquireDays: values.WRIT_REINQUIRE_DAYS,
  }
}

const described = {
  WRIT_APPROVALS: 'approvals.md',
  WRIT_WORKING_DAYS: 'approvals.md',
  WRIT_TASK_DAYS: 'tasks.md',
  WRIT_RESPONSE_HOURS: 'tasks.md',
} as const

type Table = keyof typeof described

function table<T>(name: Table, text: string | undefined, schema: z.ZodType<T>, problems: string[]): T | undefined {
  if (text === undefined) return undefined
  try {
    const read = schema.safeParse(JSON.parse(text))
    if (read.success) return read.data
  } catch {
    // Said below, in the same words.
  }
  problems.push(`${name}: must be the JSON that docs/${described[name]} describes`)
  return undefined
}

type Given<T> = { [Name in keyof T]: Exclude<T[Name], undefined> }

/** What a line leaves out is absent, not undefined. */
function given<T extends object>(line: T): Given<T> {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)) as Given<T>
}
