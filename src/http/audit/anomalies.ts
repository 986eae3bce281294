import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { anomalyKindList, anomalyKinds, anomalyOutcomeList, anomalyStates } from '../../domain/anomaly.ts'
import { courtsOf } from '../../domain/authority.ts'
import { addDays, type BeijingDate, daysBetween, toBeijingDate } from '../../domain/beijing-date.ts'
import { anomalyDaysShown } from '../../gateway/find-anomalies.ts'
import { type ListedAnomalies, type ListedAnomaly, listAnomalies, stateOf } from '../../gateway/list-anomalies.ts'
import { markAnomaly } from '../../gateway/mark-anomaly.ts'
import type { Parts } from '../../gateway/parts.ts'
import { day, given, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted } from '../problem.ts'
import type { Calling } from '../reach.ts'
import { type Edge, json, pageQuery, problems } from '../surface.ts'
import { seen, viewOf } from './seen.ts'

const tags = ['监督 Audit']

/** Where a page goes on: a time and the name of an anomaly, which names nobody. */
const place = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[\w-]{22}$/)
  .refine((text) => !Number.isNaN(Date.parse(text.slice(0, 24))))

/** What one may filter anomalies by; there is nothing in an address that names anybody. */
export const anomalyFilters = z.object({
  from: day.optional().openapi({ description: '缺省为最近三十日 · left out, the last thirty days' }),
  to: day.optional(),
  court: z.string().max(20).optional(),
  kind: z.enum(anomalyKindList).optional(),
  state: z.enum(anomalyStates).optional(),
  after: place.optional().openapi({ description: '上一页的 next · the `next` of the page before' }),
  fresh: z
    .literal('1')
    .optional()
    .openapi({ description: '1 为立即重新检查 · 1 goes through the log now, whatever is kept' }),
})

type Read = z.output<typeof anomalyFilters>

export type AnomalyFilters = Omit<Read, 'from' | 'to'> & {
  readonly from: BeijingDate
  readonly to: BeijingDate
}

const mostDays = 92

/** The same with its days said; a longer period is cut at its beginning, because all of it is gone through at once. */
export function withDays({ from, to, ...rest }: Read, now: Date): AnomalyFilters {
  const last = to ?? toBeijingDate(now)
  const first = from ?? addDays(last, 1 - anomalyDaysShown)
  return { ...rest, to: last, from: daysBetween(first, last) >= mostDays ? addDays(last, 1 - mostDays) : first }
}

const markBody = z
  .strictObject({
    from: day,
    to: day,
    outcome: z.enum(anomalyOutcomeList),
    note: words(2000).openapi({ example: '经核实为值班期间办理紧急保全' }),
  })
  .openapi('AnomalyMark')

