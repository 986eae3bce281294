import { and, eq, isNotNull } from 'drizzle-orm'
import type { Party } from '../domain/case-file.ts'
import type { KeptPayload, SignedRow } from '../gateway/ports/rows.ts'
import type { FromSource } from '../gateway/ports/store.ts'
import type { BlindIndex } from './blind-index.ts'
import type { Database, Queries } from './database.ts'
import { AnsweredMeanwhile } from './idempotency.ts'
import { nameKept } from './name-kept.ts'
import { keep, keyOf, openAll } from './payloads.ts'
import { caseFile, party, signedCase } from './schema/case.ts'
import { here } from './schema/column.ts'
import { payload } from './schema/payload.ts'
import { reindexParty } from './sightings.ts'
import type { Vault } from './vault.ts'
import { readParty } from './wording.ts'

/** Points a party at its newer payload; the older one stays where its entry says it is. */
export async function correctParty(
  queries: Queries,
  index: BlindIndex,
  caseId: string,
  { id, role, confirmedBy, subject }: Party,
  kept: KeptPayload,
): Promise<void> {
  await queries
    .update(party)
    .set({ role, externalId: null, confirmedBy: confirmedBy ?? null, subject: kept.id })
    .where(and(eq(party.shard, here), eq(party.caseId, caseId), eq(party.id, id)))
  await reindexParty(queries, index, { caseId, party: id, subject })
}

export async function takeFromSource(queries: Queries, caseId: string, said: FromSource): Promise<void> {
  const { sequence, lateInterest = null, fulfilled = null, terminatedOn = null, ...row } = said
  await queries
    .update(caseFile)
    .set({ ...row, lateInterest, fulfilled, terminatedOn, sourceSequence: sequence })
    .where(and(eq(caseFile.shard, here), eq(caseFile.id, caseId)))
}

export async function recallSigned(queries: Queries, client: string, jti: string): Promise<SignedRow | undefined> {
  const [row] = await queries
    .select()
    .from(signedCase)
    .where(and(eq(signedCase.shard, here), eq(signedCase.client, client), eq(signedCase.jti, nameKept(jti))))
  if (!row) return undefined
  const { shard: _shard, ...signed } = row
  return { ...signed, jti }
}

/** In the act's own transaction. Taken meanwhile by another, this one is run again and finds what came of that. */
export async function rememberSigned(queries: Queries, row: SignedRow): Promise<void> {
  const kept = await queries
    .insert(signedCase)
    .values({ shard: here, ...row, jti: nameKept(row.jti) })
    .onConflictDoNothing()
    .returning({ jti: signedCase.jti })
  if (kept.length === 0) throw new AnsweredMeanwhile('this name was taken meanwhile')
}

const atOnce = 100

/**
 * Seals what case systems call parties, where it was stored before it was sealed: the party gets a newer payload that
 * holds it, the older one stays where its entry says it is. Returns how many; may be cut short.
 */
export async function sealExternalIds(database: Database, vault: Vault): Promise<number> {
  for (let count = 0; ; ) {
    const rows = await database.queries
      .select({
        caseId: party.caseId,
        id: party.id,
        subject: party.subject,
        externalId: party.externalId,
        kept: payload.id,
      })
      .from(party)
      .leftJoin(payload, and(eq(payload.shard, party.shard), eq(payload.id, party.subject)))
      .where(and(eq(party.shard, here), isNotNull(party.externalId)))
      .limit(atOnce)
    if (rows.length === 0) return count
    for (const { caseId, id, subject, externalId, kept } of rows) {
      // Of a subject that was erased its name goes too; else it is sealed beside who it names.
      const bytes = kept && (await openAll(database.queries, vault, [subject]))(subject)
      const key = bytes && (await keyOf(database.queries, vault, caseId))
      await database.transaction(async (queries) => {
        const whole = bytes && Buffer.from(JSON.stringify({ ...readParty(bytes).subject, externalId }))
        const sealed = whole && key && (await keep(queries, vault, key, 'party', whole))
        // A party that was corrected meanwhile has a newer payload, and has its name in there.
        await queries
          .update(party)
          .set({ externalId: null, ...(sealed && { subject: sealed.id }) })
          .where(and(eq(party.shard, here), eq(party.caseId, caseId), eq(party.id, id), eq(party.subject, subject)))
      })
    }
    count += rows.length
  }
}
