import { and, asc, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { CourtCode } from '../domain/court.ts'
import type { Grant, HeldRole, Person } from '../domain/person.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { People, Session } from '../gateway/ports/roster.ts'
import { present } from './absent.ts'
import type { Database, Queries } from './database.ts'
import { person, roleGrant, session } from './schema/people.ts'

export function people({ queries, transaction }: Database): People {
  return {
    signedIn: async (hash, carrier, now) => {
      const [row] = await queries
        .select({ session, person })
        .from(session)
        .innerJoin(person, eq(person.id, session.person))
        .where(and(eq(session.hash, hash), eq(session.carrier, carrier), open(now)))
      if (!row) return undefined
      if (row.session.seenAt.getTime() < now.getTime() - seenEveryMs)
        await transaction((tx) => tx.update(session).set({ seenAt: now }).where(eq(session.hash, hash)))
      const [who] = await withRoles(queries, [row.person], now)
      return who && { person: who, session: asSession(row.session) }
    },
    byUsername: async (username, now) =>
      (await withRoles(queries, await queries.select().from(person).where(eq(person.username, username)), now))[0],
    called: async (name, limit) => {
      const rows = await queries
        .select({ id: person.id, name: person.name, username: person.username, court: person.court })
        .from(person)
        .where(eq(person.name, name))
        .orderBy(asc(person.username))
        .limit(limit)
      return rows.map(({ court, ...row }) => ({ ...row, ...(court !== null && { court: court as CourtCode }) }))
    },
    byId: async (id, now) =>
      (await withRoles(queries, await queries.select().from(person).where(eq(person.id, id)), now))[0],
    all: async (now) => withRoles(queries, await queries.select().from(person).orderBy(asc(person.username)), now),
    names: async (ids) => {
      if (ids.length === 0) return new Map()
      const rows = await queries
        .select({ id: person.id, name: person.name })
        .from(person)
        .where(inArray(person.id, [...ids]))
      return new Map(rows.map(({ id, name }) => [id, name]))
    },
    some: async ({ courts, role, after, limit }, now) => {
      const rows = await queries
        .select()
        .from(person)
        .where(
          and(
            courts && inArray(person.court, [...courts]),
            after === undefined ? undefined : gt(person.username, after),
            role &&
              inArray(
                person.id,
                queries
                  .select({ id: roleGrant.person })
                  .from(roleGrant)
                  .where(and(eq(roleGrant.role, role), counts(now))),
              ),
          ),
        )
        .orderBy(asc(person.username))
        .limit(limit)
      return withRoles(queries, rows, now)
    },
    grants: (of) => grantsOf(queries, of),
    grantsWith: async (ids) => {
      if (ids.length === 0) return []
      const rows = await queries
        .select()
        .from(roleGrant)
        .where(inArray(roleGrant.id, [...ids]))
      return rows.map(asGrant)
    },
    grantsDue: async (before, now) => {
      const rows = await queries
        .select()
        .from(roleGrant)
        .where(and(isNull(roleGrant.endedAt), gt(roleGrant.until, now), lt(roleGrant.attestBy, before)))
        .orderBy(asc(roleGrant.attestBy), asc(roleGrant.id))
      return rows.map(asGrant)
    },
    sessions: async (of, now) => {
      const rows = await queries
        .select()
        .from(session)
        .where(and(eq(session.person, of), open(now)))
        .orderBy(asc(session.openedAt))
      return rows.map(asSession)
    },
  }
}

/** A session is noted as used this often at most: every call would be a write. */
const seenEveryMs = 60_000

/** Not ended, not over, and used lately enough. */
function open(now: Date) {
  return and(
    isNull(session.endedAt),
    gt(session.expiresAt, now),
    gt(sql`${session.seenAt} + make_interval(secs => ${session.idleSeconds})`, sql`${now.toISOString()}::timestamptz`),
  )
}

/** All grants of a person, oldest first. */
export async function grantsOf(queries: Queries, of: string): Promise<readonly Grant[]> {
  const rows = await queries
    .select()
    .from(roleGrant)
    .where(eq(roleGrant.person, of))
    .orderBy(asc(roleGrant.from), asc(roleGrant.id))
  return rows.map(asGrant)
}

type PersonRow = typeof person.$inferSelect

/** The rule of `standingOfGrant`, as a condition. */
function counts(now: Date) {
  return and(
    lte(roleGrant.from, now),
    gt(roleGrant.until, now),
    gt(roleGrant.attestBy, now),
    or(isNull(roleGrant.endedAt), gt(roleGrant.endedAt, now)),
  )
}

/** What does not count now is not held. */
export async function withRoles(queries: Queries, rows: readonly PersonRow[], now: Date): Promise<readonly Person[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const held = await queries
    .select()
    .from(roleGrant)
    .where(and(inArray(roleGrant.person, ids), counts(now)))
    .orderBy(asc(roleGrant.from), asc(roleGrant.id))
  return rows.map(({ court, ...row }) => ({
    ...row,
    ...present({ court: court as CourtCode | null }),
    holds: held.filter((grant) => grant.person === row.id).map(asHeld),
  }))
}

function asHeld({ role, court, team, registry }: typeof roleGrant.$inferSelect): HeldRole {
  return present({ role, court: court as CourtCode | null, team, registry: registry as RegistryCode | null })
}

function asGrant(row: typeof roleGrant.$inferSelect): Grant {
  const { id, person: of, from, until, attestBy, givenBy, endedAt, endedBy } = row
  return { ...asHeld(row), ...present({ id, person: of, from, until, attestBy, givenBy, endedAt, endedBy }) }
}

function asSession({ hash: _hash, endedAt: _endedAt, ...row }: typeof session.$inferSelect): Session {
  return present(row)
}
