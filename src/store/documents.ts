import { and, eq, inArray } from 'drizzle-orm'
import type { DocumentRow, KeptPayload } from '../gateway/ports/rows.ts'
import { isId } from './absent.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { document } from './schema/case.ts'
import { here } from './schema/column.ts'
import { sealedReceipt } from './schema/statement.ts'
import type { Vault } from './vault.ts'

export async function documents(
  queries: Queries,
  caseId: string,
  sha256s: readonly string[],
): Promise<readonly DocumentRow[]> {
  if (sha256s.length === 0 || !isId(caseId)) return []
  const rows = await queries
    .select()
    .from(document)
    .where(and(eq(document.shard, here), eq(document.caseId, caseId), inArray(document.sha256, [...sha256s])))
  return rows.map(({ shard: _shard, caseId: _caseId, ...row }) => row)
}

/** False when the case had these bytes already; the first stays. */
export async function addDocument(queries: Queries, caseId: string, row: DocumentRow): Promise<boolean> {
  const added = await queries
    .insert(document)
    .values({ shard: here, caseId, ...row })
    .onConflictDoNothing()
    .returning({ sha256: document.sha256 })
  return added.length > 0
}

export async function documentWithBytes(
  queries: Queries,
  vault: Vault,
  caseId: string,
  sha256: string,
): Promise<{ readonly row: DocumentRow; readonly bytes: Uint8Array } | undefined> {
  const [row] = await documents(queries, caseId, [sha256])
  if (!row) return undefined
  const opened = await openAll(queries, vault, [row.payload])
  return { row, bytes: opened(row.payload) }
}

/** False when this delivery had these bytes already. */
export async function keepReceipt(
  queries: Queries,
  delivery: string,
  sha256: string,
  mediaType: string,
  kept: KeptPayload,
): Promise<boolean> {
  const added = await queries
    .insert(sealedReceipt)
    .values({ shard: here, delivery, sha256, mediaType, payload: kept.id })
    .onConflictDoNothing()
    .returning({ sha256: sealedReceipt.sha256 })
  return added.length > 0
}

export async function receiptWithBytes(
  queries: Queries,
  vault: Vault,
  delivery: string,
  sha256: string,
): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined> {
  if (!isId(delivery)) return undefined
  const [row] = await queries
    .select()
    .from(sealedReceipt)
    .where(and(eq(sealedReceipt.shard, here), eq(sealedReceipt.delivery, delivery), eq(sealedReceipt.sha256, sha256)))
  if (!row) return undefined
  const opened = await openAll(queries, vault, [row.payload])
  return { mediaType: row.mediaType, bytes: opened(row.payload) }
}
