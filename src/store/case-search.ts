import { and, asc, desc, eq, inArray, isNull, like, type SQL, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { Reach } from '../domain/authority.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import type { CaseNumberPart } from '../domain/case-number-part.ts'
import type { CaseHit } from '../gateway/ports/case-search.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { caseFile, party, serialIn, toConfirm } from './schema/case.ts'
import { here } from './schema/column.ts'

/** The cases within reach whose number has this part: those with exactly this serial first, then the newest. */
export async function casesNumbered(
  queries: Queries,
  reach: Reach,
  part: CaseNumberPart,
  limit: number,
): Promise<readonly CaseHit[]> {
  const { id, number, standing, judge } = caseFile
  const { serial } = part
  const exact = serial === undefined ? [] : [sql`((${serialIn}) = ${serial}) desc`]
  const rows = await queries
    .select({ id, number, standing, judge })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), serialFits(part), like(number, patternOf(part)), within(queries, reach)))
    .orderBy(...exact, desc(id))
    .limit(limit)
  return rows.map((row) => ({ ...row, number: row.number as CaseNumber }))
}

/** The cases within reach in which something waits for a second registrar: the case itself, its standing, its line, a party. */
export async function casesToConfirm(queries: Queries, reach: Reach, limit: number): Promise<readonly string[]> {
  const waiting = union(
    queries
      .select({ id: caseFile.id })
      .from(caseFile)
      .where(and(eq(caseFile.shard, here), toConfirm)),
    queries
      .select({ id: party.caseId })
      .from(party)
      .where(and(eq(party.shard, here), isNull(party.confirmedBy))),
  )
  const rows = await queries
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), inArray(caseFile.id, waiting), within(queries, reach)))
    .orderBy(asc(caseFile.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** A beginning of digits is a range of them, as `:` comes after 9: so the index serves it, whatever the plan. */
function serialFits({ serial, isWhole, within: digits }: CaseNumberPart): SQL | undefined {
  // Goes through the cases of the shard from the newest on; the number itself is held against the digits first, as that is cheap.
  if (digits !== undefined) return sql`${caseFile.number} like ${`%${digits}%`} and (${serialIn}) like ${`%${digits}%`}`
  if (serial === undefined) return undefined
  if (isWhole) return sql`(${serialIn}) = ${serial}`
  return sql`(${serialIn}) >= ${serial} and (${serialIn}) < ${`${serial}:`}`
}

/** The parser lets none of the signs through that mean something here. */
function patternOf({ year = '____', court, type, serial }: CaseNumberPart): string {
  const letter = court !== undefined && /^\d/.test(court) ? '_' : ''
  const end = serial === undefined ? '%' : `${serial}%`
  return `（${year}）${court === undefined ? '%' : `${letter}${court}`}${type ?? '%'}${end}`
}