const anomalyView = z
  .object({
    id: z.string(),
    kind: z.object({ code: z.enum(anomalyKindList), zh: z.string(), why: z.string() }),
    court: z.string().optional(),
    registry: z.string().optional(),
    people: z.array(z.string()),
    cases: z.array(z.string()),
    caseCount: z.int(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    count: z.int(),
    median: z.number().optional(),
    entries: z
      .array(z.uuid())
      .openapi({ description: '所依据的存证条目，至多一百条 · the entries it rests on, the first hundred' }),
    state: z.enum(anomalyStates).openapi({
      description: '核查后又有新增的，状态为未核查 · one that has grown since its last mark is new again',
    }),
    grown: z.int().openapi({ description: '核查后新增的条目数 · entries that came after the last mark' }),
    marks: z.array(
      z.object({
        outcome: z.enum(anomalyOutcomeList),
        by: z.string(),
        at: z.iso.datetime(),
        note: z.string(),
        entry: z.uuid(),
      }),
    ),
  })
  .openapi('Anomaly')

/** A page of what the rules find, at the courts of whoever asks; that they asked is in the log before anything is read. */
export async function anomaliesAsked(
  gateway: Parts,
  { person }: Calling,
  { after, fresh, ...asked }: AnomalyFilters,
  limit: number,
): Promise<ListedAnomalies> {
  const reach = reachFor({ person }, asked.court)
  const [last = '', id = ''] = after ? [after.slice(0, 24), after.slice(25)] : []
  const page = {
    limit,
    ...(after && { after: { last: new Date(last), id } }),
    ...(fresh && { isFresh: true as const }),
  }
  return seen(gateway, person, { view: viewOf('anomalies', asked) }, () =>
    listAnomalies(gateway, { ...given(asked), ...reach, ...page }),
  )
}

/** The `after` of the next page. */
export function placeOf({ next }: ListedAnomalies): string | undefined {
  return next && `${next.last.toISOString()}_${next.id}`
}

/** Another court's is not there. */
export function reachFor({ person }: Pick<Calling, 'person'>, court: string | undefined) {
  const courts = courtsOf(person, 'audit.read')
  found(court === undefined || courts === undefined || courts.includes(court) ? true : undefined)
  return { viewer: person.id, ...(courts && { courts }) }
}

export function anomalyRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/anomalies',
      tags,
      summary:
        '异常：规则、所依据的条目、核查情况 · What the log shows that is worth a look, by rule, and what became of it',
      ...may('audit.read'),
      request: { query: anomalyFilters.extend({ limit: pageQuery.shape.limit }) },
      responses: {
        200: json(
          z.object({
            from: z.string(),
            to: z.string(),
            asOf: z.iso
              .datetime()
              .optional()
              .openapi({ description: '截至该时刻；没有则为即时检查 · none where the log was gone through just now' }),
            isCut: z.boolean().openapi({ description: '条目过多，只检查了较新的 · only the newest were gone through' }),
            anomalies: z.array(anomalyView),
            next: z.string().optional(),
          }),
          '异常',
        ),
        ...problems,
      },
    }),
    async (c) => {
      const { limit, ...query } = c.req.valid('query')
      const asked = withDays(query, gateway.clock())
      const told = await anomaliesAsked(gateway, c.var, asked, limit)
      const asOf = told.asOf?.toISOString()
      const list = { from: asked.from, to: asked.to, isCut: told.isCut, anomalies: told.anomalies.map(viewAnomaly) }
      return c.json({ ...list, ...given({ asOf, next: placeOf(told) }) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/anomalies/{id}/marks',
      tags,
      summary:
        '记录核查情况：继续核查、已有合理说明、移送 · Say what came of looking into it; logged, the words encrypted',
      ...may('anomaly.mark'),
      request: {
        params: z.object({ id: z.string().regex(/^[\w-]{22}$/) }),
        body: { required: true, content: { 'application/json': { schema: markBody } } },
      },
      responses: { 201: json(z.object({ entry: z.uuid() }), '已记录'), ...problems },
    }),
    async (c) => {
      const { from, to, ...mark } = c.req.valid('json')
      const named = { ...withDays({ from, to }, gateway.clock()), ...reachFor(c.var, undefined) }
      const { id } = c.req.valid('param')
      const { entry } = granted(await markAnomaly(gateway, c.get('person'), { ...given(named), id }, mark))
      return c.json({ entry }, 201)
    },
  )
}

function viewAnomaly(anomaly: ListedAnomaly): z.infer<typeof anomalyView> {
  const { id, kind, court, registry, people, cases, caseCount, entries, count, median, first, last, grown, marks } =
    anomaly
  const { zh, why } = anomalyKinds[kind]
  return {
    id,
    kind: { code: kind, zh, why: why.zh },
    ...given({ court, registry, median }),
    people: [...people],
    cases: [...cases],
    caseCount,
    from: first.toISOString(),
    to: last.toISOString(),
    count,
    entries: [...entries],
    state: stateOf(anomaly),
    grown,
    marks: marks.map(({ outcome, by, at, note, entry }) => ({ outcome, by, at: at.toISOString(), note, entry })),
  }
}
