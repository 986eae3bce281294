import { z } from 'zod'
import { addDays, endOf, startOf, toBeijingDate } from '../../domain/beijing-date.ts'
import { entryFilters } from '../../http/audit/asked.ts'
import type { FiguresAsked } from '../../http/audit/figures.ts'
import { anyCaseNumber, caseNumber, day, given } from '../../http/fields.ts'

/** The filters as they stand in an address. A case number names nobody; who acted is an opaque id. */
const inAddress = entryFilters
  .omit({ limit: true })
  .extend({ from: day.optional(), to: day.optional(), case: anyCaseNumber.optional() })

export type Filters = z.output<typeof inAddress>

const linesOnAPage = 40
/** How far back the log is shown where nothing was asked for: so that a look at it never counts a million entries. */
const daysShown = 30

/** The fields of the form over the log; who acted is filled in by user name, and stands in the address by id. */
export type LogField = keyof Filters | 'who'

/** What was filled in, as it was. */
export type Typed = Readonly<Partial<Record<LogField, string | undefined>>>

type ReadFilters =
  | { readonly kind: 'read'; readonly filters: Filters }
  | { readonly kind: 'wrong'; readonly fields: readonly LogField[] }

/** Reads the filters; a field that was left empty was not filled in. What says nothing is told by its field. */
export function readFilters(query: Readonly<Record<string, string>>, now: Date): ReadFilters {
  const read = inAddress.safeParse(filledIn(query))
  if (!read.success) return { kind: 'wrong', fields: read.error.issues.map(({ path: [field] }) => field as LogField) }
  const { from, to, case: number, request, delivery } = read.data
  if (from ?? to ?? number ?? request ?? delivery) return { kind: 'read', filters: read.data }
  const today = toBeijingDate(now)
  return { kind: 'read', filters: { ...read.data, from: addDays(today, 1 - daysShown), to: today } }
}

const revealDays = z.object({
  case: caseNumber.optional(),
  from: day.optional(),
  to: day.optional(),
  person: z.uuid().optional(),
  after: z.uuid().optional(),
})

/** Which reveals an address asks for. Days that are left out are those of all time: reveals are few. */
export type RevealDays = z.output<typeof revealDays>

export function readRevealDays(query: Readonly<Record<string, string>>): RevealDays | undefined {
  return revealDays.safeParse(filledIn(query)).data
}

const figureDays = z.object({
  from: day.optional(),
  to: day.optional(),
  court: z.string().max(20).optional(),
})

/** Which figures an address asks for: the last thirty days, where it names none. Undefined when it says nothing. */
export function readFigureDays(query: Readonly<Record<string, string>>, now: Date): FiguresAsked | undefined {
  const read = figureDays.safeParse(filledIn(query))
  if (!read.success) return undefined
  const { to = toBeijingDate(now), from = addDays(to, 1 - daysShown), court } = read.data
  return { from, to, ...(court && { court }) }
}

/** A field that was left empty was not filled in. */
export function filledIn(query: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, text]) => text.trim() !== ''))
}

/** The same as the API asks for it: days are from midnight to midnight in Beijing, both included. */
export function askedBy<Asked extends RevealDays>({ from, to, ...rest }: Asked) {
  return { ...rest, limit: linesOnAPage, ...(from && { from: startOf(from) }), ...(to && { to: endOf(to) }) }
}

/** The id with which the next page begins, when this one is full. */
export function olderOf(entries: readonly { readonly id: string }[]): string | undefined {
  return entries.length === linesOnAPage ? entries.at(-1)?.id : undefined
}

/** An address with these filters, some of them changed; a page of the list does not outlive a change. */
export function addressWith({ after: _, ...filters }: Filters, over: Partial<Record<keyof Filters, string>>): string {
  const query = new URLSearchParams(given({ ...filters, ...over }) as Record<string, string>)
  return `/audit?${query}`
}
