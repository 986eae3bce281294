import type { Hono } from 'hono'
import { z } from 'zod'
import { reachOf } from '../../domain/authority.ts'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { readCaseNumberPart } from '../../domain/case-number-part.ts'
import { askedOfLog } from '../../http/audit/asked.ts'
import { seen } from '../../http/audit/seen.ts'
import { anyCaseNumber } from '../../http/fields.ts'
import { Refused } from '../../http/problem.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { addressWith, askedBy, type Filters, filledIn, type LogField, readFilters, type Typed } from './filters.ts'
import { logPage, logTrouble, type Meant, type TroubleShown } from './log-page.ts'
import { namesOf } from './names.ts'

const filterForm = z.record(z.string(), z.string().max(200))

import { waitingFor } from './waiting.ts'

/** As many of those who have a name, or cases with a part of a number, as are offered to choose among. */
const mostOffered = 20

/** The log by its filters. Who and which case may be told by what an auditor has at hand: a name, a part of a number. */
export function logPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway, people } = parts
  const { reads } = gateway
  const { namedIn, registryNames, courtsFor } = namesOf(parts)

  /** The list, and above it what was wrong with what was asked; undefined where the case is not within reach. */
  const listed = async (at: AtDesk, filters: Filters, trouble?: TroubleShown) => {
    const choices = { courts: courtsFor(at.person), registries: await registryNames() }
    const asked = await unlessUnknown(askedOfLog(gateway, at, askedBy(filters)))
    if (!asked) return undefined
    const { after: _, limit: __, ...all } = asked.filter
    const [entries, counts] = await seen(gateway, at.person, asked.about, async () => [
      await reads.entries(asked.filter),
      await reads.entriesByDay(all),
    ])
    const named = await namedIn([...entries, { person: filters.person }])
    const waiting = await waitingFor(gateway, at.person)
    return logPage({ waiting, ...named, ...choices, filters, entries, counts, ...(trouble && { trouble }) }, at)
  }

  pages.get(
    '/audit',
    open('audit.read', async (c, at) => {
      const choices = { courts: courtsFor(at.person), registries: await registryNames() }
      const typed = c.req.query()
      const asIs = readFilters(typed, gateway.clock())
      if (asIs.kind === 'wrong') return c.html(logTrouble('wrong', choices, at, { typed, fields: asIs.fields }), 422)
      const page = await listed(at, asIs.filters)
      if (page) return c.html(page)
      const { case: _, ...others } = asIs.filters
      return c.html((await listed(at, others, { what: 'unknown', typed, fields: ['case'] })) ?? '', 404)
    }),
  )

  /** Whoever has this user name; else those who have it as a name. */
  const whoever = async (who: string): Promise<readonly Meant[]> => {
    const one = await people.byUsername(who, gateway.clock())
    return one ? [one] : people.called(who, mostOffered)
  }

  /** The case with this number; else those within reach whose number has this part. Undefined: it is no number at all. */
  const casesMeant = async (at: AtDesk, text: string): Promise<readonly { readonly number: string }[] | undefined> => {
    const whole = anyCaseNumber.safeParse(text)
    if (whole.success) {
      const limit = 1
      const found = await unlessUnknown(askedOfLog(gateway, at, { case: whole.data, limit }))
      return found ? [{ number: whole.data }] : []
    }
    const part = readCaseNumberPart(text)
    return part && reads.casesNumbered(reachOf(at.person, 'audit.read'), part, mostOffered)
  }

  // The form is posted, so that a name never stands in an address: it leads to the list by the id of whoever has it.
  pages.post(
    '/audit',
    open('audit.read', async (c, at) => {
      const typed: Typed = filledIn(await formOf(c, at.who.token, filterForm))
      const { who, day, case: number, ...query } = typed as Record<string, string>
      const now = gateway.clock()
      const today = toBeijingDate(now)
      const dated = { ...query, ...(day === 'today' && { from: today, to: today }) }
      const asIs = readFilters(dated, now)
      // What could be read keeps its list, so that a slip of the pen costs nothing but itself.
      const again = async (
        status: 404 | 422,
        fields: readonly LogField[],
        told: Omit<TroubleShown, 'typed' | 'fields'>,
      ) => {
        const left = Object.fromEntries(Object.entries(dated).filter(([name]) => !fields.includes(name as LogField)))
        const kept = readFilters(left, now)
        const filters = kept.kind === 'read' ? kept.filters : { from: today, to: today }
        return c.html((await listed(at, filters, { ...told, typed, fields })) ?? '', status)
      }
      if (asIs.kind === 'wrong') return again(422, asIs.fields, { what: 'wrong' })
      const cases = number === undefined ? undefined : await casesMeant(at, number)
      if (number !== undefined && !cases) return again(422, ['case'], { what: 'noNumber' })
      if (cases?.length === 0) return again(404, ['case'], { what: 'unknown' })
      const persons = who === undefined ? undefined : await whoever(who.trim())
      if (persons?.length === 0) return again(404, ['who'], { what: 'nobody' })
      const [file, person] = [cases?.[0]?.number, persons?.[0]?.id]
      const found = readFilters({ ...dated, ...(file && { case: file }), ...(person && { person }) }, now)
      const filters = found.kind === 'read' ? found.filters : asIs.filters
      if (cases && cases.length > 1) {
        const offered = cases.map((one) => [one.number, addressWith(filters, { case: one.number })] as const)
        return again(422, ['case'], { what: 'manyCases', offered })
      }
      if (persons && persons.length > 1) {
        const offered = persons.map((one) => [one, addressWith(filters, { person: one.id })] as const)
        return again(422, ['who'], { what: 'manyPeople', offered })
      }
      return c.redirect(addressWith(filters, {}), 303)
    }),
  )
}

/** A case that is not there, or out of reach, is one answer; the page it was asked on says so. */
export async function unlessUnknown<T>(asking: Promise<T>): Promise<T | undefined> {
  return asking.catch((cause: unknown) => {
    if (cause instanceof Refused && cause.code === 'case-unknown') return undefined
    throw cause
  })
}
