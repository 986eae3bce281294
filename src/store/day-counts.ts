import { and, eq, gte, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { addDays, type BeijingDate, endOf, startOf, toBeijingDate } from '../domain/beijing-date.ts'
import type { DayCount, EntryFilter, Page, RevealCount } from '../gateway/ports/reads.ts'
import { revealRecordKinds } from '../ledger/record.ts'
import { atOneMoment, type Database, type Queries, rowsOf } from './database.ts'
import { sealedFrom, wantedBy } from './entries.ts'
import { here } from './schema/column.ts'
import { entry } from './schema/ledger.ts'
import { countedDay, dayCount } from './schema/rollup.ts'

type Counting = Omit<EntryFilter, keyof Page>

// Fixed, like the calendar of the law in `domain/beijing-date.ts`.
const day = sql`to_char(${entry.at} at time zone 'UTC' + interval '8 hours', 'YYYY-MM-DD')`

/** How many entries there were on each Beijing day that had any. */
export function entriesByDay(database: Database, filter: Counting): Promise<readonly DayCount[]> {
  return atOneMoment(database, async (queries) => {
    const parts = await partsOf(queries, filter, countedAs(filter), sql`''`)
    return rowsOf<DayCount>(
      queries,
      sql`
        select day, sum(count)::int as count from (${parts}) as every
        group by day having sum(count) > 0 order by day`,
    )
  })
}

/** How many entries each person made on each Beijing day, the busiest first. */
export function countsByDay(database: Database, filter: Omit<EntryFilter, 'after'>): Promise<readonly RevealCount[]> {
  return atOneMoment(database, async (queries) => {
    const parts = await partsOf(queries, filter, revealsAs(filter), sql`${entry.person}`, isNotNull(entry.person))
    return rowsOf<RevealCount>(
      queries,
      sql`
        select who as person, day, sum(count)::int as count from (${parts}) as every
        group by who, day having sum(count) > 0
        order by 3 desc, 2 desc, 1 limit ${filter.limit}::int`,
    )
  })
}

/** Which of the kept counts say what a filter asks for. */
type Kept = { readonly of: typeof dayCount.$inferSelect.of; readonly keys?: readonly string[] }

/** Undefined where the counts do not say it: what is of a case or a request is found by its index. */
function countedAs(filter: Counting): Kept | undefined {
  const { kind, kinds, registry, person } = filter
  const asked = [kind && [kind], kinds, registry && [registry], person && [person]]
  if (isNarrow(filter) || asked.filter(Boolean).length > 1) return undefined
  if (kind ?? kinds) return { of: 'kind', keys: kind ? [kind] : (kinds ?? []) }
  if (registry) return { of: 'registry', keys: [registry] }
  return person ? { of: 'person', keys: [person] } : { of: 'all' }
}

function revealsAs(filter: Counting): Kept | undefined {
  const { kind, kinds = [], registry, person } = filter
  const isOfReveals = kinds.length === revealRecordKinds.length && revealRecordKinds.every((one) => kinds.includes(one))
  if (isNarrow(filter) || kind || registry || !isOfReveals) return undefined
  return { of: 'reveals', ...(person && { keys: [person] }) }
}

function isNarrow({ caseId, caseIds, request, delivery, about, abouts, ofSystem, without }: Counting): boolean {
  return [caseId, caseIds, request, delivery, about, abouts, ofSystem, without].some(Boolean)
}

/**
 * The counts of the days that are counted, less what is of cases sealed from whoever asks; and what is not counted yet,
 * live. The three together are what counting every entry would say, because they are of one moment.
 */
async function partsOf(queries: Queries, filter: Counting, kept: Kept | undefined, who: SQL, also?: SQL): Promise<SQL> {
  const { from, to, ...rest } = filter
  const days = kept ? await countedDays(queries, filter) : []
  const runs = runsOf(days)
  const isLive = !kept || runs.length === 0 || runs.length > mostRuns
  const counted = (wanted: readonly (SQL | undefined)[], within: SQL | undefined, times: SQL) => sql`
    select ${day} as day, ${who} as who, ${times} * count(*) as count from ${entry}
    where ${and(eq(entry.shard, here), also, within, ...wanted)} group by 1, 2`
  if (isLive) return counted(wantedBy(queries, filter), undefined, sql`1`)
  const live = counted(wantedBy(queries, rest), or(...gapsOf(runs, from, to)), sql`1`)
  const sealed = await sealedIds(queries, filter.viewer)
  const { viewer: _, ...unseen } = { ...rest, caseIds: sealed }
  const within = or(...runs.map(([first, last]) => between(startOf(first), endOf(last))))
  const hidden = counted(wantedBy(queries, unseen), within, sql`-1`)
  return sql`${keptCounts(kept, runs, filter)} union all ${live}${sealed.length > 0 ? sql` union all ${hidden}` : sql``}`
}

/** Gaps among counted days are looked at one by one; where there are many, everything is counted. */
const mostRuns = 10

type Run = readonly [first: BeijingDate, last: BeijingDate]

function keptCounts({ of, keys }: Kept, runs: readonly Run[], { court, courts }: Counting): SQL {
  const within = runs.map(([first, last]) => and(gte(dayCount.day, first), lt(dayCount.day, addDays(last, 1))))
  const wanted = and(
    eq(dayCount.shard, here),
    eq(dayCount.of, of),
    keys && inArray(dayCount.key, [...keys]),
    or(...within),
    court ? eq(dayCount.court, court) : undefined,
    courts && (courts.length > 0 ? inArray(dayCount.court, [...courts]) : sql`false`),
  )
  const who = of === 'reveals' ? sql`${dayCount.key}` : sql`''`
  return sql`
    select ${dayCount.day}::text as day, ${who} as who, sum(${dayCount.count}) as count from ${dayCount}
    where ${wanted} group by 1, 2`
}

/** The counted days that lie whole within what is asked for. */
async function countedDays(queries: Queries, { from, to }: Counting): Promise<readonly BeijingDate[]> {
  const first = from && (startOf(toBeijingDate(from)) < from ? addDays(toBeijingDate(from), 1) : toBeijingDate(from))
  const rows = await queries
    .select({ day: countedDay.day })
    .from(countedDay)
    .where(
      and(eq(countedDay.shard, here), first && gte(countedDay.day, first), to && lt(countedDay.day, toBeijingDate(to))),
    )
    .orderBy(countedDay.day)
  return rows.map((row) => row.day as BeijingDate)
}

/** Days in order, as runs without a gap. */
function runsOf(days: readonly BeijingDate[]): readonly Run[] {
  const runs: [BeijingDate, BeijingDate][] = []
  for (const one of days) {
    const last = runs.at(-1)
    if (last && addDays(last[1], 1) === one) last[1] = one
    else runs.push([one, one])
  }
  return runs
}

/** Everything asked for that is not in a run. */
function gapsOf(runs: readonly Run[], from: Date | undefined, to: Date | undefined): readonly (SQL | undefined)[] {
  const edges = [from, ...runs.flatMap(([first, last]) => [startOf(first), endOf(last)]), to]
  return Array.from({ length: runs.length + 1 }, (_, at) => between(edges[2 * at], edges[2 * at + 1]))
}

function between(from: Date | undefined, to: Date | undefined): SQL | undefined {
  return and(from && gte(entry.at, from), to && lt(entry.at, to))
}

async function sealedIds(queries: Queries, viewer: string | undefined): Promise<readonly string[]> {
  return viewer === undefined ? [] : (await sealedFrom(queries, viewer)).map(({ id }) => id)
}
