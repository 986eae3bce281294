import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { FactorKind } from '../../gateway/ports/accounts.ts'
import { moment } from './column.ts'
import { person } from './people.ts'

/** What a person signs in with here: the hash of a password, and how often it was tried in vain. */
export const account = pgTable('account', {
  person: text('person')
    .primaryKey()
    .references(() => person.id),
  hash: text('hash'),
  mustChange: boolean('must_change').notNull().default(false),
  printed: boolean('printed').notNull().default(false),
  validUntil: moment('valid_until'),
  changedAt: moment('changed_at'),
  failures: integer('failures').notNull().default(0),
  failedAt: moment('failed_at'),
  lockedUntil: moment('locked_until'),
})

/**
 * A second factor; ended, never deleted. The secret of a one-time code lies encrypted in `payload`, under the gateway's own
 * key; `last_step` is the newest step that was used.
 */
export const factor = pgTable(
  'factor',
  {
    id: text('id').primaryKey(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    kind: text('kind').$type<FactorKind>().notNull(),
    secret: uuid('secret'),
    thumbprint: text('thumbprint'),
    label: text('label'),
    lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
    setAt: moment('set_at').notNull(),
    setBy: text('set_by').notNull(),
    confirmedAt: moment('confirmed_at'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    index('factor_of_person').on(t.person),
    uniqueIndex('certificate_is_one_persons').on(t.thumbprint).where(sql`ended_at is null`),
  ],
)

/** Who an identity provider's subject is here: one person, and of one provider a person has one subject. */
export const externalIdentity = pgTable(
  'external_identity',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    boundAt: moment('bound_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'subject_is_one_person', columns: [t.issuer, t.subject] }),
    unique('person_is_one_subject').on(t.issuer, t.person),
  ],
)

/** Logout tokens that were used; a row may go once the token would be refused for its age. */
export const logoutJti = pgTable(
  'logout_jti',
  {
    issuer: text('issuer').notNull(),
    jti: text('jti').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [primaryKey({ name: 'logout_token_is_used_once', columns: [t.issuer, t.jti] })],
)
