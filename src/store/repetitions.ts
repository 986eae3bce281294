import { and, asc, eq, lte, max, sql } from 'drizzle-orm'
import type { BankToAsk, InquiriesFilter } from '../gateway/ports/clocks.ts'
import type { Repeating, Repetition } from '../gateway/ports/repetition.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { repeatedBy, requestById } from './requests.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { repetition } from './schema/repetition.ts'
import { control } from './schema/statement.ts'
import type { Vault } from './vault.ts'

/** The orders of one case that are repeated. */
export function repeatingOf(queries: Queries, vault: Vault, caseId: string): Repeating {
  return {
    begin: async (row) => {
      await queries.insert(repetition).values({ shard: here, caseId, state: 'running', ...row })
    },
    find: async (id) => {
      const row = await repetitionOf(queries, id)
      return row?.caseId === caseId ? row : undefined
    },
    move: async (id, to) => {
      await queries
        .update(repetition)
        .set(to)
        .where(and(eq(repetition.shard, here), eq(repetition.request, id), eq(repetition.caseId, caseId)))
    },
    runs: async (id) => {
      const rows = await Promise.all((await repeatedBy(queries, id)).map((run) => requestById(queries, vault, run)))
      return rows.filter((row) => row !== undefined)
    },
  }
}

export async function repetitionOf(queries: Queries, id: string): Promise<Repetition | undefined> {
  if (!isId(id)) return undefined
  const [row] = await queries
    .select()
    .from(repetition)
    .where(and(eq(repetition.shard, here), eq(repetition.request, id)))
  if (!row) return undefined
  const { shard: _, ...rest } = row
  return present(rest)
}

/** Where money is frozen and nobody has asked about it since; a bank that was never asked is not asked by itself. */
export async function inquiriesDue(
  queries: Queries,
  { before, after, limit }: InquiriesFilter,
): Promise<readonly BankToAsk[]> {
  const asked = queries
    .select({ caseId: delivery.caseId, registry: delivery.registry, last: max(delivery.createdAt).as('last') })
    .from(delivery)
    .where(and(eq(delivery.shard, here), eq(delivery.measure, 'inquire')))
    .groupBy(delivery.caseId, delivery.registry)
    .as('asked')
  return queries
    .select({ caseId: control.caseId, registry: control.registry })
    .from(control)
    .innerJoin(asked, and(eq(asked.caseId, control.caseId), eq(asked.registry, control.registry)))
    .where(
      and(
        eq(control.shard, here),
        eq(control.measure, 'freeze'),
        eq(control.effect, 'effective'),
        eq(control.assetClass, 'deposit'),
        lte(asked.last, sql`${before.toISOString()}::timestamptz`),
        after ? sql`(${control.caseId}, ${control.registry}) > (${after.caseId}::uuid, ${after.registry})` : undefined,
      ),
    )
    .groupBy(control.caseId, control.registry)
    .orderBy(asc(control.caseId), asc(control.registry))
    .limit(limit)
}

/** As many as one round takes up; the rest is due in the next. */
const mostAtOnce = 200

export async function repetitionsDue(
  queries: Queries,
  now: Date,
): Promise<readonly Pick<Repetition, 'request' | 'caseId'>[]> {
  return queries
    .select({ request: repetition.request, caseId: repetition.caseId })
    .from(repetition)
    .where(and(eq(repetition.shard, here), eq(repetition.state, 'running'), lte(repetition.nextAt, now)))
    .orderBy(asc(repetition.nextAt))
    .limit(mostAtOnce)
}
