import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lt, lte, not, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { addYears, startOf } from '../domain/beijing-date.ts'
import type { Answer } from '../domain/fold.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type {
  EndingControl,
  EndingFilter,
  SilentDelivery,
  SilentFilter,
  TerminatedFilter,
} from '../gateway/ports/clocks.ts'
import { isId, present } from './absent.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { control } from './schema/statement.ts'
import { task } from './schema/task.ts'

/** The newest case of the line a control's own case belongs to: it holds what the earlier ones made. */
export const holder = sql<string>`coalesce((
  select newest.id from case_file newest
  where newest.shard = ${here} and newest.line = ${caseFile.line}
  order by newest.id desc limit 1), ${caseFile.id})`

/**
 * Controls that are in force in their register's words and end by this day, or may: of one that states no end, whether it
 * does is for the rule of its class to say. By case and id.
 */
export async function endingControls(
  queries: Queries,
  { until, since, after, limit, reach }: EndingFilter,
): Promise<readonly EndingControl[]> {
  const unstated = and(isNull(control.to), lte(control.effectiveFrom, startOf(addYears(until, -1))))
  const rows = await queries
    .select({ control, holder })
    .from(control)
    .innerJoin(caseFile, and(eq(caseFile.shard, control.shard), eq(caseFile.id, control.caseId)))
    .where(
      and(
        eq(control.shard, here),
        eq(control.effect, 'effective'),
        reach ? within(queries, reach) : undefined,
        or(and(lte(control.to, until), sql`${control.to} >= ${since}`), unstated),
        after ? sql`(${control.caseId}, ${control.id}) > (${after.caseId}::uuid, ${after.id})` : undefined,
      ),
    )
    .orderBy(asc(control.caseId), asc(control.id))
    .limit(limit)
  return rows.map(({ control: { shard: _shard, ...row }, holder: held }) => ({
    control: present({ ...row, registry: row.registry as RegistryCode }),
    holder: held,
  }))
}

/** Cases in 终本 whose first half-year is over and which no other case goes on from (执恢). */
export async function terminatedCases(
  queries: Queries,
  { before, after, limit }: TerminatedFilter,
): Promise<readonly string[]> {
  const later = alias(caseFile, 'later')
  const resumed = queries
    .select({ id: later.id })
    .from(later)
    .where(and(eq(later.shard, here), eq(later.continues, caseFile.id), isNotNull(later.continuesConfirmedBy)))
  const rows = await queries
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(
      and(
        eq(caseFile.shard, here),
        eq(caseFile.standing, 'terminated'),
        isNotNull(caseFile.confirmedBy),
        lte(caseFile.terminatedOn, before),
        after ? gt(caseFile.id, after) : undefined,
        not(exists(resumed)),
      ),
    )
    .orderBy(asc(caseFile.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

const owed: readonly Answer[] = ['silent', 'received', 'accepted']

/** Deliveries whose registry owed an answer before this moment and has not been pressed for it. By id. */
export async function silentDeliveries(
  queries: Queries,
  { before, after, limit }: SilentFilter,
): Promise<readonly SilentDelivery[]> {
  if (after !== undefined && !isId(after)) return []
  const pressed = queries
    .select({ id: task.id })
    .from(task)
    .where(and(eq(task.shard, here), eq(task.caseId, delivery.caseId), eq(task.key, pressKey)))
  return queries
    .select({ id: delivery.id, caseId: delivery.caseId })
    .from(delivery)
    .where(
      and(
        eq(delivery.shard, here),
        inArray(delivery.answer, [...owed]),
        lt(delivery.respondBy, before),
        not(eq(delivery.phase, 'withdrawn')),
        not(exists(pressed)),
        after ? sql`${delivery.id} > ${after}::uuid` : undefined,
      ),
    )
    .orderBy(asc(delivery.id))
    .limit(limit)
}

const pressKey = sql<string>`'press-registry:' || ${delivery.id}::text`
