import { sql } from 'drizzle-orm'
import { boolean, date, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { AssetClass } from '../../domain/asset.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { Grade } from '../../domain/statement.ts'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'
import { delivery } from './delivery.ts'

/** A proved statement. Append-only. The exact bytes (`message`) and what they say (`reading`) lie in `payload`. */
export const statement = pgTable(
  'statement',
  {
    shard: shardColumn(),
    delivery: uuid('delivery').notNull(),
    sequence: integer('sequence').notNull(),
    id: uuid('id').notNull(),
    jti: text('jti').notNull(),
    digest: text('digest').notNull(),
    grade: text('grade').$type<Grade>().notNull(),
    issuedAt: moment('issued_at').notNull(),
    arrivedAt: moment('arrived_at').notNull(),
    entry: uuid('entry').notNull(),
    receipt: text('receipt').notNull(),
    message: uuid('message').notNull(),
    reading: uuid('reading').notNull(),
  },
  (t) => [
    primaryKey({ name: 'statement_has_one_row', columns: [t.shard, t.id] }),
    unique('sequence_is_used_once_a_delivery').on(t.shard, t.delivery, t.sequence),
    unique('jti_is_used_once_a_delivery').on(t.shard, t.delivery, t.jti),
    foreignKey({
      name: 'statement_is_about_a_delivery',
      columns: [t.shard, t.delivery],
      foreignColumns: [delivery.shard, delivery.id],
    }),
    index('statement_by_arrival').on(t.shard, t.arrivedAt),
  ],
)

/**
 * That a statement spoke of somebody else of the same name (错误主体), and that this was taken back; append-only, the latest
 * row counts. While it stands nobody is shown what the statement found.
 */
export const sealedResult = pgTable(
  'sealed_result',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    delivery: uuid('delivery').notNull(),
    statement: uuid('statement').notNull(),
    isSealed: boolean('is_sealed').notNull(),
    by: text('by_person').notNull(),
    at: moment('at').notNull(),
    entry: uuid('entry').notNull(),
  },
  (t) => [
    primaryKey({ name: 'sealing_of_result_has_one_row', columns: [t.shard, t.id] }),
    foreignKey({
      name: 'sealing_is_of_a_statement',
      columns: [t.shard, t.statement],
      foreignColumns: [statement.shard, statement.id],
    }),
    index('sealing_of_statement').on(t.shard, t.statement, t.id),
  ],
)

/** The stamped document (回执) that came with an answer. */
export const sealedReceipt = pgTable(
  'sealed_receipt',
  {
    shard: shardColumn(),
    delivery: uuid('delivery').notNull(),
    sha256: text('sha256').notNull(),
    mediaType: text('media_type').notNull(),
    payload: uuid('payload').notNull(),
  },
  (t) => [primaryKey({ name: 'sealed_receipt_is_kept_once', columns: [t.shard, t.delivery, t.sha256] })],
)

/**
 * The last day of a control, as `lastDayOf` of the domain has it: what its register states, else one cap of its class from the
 * day in Beijing on which it took effect, that day counted. What begins on 29 February ends on the 28th of a shorter year.
 */
export const lastDay = sql`coalesce(to_day, (
  (effective_from at time zone interval '08:00')::date
  + case asset_class when 'deposit' then interval '1 year' when 'movable' then interval '2 years' else interval '3 years' end
)::date - case
  when extract(month from effective_from at time zone interval '08:00') = 2
    and extract(day from effective_from at time zone interval '08:00') = 29 then 0
  else 1 end)`

/** What is in force on one asset: a projection of statements, made anew whenever they change. No name in it. */
export const control = pgTable(
  'control',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    id: text('id').notNull(),
    delivery: uuid('delivery').notNull(),
    origin: text('origin').$type<'imported'>(),
    registry: text('registry').notNull(),
    measure: text('measure').$type<MeasureKind>().notNull(),
    assetClass: text('asset_class').$type<AssetClass>().notNull(),
    assetRef: text('asset_ref').notNull(),
    effect: text('effect').$type<'waiting' | 'effective' | 'ended'>().notNull(),
    endedBy: text('ended_by'),
    amount: text('amount'),
    overQuota: text('over_quota'),
    quantity: text('quantity'),
    currency: text('currency'),
    netValue: text('net_value'),
    from: date('from_day', { mode: 'string' }),
    to: date('to_day', { mode: 'string' }),
    queuePlace: integer('queue_place'),
    controlNo: text('control_no'),
    effectiveFrom: moment('effective_from'),
    registeredAt: moment('registered_at'),
    statement: uuid('statement').notNull(),
  },
  (t) => [
    primaryKey({ name: 'control_has_one_row', columns: [t.shard, t.caseId, t.id] }),
    index('control_by_last_day').on(t.shard, t.to),
    index('control_by_ending').on(t.shard, sql`(${lastDay})`, t.caseId, t.id).where(sql`effect = 'effective'`),
    index('control_of_asset').on(t.shard, t.assetRef),
  ],
)

/** A control that a list brought in; append-only. What the list said of it lies in `payload` (`reading`). */
export const importedControl = pgTable(
  'imported_control',
  {
    shard: shardColumn(),
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    reading: uuid('reading').notNull(),
    importedAt: moment('imported_at').notNull(),
    entry: uuid('entry').notNull(),
  },
  (t) => [
    primaryKey({ name: 'control_is_imported_once', columns: [t.shard, t.caseId, t.id] }),
    foreignKey({
      name: 'imported_control_belongs_to_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
  ],
)

/** Messages that proved nothing, by whose channel they came. `delivery` is their word, so it is kept as text. */
export const quarantine = pgTable(
  'quarantine',
  {
    registry: text('registry').notNull(),
    id: uuid('id').notNull(),
    delivery: text('delivery'),
    code: text('code').notNull(),
    arrivedAt: moment('arrived_at').notNull(),
    entry: uuid('entry').notNull(),
    payload: uuid('payload').notNull(),
  },
  (t) => [
    primaryKey({ name: 'quarantined_message_has_one_row', columns: [t.registry, t.id] }),
    index('quarantine_by_arrival').on(t.registry, t.arrivedAt),
  ],
)
