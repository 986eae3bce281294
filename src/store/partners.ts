import { eq, sql } from 'drizzle-orm'
import type { Partners } from '../gateway/ports/partners.ts'
import type { Queries } from './database.ts'
import { registered } from './registries.ts'
import { registry, registryCertificate, registryKey } from './schema/people.ts'

/** Registries as an act changes them, on the act's own transaction. */
export function partnersOf(queries: Queries): Partners {
  return {
    find: async (code) => {
      await queries.select({ code: registry.code }).from(registry).where(eq(registry.code, code)).for('update')
      return (await registered(queries, eq(registry.code, code)))[0]
    },
    put: async ({ keys, certificates = [], credential, credentialProvedAt, conformance, origin, visit, ...rest }) => {
      const state = {
        ...rest,
        origin: origin ?? null,
        visit: visit ?? null,
        credentialUser: credential?.user ?? null,
        credentialHash: credential?.passwordHash ?? null,
        credentialProvedAt: credentialProvedAt ?? null,
        conformance: conformance ? { ...conformance, at: conformance.at.toISOString() } : null,
      }
      await queries
        .insert(registry)
        .values(state)
        .onConflictDoUpdate({ target: registry.code, set: { ...state, revision: sql`${registry.revision} + 1` } })
      for (const { kid, jwk, validFrom, retiredAt, revokedAt, challenge, provedAt, certificate } of keys) {
        const ended = { retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
        const proof = { challenge: challenge ?? null, provedAt: provedAt ?? null }
        // A certificate is replaced by a newer one, never by none.
        const key = { jwk, validFrom, ...ended, ...proof, ...(certificate !== undefined && { certificate }) }
        await queries
          .insert(registryKey)
          .values({ registry: rest.code, kid, ...key })
          .onConflictDoUpdate({ target: [registryKey.registry, registryKey.kid], set: key })
      }
      for (const { sha256, validFrom, retiredAt, revokedAt } of certificates) {
        const time = { validFrom, retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
        await queries
          .insert(registryCertificate)
          .values({ registry: rest.code, sha256, ...time })
          .onConflictDoUpdate({
            target: [registryCertificate.registry, registryCertificate.sha256],
            // What was revoked stays revoked, whatever an old file says that is read again.
            set: { ...time, revokedAt: sql`coalesce(${registryCertificate.revokedAt}, excluded.revoked_at)` },
          })
      }
    },
  }
}
