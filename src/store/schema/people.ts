import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { MeasureKind } from '../../domain/measure.ts'
import type { Role } from '../../domain/request.ts'
import { moment } from './column.ts'

export const person = pgTable(
  'person',
  {
    id: text('id').primaryKey(),
    username: text('username').notNull(),
    name: text('name').notNull(),
    court: text('court'),
    roles: jsonb('roles').$type<readonly Role[]>().notNull(),
  },
  (t) => [unique('username_names_one_person').on(t.username)],
)

/** A bearer token, as its SHA-256. */
export const token = pgTable(
  'token',
  {
    hash: text('hash').primaryKey(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('token_by_expiry').on(t.expiresAt)],
)

export const registry = pgTable('registry', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  adapter: text('adapter').notNull(),
  assetClasses: jsonb('asset_classes').$type<readonly string[]>().notNull(),
  measures: jsonb('measures').$type<readonly MeasureKind[]>().notNull(),
  mode: text('mode').$type<'push' | 'pull'>().notNull(),
  origin: text('origin'),
  credentialUser: text('credential_user'),
  credentialHash: text('credential_hash'),
  respondWithinHours: integer('respond_within_hours').notNull(),
  demo: boolean('demo').notNull(),
})

export const registryKey = pgTable(
  'registry_key',
  {
    registry: text('registry')
      .notNull()
      .references(() => registry.code),
    kid: text('kid').notNull(),
    jwk: jsonb('jwk').$type<Readonly<Record<string, unknown>>>().notNull(),
    validFrom: moment('valid_from').notNull(),
    retiredAt: moment('retired_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [primaryKey({ name: 'kid_names_one_key', columns: [t.registry, t.kid] })],
)

/** Partner tokens that were used; a row may go once the token would be refused for its age. */
export const partnerJti = pgTable(
  'partner_jti',
  {
    registry: text('registry').notNull(),
    jti: text('jti').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'partner_token_is_used_once', columns: [t.registry, t.jti] }),
    index('partner_jti_by_expiry').on(t.expiresAt),
  ],
)

/** Answers to requests that carried an Idempotency-Key, written in the act's own transaction. No body in here. */
export const idempotency = pgTable(
  'idempotency',
  {
    client: text('client').notNull(),
    key: text('key').notNull(),
    digest: text('digest').notNull(),
    status: smallint('status').notNull(),
    location: text('location').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'key_is_answered_once', columns: [t.client, t.key] }),
    index('idempotency_by_age').on(t.at),
  ],
)
