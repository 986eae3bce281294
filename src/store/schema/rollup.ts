import {
  bigint,
  boolean,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AnomalyKind } from '../../domain/anomaly.ts'
import { moment, shardColumn } from './column.ts'

/**
 * How many entries a Beijing day that is over had, by what pages ask for: all of them, those of a kind, at a registry, by a
 * person, and the reveals of a person. No record: it may be emptied at any time and is counted again from `entry`. A row
 * is there only while its day stands in `counted_day`. `court` is '' where an entry has none.
 */
export const dayCount = pgTable(
  'day_count',
  {
    shard: shardColumn(),
    of: text('of').$type<'all' | 'kind' | 'registry' | 'person' | 'reveals'>().notNull(),
    key: text('key').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    court: text('court').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [
    primaryKey({ name: 'day_is_counted_once', columns: [t.shard, t.of, t.key, t.day, t.court] }),
    foreignKey({
      name: 'count_is_of_a_counted_day',
      columns: [t.shard, t.day],
      foreignColumns: [countedDay.shard, countedDay.day],
    }).onDelete('cascade'),
    index('count_of_day').on(t.shard, t.day),
  ],
)

/** The days that are counted whole. One into which an entry came later is gone at once: the migration says how. */
export const countedDay = pgTable(
  'counted_day',
  { shard: shardColumn(), day: date('day', { mode: 'string' }).notNull() },
  (t) => [primaryKey({ name: 'day_is_counted_or_not', columns: [t.shard, t.day] })],
)

/** A time at which the log was gone through for anomalies, for all who see the same of it. No record: it may go at any time. */
export const anomalyRound = pgTable(
  'anomaly_round',
  {
    id: uuid('id').primaryKey(),
    /** A digest of the courts and the sealed cases that decide what is seen. */
    scope: text('scope').notNull(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    asOf: moment('as_of').notNull(),
    isCut: boolean('is_cut').notNull(),
  },
  (t) => [index('round_of_scope').on(t.scope, t.from, t.to, t.asOf)],
)

/** What that round found. No name and no keyed hash is in it: ids alone. */
export const anomalyFound = pgTable(
  'anomaly_found',
  {
    round: uuid('round').notNull(),
    anomaly: text('anomaly').notNull(),
    kind: text('kind').$type<AnomalyKind>().notNull(),
    court: text('court'),
    registry: text('registry'),
    /** Of people, cases and entries the first; how many there are stands beside. */
    people: text('people').array().notNull(),
    cases: text('cases').array().notNull(),
    caseCount: integer('case_count').notNull(),
    entries: uuid('entries').array().notNull(),
    count: integer('count').notNull(),
    /** When each of its entries was, so that those after a verdict can be counted; in milliseconds. */
    times: bigint('times', { mode: 'number' }).array().notNull(),
    median: doublePrecision('median'),
    first: moment('first_at').notNull(),
    last: moment('last_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'anomaly_is_found_once_a_round', columns: [t.round, t.anomaly] }),
    foreignKey({
      name: 'anomaly_is_found_in_a_round',
      columns: [t.round],
      foreignColumns: [anomalyRound.id],
    }).onDelete('cascade'),
    index('found_by_time').on(t.round, t.last),
  ],
)
