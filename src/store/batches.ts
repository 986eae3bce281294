import { and, asc, count, eq, lte, sql } from 'drizzle-orm'
import type { Batch, BatchBook, BatchRow } from '../gateway/ports/batch.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { withRoles } from './people.ts'
import { batch, batchRow } from './schema/batch.ts'
import { here } from './schema/column.ts'
import { person } from './schema/people.ts'

export const isBatch = (id: string) => and(eq(batch.shard, here), eq(batch.id, id))
const isRow = (id: string, row: number) => and(eq(batchRow.shard, here), eq(batchRow.batch, id), eq(batchRow.row, row))
export const isWaiting = (id: string) =>
  and(eq(batchRow.shard, here), eq(batchRow.batch, id), eq(batchRow.state, 'waiting'))

/** So many rows in one statement: a statement has room for 65,535 values. */
const rowsAtOnce = 1000

/** Batches as an act changes them, on the act's own transaction. */
export function batchesOf(queries: Queries): BatchBook {
  return {
    add: async (row, rows, terms) => {
      await queries.insert(batch).values({ shard: here, ...row, terms: terms.id })
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        const some = rows.slice(from, from + rowsAtOnce)
        await queries
          .insert(batchRow)
          .values(some.map((one) => ({ shard: here, batch: row.id, ...one, state: 'waiting' as const })))
      }
    },
    find: async (id, to) => {
      if (!isId(id)) return undefined
      const [row] = await queries
        .select()
        .from(batch)
        .where(isBatch(id))
        .for(to === 'change' ? 'update' : 'share')
      return row && asBatch(row)
    },
    move: async (id, to) => {
      await queries.update(batch).set(to).where(isBatch(id))
    },
    row: async (id, number) => {
      const [row] = await queries.select().from(batchRow).where(isRow(id, number)).for('update')
      return row && asRow(row)
    },
    finish: async (id, number, to) => {
      await queries.update(batchRow).set(to).where(isRow(id, number))
    },
    waiting: async (id) => {
      const [row] = await queries.select({ count: count() }).from(batchRow).where(isWaiting(id))
      return row?.count ?? 0
    },
    officer: async (id, at) =>
      (await withRoles(queries, await queries.select().from(person).where(eq(person.id, id)), at))[0],
  }
}

/** Whether there is anything to take: most of the time there is not, and to see that needs no transaction. */
export async function isBatchUnderWay(queries: Queries): Promise<boolean> {
  const rows = await queries
    .select({ id: batch.id })
    .from(batch)
    .where(and(eq(batch.shard, here), eq(batch.state, 'running')))
    .limit(1)
  return rows.length > 0
}

/**
 * Takes the running batch that was left alone longest, for so many seconds by the database's clock. Two processes never
 * take the same one; one whose process was killed is free again when its time is over.
 */
export async function claimBatch(queries: Queries, seconds: number): Promise<Batch | undefined> {
  const [free] = await queries
    .select({ id: batch.id })
    .from(batch)
    .where(and(eq(batch.shard, here), eq(batch.state, 'running'), lte(batch.leasedUntil, sql`now()`)))
    .orderBy(asc(batch.leasedUntil))
    .limit(1)
    .for('update', { skipLocked: true })
  if (!free) return undefined
  const until = sql`now() + make_interval(secs => ${seconds}::double precision)`
  const [row] = await queries.update(batch).set({ leasedUntil: until }).where(isBatch(free.id)).returning()
  return row && asBatch(row)
}

/** Lets it go, behind all others that wait. */
export async function releaseBatch(queries: Queries, id: string): Promise<void> {
  await queries.update(batch).set({ leasedUntil: sql`now()` }).where(isBatch(id))
}

export function asBatch({ shard: _, terms: _terms, leasedUntil: _leased, ...row }: typeof batch.$inferSelect): Batch {
  return present(row)
}

export function asRow({ shard: _, batch: _batch, ...row }: typeof batchRow.$inferSelect): BatchRow {
  return present(row)
}
