import { sql } from 'drizzle-orm'
import { foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { BeijingDate } from '../../domain/beijing-date.ts'
import type { RepetitionState } from '../../gateway/ports/repetition.ts'
import { moment, shardColumn } from './column.ts'
import { request } from './request.ts'

/** An order that is repeated until its sum is met; each repetition is a request of its own. */
export const repetition = pgTable(
  'repetition',
  {
    shard: shardColumn(),
    request: uuid('request').notNull(),
    caseId: uuid('case_id').notNull(),
    until: text('until').$type<BeijingDate>().notNull(),
    state: text('state').$type<RepetitionState>().notNull(),
    nextAt: moment('next_at').notNull(),
    refused: text('refused'),
    endedBy: text('ended_by'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    primaryKey({ name: 'order_is_repeated_once_at_a_time', columns: [t.shard, t.request] }),
    foreignKey({
      name: 'repetition_is_of_a_request',
      columns: [t.shard, t.request],
      foreignColumns: [request.shard, request.id],
    }),
    index('repetition_due').on(t.shard, t.nextAt).where(sql`state = 'running'`),
  ],
)
