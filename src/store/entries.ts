import {
  and,
  asc,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNull,
  lt,
  ne,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { EntryFilter, PlacedEntry } from '../gateway/ports/reads.ts'
import type { EntryRow } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { caseFile, caseMember } from './schema/case.ts'
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

export async function entriesWith(queries: Queries, ids: readonly string[]): Promise<readonly PlacedEntry[]> {
  const known = ids.filter(isId)
  return known.length === 0 ? [] : placed(queries, [inArray(entry.id, known)], known.length)
}

/** Entries, newest first; `after` is the id of the last one seen. `from` is included, `to` is not. */
export async function entries(queries: Queries, filter: EntryFilter): Promise<readonly PlacedEntry[]> {
  const { after, limit } = filter
  if (after !== undefined && !isId(after)) return []
  // By time where a time is asked for: by id alone, every older partition is gone through to find that nothing in it fits.
  const order = filter.from ? [desc(entry.at), desc(entry.id)] : [desc(entry.id)]
  return placed(queries, wantedBy(queries, filter), limit, order)
}

/** The conditions of a filter, all but its limit. */
export function wantedBy(queries: Queries, filter: Omit<EntryFilter, 'limit'>): readonly SQL[] {
  const {
    after,
    kind,
    kinds,
    without,
    from,
    to,
    caseId,
    caseIds,
    request,
    delivery,
    registry,
    person,
    court,
    courts,
    about,
    abouts,
    ofSystem,
  } = filter
  const wanted = [
    after && lt(entry.id, after),
    kind && eq(entry.kind, kind),
    kinds && inArray(entry.kind, [...kinds]),
    without && ne(entry.kind, without),
    from && gte(entry.at, from),
    to && lt(entry.at, to),
    caseId && eq(entry.caseId, caseId),
    caseIds && (caseIds.length > 0 ? inArray(entry.caseId, [...caseIds]) : sql`false`),
    request && eq(entry.request, request),
    delivery && eq(entry.delivery, delivery),
    registry && eq(entry.registry, registry),
    person && eq(entry.person, person),
    court && eq(entry.court, court),
    courts && (courts.length > 0 ? inArray(entry.court, [...courts]) : sql`false`),
    about && eq(entry.about, about),
    ofSystem && isNull(entry.caseId),
    abouts && (abouts.length > 0 ? inArray(entry.about, [...abouts]) : sql`false`),
    filter.viewer !== undefined && notSealedFrom(queries, filter.viewer),
  ]
  return wanted.flatMap((condition) => condition || [])
}

/** Sealed cases are few: their ids are looked up once for the whole list, never once a row. */
function notSealedFrom(queries: Queries, viewer: string): SQL | undefined {
  return or(isNull(entry.caseId), notInArray(entry.caseId, sealedFrom(queries, viewer)))
}

/** The sealed cases on which somebody is not named, as a query for their ids. */
export function sealedFrom(queries: Queries, viewer: string) {
  const isMember = exists(
    queries
      .select({ person: caseMember.person })
      .from(caseMember)
      .where(and(eq(caseMember.shard, here), eq(caseMember.caseId, caseFile.id), eq(caseMember.person, viewer))),
  )
  return queries
    .select({ id: sql<string>`${caseFile.id}::text` })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), eq(caseFile.isSealed, true), not(isMember)))
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

async function placed(
  queries: Queries,
  wanted: readonly SQL[],
  limit: number,
  order: readonly SQL[] = [],
): Promise<readonly PlacedEntry[]> {
  const rows = await queries
    .select({ entry, index: leaf.idx })
    .from(entry)
    .leftJoin(leaf, eq(leaf.entryId, entry.id))
    .where(and(eq(entry.shard, here), ...wanted))
    .orderBy(...order)
    .limit(limit)
  return rows.map(({ entry: { shard: _shard, ...row }, index }) => present({ ...row, index }))
}
