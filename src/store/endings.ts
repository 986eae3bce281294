import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { BeijingDate } from '../domain/beijing-date.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { Ending, EndingPage, EndingSpan } from '../gateway/ports/clocks.ts'
import { isId, present } from './absent.ts'
import { within } from './cases.ts'
import { holder } from './clocks.ts'
import type { Queries } from './database.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { control, lastDay } from './schema/statement.ts'

/**
 * Controls in force in their register's words, the first to end first. The index of last days is walked until the page is full;
 * where few are within reach that would be all of it, so those are found first and then put in order.
 */
export async function endingsByDay(
  queries: Queries,
  { after, limit, areFew, ...span }: EndingPage,
): Promise<readonly Ending[]> {
  if (after && !isId(after.caseId)) return []
  const seen =
    after &&
    sql`((${lastDay}), ${control.caseId}, ${control.id}) > (${after.lastDay}::date, ${after.caseId}::uuid, ${after.id})`
  const rows = await queries
    .select({ control, holder, last: sql<string>`(${lastDay})::text` })
    .from(control)
    .innerJoin(caseFile, and(eq(caseFile.shard, control.shard), eq(caseFile.id, control.caseId)))
    .where(and(spanned(queries, span), seen))
    .orderBy(areFew ? sql`(${lastDay}) + 0` : sql`(${lastDay})`, asc(control.caseId), asc(control.id))
    .limit(limit)
  return rows.map(({ control: { shard: _shard, ...row }, holder: held, last }) => ({
    control: present({ ...row, registry: row.registry as RegistryCode }),
    holder: held,
    lastDay: last as BeijingDate,
  }))
}

/** How many there are, counted no further than `most`. */
export async function countEndings(
  queries: Queries,
  { most, ...span }: EndingSpan & { readonly most: number },
): Promise<number> {
  const some = queries
    .select({ one: sql`1`.as('one') })
    .from(control)
    .innerJoin(caseFile, and(eq(caseFile.shard, control.shard), eq(caseFile.id, control.caseId)))
    .where(spanned(queries, span))
    .limit(most)
    .as('some')
  const [row] = await queries.select({ count: sql<number>`count(*)::int` }).from(some)
  return row?.count ?? 0
}

function spanned(queries: Queries, { reach, since, until }: EndingSpan): SQL | undefined {
  return and(
    eq(control.shard, here),
    sql`${control.effect} = 'effective'`,
    sql`(${lastDay}) >= ${since}::date`,
    until === undefined ? undefined : sql`(${lastDay}) <= ${until}::date`,
    within(queries, reach),
  )
}
