import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { RegistryDelivery, RegistryTraffic, TrafficReads } from '../gateway/ports/machine.ts'
import { isId } from './absent.ts'
import { type Queries, rowsOf } from './database.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'

/** How it goes with each registry. What is counted lies in the partial indexes; what is dated, in the newest 200 deliveries. */
export async function traffic(queries: Queries, now: Date): Promise<readonly RegistryTraffic[]> {
  const rows = await rowsOf<Row>(
    queries,
    sql`
    select
      r.code as registry, coalesce(c.due, 0) as due, coalesce(c.unknown, 0) as unknown,
      coalesce(c.declined, 0) as declined, coalesce(c.overdue, 0) as overdue, h.heard, f.failed
    from registry r
    left join (
      select
        registry,
        count(*) filter (where due_at <= now()) as due,
        count(*) filter (where phase = 'unknown') as unknown,
        count(*) filter (where phase = 'declined') as declined,
        count(*) filter (
          where answer in ('silent', 'received', 'accepted') and phase <> 'withdrawn'
            and respond_by < ${now.toISOString()}::timestamptz
        ) as overdue
      from delivery
      where shard = ${here} and (due_at is not null or answer in ('silent', 'received', 'accepted'))
      group by registry
    ) c on c.registry = r.code
    left join lateral (
      select extract(epoch from max(s.arrived_at)) * 1000 as heard
      from (
        select id from delivery where shard = ${here} and registry = r.code order by id desc limit 200
      ) d join statement s on s.shard = ${here} and s.delivery = d.id
    ) h on true
    left join lateral (
      select extract(epoch from max(o.ended_at)) * 1000 as failed
      from (
        select id from delivery where shard = ${here} and registry = r.code order by id desc limit 200
      ) d
      join attempt a on a.shard = ${here} and a.delivery = d.id
      join attempt_outcome o on o.shard = ${here} and o.attempt = a.id and o.outcome <> 'answered'
    ) f on true
    order by r.code`,
  )
  return rows.map(({ registry, heard, failed, ...counts }) => ({
    registry,
    due: Number(counts.due),
    unknown: Number(counts.unknown),
    declined: Number(counts.declined),
    overdue: Number(counts.overdue),
    ...(heard !== null && { heardAt: new Date(Number(heard)) }),
    ...(failed !== null && { failedAt: new Date(Number(failed)) }),
  }))
}

type Row = { readonly registry: string } & Readonly<
  Record<'due' | 'unknown' | 'declined' | 'overdue' | 'heard' | 'failed', unknown>
>

/** What went to one registry, the newest first; a sealed case is not there for whoever looks after the line. */
export function deliveriesTo(
  queries: Queries,
  registry: string,
  { after, limit }: Parameters<TrafficReads['deliveriesTo']>[1],
): Promise<readonly RegistryDelivery[]> {
  const { id, reference, measure, phase, answer, createdAt, respondBy, attempts } = delivery
  return queries
    .select({ id, reference, measure, phase, answer, createdAt, respondBy, attempts })
    .from(delivery)
    .innerJoin(caseFile, and(eq(caseFile.shard, delivery.shard), eq(caseFile.id, delivery.caseId)))
    .where(
      and(
        eq(delivery.shard, here),
        eq(delivery.registry, registry),
        eq(caseFile.isSealed, false),
        after !== undefined && isId(after) ? lt(delivery.id, after) : undefined,
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(limit)
}
