import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from './column.ts'

/** Names that counted once, whoever gave them; a row may go once what bore the name would be refused for its age. */
export const usedJti = pgTable(
  'used_jti',
  {
    /** Whose name it is: `registry:<code>` or `client:<id>`. */
    issuer: text('issuer').notNull(),
    /** Its SHA-256. */
    jti: text('jti').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'jti_is_used_once', columns: [t.issuer, t.jti] }),
    index('used_jti_by_expiry').on(t.expiresAt),
  ],
)
