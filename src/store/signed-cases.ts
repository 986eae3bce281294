import { and, eq } from 'drizzle-orm'
import type { Party } from '../domain/case-file.ts'
import type { KeptPayload, SignedRow } from '../gateway/ports/rows.ts'
import type { FromSource } from '../gateway/ports/store.ts'
import type { BlindIndex } from './blind-index.ts'
import type { Queries } from './database.ts'
import { AnsweredMeanwhile } from './idempotency.ts'
import { caseFile, party, signedCase } from './schema/case.ts'
import { here } from './schema/column.ts'
import { reindexParty } from './sightings.ts'

/** Points a party at its newer payload; the older one stays where its entry says it is. */
export async function correctParty(
  queries: Queries,
  index: BlindIndex,
  caseId: string,
  { id, role, externalId, confirmedBy, subject }: Party,
  kept: KeptPayload,
): Promise<void> {
  await queries
    .update(party)
    .set({ role, externalId: externalId ?? null, confirmedBy: confirmedBy ?? null, subject: kept.id })
    .where(and(eq(party.shard, here), eq(party.caseId, caseId), eq(party.id, id)))
  await reindexParty(queries, index, { caseId, party: id, subject })
}

export async function takeFromSource(queries: Queries, caseId: string, said: FromSource): Promise<void> {
  const { sequence, lateInterest = null, fulfilled = null, ...row } = said
  await queries
    .update(caseFile)
    .set({ ...row, lateInterest, fulfilled, sourceSequence: sequence })
    .where(and(eq(caseFile.shard, here), eq(caseFile.id, caseId)))
}

export async function recallSigned(queries: Queries, client: string, jti: string): Promise<SignedRow | undefined> {
  const [row] = await queries
    .select()
    .from(signedCase)
    .where(and(eq(signedCase.shard, here), eq(signedCase.client, client), eq(signedCase.jti, jti)))
  if (!row) return undefined
  const { shard: _shard, ...signed } = row
  return signed
}

/** In the act's own transaction. Taken meanwhile by another, this one is run again and finds what came of that. */
export async function rememberSigned(queries: Queries, row: SignedRow): Promise<void> {
  const kept = await queries
    .insert(signedCase)
    .values({ shard: here, ...row })
    .onConflictDoNothing()
    .returning({ jti: signedCase.jti })
  if (kept.length === 0) throw new AnsweredMeanwhile('this name was taken meanwhile')
}
