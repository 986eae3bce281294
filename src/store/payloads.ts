import { and, eq, inArray, isNull } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { KeptPayload } from '../gateway/ports/rows.ts'
import { sha256Text } from '../ledger/record.ts'
import type { Queries } from './database.ts'
import { StoreFault } from './fault.ts'
import { here } from './schema/column.ts'
import { dataKey, payload, type StoredKind } from './schema/payload.ts'
import type { DataKey, Opened, Vault, WrappedKey } from './vault.ts'
import { readText } from './wording.ts'

/** A fresh data key, wrapped. Made before the transaction that keeps it: whoever wraps may be another process. */
export function freshKey(vault: Vault): Promise<WrappedKey> {
  return vault.wrap(vault.newKey(newId()))
}

/** Keeps the data key of a new case; `undefined` for the gateway's own. Keeps the first of two. */
export async function addKey(queries: Queries, caseId: string | undefined, fresh: WrappedKey): Promise<void> {
  await queries
    .insert(dataKey)
    .values({ shard: here, caseId: caseId ?? null, ...fresh })
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
  return row && { ...(await openRow(vault, row)), cipher: row.payload.sealed }
}

/** The plaintexts of all these payloads, by id, in one query. Throws `PAYLOAD_MISSING` when one is not there. */
export async function openAll(
  queries: Queries,
  vault: Vault,
  ids: readonly string[],
): Promise<(id: string) => Uint8Array> {
  const rows = ids.length === 0 ? [] : await sealedRows(queries, ids)
  const opened = new Map<string, Uint8Array>()
  for (const row of rows) opened.set(row.payload.id, (await openRow(vault, row)).bytes)
  return (id) => {
    const bytes = opened.get(id)
    if (!bytes) throw new StoreFault('PAYLOAD_MISSING', `payload ${id}`)
    return bytes
  }
}

/** The texts of these payloads, by id, in one query; one that was erased is left out. */
export async function textsOf(
  queries: Queries,
  vault: Vault,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = ids.length === 0 ? [] : await sealedRows(queries, ids)
  const texts = new Map<string, string>()
  for (const row of rows) texts.set(row.payload.id, readText((await openRow(vault, row)).bytes))
  return texts
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

async function openRow(vault: Vault, { payload: kept, data_key }: SealedRow): Promise<Opened> {
  return vault.open(await vault.unwrap(data_key), kept, kept.sealed)
}
