import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, max, sql } from 'drizzle-orm'
import type { RowFacts } from '../domain/batch.ts'
import type { BatchLine, BatchPage, BatchReads, BatchTerms, Inquired } from '../gateway/ports/batch.ts'
import { isId } from './absent.ts'
import { asBatch, asRow, isBatch, isWaiting } from './batches.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { batch, batchRow } from './schema/batch.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { request } from './schema/request.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

/** What may be looked at of batches. A row names nobody, so nothing but what all rows say alike is decrypted. */
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
    inquiredSince: async (cases, since) =>
      cases.length === 0 ? [] : [...(await inquired(queries, cases, since)), ...(await inLine(queries, cases))],
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

async function inquired(queries: Queries, cases: readonly string[], since: Date): Promise<readonly Inquired[]> {
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
}

/** What a batch that is under way is going to ask is as good as asked. */
async function inLine(queries: Queries, cases: readonly string[]): Promise<readonly Inquired[]> {
  const { caseId, party, registries } = batchRow
  const rows = await queries
    .select({ caseId, party, registries, at: batch.startedAt })
    .from(batchRow)
    .innerJoin(batch, and(eq(batch.shard, batchRow.shard), eq(batch.id, batchRow.batch)))
    .where(
      and(
        eq(batchRow.shard, here),
        eq(batchRow.state, 'waiting'),
        inArray(batchRow.caseId, [...cases]),
        inArray(batch.state, ['running', 'paused']),
      ),
    )
  return rows.flatMap(({ registries: named, ...row }) => named.map((registry) => ({ ...row, registry })))
}
