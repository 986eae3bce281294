import { and, eq, ne } from 'drizzle-orm'
import type { Database } from './database.ts'
import { here } from './schema/column.ts'
import { dataKey } from './schema/payload.ts'
import type { Vault, WrappedKey } from './vault.ts'

const atOnce = 200

/**
 * Wraps every data key anew that another key-encryption key than the current one has wrapped; payloads stay as they are.
 * Tells how many, and by which keys they were. May be run while the gateway works, and again after it was cut short.
 */
export async function rewrapKeys(
  database: Database,
  vault: Vault,
): Promise<{ readonly count: number; readonly from: readonly string[] }> {
  const from = new Set<string>()
  for (let count = 0; ; ) {
    const kek = await vault.currentKek()
    const rows = await database.queries
      .select()
      .from(dataKey)
      .where(and(eq(dataKey.shard, here), ne(dataKey.kek, kek)))
      .limit(atOnce)
    if (rows.length === 0) return { count, from: [...from] }
    for (const { kek: was } of rows) from.add(was)
    count += await rewrap(database, vault, rows)
  }
}

/** The names of the key-encryption keys, other than the current one, that have wrapped what is here. */
export async function formerKeks(database: Database, vault: Vault): Promise<readonly string[]> {
  const rows = await database.queries
    .select({ kek: dataKey.kek })
    .from(dataKey)
    .where(and(eq(dataKey.shard, here), ne(dataKey.kek, await vault.currentKek())))
    .groupBy(dataKey.kek)
  return rows.map(({ kek }) => kek)
}

/** Wraps these anew, where they are still wrapped as they were seen: outside the transaction, for it may take a call. */
export async function rewrap(database: Database, vault: Vault, rows: readonly WrappedKey[]): Promise<number> {
  const fresh: (WrappedKey & { readonly was: string })[] = []
  for (const row of rows) fresh.push({ ...(await vault.wrap(await vault.unwrap(row))), was: row.kek })
  return database.transaction(async (queries) => {
    let count = 0
    for (const { id, kek, wrapped, was } of fresh) {
      const rewrapped = await queries
        .update(dataKey)
        .set({ kek, wrapped })
        .where(and(eq(dataKey.shard, here), eq(dataKey.id, id), eq(dataKey.kek, was)))
        .returning({ id: dataKey.id })
      count += rewrapped.length
    }
    return count
  })
}
