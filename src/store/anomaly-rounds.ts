import { and, desc, eq, getTableColumns, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { AnomalyState } from '../domain/anomaly.ts'
import type { BeijingDate } from '../domain/beijing-date.ts'
import type {
  AnomalyChoice,
  AnomalyKept,
  AnomalyLine,
  AnomalyReads,
  AnomalyRound,
  AnomalyTally,
  RoundOf,
} from '../gateway/ports/anomalies.ts'
import { present } from './absent.ts'
import { type Database, type Queries, rowsOf } from './database.ts'
import { sealedFrom } from './entries.ts'
import { anomalyFound, anomalyRound } from './schema/rollup.ts'

type RoundReads = Pick<AnomalyReads, 'sealedFrom' | 'anomalyRound' | 'anomaliesOfRound' | 'anomalyTally'>

export function roundReadsOf(queries: Queries): RoundReads {
  return {
    sealedFrom: async (person) => (await sealedFrom(queries, person)).map(({ id }) => id),
    anomalyRound: (of, since) => newest(queries, of, since),
    anomaliesOfRound: (round, choice) => lines(queries, round, choice),
    anomalyTally: (round) =>
      rowsOf<AnomalyTally>(
        queries,
        sql`
          select kind, ${state} as state, count(*)::int as count from ${anomalyFound}
          where ${eq(anomalyFound.round, round)} group by 1, 2`,
      ),
  }
}

/** What became of it: the latest mark, whenever it was made, as long as nothing came after it. */
const state = sql<AnomalyState>`coalesce((
  select case when ${anomalyFound.last} > mark.at then 'new' else mark.outcome end
  from anomaly_mark mark where mark.anomaly = ${anomalyFound}.anomaly order by mark.id desc limit 1
), 'new')`

/** How many of its entries came after that mark. */
const grown = sql<number>`(
  select count(*)::int from unnest(${anomalyFound.times}) as entry_time(ms)
  where ms > (
    select (extract(epoch from mark.at) * 1000)::bigint
    from anomaly_mark mark where mark.anomaly = ${anomalyFound}.anomaly order by mark.id desc limit 1
  )
)`

async function newest(queries: Queries, { scope, from, to }: RoundOf, since: Date): Promise<AnomalyRound | undefined> {
  const of = and(eq(anomalyRound.scope, scope), eq(anomalyRound.from, from), eq(anomalyRound.to, to))
  const [row] = await queries
    .select()
    .from(anomalyRound)
    .where(and(of, gte(anomalyRound.asOf, since)))
    .orderBy(desc(anomalyRound.asOf))
    .limit(1)
  return row && { ...row, from: row.from as BeijingDate, to: row.to as BeijingDate }
}

async function lines(queries: Queries, round: string, choice: AnomalyChoice): Promise<readonly AnomalyLine[]> {
  const { kind, after, limit } = choice
  // By the bytes of the name, as the gateway itself orders them.
  const name = sql`${anomalyFound.anomaly} collate "C"`
  const further: SQL | undefined =
    after &&
    sql`(${lt(anomalyFound.last, after.last)} or (${eq(anomalyFound.last, after.last)} and ${name} > ${after.id}))`
  const wanted = [kind && eq(anomalyFound.kind, kind), choice.state && sql`${state} = ${choice.state}`, further]
  const { times: _times, ...columns } = getTableColumns(anomalyFound)
  const rows = await queries
    .select({ ...columns, grown })
    .from(anomalyFound)
    .where(and(eq(anomalyFound.round, round), ...wanted.flatMap((one) => one || [])))
    .orderBy(desc(anomalyFound.last), name)
    .limit(limit)
  return rows.map(({ round: _, anomaly, ...row }) => present({ ...row, id: anomaly }))
}

/** As many lines as are written in one statement: it takes 65,535 parameters at most. */
const atOnce = 500

export async function keepRound(database: Database, round: AnomalyRound, found: readonly AnomalyKept[]): Promise<void> {
  const { scope, from, to } = round
  await database.transaction(async (queries) => {
    await queries
      .delete(anomalyRound)
      .where(and(eq(anomalyRound.scope, scope), eq(anomalyRound.from, from), eq(anomalyRound.to, to)))
    await queries.insert(anomalyRound).values(round)
    for (let at = 0; at < found.length; at += atOnce)
      await queries.insert(anomalyFound).values(
        found.slice(at, at + atOnce).map(({ id, people, cases, entries, times, ...line }) => ({
          ...{ ...line, round: round.id, anomaly: id },
          ...{ people: [...people], cases: [...cases], entries: [...entries] },
          times: times.map((at) => at.getTime()),
        })),
      )
  })
}
