import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './column.ts'

/**
 * Calls counted for all processes together. Unlogged, by hand in its migration: a count costs no write to the log and
 * no fsync, and after a crash of the database everybody starts anew. No index but the key, so that counting touches none.
 */
export const rateWindow = pgTable('rate_window', {
  key: text('key').primaryKey(),
  points: integer('points').notNull(),
  endsAt: moment('ends_at').notNull(),
})
