import { sql } from 'drizzle-orm'
import { date, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { TaskKind } from '../../domain/task.ts'
import type { TaskEventKind } from '../../domain/tasks-raised.ts'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'

/** What a court has to do by hand. Ids, days and words of law only; what people wrote lies in `payload` (`words`, `note`). */
export const task = pgTable(
  'task',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    key: text('key').notNull(),
    kind: text('kind').$type<TaskKind>().notNull(),
    request: uuid('request'),
    delivery: uuid('delivery'),
    control: text('control'),
    party: text('party'),
    lastDay: date('last_day', { mode: 'string' }),
    daysBefore: integer('days_before'),
    letter: integer('letter'),
    owner: text('owner').notNull(),
    due: moment('due').notNull(),
    raisedAt: moment('raised_at').notNull(),
    raisedBy: text('raised_by').$type<TaskEventKind>().notNull(),
    entry: uuid('entry').notNull(),
    words: uuid('words'),
    outcome: text('outcome').$type<'done' | 'dropped'>(),
    endedBy: text('ended_by'),
    endedAt: moment('ended_at'),
    endedEntry: uuid('ended_entry'),
    note: uuid('note'),
  },
  (t) => [
    primaryKey({ name: 'task_has_one_row', columns: [t.shard, t.id] }),
    unique('event_raises_a_task_once').on(t.shard, t.caseId, t.key),
    foreignKey({
      name: 'task_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    index('task_open_by_deadline').on(t.shard, t.due, t.id).where(sql`outcome is null`),
    index('task_open_of_owner').on(t.shard, t.owner, t.due).where(sql`outcome is null`),
    index('task_of_case').on(t.shard, t.caseId, t.due),
  ],
)
