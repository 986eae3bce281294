import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Answer } from '../../domain/fold.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { AttemptRow, DeliveryPhase } from '../../gateway/ports/rows.ts'
import { moment, shardColumn } from './column.ts'
import { request } from './request.ts'

/**
 * A delivery and, at once, its place in the queue: whoever is due is leased from this very table. `due_at` is the moment
 * it may be leased, by the database's clock; null when nobody has to call again.
 */
export const delivery = pgTable(
  'delivery',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    request: uuid('request').notNull(),
    registry: text('registry').notNull(),
    reference: text('reference').notNull(),
    measure: text('measure').$type<MeasureKind>().notNull(),
    caseSeq: integer('case_seq').notNull(),
    phase: text('phase').$type<DeliveryPhase>().notNull(),
    answer: text('answer').$type<Answer>().notNull(),
    createdAt: moment('created_at').notNull(),
    validUntil: moment('valid_until').notNull(),
    respondBy: moment('respond_by').notNull(),
    /** When the first word came that answers: to have received or taken up an order is no answer. */
    answeredAt: moment('answered_at'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: moment('due_at'),
    envelope: uuid('envelope').notNull(),
    rendering: uuid('rendering'),
  },
  (t) => [
    primaryKey({ name: 'delivery_has_one_row', columns: [t.shard, t.id] }),
    foreignKey({
      name: 'delivery_is_of_a_request',
      columns: [t.shard, t.request],
      foreignColumns: [request.shard, request.id],
    }),
    index('delivery_of_request').on(t.shard, t.request, t.id),
    index('delivery_by_age').on(t.shard, t.createdAt),
    index('delivery_of_case').on(t.shard, t.caseId, t.id),
    index('delivery_to_registry').on(t.shard, t.registry, t.id),
    index('transfer_by_name').on(t.shard, t.reference).where(sql`measure = 'transfer'`),
    index('delivery_owed').on(t.shard, t.respondBy).where(sql`answer in ('silent', 'received', 'accepted')`),
    index('delivery_due').on(t.shard, t.registry, t.dueAt).where(sql`due_at is not null`),
  ],
)

/** What a registry calls a delivery, and where that delivery is: the only way in for what arrives from outside. */
export const deliveryAddress = pgTable(
  'delivery_address',
  {
    registry: text('registry').notNull(),
    reference: text('reference').notNull(),
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    delivery: uuid('delivery').notNull(),
  },
  (t) => [primaryKey({ name: 'reference_names_one_delivery', columns: [t.registry, t.reference] })],
)

/** One try. Append-only: how it ended is a row of its own. */
export const attempt = pgTable(
  'attempt',
  {
    shard: shardColumn(),
    delivery: uuid('delivery').notNull(),
    number: integer('number').notNull(),
    id: uuid('id').notNull(),
    act: text('act').$type<AttemptRow['act']>().notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'attempt_has_one_number', columns: [t.shard, t.delivery, t.number] }),
    unique('attempt_has_one_row').on(t.shard, t.id),
    foreignKey({
      name: 'attempt_is_of_a_delivery',
      columns: [t.shard, t.delivery],
      foreignColumns: [delivery.shard, delivery.id],
    }),
  ],
)

export const attemptOutcome = pgTable(
  'attempt_outcome',
  {
    shard: shardColumn(),
    attempt: uuid('attempt').notNull(),
    outcome: text('outcome').notNull(),
    detail: text('detail'),
    endedAt: moment('ended_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'attempt_ends_once', columns: [t.shard, t.attempt] }),
    foreignKey({
      name: 'outcome_is_of_an_attempt',
      columns: [t.shard, t.attempt],
      foreignColumns: [attempt.shard, attempt.id],
    }),
  ],
)
