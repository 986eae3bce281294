import { foreignKey, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { moment, shardColumn } from './column.ts'
import { delivery } from './delivery.ts'

/** What one person read from the paper of an errand; append-only. What it says lies in `payload`, under the case's key. */
export const errandEntry = pgTable(
  'errand_entry',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    delivery: uuid('delivery').notNull(),
    round: integer('round').notNull(),
    seat: smallint('seat').notNull(),
    person: text('person').notNull(),
    at: moment('at').notNull(),
    reading: uuid('reading').notNull(),
    entry: uuid('entry').notNull(),
  },
  (t) => [
    primaryKey({ name: 'errand_entry_has_one_row', columns: [t.shard, t.id] }),
    unique('round_has_two_entries').on(t.shard, t.delivery, t.round, t.seat),
    unique('person_enters_once_a_round').on(t.shard, t.delivery, t.round, t.person),
    foreignKey({
      name: 'errand_entry_is_about_a_delivery',
      columns: [t.shard, t.delivery],
      foreignColumns: [delivery.shard, delivery.id],
    }),
  ],
)

/** What the third person found: the names of the fields that go back, or none, and then it was committed. Append-only. */
export const errandVerdict = pgTable(
  'errand_verdict',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    delivery: uuid('delivery').notNull(),
    round: integer('round').notNull(),
    person: text('person').notNull(),
    at: moment('at').notNull(),
    fields: jsonb('fields').$type<readonly string[]>().notNull(),
    entry: uuid('entry').notNull(),
  },
  (t) => [
    primaryKey({ name: 'round_is_judged_once', columns: [t.shard, t.delivery, t.round] }),
    foreignKey({
      name: 'errand_verdict_is_about_a_delivery',
      columns: [t.shard, t.delivery],
      foreignColumns: [delivery.shard, delivery.id],
    }),
  ],
)
