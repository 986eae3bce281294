import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { MeasureKind } from '../../domain/measure.ts'
import type { PartnerState } from '../../domain/onboarding.ts'
import type { Role } from '../../domain/role.ts'
import type { Visit } from '../../gateway/ports/reads.ts'
import type { SessionCarrier, SignInMethod } from '../../gateway/ports/roster.ts'
import { moment } from './column.ts'

export const person = pgTable(
  'person',
  {
    id: text('id').primaryKey(),
    username: text('username').notNull(),
    name: text('name').notNull(),
    court: text('court'),
  },
  (t) => [unique('username_names_one_person').on(t.username)],
)

/** A role given to a person; ended, never deleted. */
export const roleGrant = pgTable(
  'role_grant',
  {
    id: text('id').primaryKey(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    role: text('role').$type<Role>().notNull(),
    court: text('court'),
    team: text('team'),
    registry: text('registry'),
    from: moment('from_at').notNull(),
    until: moment('until_at').notNull(),
    attestBy: moment('attest_by').notNull(),
    givenBy: text('given_by').notNull(),
    endedAt: moment('ended_at'),
    endedBy: text('ended_by'),
  },
  (t) => [index('grant_of_person').on(t.person)],
)

/**
 * Someone signed in, under the SHA-256 of what they carry: a cookie or a bearer token. `seen_at` moves on while it is
 * used; `second` tells whether a second factor was shown.
 */
export const session = pgTable(
  'session',
  {
    hash: text('hash').primaryKey(),
    id: text('id').notNull(),
    person: text('person')
      .notNull()
      .references(() => person.id),
    carrier: text('carrier').$type<SessionCarrier>().notNull(),
    method: text('method').$type<SignInMethod>().notNull(),
    second: boolean('second').notNull(),
    openedAt: moment('opened_at').notNull(),
    seenAt: moment('seen_at').notNull(),
    idleSeconds: integer('idle_seconds').notNull(),
    expiresAt: moment('expires_at').notNull(),
    issuer: text('issuer'),
    subject: text('subject'),
    sid: text('sid'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    unique('session_has_one_name').on(t.id),
    index('session_of_person').on(t.person),
    index('session_by_expiry').on(t.expiresAt),
  ],
)

export const registry = pgTable('registry', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  adapter: text('adapter').notNull(),
  assetClasses: jsonb('asset_classes').$type<readonly string[]>().notNull(),
  measures: jsonb('measures').$type<readonly MeasureKind[]>().notNull(),
  mode: text('mode').$type<'push' | 'pull' | 'desk' | 'errand'>().notNull(),
  origin: text('origin'),
  credentialUser: text('credential_user'),
  credentialHash: text('credential_hash'),
  respondWithinHours: integer('respond_within_hours').notNull(),
  demo: boolean('demo').notNull(),
  state: text('state').$type<PartnerState>().notNull().default('registered'),
  registeredBy: text('registered_by').notNull().default('operator'),
  credentialProvedAt: moment('credential_proved_at'),
  conformance: jsonb('conformance').$type<ConformanceRow>(),
  visit: jsonb('visit').$type<Visit>(),
  /** Grows with every change: by the sum of all a process sees that another has changed something. */
  revision: integer('revision').notNull().default(1),
})

/** The run that was attached: the SHA-256 of its report, when it was played, in which protocol. */
type ConformanceRow = { readonly sha256: string; readonly at: string; readonly protocol: string }

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
    /** PEM: the key's certificate, then what leads to its CA. */
    certificate: text('certificate'),
    challenge: text('challenge'),
    provedAt: moment('proved_at'),
  },
  (t) => [primaryKey({ name: 'kid_names_one_key', columns: [t.registry, t.kid] })],
)

/** Client certificates a registry may come with, by the SHA-256 of their DER (base64url). */
export const registryCertificate = pgTable(
  'registry_certificate',
  {
    registry: text('registry')
      .notNull()
      .references(() => registry.code),
    sha256: text('sha256').notNull(),
    validFrom: moment('valid_from').notNull(),
    retiredAt: moment('retired_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [primaryKey({ name: 'certificate_is_registered_once', columns: [t.registry, t.sha256] })],
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
