import { and, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import type { Subject } from '../domain/subject.ts'
import { type FindableNumber, findableNumbersOf } from '../domain/subject-number.ts'
import type { Sightings } from '../gateway/ports/reads.ts'
import type { BlindIndex } from './blind-index.ts'
import type { Database, Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { party, subjectIndex } from './schema/case.ts'
import { here } from './schema/column.ts'
import { payload } from './schema/payload.ts'
import type { Vault } from './vault.ts'
import { readParty } from './wording.ts'

type IndexedParty = { readonly caseId: string; readonly party: string; readonly subject: Subject }

/** Puts parties into the index under the current secret; who stands there under an older one is written anew. */
export async function indexParties(
  queries: Queries,
  index: BlindIndex,
  parties: readonly IndexedParty[],
): Promise<void> {
  for (const { caseId, party: of, subject } of parties) {
    for (const [at, number] of findableNumbersOf(subject).entries()) {
      const kind = at === 0 ? 'number' : 'legacy'
      const { key, hmac } = index.blind(number)
      await queries
        .insert(subjectIndex)
        .values({ shard: here, caseId, party: of, kind, key, hmac })
        .onConflictDoUpdate({
          target: [subjectIndex.shard, subjectIndex.party, subjectIndex.kind],
          set: { key, hmac },
        })
    }
  }
}

/** A party whose number was corrected is found by the new one, and no longer by the old. */
export async function reindexParty(queries: Queries, index: BlindIndex, corrected: IndexedParty): Promise<void> {
  await queries.delete(subjectIndex).where(and(eq(subjectIndex.shard, here), eq(subjectIndex.party, corrected.party)))
  await indexParties(queries, index, [corrected])
}

export async function indexSearch(
  queries: Queries,
  index: BlindIndex,
  search: string,
  number: FindableNumber,
): Promise<void> {
  const { key, hmac } = index.blind(number)
  await queries
    .insert(subjectIndex)
    .values({ shard: here, caseId: null, party: search, kind: 'search', key, hmac })
    .onConflictDoNothing()
}

export async function sightings(queries: Queries, index: BlindIndex, number: FindableNumber): Promise<Sightings> {
  const rows = await queries
    .select()
    .from(subjectIndex)
    .where(and(eq(subjectIndex.shard, here), inArray(subjectIndex.hmac, [...index.everyBlind(number)])))
  const parties = rows.flatMap(({ caseId, party: of }) => (caseId === null ? [] : [{ caseId, party: of }]))
  const searches = rows.flatMap(({ kind, party: of }) => (kind === 'search' ? [of] : []))
  return { parties: [...new Map(parties.map((met) => [met.party, met])).values()], searches: [...new Set(searches)] }
}

const atOnce = 200

/**
 * Indexes every party that is not in the index, or is under an older secret: those of before there was one. Returns how
 * many. Each batch is committed by itself, so it may be cut short and goes on where it was.
 */
export async function fillIndex(database: Database, vault: Vault, index: BlindIndex): Promise<number> {
  for (let count = 0; ; ) {
    const rows = await database.queries
      .select({ caseId: party.caseId, party: party.id, subject: party.subject })
      .from(party)
      // A subject that was erased has no payload any more, and is not to be found either.
      .innerJoin(payload, and(eq(payload.shard, party.shard), eq(payload.id, party.subject)))
      .leftJoin(
        subjectIndex,
        and(eq(subjectIndex.shard, party.shard), eq(subjectIndex.party, party.id), eq(subjectIndex.kind, 'number')),
      )
      .where(and(eq(party.shard, here), or(isNull(subjectIndex.party), ne(subjectIndex.key, index.key))))
      .limit(atOnce)
    if (rows.length === 0) return count
    const opened = await openAll(
      database.queries,
      vault,
      rows.map(({ subject }) => subject),
    )
    const parties = rows.map((row) => ({ ...row, subject: readParty(opened(row.subject)).subject }))
    await database.transaction((queries) => indexParties(queries, index, parties))
    count += rows.length
  }
}
