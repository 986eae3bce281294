import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { PayloadKind } from '../../gateway/ports/rows.ts'
import { bytea, moment, shardColumn } from './column.ts'

/** A key for each case, and one of the gateway's own (no case), wrapped by the key-encryption key that `kek` names. */
export const dataKey = pgTable(
  'data_key',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id'),
    kek: text('kek').notNull(),
    wrapped: bytea('wrapped').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'data_key_has_one_row', columns: [t.shard, t.id] }),
    uniqueIndex('case_has_one_data_key').on(t.shard, t.caseId),
    uniqueIndex('gateway_has_one_data_key').on(t.shard).where(sql`case_id is null`),
  ],
)

/**
 * Everything that names somebody, encrypted; append-only, and deleted only beside an erasure. Partitioned by `id`, a
 * UUIDv7: the migration says how. `sealed` is never rewritten: leaves hold its SHA-256.
 */
export const payload = pgTable(
  'payload',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    key: uuid('key').notNull(),
    kind: text('kind').$type<StoredKind>().notNull(),
    length: integer('length').notNull(),
    commitment: text('commitment').notNull(),
    sealed: bytea('sealed').notNull(),
  },
  (t) => [
    primaryKey({ name: 'payload_has_one_row', columns: [t.shard, t.id] }),
    index('payload_under_key').on(t.shard, t.key),
  ],
)

/** `reading` is a statement as it was understood, `naming` a document's number; their bytes are payloads of their own. */
export type StoredKind = PayloadKind | 'reading' | 'naming'
