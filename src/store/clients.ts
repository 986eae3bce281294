import { and, asc, eq, gt, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { ClientId } from '../domain/client.ts'
import type { CourtCode } from '../domain/court.ts'
import type { Client, ClientBook, Clients } from '../gateway/ports/clients.ts'
import { present } from './absent.ts'
import type { Database, Queries } from './database.ts'
import { client, clientCertificate, clientKey, clientRefusal, clientToken } from './schema/client.ts'

export function clients({ queries }: Database): Clients {
  return {
    all: () => registered(queries),
    find: async (id) => (await registered(queries, eq(client.id, id)))[0],
    byToken: async (hash, now) => {
      const [token] = await queries
        .select()
        .from(clientToken)
        .where(and(eq(clientToken.hash, hash), gt(clientToken.expiresAt, now)))
      const [whose] = token ? await registered(queries, eq(client.id, token.client)) : []
      if (!token || !whose) return undefined
      const { kid, certificate } = token
      return { client: whose, kid, ...present({ certificate }) }
    },
    refusedSince: async (id, since) => {
      const [row] = await queries
        .select({ sum: sql<unknown>`coalesce(sum(${clientRefusal.count}), 0)` })
        .from(clientRefusal)
        .where(and(eq(clientRefusal.client, id), gte(clientRefusal.hour, since)))
      return Number(row?.sum ?? 0)
    },
  }
}

/** Systems as an act changes them, on the act's own transaction. */
export function clientBookOf(queries: Queries): ClientBook {
  return {
    find: async (id) => {
      await queries.select({ id: client.id }).from(client).where(eq(client.id, id)).for('update')
      return (await registered(queries, eq(client.id, id)))[0]
    },
    put: async ({ keys, certificates, ...row }) => {
      await queries.insert(client).values(row).onConflictDoUpdate({ target: client.id, set: row })
      for (const { kid, jwk, validFrom, retiredAt, revokedAt } of keys) {
        const key = { jwk, validFrom, retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
        await queries
          .insert(clientKey)
          .values({ client: row.id, kid, ...key })
          .onConflictDoUpdate({ target: [clientKey.client, clientKey.kid], set: key })
      }
      for (const { sha256, validFrom, retiredAt, revokedAt } of certificates) {
        const times = { validFrom, retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
        await queries
          .insert(clientCertificate)
          .values({ client: row.id, sha256, ...times })
          .onConflictDoUpdate({ target: [clientCertificate.client, clientCertificate.sha256], set: times })
      }
    },
    openToken: async (hash, token) => {
      await queries.insert(clientToken).values({ hash, ...token })
    },
    countRefusal: async (id, hour) => {
      const [row] = await queries
        .insert(clientRefusal)
        .values({ client: id, hour, count: 1 })
        .onConflictDoUpdate({
          target: [clientRefusal.client, clientRefusal.hour],
          set: { count: sql`${clientRefusal.count} + 1` },
        })
        .returning({ count: clientRefusal.count })
      return row?.count ?? 0
    },
  }
}

async function registered(queries: Queries, fitting?: SQL): Promise<readonly Client[]> {
  const rows = await queries.select().from(client).where(fitting).orderBy(asc(client.id))
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const keys = await queries
    .select()
    .from(clientKey)
    .where(inArray(clientKey.client, ids))
    .orderBy(asc(clientKey.validFrom), asc(clientKey.kid))
  const certificates = await queries
    .select()
    .from(clientCertificate)
    .where(inArray(clientCertificate.client, ids))
    .orderBy(asc(clientCertificate.validFrom), asc(clientCertificate.sha256))
  return rows.map(({ id, court, ...row }) => ({
    ...row,
    id: id as ClientId,
    court: court as CourtCode,
    keys: keys.filter((key) => key.client === id).map(({ client: _client, ...key }) => present(key)),
    certificates: certificates.filter((one) => one.client === id).map(({ client: _client, ...one }) => present(one)),
  }))
}
