import { sql } from 'drizzle-orm'
import { date, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'
import { delivery } from './delivery.ts'

/** An account of a case (执行款专户); holder, bank and number lie in `payload` alone. Only its confirmation is written later. */
export const fundAccount = pgTable(
  'fund_account',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    payee: uuid('payee').notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: moment('entered_at').notNull(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: moment('confirmed_at'),
  },
  (t) => [
    primaryKey({ name: 'fund_account_is_entered_once', columns: [t.shard, t.caseId, t.id] }),
    foreignKey({
      name: 'fund_account_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
  ],
)

/**
 * Money that came to a court's account (到账). What the bank wrote lies in `payload` (`reading`); `reference_hash` tells the
 * bank's numbers apart. The last four are written once, when it is matched to its transfer.
 */
export const arrival = pgTable(
  'arrival',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    court: text('court').notNull(),
    referenceHash: text('reference_hash').notNull(),
    amount: text('amount').notNull(),
    currency: text('currency').notNull(),
    on: date('on_day', { mode: 'string' }).notNull(),
    reading: uuid('reading').notNull(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: moment('recorded_at').notNull(),
    caseId: uuid('case_id'),
    delivery: uuid('delivery'),
    matchedBy: text('matched_by'),
    matchedAt: moment('matched_at'),
  },
  (t) => [
    primaryKey({ name: 'arrival_has_one_row', columns: [t.shard, t.id] }),
    unique('credit_arrives_once_at_a_court').on(t.shard, t.court, t.referenceHash),
    foreignKey({
      name: 'arrival_is_of_a_transfer',
      columns: [t.shard, t.delivery],
      foreignColumns: [delivery.shard, delivery.id],
    }),
    index('arrival_of_court').on(t.shard, t.court, t.id),
    index('arrival_of_case').on(t.shard, t.caseId).where(sql`case_id is not null`),
    index('arrival_unmatched').on(t.shard, t.court, t.id).where(sql`delivery is null`),
  ],
)
