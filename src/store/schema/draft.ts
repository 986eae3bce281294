import { sql } from 'drizzle-orm'
import { foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { DraftState, Objection } from '../../domain/draft.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'

/** A request that is being written; what it says lies in `payload` alone, each saving in one of its own. */
export const draft = pgTable(
  'draft',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    maker: text('maker').notNull(),
    state: text('state').$type<DraftState>().notNull(),
    measure: text('measure').$type<MeasureKind>(),
    savedAt: moment('saved_at').notNull(),
    entry: uuid('entry').notNull(),
    content: uuid('content').notNull(),
    /** Codes of rules and places in the form: nothing of what stood there. */
    objections: jsonb('objections').$type<readonly Objection[]>().notNull(),
    replaces: uuid('replaces'),
    request: uuid('request'),
  },
  (t) => [
    primaryKey({ name: 'draft_has_one_row', columns: [t.shard, t.id] }),
    foreignKey({
      name: 'draft_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    index('draft_of_case').on(t.shard, t.caseId, t.id),
    index('draft_of_maker').on(t.shard, t.maker, t.id),
    uniqueIndex('request_is_corrected_once').on(t.shard, t.replaces).where(sql`state = 'open'`),
  ],
)
