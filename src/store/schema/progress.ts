import { foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { caseFile } from './case.ts'
import { moment, shardColumn } from './column.ts'

/** A link under which the progress of a case may be seen; ended, never deleted. Of the link itself only its digest is here. */
export const progressLink = pgTable(
  'progress_link',
  {
    shard: shardColumn(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    digest: text('digest').notNull(),
    openedBy: text('opened_by').notNull(),
    openedAt: moment('opened_at').notNull(),
    until: moment('until_at').notNull(),
    endedBy: text('ended_by'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    primaryKey({ name: 'progress_link_has_one_row', columns: [t.shard, t.id] }),
    unique('progress_link_by_digest').on(t.shard, t.digest),
    foreignKey({
      name: 'progress_link_is_of_a_case',
      columns: [t.shard, t.caseId],
      foreignColumns: [caseFile.shard, caseFile.id],
    }),
    index('progress_links_of_case').on(t.shard, t.caseId, t.id),
  ],
)
