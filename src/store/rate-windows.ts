import { sql } from 'drizzle-orm'
import type { RateWindows } from '../gateway/ports/rate-windows.ts'
import { type Database, rowsOf } from './database.ts'

type Row = { readonly points: unknown; readonly ends_in_ms: unknown }

/**
 * One upsert a taking: the row's lock puts the takings of all processes in a row, and no window is ever read before it is
 * written. The count is first cut to the limit and then raised by what is wanted, so the new count alone tells how much
 * was there to be had.
 */
export function rateWindows({ queries }: Database): RateWindows {
  return {
    take: async (key, { points, seconds }, wanted) => {
      const length = sql`make_interval(secs => ${seconds}::int)`
      // A window that ends later than a fresh one would, by more than the wait for a lock, was opened under a longer rule
      // or by a clock that has been set back since: nobody waits for that.
      const isOver = sql`(held.ends_at <= now() or held.ends_at > excluded.ends_at + interval '1 minute')`
      const [row] = await rowsOf<Row>(
        queries,
        sql`
          insert into rate_window as held (key, points, ends_at)
          values (${key}::text, ${wanted}::int, now() + ${length})
          on conflict (key) do update set
            points = case when ${isOver} then excluded.points else least(held.points, ${points}::int) + excluded.points end,
            ends_at = case when ${isOver} then excluded.ends_at else held.ends_at end
          returning points, extract(epoch from ends_at - now()) * 1000 as ends_in_ms`,
      )
      if (!row) throw new Error('a query without a row')
      const counted = Number(row.points)
      const before = counted - wanted
      return {
        granted: Math.max(0, Math.min(wanted, points - before)),
        left: Math.max(0, points - counted),
        endsInMs: Number(row.ends_in_ms),
      }
    },
  }
}
