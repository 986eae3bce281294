import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ConsentKind } from '../../gateway/ports/consent.ts'
import { moment } from './column.ts'

/** What one person has asked for and another must allow; what exactly is asked lies in `payload` alone. */
export const consent = pgTable(
  'consent',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<ConsentKind>().notNull(),
    about: text('about'),
    body: uuid('body').notNull(),
    askedBy: text('asked_by').notNull(),
    askedAt: moment('asked_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    decision: text('decision').$type<'allowed' | 'refused'>(),
    decidedBy: text('decided_by'),
    decidedAt: moment('decided_at'),
    usedAt: moment('used_at'),
  },
  (t) => [index('consent_waiting').on(t.kind, t.id), index('consent_about').on(t.about, t.id)],
)
