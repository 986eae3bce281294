import {
  and,
  asc,
  count,
  eq,
  exists,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  ne,
  not,
  or,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { addYears, startOf } from '../domain/beijing-date.ts'
import type { Answer } from '../domain/fold.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type {
  EndingControl,
  EndingFilter,
  Settled,
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

/**
 * Cases in 终本 whose first half-year is over and which no other case goes on from (执恢), but for those that are settled: asked
 * without a lock, so that a round over cases of which none is due is this one read. By the day of 终本, because that is how they are found among all the others.
 */
export async function terminatedCases(
  queries: Queries,
  { from, before, today, among, after, limit }: TerminatedFilter,
): Promise<readonly string[]> {
  if (after !== undefined && !isId(after)) return []
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
        gte(caseFile.terminatedOn, from),
        lte(caseFile.terminatedOn, before),
        or(
          isNull(caseFile.settledUntil),
          lte(caseFile.settledUntil, today),
          ne(caseFile.settledAmong, among),
          ne(caseFile.settledSeq, caseFile.seq),
        ),
        after ? afterCase(after) : undefined,
        not(exists(resumed)),
      ),
    )
    .orderBy(asc(caseFile.terminatedOn), asc(caseFile.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

const afterCase = (id: string) =>
  sql`(${caseFile.terminatedOn}, ${caseFile.id}) > (select last.terminated_on, last.id from case_file last where last.shard = ${here} and last.id = ${id}::uuid)`

/** Of a case that is locked, with the number it has reached. */
export async function settle(queries: Queries, caseId: string, { until, among }: Settled): Promise<void> {
  await queries
    .update(caseFile)
    .set({ settledUntil: until, settledAmong: among, settledSeq: sql`${caseFile.seq}` })
    .where(and(eq(caseFile.shard, here), eq(caseFile.id, caseId)))
}

const owed: readonly Answer[] = ['silent', 'received', 'accepted']

/** Deliveries whose registry owed an answer before this moment and about which every letter was sent. By id. */
export async function silentDeliveries(
  queries: Queries,
  { before, after, limit }: SilentFilter,
): Promise<readonly SilentDelivery[]> {
  if (after !== undefined && !isId(after)) return []
  const letters = and(
    eq(task.shard, here),
    eq(task.caseId, delivery.caseId),
    eq(task.kind, 'press-registry'),
    eq(task.delivery, delivery.id),
  )
  const unsent = queries
    .select({ id: task.id })
    .from(task)
    .where(and(letters, or(isNull(task.outcome), eq(task.outcome, 'dropped'))))
  const sent = queries
    .select({ letters: count().as('letters'), pressedAt: max(task.endedAt).as('pressed_at') })
    .from(task)
    .where(letters)
    .as('sent')
  const rows = await queries
    .select({ id: delivery.id, caseId: delivery.caseId, letters: sent.letters, pressedAt: sent.pressedAt })
    .from(delivery)
    .innerJoinLateral(sent, sql`true`)
    .where(
      and(
        eq(delivery.shard, here),
        inArray(delivery.answer, [...owed]),
        lt(delivery.respondBy, before),
        not(eq(delivery.phase, 'withdrawn')),
        not(exists(unsent)),
        after ? sql`${delivery.id} > ${after}::uuid` : undefined,
      ),
    )
    .orderBy(asc(delivery.id))
    .limit(limit)
  return rows.map(present)
}
