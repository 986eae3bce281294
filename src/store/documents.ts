import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { DocumentRow, KeptPayload } from '../gateway/ports/rows.ts'
import { isId } from './absent.ts'
import type { Database, Queries } from './database.ts'
import { keep, keyOf, openAll } from './payloads.ts'
import { document } from './schema/case.ts'
import { here } from './schema/column.ts'
import { sealedReceipt } from './schema/statement.ts'
import type { DataKey, Vault } from './vault.ts'
import { readText } from './wording.ts'

/** Documents of a case by their digests, or all of them, their numbers decrypted. */
export async function documents(
  queries: Queries,
  vault: Vault,
  caseId: string,
  sha256s?: readonly string[],
): Promise<readonly DocumentRow[]> {
  if (sha256s?.length === 0 || !isId(caseId)) return []
  const rows = await queries
    .select()
    .from(document)
    .where(and(eq(document.shard, here), eq(document.caseId, caseId), among(sha256s)))
    .orderBy(asc(document.payload))
  const opened = await openAll(
    queries,
    vault,
    rows.flatMap(({ naming }) => naming ?? []),
  )
  return rows.map(({ shard: _shard, caseId: _caseId, naming, number, ...row }) => ({
    ...row,
    number: naming === null ? (number ?? '') : readText(opened(naming)),
  }))
}

const among = (sha256s: readonly string[] | undefined) => sha256s && inArray(document.sha256, [...sha256s])

/** False when the case had these bytes already; the first stays. */
export async function addDocument(
  queries: Queries,
  vault: Vault,
  key: DataKey,
  caseId: string,
  { number, ...row }: DocumentRow,
): Promise<boolean> {
  const naming = await keep(queries, vault, key, 'naming', Buffer.from(number))
  const added = await queries
    .insert(document)
    .values({ shard: here, caseId, ...row, naming: naming.id })
    .onConflictDoNothing()
    .returning({ sha256: document.sha256 })
  return added.length > 0
}

const atOnce = 100

/** Seals the numbers of documents that were stored before numbers were sealed. Returns how many; may be cut short. */
export async function sealDocumentNumbers(database: Database, vault: Vault): Promise<number> {
  for (let count = 0; ; ) {
    const rows = await database.queries
      .select()
      .from(document)
      .where(and(eq(document.shard, here), isNull(document.naming), isNotNull(document.number)))
      .limit(atOnce)
    if (rows.length === 0) return count
    for (const { caseId, sha256, number } of rows) {
      const key = await keyOf(database.queries, vault, caseId)
      await database.transaction(async (queries) => {
        const naming = await keep(queries, vault, key, 'naming', Buffer.from(number ?? ''))
        await queries
          .update(document)
          .set({ number: null, naming: naming.id })
          .where(and(eq(document.shard, here), eq(document.caseId, caseId), eq(document.sha256, sha256)))
      })
    }
    count += rows.length
  }
}

export async function documentWithBytes(
  queries: Queries,
  vault: Vault,
  caseId: string,
  sha256: string,
): Promise<{ readonly row: DocumentRow; readonly bytes: Uint8Array } | undefined> {
  const [row] = await documents(queries, vault, caseId, [sha256])
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
