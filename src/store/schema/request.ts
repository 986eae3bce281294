import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { ConfirmedField } from '../../domain/confirm.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { RequestState } from '../../domain/request.ts'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'

/** A request; what was asked lies in `payload` alone. */
export const request = pgTable(
  'request',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    court: text('court').notNull(),
    measure: text('measure').$type<MeasureKind>().notNull(),
    party: text('party').notNull(),
    state: text('state').$type<RequestState>().notNull(),
    maker: text('maker').notNull(),
    submittedAt: moment('submitted_at').notNull(),
    entry: uuid('entry').notNull(),
    asked: uuid('asked').notNull(),
    replaces: uuid('replaces'),
    repeats: uuid('repeats'),
    version: integer('version').notNull().default(1),
    urgent: boolean('urgent').notNull().default(false),
  },
  (t) => [
    primaryKey({ name: 'request_has_one_row', columns: [t.shard, t.id] }),
    foreignKey({
      name: 'request_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    index('request_of_case').on(t.shard, t.caseId, t.id),
    index('request_of_court').on(t.shard, t.court, t.id),
    index('request_of_court_by_state').on(t.shard, t.court, t.state, t.id),
    index('request_urgent').on(t.shard, t.id).where(sql`urgent and state = 'submitted'`),
    index('request_repeats').on(t.shard, t.repeats).where(sql`repeats is not null`),
    uniqueIndex('request_has_one_successor').on(t.shard, t.replaces).where(sql`replaces is not null`),
  ],
)

/** A decision on a request; its comment lies in `payload` alone. */
export const approval = pgTable(
  'approval',
  {
    shard: shardColumn(),
    request: uuid('request').notNull(),
    id: uuid('id').notNull(),
    decision: text('decision').$type<'approved' | 'returned'>().notNull(),
    person: text('person').notNull(),
    personName: text('person_name').notNull(),
    role: text('role').$type<'approver' | 'enforcement-director'>().notNull().default('approver'),
    comment: uuid('comment'),
    /** Names of the fields that were compared with the papers; of what stood in them nothing. */
    confirmed: text('confirmed').array().$type<ConfirmedField[]>(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'approval_has_one_row', columns: [t.shard, t.request, t.id] }),
    foreignKey({
      name: 'approval_is_of_a_request',
      columns: [t.shard, t.request],
      foreignColumns: [request.shard, request.id],
    }),
  ],
)
