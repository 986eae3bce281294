import { and, asc, count, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { RegistryCode } from '../domain/registry.ts'
import type { Page, WordAbout } from '../gateway/ports/reads.ts'
import type { KeptPayload, QuarantineRow, ResultSealing, StatementRow } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { keep, openAll } from './payloads.ts'
import { here } from './schema/column.ts'
import { quarantine, sealedResult, statement } from './schema/statement.ts'
import type { DataKey, Vault } from './vault.ts'
import { readStatement, written } from './wording.ts'

/**
 * All statements about these deliveries, by delivery and sequence, decrypted. Of one about the wrong person neither what it
 * found nor its bytes leave the store, unless `sealed` asks for them by name.
 */
export async function statementsAbout(
  queries: Queries,
  vault: Vault,
  deliveries: readonly string[],
  sealed: 'left-out' | 'shown' = 'left-out',
): Promise<readonly StatementRow[]> {
  const ids = deliveries.filter(isId)
  if (ids.length === 0) return []
  const rows = await queries
    .select({ statement, isSealed: isSealedNow })
    .from(statement)
    .where(and(eq(statement.shard, here), inArray(statement.delivery, ids)))
    .orderBy(asc(statement.delivery), asc(statement.sequence))
  const opened = await openAll(
    queries,
    vault,
    rows.flatMap((row) => [row.statement.message, row.statement.reading]),
  )
  return rows.map(({ statement: { shard: _shard, sequence: _sequence, message, reading, ...row }, isSealed }) => {
    const whole = { ...row, statement: readStatement(opened(reading)), message: opened(message) }
    if (!isSealed) return whole
    return { ...(sealed === 'shown' ? whole : withoutFindings(whole)), isSealed }
  })
}

/** What kind of thing was said about these deliveries, how well proved and when; nothing else of it leaves the store. */
export async function wordsAbout(
  queries: Queries,
  vault: Vault,
  deliveries: readonly string[],
): Promise<readonly WordAbout[]> {
  if (deliveries.length === 0) return []
  const { delivery: of, grade, arrivedAt, reading } = statement
  const rows = await queries
    .select({ delivery: of, grade, arrivedAt, reading })
    .from(statement)
    .where(and(eq(statement.shard, here), inArray(of, [...deliveries])))
    .orderBy(asc(of), asc(statement.sequence))
  const opened = await openAll(
    queries,
    vault,
    rows.map((row) => row.reading),
  )
  return rows.map(({ reading: kept, ...row }) => ({ ...row, kind: readStatement(opened(kept)).kind }))
}

/** The latest word on whether a statement is about the wrong person; written out, since drizzle leaves out the tables' names. */
const isSealedNow = sql<true | null>`(
  select nullif(latest.is_sealed, false) from sealed_result latest
  where latest.shard = statement.shard and latest.statement = statement.id
  order by latest.id desc limit 1)`

/** Kind, sequence and times stay: an answer did come. What it found, and every word that could name somebody, does not. */
function withoutFindings(row: StatementRow): StatementRow {
  const { kind, sequence, receivedAt, part, sealedReceipt, targets } = row.statement
  const kept = {
    ...(receivedAt && { receivedAt }),
    ...(part && { part }),
    ...(sealedReceipt && { sealedReceipt }),
  }
  return { ...row, statement: { kind, sequence, holdings: [], targets, ...kept }, message: new Uint8Array() }
}

export async function sealResult(queries: Queries, sealing: ResultSealing): Promise<void> {
  await queries.insert(sealedResult).values({ shard: here, ...sealing })
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
