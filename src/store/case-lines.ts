import { and, eq, inArray, or } from 'drizzle-orm'
import type { CaseFile } from '../domain/case-file.ts'
import type { ContinuationKind } from '../domain/case-line.ts'
import type { Queries } from './database.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'

type CaseRow = typeof caseFile.$inferSelect

/** Every case of the lines these belong to; none for cases that stand alone. */
export async function linesOf(
  queries: Queries,
  files: readonly CaseRow[],
): Promise<readonly { readonly id: string; readonly line: string | null }[]> {
  const lines = [...new Set(files.flatMap(({ line }) => line ?? []))]
  if (lines.length === 0) return []
  return queries
    .select({ id: caseFile.id, line: caseFile.line })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), inArray(caseFile.line, lines)))
    .orderBy(caseFile.id)
}

/** What a row says of the case it goes on from. */
export function continuationOf(row: CaseRow): Pick<CaseFile, 'continues'> {
  const { continues, continuesAs, continuesBy, continuesConfirmedBy } = row
  if (continues === null || continuesAs === null || continuesBy === null) return {}
  const confirmed = continuesConfirmedBy === null ? {} : { confirmedBy: continuesConfirmedBy }
  return { continues: { case: continues, as: continuesAs, enteredBy: continuesBy, ...confirmed } }
}

export async function continueFrom(
  queries: Queries,
  id: string,
  earlier: { readonly case: string; readonly as: ContinuationKind; readonly by: string },
): Promise<void> {
  await queries
    .update(caseFile)
    .set({ continues: earlier.case, continuesAs: earlier.as, continuesBy: earlier.by })
    .where(and(eq(caseFile.shard, here), eq(caseFile.id, id)))
}

/** Puts a case, and whatever goes on from it, into the line of the one it continues. */
export async function joinLine(queries: Queries, id: string, by: string): Promise<void> {
  const one = (which: string) =>
    queries
      .select()
      .from(caseFile)
      .where(and(eq(caseFile.shard, here), eq(caseFile.id, which)))
  const [own] = await one(id)
  const [earlier] = own?.continues ? await one(own.continues) : []
  if (!own || !earlier) throw new Error('a case of the line went away')
  const line = earlier.line ?? earlier.id
  const members = or(inArray(caseFile.id, [own.id, earlier.id]), own.line ? eq(caseFile.line, own.line) : undefined)
  await queries
    .update(caseFile)
    .set({ line })
    .where(and(eq(caseFile.shard, here), members))
  await queries
    .update(caseFile)
    .set({ continuesConfirmedBy: by })
    .where(and(eq(caseFile.shard, here), eq(caseFile.id, id)))
}
