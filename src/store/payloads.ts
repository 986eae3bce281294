import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { KeptPayload } from '../gateway/ports/rows.ts'
import { sha256Text } from '../ledger/record.ts'
import type { Database, Queries } from './database.ts'
import { StoreFault } from './fault.ts'
import { here } from './schema/column.ts'
import { dataKey, payload, type StoredKind } from './schema/payload.ts'
import type { DataKey, Opened, Vault } from './vault.ts'

/** Makes and keeps the data key of a new case; `undefined` for the gateway's own. Keeps the first of two. */
export async function addKey(queries: Queries, vault: Vault, caseId: string | undefined): Promise<void> {
  await queries
    .insert(dataKey)
    .values({ shard: here, caseId: caseId ?? null, ...vault.wrap(vault.newKey(newId())) })
    .onConflictDoNothing()
}

/** The data key of a case, or the gateway's own. */
export async function keyOf(queries: Queries, vault: Vault, caseId: string | undefined): Promise<DataKey> {
  const owner = caseId === undefined ? isNull(dataKey.caseId) : eq(dataKey.caseId, caseId)
  const [row] = await queries
    .select()
    .from(dataKey)
    .where(and(eq(dataKey.shard, here), owner))
  if (!row) throw new StoreFault('KEY_WRONG', `no data key for ${caseId ?? 'the gateway'}`)
  return vault.unwrap(row)
}

/** Seals bytes under a data key and keeps them. */
export async function keep(
  queries: Queries,
  vault: Vault,
  key: DataKey,
  kind: StoredKind,
  bytes: Uint8Array,
): Promise<KeptPayload> {
  const id = newId()
  const { sealed, commitment } = vault.seal(key, { id, kind }, bytes)
  await queries.insert(payload).values({ shard: here, id, key: key.id, kind, length: bytes.length, commitment, sealed })
  return { id, length: bytes.length, cipherSha256: sha256Text(sealed), commitment }
}

/** A payload as it lies there, with salt and plaintext; `undefined` when it was erased. */
export async function openWhole(
  queries: Queries,
  vault: Vault,
  id: string,
): Promise<(Opened & { readonly cipher: Uint8Array }) | undefined> {
  const [row] = await sealedRows(queries, [id])
  return row && { ...openRow(vault, row), cipher: row.payload.sealed }
}

/** The plaintexts of all these payloads, by id, in one query. Throws `PAYLOAD_MISSING` when one is not there. */
export async function openAll(
  queries: Queries,
  vault: Vault,
  ids: readonly string[],
): Promise<(id: string) => Uint8Array> {
  const rows = ids.length === 0 ? [] : await sealedRows(queries, ids)
  const opened = new Map(rows.map((row) => [row.payload.id, openRow(vault, row).bytes]))
  return (id) => {
    const bytes = opened.get(id)
    if (!bytes) throw new StoreFault('PAYLOAD_MISSING', `payload ${id}`)
    return bytes
  }
}

/**
 * Wraps every data key anew that a former key-encryption key has wrapped; payloads stay as they are. Returns how many.
 * May be run while the gateway works, and again after it was cut short.
 */
export async function rewrapKeys(database: Database, vault: Vault): Promise<number> {
  const rows = await database.queries
    .select()
    .from(dataKey)
    .where(and(eq(dataKey.shard, here), ne(dataKey.kek, vault.kek)))
  for (const row of rows) {
    const { kek, wrapped } = vault.wrap(vault.unwrap(row))
    await database.transaction((queries) =>
      queries
        .update(dataKey)
        .set({ kek, wrapped })
        .where(and(eq(dataKey.shard, here), eq(dataKey.id, row.id))),
    )
  }
  return rows.length
}

type SealedRow = {
  readonly payload: typeof payload.$inferSelect
  readonly data_key: typeof dataKey.$inferSelect
}

function sealedRows(queries: Queries, ids: readonly string[]): Promise<readonly SealedRow[]> {
  return queries
    .select()
    .from(payload)
    .innerJoin(dataKey, and(eq(dataKey.shard, payload.shard), eq(dataKey.id, payload.key)))
    .where(and(eq(payload.shard, here), inArray(payload.id, [...ids])))
}

function openRow(vault: Vault, { payload: kept, data_key }: SealedRow): Opened {
  return vault.open(vault.unwrap(data_key), kept, kept.sealed)
}
