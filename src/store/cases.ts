import { and, asc, desc, eq, exists, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Guarded, Reach } from '../domain/authority.ts'
import type { BeijingDate } from '../domain/beijing-date.ts'
import type { CaseFile, Party, StandingAsked } from '../domain/case-file.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import type { CourtCode } from '../domain/court.ts'
import type { Money } from '../domain/money.ts'
import type { Page } from '../gateway/ports/reads.ts'
import type { KeptPayload } from '../gateway/ports/rows.ts'
import type { NewCase } from '../gateway/ports/store.ts'
import { isId, present } from './absent.ts'
import type { BlindIndex } from './blind-index.ts'
import { continuationOf, linesOf } from './case-lines.ts'
import type { Queries } from './database.ts'
import { membersOf } from './members.ts'
import { openAll } from './payloads.ts'
import { caseFile, caseMember, party } from './schema/case.ts'
import { here } from './schema/column.ts'
import { indexParties } from './sightings.ts'
import type { Vault } from './vault.ts'
import { readParty } from './wording.ts'

type CaseRow = typeof caseFile.$inferSelect

const inCase = (id: string) => and(eq(caseFile.shard, here), eq(caseFile.id, id))

/**
 * Takes the case's row for the rest of the transaction, and with it those of its line, in the order of their ids: from here
 * on nobody else acts on this case, nor on a control that two cases of one line share.
 */
export async function lockCase(queries: Queries, vault: Vault, id: string): Promise<CaseFile | undefined> {
  if (!isId(id)) return undefined
  const line = queries.select({ line: caseFile.line }).from(caseFile).where(inCase(id))
  const rows = await queries
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), or(eq(caseFile.id, id), eq(caseFile.line, line))))
    .orderBy(asc(caseFile.id))
    .for('update')
  const row = rows.find((one) => one.id === id)
  return row && (await withParties(queries, vault, [row]))[0]
}

/** False when the number has a case already. */
export async function addCase(queries: Queries, file: NewCase): Promise<boolean> {
  const { id, number, court, standing, claim, costs, judge, enteredBy, team, isSealed, source, sourceSequence } = file
  const { terminatedOn } = file
  const said = { standing, terminatedOn, claim, costs, judge, source, sourceSequence, ...sumsOf(file) }
  const added = await queries
    .insert(caseFile)
    .values({ shard: here, id, number, court, ...said, enteredBy, team, isSealed })
    .onConflictDoNothing({ target: [caseFile.shard, caseFile.number] })
    .returning({ id: caseFile.id })
  return added.length > 0
}

const sumsOf = ({ lateInterest, fulfilled }: Pick<CaseFile, 'lateInterest' | 'fulfilled'>) => ({
  lateInterest: lateInterest ?? null,
  fulfilled: fulfilled ?? null,
})

export async function account(
  queries: Queries,
  id: string,
  sums: Pick<CaseFile, 'lateInterest' | 'fulfilled'>,
): Promise<void> {
  await queries.update(caseFile).set(sumsOf(sums)).where(inCase(id))
}

export async function amend(
  queries: Queries,
  id: string,
  said: Pick<CaseFile, 'claim' | 'costs' | 'lateInterest' | 'fulfilled' | 'judge'>,
): Promise<void> {
  const { claim, costs, judge } = said
  await queries
    .update(caseFile)
    .set({ claim, costs, judge, ...sumsOf(said) })
    .where(inCase(id))
}

export async function askStanding(queries: Queries, id: string, asked: StandingAsked): Promise<void> {
  const { standing, terminatedOn = null, by } = asked
  const row = { standingAsked: standing, terminatedAsked: terminatedOn, standingAskedBy: by }
  await queries.update(caseFile).set(row).where(inCase(id))
}

/** What was asked for stands, and is asked no longer. */
export async function takeStanding(queries: Queries, id: string): Promise<void> {
  const { standingAsked, terminatedAsked } = caseFile
  const nothing = { standingAsked: null, terminatedAsked: null, standingAskedBy: null }
  await queries
    .update(caseFile)
    .set({ standing: sql`${standingAsked}`, terminatedOn: sql`${terminatedAsked}`, ...nothing })
    .where(and(inCase(id), isNotNull(standingAsked)))
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

export async function addParty(
  queries: Queries,
  index: BlindIndex,
  caseId: string,
  added: Party,
  kept: KeptPayload,
): Promise<void> {
  const { id, role, enteredBy, confirmedBy } = added
  await queries.insert(party).values({ shard: here, caseId, id, role, subject: kept.id, enteredBy, confirmedBy })
  await indexParties(queries, index, [{ caseId, party: id, subject: added.subject }])
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
  return (await casesWith(queries, vault, [id]))[0]
}

/** Cases with their parties, in four queries however many. */
export async function casesWith(queries: Queries, vault: Vault, ids: readonly string[]): Promise<readonly CaseFile[]> {
  const known = ids.filter(isId)
  if (known.length === 0) return []
  const rows = await queries
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), inArray(caseFile.id, known)))
    .orderBy(asc(caseFile.id))
  return withParties(queries, vault, rows)
}

