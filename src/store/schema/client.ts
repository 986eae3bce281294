import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { ClientKind } from '../../domain/client.ts'
import { moment } from './column.ts'

/** A court's system that calls by itself. */
export const client = pgTable('client', {
  id: text('id').primaryKey(),
  court: text('court').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<ClientKind>().notNull(),
  state: text('state').$type<'active' | 'suspended'>().notNull(),
})

/** Ended, never deleted: what was signed under it can still be judged by when it came. */
export const clientKey = pgTable(
  'client_key',
  {
    client: text('client')
      .notNull()
      .references(() => client.id),
    kid: text('kid').notNull(),
    jwk: jsonb('jwk').$type<Readonly<Record<string, unknown>>>().notNull(),
    validFrom: moment('valid_from').notNull(),
    retiredAt: moment('retired_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [primaryKey({ name: 'kid_names_one_key_of_a_client', columns: [t.client, t.kid] })],
)

/** The certificates a system may come with, by SHA-256 of the DER (`x5t#S256`); with none registered, any or none will do. */
export const clientCertificate = pgTable(
  'client_certificate',
  {
    client: text('client')
      .notNull()
      .references(() => client.id),
    sha256: text('sha256').notNull(),
    validFrom: moment('valid_from').notNull(),
    retiredAt: moment('retired_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [primaryKey({ name: 'certificate_stands_once_at_a_client', columns: [t.client, t.sha256] })],
)

/** An access token, under its SHA-256; bound to the key that got it and, where it came with one, to a certificate. */
export const clientToken = pgTable(
  'client_token',
  {
    hash: text('hash').primaryKey(),
    client: text('client')
      .notNull()
      .references(() => client.id),
    kid: text('kid').notNull(),
    certificate: text('certificate'),
    issuedAt: moment('issued_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('client_token_by_expiry').on(t.expiresAt)],
)

/** How often a system was refused in an hour: only the first few are entries, so that a flood does not drown the log. */
export const clientRefusal = pgTable(
  'client_refusal',
  {
    client: text('client').notNull(),
    hour: moment('hour').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ name: 'refusals_are_counted_by_the_hour', columns: [t.client, t.hour] })],
)
