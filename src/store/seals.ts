import { and, asc, eq, inArray } from 'drizzle-orm'
import type { SealRow } from '../gateway/ports/rows.ts'
import { isId } from './absent.ts'
import type { Queries } from './database.ts'
import { keep, openAll } from './payloads.ts'
import { documentSeal } from './schema/case.ts'
import { here } from './schema/column.ts'
import type { DataKey, Vault } from './vault.ts'
import { readText } from './wording.ts'

/** Adds what was found on the seal of a document. */
export async function addSeal(
  queries: Queries,
  vault: Vault,
  key: DataKey,
  caseId: string,
  { finding: { kind, by, signedAt }, ...row }: SealRow,
): Promise<void> {
  const naming = by === undefined ? undefined : await keep(queries, vault, key, 'naming', Buffer.from(by))
  await queries.insert(documentSeal).values({
    shard: here,
    caseId,
    ...row,
    verdict: kind,
    naming: naming?.id ?? null,
    signedAt: signedAt ?? null,
  })
}

/** What was found on the seals of these documents of a case, or of all, the oldest first. */
export async function seals(
  queries: Queries,
  vault: Vault,
  caseId: string,
  sha256s?: readonly string[],
): Promise<readonly SealRow[]> {
  if (sha256s?.length === 0 || !isId(caseId)) return []
  const wanted = sha256s && inArray(documentSeal.sha256, [...sha256s])
  const rows = await queries
    .select()
    .from(documentSeal)
    .where(and(eq(documentSeal.shard, here), eq(documentSeal.caseId, caseId), wanted))
    .orderBy(asc(documentSeal.id))
  const opened = await openAll(
    queries,
    vault,
    rows.flatMap(({ naming }) => naming ?? []),
  )
  return rows.map(({ id, sha256, at, verdict, naming, signedAt }) => ({
    id,
    sha256,
    at,
    finding: {
      kind: verdict,
      ...(naming !== null && { by: readText(opened(naming)) }),
      ...(signedAt && { signedAt }),
    },
  }))
}
