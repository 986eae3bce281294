import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, max, sql } from 'drizzle-orm'
import type { RowFacts } from '../domain/batch.ts'
import type {
  Batch,
  BatchBook,
  BatchLine,
  BatchPage,
  BatchReads,
  BatchRow,
  BatchTerms,
} from '../gateway/ports/batch.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { withRoles } from './people.ts'
import { batch, batchRow } from './schema/batch.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { person } from './schema/people.ts'
import { request } from './schema/request.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

const isBatch = (id: string) => and(eq(batch.shard, here), eq(batch.id, id))
const isRow = (id: string, row: number) => and(eq(batchRow.shard, here), eq(batchRow.batch, id), eq(batchRow.row, row))
const isWaiting = (id: string) => and(eq(batchRow.shard, here), eq(batchRow.batch, id), eq(batchRow.state, 'waiting'))

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

export function batchReadsOf(queries: Queries, vault: Vault): BatchReads {
  return {
    batch: async (id) => {
      if (!isId(id)) return undefined
      const [row] = await queries.select().from(batch).where(isBatch(id))
      return row && asBatch(row)
    },
    batches: async ({ maker, after, limit }) => {
      if (after !== undefined && !isId(after)) return []
      const rows = await queries
        .select()
        .from(batch)
        .where(and(eq(batch.shard, here), eq(batch.maker, maker), after ? lt(batch.id, after) : undefined))
        .orderBy(desc(batch.id))
        .limit(limit)
      return rows.map(asBatch)
    },
    batchTerms: async (id) => {
      const [row] = isId(id) ? await queries.select({ terms: batch.terms }).from(batch).where(isBatch(id)) : []
      if (!row) return undefined
      const opened = await openAll(queries, vault, [row.terms])
      return JSON.parse(readText(opened(row.terms))) as BatchTerms
    },
    batchLines: (id, page, now) => lines(queries, id, page, now),
    batchCounts: async (id, now) => {
      if (!isId(id)) return []
      const each = queries
        .select(factsAt(now))
        .from(batchRow)
        .leftJoin(delivery, isOfRow)
        .where(isOf(id))
        .groupBy(batchRow.row, batchRow.state)
        .as('each')
      const { state, owed, late, found, declined } = each
      const rows = await queries
        .select({ state, owed, late, found, declined, count: count() })
        .from(each)
        .groupBy(state, owed, late, found, declined)
      return rows.map(({ count: many, ...facts }) => ({ facts, count: many }))
    },
    batchDoneSince: async (id, since) => {
      const [row] = await queries
        .select({ count: count() })
        .from(batchRow)
        .where(and(isOf(id), gte(batchRow.doneAt, since)))
      return row?.count ?? 0
    },
    batchNext: async (id, limit) => {
      const rows = await queries
        .select({ row: batchRow.row })
        .from(batchRow)
        .where(isWaiting(id))
        .orderBy(asc(batchRow.row))
        .limit(limit)
      return rows.map(({ row }) => row)
    },
    inquiredSince: async (cases, since) => {
      if (cases.length === 0) return []
      const at = max(delivery.createdAt)
      const rows = await queries
        .select({ caseId: request.caseId, party: request.party, registry: delivery.registry, at })
        .from(delivery)
        .innerJoin(request, and(eq(request.shard, delivery.shard), eq(request.id, delivery.request)))
        .where(
          and(
            eq(delivery.shard, here),
            eq(delivery.measure, 'inquire'),
            inArray(delivery.caseId, [...cases]),
            gte(delivery.createdAt, since),
          ),
        )
        .groupBy(request.caseId, request.party, delivery.registry)
      return rows.flatMap(({ at: last, ...row }) => (last ? [{ ...row, at: last }] : []))
    },
    dueAt: async (registries, most) => {
      if (registries.length === 0) return 0
      const due = await queries
        .select({ id: delivery.id })
        .from(delivery)
        .where(
          and(eq(delivery.shard, here), inArray(delivery.registry, [...registries]), lte(delivery.dueAt, sql`now()`)),
        )
        .limit(most)
      return due.length
    },
  }
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

const isOf = (id: string) => and(eq(batchRow.shard, here), eq(batchRow.batch, id))
const isOfRow = and(eq(delivery.shard, here), eq(delivery.request, batchRow.request))

/** As `isAnswered` of the domain has it; what was kept back before it left is owed no answer. */
const owes = sql`${delivery.answer} in ('silent', 'received', 'accepted') and ${delivery.phase} <> 'withdrawn'`

function factsAt(now: Date) {
  const some = (condition: ReturnType<typeof sql>) => sql<boolean>`coalesce(bool_or(${condition}), false)`
  return {
    state: batchRow.state,
    owed: some(sql`${owes}`).as('owed'),
    late: some(sql`${owes} and ${delivery.respondBy} < ${now.toISOString()}::timestamptz`).as('late'),
    found: some(sql`${delivery.answer} in ('executed', 'partly')`).as('found'),
    declined: some(sql`${delivery.answer} in ('refused', 'returned')`).as('declined'),
  }
}

async function lines(
  queries: Queries,
  id: string,
  { after, skip = 0, limit }: BatchPage,
  now: Date,
): Promise<readonly BatchLine[]> {
  if (!isId(id)) return []
  const rows = await queries
    .select()
    .from(batchRow)
    .where(and(isOf(id), after === undefined ? undefined : gt(batchRow.row, after)))
    .orderBy(asc(batchRow.row))
    .limit(limit)
    .offset(skip)
  const numbers = rows.map(({ row }) => row)
  if (numbers.length === 0) return []
  const facts = await queries
    .select({ row: batchRow.row, ...factsAt(now) })
    .from(batchRow)
    .leftJoin(delivery, isOfRow)
    .where(and(isOf(id), inArray(batchRow.row, numbers)))
    .groupBy(batchRow.row, batchRow.state)
  const byRow = new Map<number, RowFacts>(facts.map(({ row, ...of }) => [row, of]))
  return rows.flatMap((row) => {
    const of = byRow.get(row.row)
    return of ? [{ row: asRow(row), facts: of }] : []
  })
}

function asBatch({ shard: _, terms: _terms, leasedUntil: _leased, ...row }: typeof batch.$inferSelect): Batch {
  return present(row)
}

function asRow({ shard: _, batch: _batch, ...row }: typeof batchRow.$inferSelect): BatchRow {
  return present(row)
}
