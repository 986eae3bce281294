import { sql } from 'drizzle-orm'
import { revealRecordKinds } from '../ledger/record.ts'
import { type Database, type Queries, rowsOf } from './database.ts'
import { here } from './schema/column.ts'

/** The same number as in the migration: late entries hold this lock together, whoever counts holds it alone. */
const countLock = 1668247156
/** How many days are counted at once: a gateway that stops waits for them. */
const atOnce = 20

/**
 * Counts the newest days that are over and not counted yet, each whole or not at all. Returns how many.
 *
 * A counted day is complete: an entry of it was written either within an hour of its own time, and then its transaction is
 * over before counting begins, because counting begins an hour after the day and waits for every writer; or later, and then
 * the trigger of the table takes the count away. Both go by the database's clock alone.
 */
export async function countDays(database: Database): Promise<number> {
  const days = await daysToCount(database.queries)
  if (days.length === 0) return 0
  await waitForWriters(database)
  let counted = 0
  for (const day of days) if (await database.transaction((queries) => countDay(queries, day))) counted += 1
  return counted
}

async function daysToCount(queries: Queries): Promise<readonly string[]> {
  const rows = await rowsOf<{ day: string }>(
    queries,
    sql`
      select to_char(over_day, 'YYYY-MM-DD') as day
      from generate_series(
        (select (min(at) at time zone 'UTC' + interval '8 hours')::date::timestamp from entry where shard = ${here}),
        (clock_timestamp() at time zone 'UTC' + interval '7 hours')::date::timestamp - interval '1 day',
        interval '1 day'
      ) as over_day
      where not exists (select from counted_day c where c.shard = ${here} and c.day = over_day::date)
      order by over_day desc
      limit ${atOnce}::int`,
  )
  return rows.map(({ day }) => day)
}

/** Returns when every transaction that has written an entry by now is over. It holds others up as long, 0.3 s at most. */
async function waitForWriters(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.execute(sql`set local lock_timeout = '300ms'`)
    await queries.execute(sql`lock table entry in share mode`)
  })
}

async function countDay(queries: Queries, day: string): Promise<boolean> {
  await queries.execute(sql`select pg_advisory_xact_lock(${countLock}::bigint)`)
  const fresh = await rowsOf(
    queries,
    sql`insert into counted_day (shard, day) values (${here}, ${day}::date) on conflict do nothing returning day`,
  )
  if (fresh.length === 0) return false
  const midnight = sql`((${day}::date::timestamp - interval '8 hours') at time zone 'UTC')`
  const isReveal = sql`kind in (${sql.join(
    revealRecordKinds.map((kind) => sql`${kind}`),
    sql`, `,
  )})`
  await queries.execute(sql`
    insert into day_count (shard, day, of, key, court, count)
    select ${here}, ${day}::date,
      case
        when grouping(kind) = 0 then 'kind'
        when grouping(registry) = 0 then 'registry'
        when grouping(is_reveal) = 0 then 'reveals'
        when grouping(person) = 0 then 'person'
        else 'all' end,
      coalesce(kind, registry, person, ''), court, count(*)
    from (
      select kind, registry, person, coalesce(court, '') as court, ${isReveal} as is_reveal
      from entry
      where shard = ${here} and at >= ${midnight} and at < ${midnight} + interval '24 hours'
    ) of_day
    group by grouping sets ((court), (court, kind), (court, registry), (court, person), (court, person, is_reveal))
    having (grouping(registry) = 1 or registry is not null)
      and (grouping(person) = 1 or person is not null)
      and (grouping(is_reveal) = 1 or is_reveal)`)
  return true
}
