import { and, asc, eq, gt, inArray, lte, ne, notInArray, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { AttemptRow, DeliveryPhase } from '../gateway/ports/rows.ts'
import type { Leased, Store } from '../gateway/ports/store.ts'
import { present } from './absent.ts'
import type { Database, Queries } from './database.ts'
import { asDeliveries } from './deliveries.ts'
import { here } from './schema/column.ts'
import { attempt, attemptOutcome, delivery } from './schema/delivery.ts'
import type { Vault } from './vault.ts'

type Wanted = Parameters<Store['lease']>[0]
type Outcome = Parameters<Store['settle']>[1]
type Stored = typeof delivery.$inferSelect

/**
 * Leases due deliveries, oldest first. `skip locked` keeps two couriers apart; the attempts are committed with the lease,
 * so that whatever happens to the courier, it is on record that bytes may have left. A delivery that was already
 * `sending` or `unknown`, or is answered in part, gets an attempt to ask for its status, any other one to deliver.
 */
export async function lease(database: Database, vault: Vault, wanted: Wanted): Promise<readonly Leased[]> {
  if (wanted.registries.length === 0 || wanted.limit <= 0) return []
  const { rows, attempts } = await database.transaction(async (queries) => {
    const due = await takeDue(queries, wanted)
    return { rows: due, attempts: due.length === 0 ? [] : await beginAttempts(queries, due, wanted) }
  })
  // Decrypted after the commit: the lease and its attempts stand whatever becomes of this process now.
  const opened = await asDeliveries(database.queries, vault, rows)
  return opened.flatMap((row) => {
    const begun = attempts.find(({ delivery: of }) => of === row.id)
    if (!begun) return []
    const phase = phaseWhile(wanted)
    return [{ delivery: { ...row, phase, attempts: begun.number }, was: row.phase, attempt: begun }]
  })
}

/**
 * Ends an attempt. Only the latest attempt moves its delivery: an earlier one whose lease ran out is put on record and
 * changes nothing. What is answered or withdrawn stays so, whatever the courier thinks.
 */
export async function settle(database: Database, ended: AttemptRow, outcome: Outcome): Promise<void> {
  const { phase, retryInSeconds } = outcome
  await database.transaction(async (queries) => {
    await queries
      .insert(attemptOutcome)
      .values({ shard: here, attempt: ended.id, outcome: outcome.outcome, detail: outcome.detail ?? null })
      .onConflictDoNothing()
    await queries
      .update(delivery)
      .set({ ...(phase && { phase }), dueAt: retryInSeconds === undefined ? null : inSeconds(retryInSeconds) })
      .where(
        and(
          eq(delivery.shard, here),
          eq(delivery.id, ended.delivery),
          eq(delivery.attempts, ended.number),
          notInArray(delivery.phase, ['answered', 'withdrawn']),
        ),
      )
  })
}

/**
 * Ends every lease that is out. Only where one process has the database to itself, at its start: whoever held a lease is
 * dead then, and need not be waited for. The phases stay, so it is still known where bytes may have left.
 */
export async function endLeases({ queries }: Database): Promise<void> {
  await queries
    .update(delivery)
    .set({ dueAt: sql`now()` })
    .where(
      and(eq(delivery.shard, here), inArray(delivery.phase, ['sending', 'handed']), gt(delivery.dueAt, sql`now()`)),
    )
}

function takeDue(queries: Queries, { registries, only, limit }: Wanted): Promise<Stored[]> {
  const measure =
    only === undefined
      ? undefined
      : only === 'inquiries'
        ? eq(delivery.measure, 'inquire')
        : ne(delivery.measure, 'inquire')
  return queries
    .select()
    .from(delivery)
    .where(
      and(
        eq(delivery.shard, here),
        inArray(delivery.registry, [...registries]),
        lte(delivery.dueAt, sql`now()`),
        measure,
      ),
    )
    .orderBy(asc(delivery.id))
    .limit(limit)
    .for('update', { skipLocked: true })
}

async function beginAttempts(queries: Queries, due: readonly Stored[], wanted: Wanted): Promise<readonly AttemptRow[]> {
  await queries
    .update(delivery)
    .set({ phase: phaseWhile(wanted), attempts: sql`${delivery.attempts} + 1`, dueAt: inSeconds(wanted.seconds) })
    .where(
      and(
        eq(delivery.shard, here),
        inArray(
          delivery.id,
          due.map(({ id }) => id),
        ),
      ),
    )
  const begun = due.map((row) => ({
    shard: here,
    id: newId(),
    delivery: row.id,
    number: row.attempts + 1,
    act:
      wanted.act === 'fetched'
        ? ('fetched' as const)
        : asksFirst(row.phase)
          ? ('status' as const)
          : ('deliver' as const),
  }))
  const rows = await queries.insert(attempt).values(begun).returning()
  return rows.map(({ shard: _shard, ...row }) => present(row))
}

function phaseWhile({ act }: Wanted): DeliveryPhase {
  return act === 'push' ? 'sending' : 'handed'
}

function asksFirst(phase: DeliveryPhase): boolean {
  return phase === 'sending' || phase === 'unknown' || phase === 'handed' || phase === 'answered'
}

/** By the database's clock: couriers on several machines agree on when a lease is over. */
function inSeconds(seconds: number) {
  return sql`now() + make_interval(secs => ${seconds}::double precision)`
}
