import { and, asc, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { CaseFile, Party } from '../domain/case-file.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import type { CourtCode } from '../domain/court.ts'
import type { Money } from '../domain/money.ts'
import type { Page } from '../gateway/ports/reads.ts'
import type { KeptPayload } from '../gateway/ports/rows.ts'
import type { NewCase } from '../gateway/ports/store.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { caseFile, party } from './schema/case.ts'
import { here } from './schema/column.ts'
import type { Vault } from './vault.ts'
import { readSubject } from './wording.ts'

type CaseRow = typeof caseFile.$inferSelect

const inCase = (id: string) => and(eq(caseFile.shard, here), eq(caseFile.id, id))

/** Takes the case's row for the rest of the transaction: from here on nobody else acts on this case. */
export async function lockCase(queries: Queries, vault: Vault, id: string): Promise<CaseFile | undefined> {
  if (!isId(id)) return undefined
  const [row] = await queries.select().from(caseFile).where(inCase(id)).for('update')
  return row && withParties(queries, vault, row)
}

/** False when the number has a case already. */
export async function addCase(queries: Queries, file: NewCase): Promise<boolean> {
  const { id, number, court, standing, claim, costs, judge, enteredBy } = file
  const added = await queries
    .insert(caseFile)
    .values({ shard: here, id, number, court, standing, claim, costs, judge, enteredBy })
    .onConflictDoNothing({ target: [caseFile.shard, caseFile.number] })
    .returning({ id: caseFile.id })
  return added.length > 0
}

/** The next number of a case. The case is locked, so numbers are dense; a transaction that fails gives its number back. */
export async function takeNumber(queries: Queries, id: string): Promise<number> {
  const [row] = await queries
    .update(caseFile)
    .set({ seq: sql`${caseFile.seq} + 1` })
    .where(inCase(id))
    .returning({ seq: caseFile.seq })
  if (!row) throw new Error(`case ${id} went away under its lock`)
  return row.seq
}

export async function addParty(queries: Queries, caseId: string, added: Party, kept: KeptPayload): Promise<void> {
  const { id, role, enteredBy, confirmedBy } = added
  await queries.insert(party).values({ shard: here, caseId, id, role, subject: kept.id, enteredBy, confirmedBy })
}

/** Confirms the case and these parties of it; who confirmed first stays. */
export async function confirm(queries: Queries, caseId: string, by: string, parties: readonly string[]): Promise<void> {
  await queries
    .update(caseFile)
    .set({ confirmedBy: by })
    .where(and(inCase(caseId), isNull(caseFile.confirmedBy)))
  if (parties.length === 0) return
  const these = and(eq(party.shard, here), eq(party.caseId, caseId), inArray(party.id, [...parties]))
  await queries
    .update(party)
    .set({ confirmedBy: by })
    .where(and(these, isNull(party.confirmedBy)))
}

export async function caseById(queries: Queries, vault: Vault, id: string): Promise<CaseFile | undefined> {
  if (!isId(id)) return undefined
  const [row] = await queries.select().from(caseFile).where(inCase(id))
  return row && withParties(queries, vault, row)
}

export async function caseByNumber(queries: Queries, vault: Vault, number: string): Promise<CaseFile | undefined> {
  const [row] = await queries
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), eq(caseFile.number, number)))
  return row && withParties(queries, vault, row)
}

/** The cases of a court, newest first. */
export async function cases(
  queries: Queries,
  court: string,
  { after, limit }: Page,
): Promise<Omit<CaseFile, 'parties'>[]> {
  if (after !== undefined && !isId(after)) return []
  const rows = await queries
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), eq(caseFile.court, court), after ? lt(caseFile.id, after) : undefined))
    .orderBy(desc(caseFile.id))
    .limit(limit)
  return rows.map(asCase)
}

async function withParties(queries: Queries, vault: Vault, row: CaseRow): Promise<CaseFile> {
  const rows = await queries
    .select()
    .from(party)
    .where(and(eq(party.shard, here), eq(party.caseId, row.id)))
    .orderBy(asc(party.id))
  const opened = await openAll(
    queries,
    vault,
    rows.map(({ subject }) => subject),
  )
  const parties = rows.map(({ id, role, subject, enteredBy, confirmedBy }) =>
    present({ id, role, subject: readSubject(opened(subject)), enteredBy, confirmedBy }),
  )
  return { ...asCase(row), parties }
}

/** Numbers and sums were parsed before they were written; nobody else writes here. */
function asCase({
  id,
  number,
  court,
  standing,
  claim,
  costs,
  judge,
  enteredBy,
  confirmedBy,
}: CaseRow): Omit<CaseFile, 'parties'> {
  return {
    ...present({ id, standing, judge, enteredBy, confirmedBy }),
    number: number as CaseNumber,
    court: court as CourtCode,
    claim: claim as Money,
    costs: costs as Money,
  }
}
