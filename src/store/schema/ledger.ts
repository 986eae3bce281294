import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { RecordKind } from '../../ledger/record.ts'
import { bytea, moment, shardColumn } from './column.ts'

/**
 * The leaves of the log, with the columns an auditor filters by; append-only, partitioned by `id`, a UUIDv7: the
 * migration says how. The columns are no evidence, the leaf is.
 */
export const entry = pgTable(
  'entry',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    at: moment('at').notNull(),
    kind: text('kind').$type<RecordKind>().notNull(),
    leaf: bytea('leaf').notNull(),
    leafHash: bytea('leaf_hash').notNull(),
    person: text('person'),
    court: text('court'),
    caseId: text('case_id'),
    caseSeq: integer('case_seq'),
    request: text('request'),
    delivery: text('delivery'),
    registry: text('registry'),
    payload: uuid('payload'),
    about: text('about'),
  },
  (t) => [
    primaryKey({ name: 'entry_has_one_row', columns: [t.shard, t.id] }),
    index('entry_by_time').on(t.shard, t.at),
    index('entry_by_kind').on(t.shard, t.kind, t.id),
    index('entry_of_case').on(t.shard, t.caseId, t.id),
    index('entry_of_request').on(t.shard, t.request, t.id),
    index('entry_of_delivery').on(t.shard, t.delivery, t.id),
    index('entry_of_registry').on(t.shard, t.registry, t.id),
    index('entry_of_person').on(t.shard, t.person, t.id),
    index('entry_of_court').on(t.shard, t.court, t.id),
    index('entry_about').on(t.shard, t.about, t.id),
  ],
)

/** Entries that wait for their place. A queue, not a record: what is taken is deleted. */
export const pending = pgTable('pending', {
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  entryId: uuid('entry_id').notNull(),
  leafHash: bytea('leaf_hash').notNull(),
  since: moment('since').notNull().defaultNow(),
})

/** The place of each entry; append-only. */
export const leaf = pgTable(
  'leaf',
  {
    idx: bigint('idx', { mode: 'number' }).primaryKey(),
    entryId: uuid('entry_id').notNull(),
  },
  (t) => [unique('entry_has_one_place').on(t.entryId)],
)

/** Hash tiles; `bytes` is 32 × `width` and only grows. */
export const tile = pgTable(
  'tile',
  {
    level: smallint('level').notNull(),
    index: bigint('index', { mode: 'number' }).notNull(),
    width: smallint('width').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    primaryKey({ name: 'tile_has_one_row', columns: [t.level, t.index] }),
    check('tile_is_as_wide_as_it_says', sql`octet_length(bytes) = 32 * width and width between 1 and 256`),
  ],
)

/** Signed checkpoints, one a size; append-only. */
export const checkpoint = pgTable('checkpoint', {
  size: bigint('size', { mode: 'number' }).primaryKey(),
  root: bytea('root').notNull(),
  note: text('note').notNull(),
  at: moment('at').notNull().defaultNow(),
})

/** Where the log stands: one row. */
export const logState = pgTable(
  'log_state',
  {
    one: boolean('one').primaryKey().default(true),
    size: bigint('size', { mode: 'number' }).notNull(),
    root: bytea('root').notNull(),
  },
  () => [check('log_has_one_state', sql`one`)],
)
