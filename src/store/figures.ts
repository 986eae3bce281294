import { type SQL, sql } from 'drizzle-orm'
import type { Figure, FigureFilter, Figures, OverdueRelease } from '../gateway/ports/figures.ts'
import { type Queries, rowsOf } from './database.ts'
import { here } from './schema/column.ts'

type Row = Readonly<Record<keyof Figure, string | number | null>> & { readonly by: 'court' | 'registry' }

/** The figures of each court and registry: two passes, each over rows that an index finds, and each for both at once. */
export async function figures(queries: Queries, filter: FigureFilter): Promise<Figures> {
  const whose = sql`
    case when grouping(f.court) = 0 then 'court' else 'registry' end as by,
    case when grouping(f.court) = 0 then f.court else x.registry end as key`
  const rows = await rowsOf<Row>(
    queries,
    sql`
      with said as (
        select delivery, max(arrived_at) as last_at
        from statement
        where shard = ${here} and arrived_at >= ${filter.from.toISOString()}::timestamptz
        group by delivery
      ), carried as (
        select
          ${whose},
          count(*) as deliveries,
          count(*) filter (where x.answer not in ('silent', 'received', 'accepted')) as answered,
          count(*) filter (
            where x.answer in ('silent', 'received', 'accepted') and x.phase <> 'withdrawn'
              and x.respond_by < ${filter.now.toISOString()}::timestamptz
          ) as overdue,
          count(*) filter (
            where x.answer in ('silent', 'received', 'accepted') and x.phase <> 'withdrawn'
          ) as unanswered,
          extract(epoch from ${filter.now.toISOString()}::timestamptz - min(x.created_at) filter (
            where x.answer in ('silent', 'received', 'accepted') and x.phase <> 'withdrawn'
          )) as "longestWait",
          percentile_cont(0.5) within group (order by extract(epoch from x.answered_at - x.created_at)) as "answerTime",
          count(*) filter (where x.measure = 'release') as releases,
          percentile_cont(0.5) within group (order by extract(epoch from said.last_at - x.created_at)) filter (
            where x.measure = 'release' and x.answer not in ('silent', 'received', 'accepted')
          ) as "releaseLag"
        from delivery x
        join case_file f on f.shard = x.shard and f.id = x.case_id
        left join said on said.delivery = x.id
        where x.shard = ${here} and ${visible(filter)}
          and x.created_at >= ${filter.from.toISOString()}::timestamptz
          and x.created_at < ${filter.to.toISOString()}::timestamptz
        group by grouping sets ((f.court), (x.registry))
      ), held as (
        select
          ${whose},
          count(*) filter (where x.effect = 'effective' and not ${ranOut(filter)}) as "inForce",
          count(*) filter (where x.effect = 'waiting') as waiting,
          count(*) filter (where x.effect = 'ended' and x.ended_by = 'released') as released,
          count(*) filter (
            where (x.effect = 'ended' and x.ended_by = 'expired') or (x.effect = 'effective' and ${ranOut(filter)})
          ) as expired,
          count(*) filter (
            where x.effect = 'ended' and coalesce(x.ended_by, '') not in ('released', 'expired')
          ) as "endedOtherwise"
        from control x
        join case_file f on f.shard = x.shard and f.id = x.case_id
        where x.shard = ${here} and ${visible(filter)}
        group by grouping sets ((f.court), (x.registry))
      )
      select
        coalesce(carried.by, held.by) as by, coalesce(carried.key, held.key) as key,
        deliveries, answered, overdue, unanswered, "longestWait", "answerTime", releases, "releaseLag",
        "inForce", waiting, released, expired, "endedOtherwise"
      from carried full join held on held.by = carried.by and held.key = carried.key
      order by deliveries desc nulls last, 2`,
  )
  const of = (by: Row['by']) => rows.filter((row) => row.by === by).map(figureOf)
  return { ofCourts: of('court'), ofRegistries: of('registry') }
}

/** By the index over what is owed: the answered are not walked through. */
export async function overdueReleases(
  queries: Queries,
  filter: FigureFilter,
  limit: number,
): Promise<readonly OverdueRelease[]> {
  const rows = await rowsOf<Omit<OverdueRelease, 'createdAt' | 'respondBy'> & { created: unknown; due: unknown }>(
    queries,
    sql`
      select x.id as delivery, x.case_id as "caseId", x.registry,
        extract(epoch from x.created_at) * 1000 as created, extract(epoch from x.respond_by) * 1000 as due
      from delivery x
      join case_file f on f.shard = x.shard and f.id = x.case_id
      where x.shard = ${here} and x.answer in ('silent', 'received', 'accepted') and x.measure = 'release'
        and x.phase <> 'withdrawn' and x.respond_by < ${filter.now.toISOString()}::timestamptz and ${visible(filter)}
      order by x.respond_by
      limit ${limit}`,
  )
  return rows.map(({ created, due, ...row }) => ({
    ...row,
    createdAt: new Date(Number(created)),
    respondBy: new Date(Number(due)),
  }))
}

const ranOut = ({ yesterday }: FigureFilter): SQL => sql`coalesce(x.to_day <= ${yesterday}::date, false)`

/** The courts of whoever asks, and nobody's sealed case. */
function visible({ courts, viewer }: FigureFilter): SQL {
  const codes = courts?.map((code) => sql`${code}`)
  const served = !codes ? sql`true` : codes.length > 0 ? sql`f.court in (${sql.join(codes, sql`, `)})` : sql`false`
  return sql`${served} and (not f.is_sealed or exists (
    select from case_member m where m.shard = f.shard and m.case_id = f.id and m.person = ${viewer}))`
}

/** Counts come as texts from one driver and as numbers from the other. */
function figureOf({ by: _, key, answerTime, longestWait, releaseLag, ...counts }: Row): Figure {
  const numbers = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count ?? 0)]))
  return {
    ...(numbers as Omit<Figure, 'key' | 'answerTime' | 'longestWait' | 'releaseLag'>),
    key: String(key),
    ...(longestWait !== null && { longestWait: Number(longestWait) }),
    ...(answerTime !== null && { answerTime: Number(answerTime) }),
    ...(releaseLag !== null && { releaseLag: Number(releaseLag) }),
  }
}
