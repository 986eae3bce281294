import { and, asc, eq, gt } from 'drizzle-orm'
import type { CourtCode } from '../domain/court.ts'
import type { Person } from '../domain/request.ts'
import type { People } from '../gateway/ports/reads.ts'
import { present } from './absent.ts'
import type { Database } from './database.ts'
import { person, token } from './schema/people.ts'

export function people({ queries, transaction }: Database): People {
  return {
    byToken: async (tokenHash, now) => {
      const [row] = await queries
        .select({ person })
        .from(token)
        .innerJoin(person, eq(person.id, token.person))
        .where(and(eq(token.hash, tokenHash), gt(token.expiresAt, now)))
      return row && asPerson(row.person)
    },
    byUsername: async (username) => {
      const [row] = await queries.select().from(person).where(eq(person.username, username))
      return row && asPerson(row)
    },
    byId: async (id) => {
      const [row] = await queries.select().from(person).where(eq(person.id, id))
      return row && asPerson(row)
    },
    all: async () => (await queries.select().from(person).orderBy(asc(person.username))).map(asPerson),
    put: async ({ id, username, name, court, roles }) => {
      const state = { username, name, court: court ?? null, roles }
      await transaction((tx) =>
        tx
          .insert(person)
          .values({ id, ...state })
          .onConflictDoUpdate({ target: person.id, set: state }),
      )
    },
    giveToken: async (of, hash, expiresAt) => {
      const state = { person: of, expiresAt }
      await transaction((tx) =>
        tx
          .insert(token)
          .values({ hash, ...state })
          .onConflictDoUpdate({ target: token.hash, set: state }),
      )
    },
  }
}

function asPerson({ court, ...row }: typeof person.$inferSelect): Person {
  return { ...row, ...present({ court: court as CourtCode | null }) }
}