export async function caseNumbers(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter(isId)
  if (known.length === 0) return new Map()
  const rows = await queries
    .select({ id: caseFile.id, number: caseFile.number })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), inArray(caseFile.id, known)))
  return new Map(rows.map(({ id, number }) => [id, number]))
}

export async function guardOf(queries: Queries, id: string): Promise<Guarded | undefined> {
  if (!isId(id)) return undefined
  const { court, team, isSealed } = caseFile
  const [row] = await queries.select({ court, team, isSealed }).from(caseFile).where(inCase(id))
  return row && { ...present(row), court: row.court as CourtCode, members: (await membersOf(queries, [id]))(id) }
}

export async function caseByNumber(queries: Queries, vault: Vault, number: string): Promise<CaseFile | undefined> {
  const [row] = await queries
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), eq(caseFile.number, number)))
  return row && (await withParties(queries, vault, [row]))[0]
}

/** The cases within reach, newest first. */
export async function cases(
  queries: Queries,
  reach: Reach,
  { after, limit }: Page,
): Promise<Omit<CaseFile, 'parties'>[]> {
  if (after !== undefined && !isId(after)) return []
  const rows = await queries
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), within(queries, reach), after ? lt(caseFile.id, after) : undefined))
    .orderBy(desc(caseFile.id))
    .limit(limit)
  const named = await membersOf(
    queries,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => asCase(row, named(row.id)))
}

/** The rule of `domain/authority.ts` as a condition on the case: a role's span, and a sealed case for its members alone. */
export function within(queries: Queries, { person, spans }: Reach): SQL | undefined {
  const isMember = exists(
    queries
      .select({ person: caseMember.person })
      .from(caseMember)
      .where(and(eq(caseMember.shard, here), eq(caseMember.caseId, caseFile.id), eq(caseMember.person, person))),
  )
  const spanned = spans.map(({ court, team }) =>
    and(court ? eq(caseFile.court, court) : sql`true`, team ? eq(caseFile.team, team) : undefined),
  )
  const served = spans.map(({ court }) => (court ? eq(caseFile.court, court) : sql`true`))
  if (spans.length === 0) return sql`false`
  return or(and(or(...spanned), eq(caseFile.isSealed, false)), and(or(...served), isMember))
}

async function withParties(queries: Queries, vault: Vault, files: readonly CaseRow[]): Promise<readonly CaseFile[]> {
  const ids = files.map(({ id }) => id)
  const rows = await queries
    .select()
    .from(party)
    .where(and(eq(party.shard, here), inArray(party.caseId, ids)))
    .orderBy(asc(party.id))
  const opened = await openAll(
    queries,
    vault,
    rows.map(({ subject }) => subject),
  )
  const named = await membersOf(queries, ids)
  const lines = await linesOf(queries, files)
  return files.map((file) => {
    const parties = rows
      .filter(({ caseId }) => caseId === file.id)
      .map(({ id, role, subject, enteredBy, confirmedBy, externalId }) =>
        present({ id, role, enteredBy, confirmedBy, externalId, ...readParty(opened(subject)) }),
      )
    const line = lines.filter((one) => one.line === file.line).map(({ id }) => id)
    return { ...asCase(file, named(file.id)), ...(line.length > 1 && { line }), parties }
  })
}

/** Numbers and sums were parsed before they were written; nobody else writes here. */
function asCase(row: CaseRow, members: readonly string[]): Omit<CaseFile, 'parties'> {
  const { id, number, court, standing, claim, costs, judge, enteredBy, confirmedBy, team, isSealed } = row
  const { source, sourceSequence, lateInterest, fulfilled, terminatedOn } = row
  return {
    ...present({ id, standing, judge, enteredBy, confirmedBy, team, isSealed, members, source, sourceSequence }),
    ...(terminatedOn !== null && { terminatedOn: terminatedOn as BeijingDate }),
    ...standingAskedOf(row),
    number: number as CaseNumber,
    court: court as CourtCode,
    claim: claim as Money,
    costs: costs as Money,
    ...(lateInterest !== null && { lateInterest: lateInterest as Money }),
    ...(fulfilled !== null && { fulfilled: fulfilled as Money }),
    ...continuationOf(row),
  }
}

function standingAskedOf({
  standingAsked,
  terminatedAsked,
  standingAskedBy: by,
}: CaseRow): Pick<CaseFile, 'standingAsked'> {
  if (standingAsked === null || by === null) return {}
  const day = terminatedAsked === null ? {} : { terminatedOn: terminatedAsked as BeijingDate }
  return { standingAsked: { standing: standingAsked, by, ...day } }
}
