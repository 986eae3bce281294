import { lt, sql } from 'drizzle-orm'
import type { DatabaseHealth } from '../gateway/ports/machine.ts'
import { type Database, rowsOf } from './database.ts'
import { migrationsKnown } from './migrations.ts'
import { logoutJti } from './schema/account.ts'
import { clientRefusal, clientToken } from './schema/client.ts'
import { idempotency, session } from './schema/people.ts'
import { rateWindow } from './schema/rate.ts'
import { anomalyRound } from './schema/rollup.ts'
import { usedJti } from './schema/used-once.ts'

/**
 * Makes the partitions of this month and the next two. Called at start and daily; whoever calls it second finds them.
 * It waits for no one: when the tables are busy it throws, and tomorrow is early enough.
 */
export async function ensurePartitions(database: Database, now: Date): Promise<void> {
  const months = [0, 1, 2].map((ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)))
  await database.transaction(async (queries) => {
    await queries.execute(sql`set local lock_timeout = '5s'`)
    await queries.execute(sql`select pg_advisory_xact_lock(${partitionLock}::bigint)`)
    for (const month of months) {
      for (const parent of ['payload', 'entry']) {
        await queries.execute(sql`select writ_ensure_partition(${parent}::text, ${month.toISOString()}::timestamptz)`)
      }
    }
  })
}

const partitionLock = 0x70617274

/** An Idempotency-Key is remembered this long; the protocol promises 30 days. */
const rememberedDays = 90

/** Forgets what need not be remembered: names used once, old keys, tokens and counts that ended. Nothing that is evidence. */
export async function sweep(database: Database, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await database.transaction(async (queries) => {
    await queries.delete(usedJti).where(lt(usedJti.expiresAt, daysAgo(1)))
    await queries.delete(logoutJti).where(lt(logoutJti.expiresAt, daysAgo(1)))
    await queries.delete(clientToken).where(lt(clientToken.expiresAt, daysAgo(1)))
    await queries.delete(clientRefusal).where(lt(clientRefusal.hour, daysAgo(rememberedDays)))
    await queries.delete(idempotency).where(lt(idempotency.at, daysAgo(rememberedDays)))
    await queries.delete(session).where(lt(session.expiresAt, daysAgo(1)))
    await queries.delete(anomalyRound).where(lt(anomalyRound.asOf, daysAgo(1)))
    await queries.delete(rateWindow).where(lt(rateWindow.endsAt, sql`now()`))
  })
  await database.tend()
}

export async function health(database: Database, clock: () => Date): Promise<DatabaseHealth> {
  const asked = clock()
  const [row] = await rowsOf<HealthRow>(database.queries, healthQuery)
  if (!row) throw new Error('a query without a row')
  return {
    engine: database.engine,
    version: row.version,
    size: Number(row.size),
    migrated: Number(row.migrations) === migrationsKnown(),
    pending: Number(row.pending),
    oldestPendingSeconds: Number(row.oldest),
    due: Number(row.due),
    clockAheadMs: Math.round(asked.getTime() - Number(row.now_ms)),
    partitionsLate: row.late,
    ...(row.checkpoint !== null && { checkpointSeconds: Number(row.checkpoint) }),
  }
}

type HealthRow = {
  readonly version: string
  readonly size: unknown
  readonly checkpoint: unknown
  readonly migrations: unknown
  readonly pending: unknown
  readonly oldest: unknown
  readonly due: unknown
  readonly now_ms: unknown
  readonly late: boolean
}

const healthQuery = sql`
  select
    split_part(current_setting('server_version'), ' ', 1) as version,
    pg_database_size(current_database()) as size,
    (select extract(epoch from now() - max(at)) from checkpoint) as checkpoint,
    (select count(*) from drizzle.__drizzle_migrations) as migrations,
    (select count(*) from pending) as pending,
    (select coalesce(extract(epoch from now() - min(since)), 0) from pending) as oldest,
    (select count(*) from delivery join registry on registry.code = delivery.registry
      where delivery.shard = 0 and delivery.due_at <= now() and registry.mode not in ('desk', 'errand')) as due,
    extract(epoch from clock_timestamp()) * 1000 as now_ms,
    exists (select from entry_default) or exists (select from payload_default) as late`
