import { and, asc, eq, inArray, notInArray } from 'drizzle-orm'
import type { Assignment } from '../gateway/ports/store.ts'
import type { Queries } from './database.ts'
import { caseFile, caseMember } from './schema/case.ts'
import { here } from './schema/column.ts'

/** Says anew whose case it is. Who stays named keeps the day on which they were first named. */
export async function assign(queries: Queries, caseId: string, to: Assignment): Promise<void> {
  const { team, isSealed, members, by, at } = to
  await queries
    .update(caseFile)
    .set({ team: team ?? null, isSealed })
    .where(and(eq(caseFile.shard, here), eq(caseFile.id, caseId)))
  const ofCase = and(eq(caseMember.shard, here), eq(caseMember.caseId, caseId))
  await queries
    .delete(caseMember)
    .where(and(ofCase, members.length > 0 ? notInArray(caseMember.person, [...members]) : undefined))
  for (const person of members)
    await queries.insert(caseMember).values({ shard: here, caseId, person, namedBy: by, at }).onConflictDoNothing()
}

/** The people named on each of these cases, in one query. */
export async function membersOf(
  queries: Queries,
  caseIds: readonly string[],
): Promise<(caseId: string) => readonly string[]> {
  if (caseIds.length === 0) return () => []
  const rows = await queries
    .select()
    .from(caseMember)
    .where(and(eq(caseMember.shard, here), inArray(caseMember.caseId, [...caseIds])))
    .orderBy(asc(caseMember.person))
  return (caseId) => rows.filter((row) => row.caseId === caseId).map(({ person }) => person)
}
