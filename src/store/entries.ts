import { and, asc, desc, eq, gte, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { EntryFilter, PlacedEntry } from '../gateway/ports/reads.ts'
import type { EntryRow } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { here } from './schema/column.ts'
import { entry, leaf, pending } from './schema/ledger.ts'

/** Adds an entry and puts it into the queue for its place, in the act's own transaction: no lock, no shared row. */
export async function enter(queries: Queries, row: EntryRow): Promise<void> {
  await queries.insert(entry).values({ shard: here, ...row })
  await queries.insert(pending).values({ entryId: row.id, leafHash: row.leafHash })
}

export async function entryById(queries: Queries, id: string): Promise<PlacedEntry | undefined> {
  if (!isId(id)) return undefined
  return (await placed(queries, [eq(entry.id, id)], 1))[0]
}

/** Entries, newest first; `after` is the id of the last one seen. `from` is included, `to` is not. */
export async function entries(queries: Queries, filter: EntryFilter): Promise<readonly PlacedEntry[]> {
  const { after, limit, kind, from, to, caseId, request, delivery, registry, person, court, courts, about, ofSystem } =
    filter
  if (after !== undefined && !isId(after)) return []
  const wanted = [
    after && lt(entry.id, after),
    kind && eq(entry.kind, kind),
    from && gte(entry.at, from),
    to && lt(entry.at, to),
    caseId && eq(entry.caseId, caseId),
    request && eq(entry.request, request),
    delivery && eq(entry.delivery, delivery),
    registry && eq(entry.registry, registry),
    person && eq(entry.person, person),
    court && eq(entry.court, court),
    courts && (courts.length > 0 ? inArray(entry.court, [...courts]) : sql`false`),
    about && eq(entry.about, about),
    ofSystem && isNull(entry.caseId),
  ]
  return placed(
    queries,
    wanted.flatMap((condition) => condition || []),
    limit,
  )
}

/** The exact bytes of leaves by their place; shorter than asked for where the log ends. */
export async function leavesFrom(queries: Queries, first: number, count: number): Promise<readonly Uint8Array[]> {
  const rows = await queries
    .select({ bytes: entry.leaf })
    .from(leaf)
    .innerJoin(entry, and(eq(entry.shard, here), eq(entry.id, leaf.entryId)))
    .where(and(gte(leaf.idx, first), lt(leaf.idx, first + count)))
    .orderBy(asc(leaf.idx))
  return rows.map(({ bytes }) => bytes)
}

async function placed(queries: Queries, wanted: readonly SQL[], limit: number): Promise<readonly PlacedEntry[]> {
  const rows = await queries
    .select({ entry, index: leaf.idx })
    .from(entry)
    .leftJoin(leaf, eq(leaf.entryId, entry.id))
    .where(and(eq(entry.shard, here), ...wanted))
    .orderBy(desc(entry.id))
    .limit(limit)
  return rows.map(({ entry: { shard: _shard, ...row }, index }) => present({ ...row, index }))
}
