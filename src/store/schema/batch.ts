import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { BatchRowState, BatchState } from '../../domain/batch.ts'
import type { InquiryKind } from '../../domain/measure.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'
import { request } from './request.ts'

/** Inquiries asked for together; what all of them say alike lies in `payload` alone. */
export const batch = pgTable(
  'batch',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    maker: text('maker').notNull(),
    state: text('state').$type<BatchState>().notNull(),
    rows: integer('rows').notNull(),
    terms: uuid('terms').notNull(),
    startedAt: moment('started_at').notNull(),
    since: moment('since').notNull(),
    endedAt: moment('ended_at'),
    entry: uuid('entry').notNull(),
    /** By the database's clock: until then some process works on it; past, whoever comes first may. */
    leasedUntil: moment('leased_until').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'batch_has_one_row', columns: [t.shard, t.id] }),
    index('batch_of_maker').on(t.shard, t.maker, t.id),
    index('batch_under_way').on(t.shard, t.leasedUntil).where(sql`state = 'running'`),
  ],
)

/** One row of a list: ids and codes, no names. It becomes one request at the most. */
export const batchRow = pgTable(
  'batch_row',
  {
    shard: shardColumn(),
    batch: uuid('batch').notNull(),
    row: integer('row').notNull(),
    caseId: uuid('case_id').notNull(),
    party: uuid('party').notNull(),
    registries: jsonb('registries').$type<readonly RegistryCode[]>().notNull(),
    kinds: jsonb('kinds').$type<readonly InquiryKind[]>().notNull(),
    documents: jsonb('documents').$type<readonly string[]>().notNull(),
    state: text('state').$type<BatchRowState>().notNull(),
    request: uuid('request'),
    refused: text('refused'),
    doneAt: moment('done_at'),
  },
  (t) => [
    primaryKey({ name: 'row_is_in_a_batch_once', columns: [t.shard, t.batch, t.row] }),
    foreignKey({
      name: 'row_belongs_to_a_batch',
      columns: [t.shard, t.batch],
      foreignColumns: [batch.shard, batch.id],
    }),
    foreignKey({
      name: 'row_is_about_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    foreignKey({
      name: 'row_became_a_request',
      columns: [t.shard, t.request],
      foreignColumns: [request.shard, request.id],
    }),
    index('batch_row_waiting').on(t.shard, t.batch, t.row).where(sql`state = 'waiting'`),
  ],
)
