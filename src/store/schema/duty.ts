import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, shardColumn } from './column.ts'
import { person } from './people.ts'
import { request } from './request.ts'

/** Who is the approver on duty, at which court and when; ended, never deleted. */
export const duty = pgTable(
  'duty',
  {
    id: uuid('id').primaryKey(),
    court: text('court').notNull(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    from: moment('from_at').notNull(),
    until: moment('until_at').notNull(),
    keptBy: text('kept_by').notNull(),
    endedAt: moment('ended_at'),
    endedBy: text('ended_by'),
  },
  (t) => [index('duty_at_court').on(t.court, t.until)],
)

/** Who was called for an urgent request, step by step; append-only. */
export const escalation = pgTable(
  'escalation',
  {
    shard: shardColumn(),
    request: uuid('request').notNull(),
    step: integer('step').notNull(),
    id: uuid('id').notNull(),
    person: text('person').notNull(),
    as: text('called_as').$type<'duty' | 'director'>().notNull(),
    at: moment('at').notNull(),
    entry: uuid('entry').notNull(),
  },
  (t) => [
    primaryKey({ name: 'one_is_called_a_step', columns: [t.shard, t.request, t.step] }),
    foreignKey({
      name: 'escalation_is_of_a_request',
      columns: [t.shard, t.request],
      foreignColumns: [request.shard, request.id],
    }),
  ],
)
