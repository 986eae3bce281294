import { date, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { AnomalyOutcome } from '../../domain/anomaly.ts'
import type { SampleVerdict, SampleWhat } from '../../domain/sample.ts'
import { bytea, moment } from './column.ts'

/** What became of something an auditor looked into; append-only. What they wrote lies in `payload` (`note`). */
export const anomalyMark = pgTable(
  'anomaly_mark',
  {
    id: uuid('id').primaryKey(),
    anomaly: text('anomaly').notNull(),
    outcome: text('outcome').$type<AnomalyOutcome>().notNull(),
    by: text('by_person').notNull(),
    at: moment('at').notNull(),
    entry: uuid('entry').notNull(),
    note: uuid('note').notNull(),
  },
  (t) => [index('mark_of_anomaly').on(t.anomaly, t.id)],
)

/** A sample of a court's log (抽查). What was drawn is written once, after it was announced; who signed it off, at the end. */
export const sample = pgTable(
  'sample',
  {
    id: uuid('id').primaryKey(),
    court: text('court').notNull(),
    what: text('what').$type<SampleWhat>().notNull(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    size: integer('size').notNull(),
    announcedBy: text('announced_by').notNull(),
    announcedAt: moment('announced_at').notNull(),
    entry: uuid('entry').notNull(),
    leafIndex: integer('leaf_index'),
    treeSize: integer('tree_size'),
    root: bytea('root'),
    population: integer('population'),
    populationSha256: text('population_sha256'),
    drawnAt: moment('drawn_at'),
    signedBy: text('signed_by'),
    signedAt: moment('signed_at'),
    signedEntry: uuid('signed_entry'),
  },
  (t) => [index('sample_of_court').on(t.court, t.id)],
)

/** What was drawn, in the order in which it was; append-only. */
export const sampleItem = pgTable(
  'sample_item',
  {
    sample: uuid('sample').notNull(),
    position: integer('position').notNull(),
    item: uuid('item').notNull(),
    caseId: uuid('case_id'),
  },
  (t) => [
    primaryKey({ name: 'item_is_drawn_once', columns: [t.sample, t.position] }),
    foreignKey({ name: 'item_is_of_a_sample', columns: [t.sample], foreignColumns: [sample.id] }),
  ],
)

/** A verdict on an item; append-only, the last one counts. */
export const sampleVerdict = pgTable(
  'sample_verdict',
  {
    id: uuid('id').primaryKey(),
    sample: uuid('sample').notNull(),
    position: integer('position').notNull(),
    verdict: text('verdict').$type<SampleVerdict>().notNull(),
    by: text('by_person').notNull(),
    at: moment('at').notNull(),
    entry: uuid('entry').notNull(),
    note: uuid('note'),
  },
  (t) => [
    foreignKey({
      name: 'verdict_is_on_an_item',
      columns: [t.sample, t.position],
      foreignColumns: [sampleItem.sample, sampleItem.position],
    }),
    index('verdict_of_sample').on(t.sample, t.id),
  ],
)
