import { and, eq, isNull } from 'drizzle-orm'
import type { Roster, SessionsOf } from '../gateway/ports/roster.ts'
import type { Queries } from './database.ts'
import { grantsOf } from './people.ts'
import { person, roleGrant, session } from './schema/people.ts'

/** People as an act changes them, on the act's own transaction. */
export function rosterOf(queries: Queries): Roster {
  return {
    addPerson: async (added) => {
      const rows = await queries.insert(person).values(added).onConflictDoNothing().returning({ id: person.id })
      return rows.length > 0
    },
    grantsOf: async (of) => {
      await queries.select({ id: person.id }).from(person).where(eq(person.id, of)).for('update')
      return grantsOf(queries, of)
    },
    give: async (grant) => {
      await queries.insert(roleGrant).values(grant)
    },
    endGrant: async (id, by, at) => {
      const rows = await queries
        .update(roleGrant)
        .set({ endedAt: at, endedBy: by })
        .where(and(eq(roleGrant.id, id), isNull(roleGrant.endedAt)))
        .returning({ id: roleGrant.id })
      return rows.length > 0
    },
    attest: async (id, attestBy) => {
      const rows = await queries
        .update(roleGrant)
        .set({ attestBy })
        .where(and(eq(roleGrant.id, id), isNull(roleGrant.endedAt)))
        .returning({ id: roleGrant.id })
      return rows.length > 0
    },
    openSession: async (hash, opened) => {
      await queries.insert(session).values({ hash, ...opened })
    },
    endSessions: async (of, at) => {
      const rows = await queries
        .update(session)
        .set({ endedAt: at })
        .where(and(isNull(session.endedAt), ...fitting(of)))
        .returning({ id: session.id })
      return rows.map(({ id }) => id)
    },
  }
}

function fitting({ id, person: of, issuer, subject, sid }: SessionsOf) {
  const wanted = [
    id !== undefined && eq(session.id, id),
    of !== undefined && eq(session.person, of),
    issuer !== undefined && eq(session.issuer, issuer),
    subject !== undefined && eq(session.subject, subject),
    sid !== undefined && eq(session.sid, sid),
  ]
  const given = wanted.flatMap((condition) => condition || [])
  if (given.length === 0) throw new TypeError('all sessions of everybody are not ended by leaving out who is meant')
  return given
}
