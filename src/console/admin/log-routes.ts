import type { Hono } from 'hono'
import { z } from 'zod'
import { addDays, endOf, startOf, toBeijingDate } from '../../domain/beijing-date.ts'
import { systemAsked, systemPartList } from '../../http/audit/system.ts'
import { day } from '../../http/fields.ts'
import { filledIn } from '../audit/filters.ts'
import { namesOf } from '../audit/names.ts'
import type { DeskDoor } from '../desk/door.ts'
import type { ConsoleParts } from '../parts.ts'
import { actCountsOnAPage, actsPage, actsTrouble } from './log-page.ts'

const linesOnAPage = 40
const daysShown = 30

const query = z.object({
  of: z.enum(systemPartList).default('administration'),
  from: day.optional(),
  to: day.optional(),
  person: z.string().max(60).optional(),
  after: z.uuid().optional(),
})

/** The log of acts, for the audit administrator: that it is looked at is in the log, too. */
export function actPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway } = parts
  const { namedIn } = namesOf(parts)

  pages.get(
    '/admin/log',
    open('audit.system', async (c, at) => {
      const read = query.safeParse(filledIn(c.req.query()))
      if (!read.success) return c.html(actsTrouble(at), 422)
      const { to = toBeijingDate(gateway.clock()), from = addDays(to, 1 - daysShown), ...rest } = read.data
      const days = { from: startOf(from), to: endOf(to) }
      const told = await systemAsked(gateway, at, { ...rest, ...days, limit: linesOnAPage }, actCountsOnAPage + 1)
      const { entries, counts } = told
      const named = await namedIn([...entries, ...counts, { person: rest.person }])
      return c.html(actsPage({ ...named, asked: { ...rest, from, to }, entries, counts }, at))
    }),
  )
}
