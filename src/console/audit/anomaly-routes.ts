import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { anomalyKindList, anomalyOutcomeList } from '../../domain/anomaly.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import { type FoundAnomaly, findAnomalies } from '../../gateway/find-anomalies.ts'
import { type ListedAnomaly, lineOf } from '../../gateway/list-anomalies.ts'
import { markAnomaly } from '../../gateway/mark-anomaly.ts'
import { anomaliesAsked, anomalyFilters, reachFor, withDays } from '../../http/audit/anomalies.ts'
import { seen, viewOf } from '../../http/audit/seen.ts'
import { day, given } from '../../http/fields.ts'
import { found } from '../../http/problem.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { anomaliesOnAPage, anomaliesPage, casesOnALine, pathOf } from './anomalies-page.ts'
import { type AnomalyShown, anomalyPage, partOf } from './anomaly-page.ts'
import { anomalyWords as words } from './anomaly-words.ts'
import { filledIn } from './filters.ts'
import { logTrouble } from './log-page.ts'
import { namesOf } from './names.ts'

const inAddress = z.object({ from: day, to: day, kind: z.enum(anomalyKindList) })
const part = z.coerce.number().int().min(1).max(10_000).catch(1)
const markForm = inAddress.extend({
  count: z.coerce.number().int().min(0),
  outcome: z.enum(anomalyOutcomeList),
  note: z.string().trim().min(1).max(2000),
})

/** What is worth a look, and what came of looking. */
export function anomalyPages(pages: Hono, parts: ConsoleParts, open: DeskDoor): void {
  const { gateway } = parts
  const { namedIn, registryNames, courtsFor } = namesOf(parts)

  pages.get(
    '/audit/anomalies',
    open('audit.read', async (c, at) => {
      const courts = courtsFor(at.person)
      const read = anomalyFilters.safeParse(filledIn(c.req.query()))
      if (!read.success) return c.html(logTrouble('wrong', { courts, registries: await registryNames() }, at), 422)
      const filters = withDays(read.data, gateway.clock())
      const told = await anomaliesAsked(gateway, at, filters, anomaliesOnAPage)
      return c.html(anomaliesPage({ ...(await namedIn(meant(told.anomalies))), told, filters, courts }, at))
    }),
  )

  /** Found anew in its own days, by the rule that found it. */
  const anomalyIn = async (at: AtDesk, id: string, days: z.output<typeof inAddress>): Promise<FoundAnomaly> => {
    const asked = { ...given(withDays(days, gateway.clock())), ...reachFor(at, undefined) }
    const { anomalies } = await seen(gateway, at.person, { about: id, view: viewOf('anomaly', days) }, () =>
      findAnomalies(gateway, asked),
    )
    return found(
      anomalies.find((one) => one.id === id),
      'anomaly-unknown',
    )
  }

  type More = Pick<AnomalyShown, 'trouble' | 'typed'> & { readonly part?: number }

  const shown = async (at: AtDesk, anomaly: FoundAnomaly, { part = 1, trouble, typed }: More = {}) => {
    const entries = await gateway.reads.entriesWith(partOf(anomaly, part).map(({ entry }) => entry))
    const line = listed(anomaly)
    const named = await namedIn([...meant([line]), ...entries, ...anomaly.marks.map(({ by }) => ({ person: by }))])
    const placed = new Map(entries.map((row) => [row.id, row]))
    return anomalyPage({ ...named, anomaly, line, entries: placed, part, trouble, typed }, at)
  }

  const idOf = (c: Context) => c.req.param('id') ?? ''

  pages.get(
    '/audit/anomalies/:id',
    open('audit.read', async (c, at) => {
      const read = inAddress.safeParse(c.req.query())
      const days = found(read.success ? read.data : undefined, 'anomaly-unknown')
      return c.html(await shown(at, await anomalyIn(at, idOf(c), days), { part: part.parse(c.req.query('part')) }))
    }),
  )

  pages.post(
    '/audit/anomalies/:id',
    open('anomaly.mark', async (c, at) => {
      const { outcome, note, count, ...days } = await formOf(c, at.who.token, markForm)
      const anomaly = await anomalyIn(at, idOf(c), days)
      if (anomaly.entries.length > count) {
        const trouble = { title: words.grownMeanwhile, next: words.grownMeanwhileNext }
        return c.html(await shown(at, anomaly, { trouble, typed: { outcome, note } }), 409)
      }
      const asked = { ...given(withDays(days, gateway.clock())), ...reachFor(at, undefined), id: anomaly.id }
      const marked = await markAnomaly(gateway, at.person, asked, { outcome, note })
      if (isRefusal(marked)) return c.html(await shown(at, anomaly, { trouble: troubleOf(marked) }), 403)
      return c.redirect(pathOf(listed(anomaly)), 303)
    }),
  )
}

const troubleOf = ({ code }: Refusal) => (isProblemCode(code) ? catalogue[code] : undefined)

const listed = (anomaly: FoundAnomaly): ListedAnomaly => ({ ...lineOf(anomaly), marks: anomaly.marks })

/** Everybody and every case that lines name. */
function meant(anomalies: readonly ListedAnomaly[]) {
  return anomalies.flatMap(({ people, cases }) => [
    ...people.map((person) => ({ person })),
    ...cases.slice(0, casesOnALine).map((caseId) => ({ caseId })),
  ])
}
