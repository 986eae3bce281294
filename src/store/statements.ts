import { and, asc, count, desc, eq, gte, inArray, lt } from 'drizzle-orm'
import type { RegistryCode } from '../domain/registry.ts'
import type { Page } from '../gateway/ports/reads.ts'
import type { KeptPayload, QuarantineRow, StatementRow } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { keep, openAll } from './payloads.ts'
import { here } from './schema/column.ts'
import { quarantine, statement } from './schema/statement.ts'
import type { DataKey, Vault } from './vault.ts'
import { readStatement, written } from './wording.ts'

/** All statements about these deliveries, by delivery and sequence, decrypted. */
export async function statementsAbout(
  queries: Queries,
  vault: Vault,
  deliveries: readonly string[],
): Promise<readonly StatementRow[]> {
  const ids = deliveries.filter(isId)
  if (ids.length === 0) return []
  const rows = await queries
    .select()
    .from(statement)
    .where(and(eq(statement.shard, here), inArray(statement.delivery, ids)))
    .orderBy(asc(statement.delivery), asc(statement.sequence))
  const opened = await openAll(
    queries,
    vault,
    rows.flatMap(({ message, reading }) => [message, reading]),
  )
  return rows.map(({ shard: _shard, sequence: _sequence, message, reading, ...row }) => ({
    ...row,
    statement: readStatement(opened(reading)),
    message: opened(message),
  }))
}

/** `message` holds the exact bytes that came; what they say is kept beside them, sealed too. */
export async function addStatement(
  queries: Queries,
  vault: Vault,
  key: DataKey,
  row: StatementRow,
  message: KeptPayload,
): Promise<void> {
  const { statement: told, message: _message, ...columns } = row
  const reading = await keep(queries, vault, key, 'reading', written(told))
  await queries
    .insert(statement)
    .values({ ...columns, shard: here, sequence: told.sequence, message: message.id, reading: reading.id })
}

export async function addQuarantine(queries: Queries, row: QuarantineRow): Promise<void> {
  await queries.insert(quarantine).values(row)
}

export async function quarantinedSince(queries: Queries, registry: RegistryCode, since: Date): Promise<number> {
  const [row] = await queries
    .select({ n: count() })
    .from(quarantine)
    .where(and(eq(quarantine.registry, registry), gte(quarantine.arrivedAt, since)))
  return row?.n ?? 0
}

/** What a registry's channel brought that proved nothing, newest first. */
export async function quarantined(
  queries: Queries,
  registry: RegistryCode,
  { after, limit }: Page,
): Promise<readonly QuarantineRow[]> {
  if (after !== undefined && !isId(after)) return []
  const rows = await queries
    .select()
    .from(quarantine)
    .where(and(eq(quarantine.registry, registry), after ? lt(quarantine.id, after) : undefined))
    .orderBy(desc(quarantine.id))
    .limit(limit)
  return rows.map((row) => present({ ...row, registry: row.registry as RegistryCode }))
}
