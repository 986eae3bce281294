import { asc, sql } from 'drizzle-orm'
import type { RegistryCode } from '../domain/registry.ts'
import type { RegisteredRegistry, Registries, RegistryCertificate, RegistryKey } from '../gateway/ports/reads.ts'
import { present } from './absent.ts'
import type { Database } from './database.ts'
import { partnerJti, registry, registryCertificate, registryKey } from './schema/people.ts'

/** A key or certificate once registered is never forgotten: old statements are proved by it. `put` adds and ends them. */
export function registries({ queries, transaction }: Database): Registries {
  return {
    all: async () => {
      const rows = await queries.select().from(registry).orderBy(asc(registry.code))
      const keys = await queries.select().from(registryKey).orderBy(asc(registryKey.validFrom), asc(registryKey.kid))
      const certificates = await queries
        .select()
        .from(registryCertificate)
        .orderBy(asc(registryCertificate.validFrom), asc(registryCertificate.sha256))
      return rows.map((row) => asRegistry(row, keys, certificates))
    },
    put: async ({ keys, certificates = [], credential, origin, ...rest }) => {
      const state = {
        ...rest,
        origin: origin ?? null,
        credentialUser: credential?.user ?? null,
        credentialHash: credential?.passwordHash ?? null,
      }
      await transaction(async (tx) => {
        await tx.insert(registry).values(state).onConflictDoUpdate({ target: registry.code, set: state })
        for (const { kid, jwk, validFrom, retiredAt, revokedAt, certificate } of keys) {
          const ended = { retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
          // A certificate is replaced by a newer one, never by none.
          const key = { jwk, validFrom, ...ended, ...(certificate !== undefined && { certificate }) }
          await tx
            .insert(registryKey)
            .values({ registry: rest.code, kid, ...key })
            .onConflictDoUpdate({ target: [registryKey.registry, registryKey.kid], set: key })
        }
        for (const { sha256, validFrom, retiredAt, revokedAt } of certificates) {
          const time = { validFrom, retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
          await tx
            .insert(registryCertificate)
            .values({ registry: rest.code, sha256, ...time })
            .onConflictDoUpdate({
              target: [registryCertificate.registry, registryCertificate.sha256],
              // What was revoked stays revoked, whatever an old file says that is read again.
              set: { ...time, revokedAt: sql`coalesce(${registryCertificate.revokedAt}, excluded.revoked_at)` },
            })
        }
      })
    },
    burn: async (code, jti, expiresAt) => {
      const burnt = await transaction((tx) =>
        tx
          .insert(partnerJti)
          .values({ registry: code, jti, expiresAt })
          .onConflictDoNothing()
          .returning({ jti: partnerJti.jti }),
      )
      return burnt.length > 0
    },
  }
}

function asRegistry(
  row: typeof registry.$inferSelect,
  keys: readonly (typeof registryKey.$inferSelect)[],
  certificates: readonly (typeof registryCertificate.$inferSelect)[],
): RegisteredRegistry {
  const { credentialUser: user, credentialHash: passwordHash, code, origin, ...rest } = row
  const own = keys.filter((key) => key.registry === code)
  const bound = certificates.filter((certificate) => certificate.registry === code)
  return {
    ...rest,
    ...present({ origin }),
    code: code as RegistryCode,
    keys: own.map(({ registry: _registry, ...key }): RegistryKey => present(key)),
    ...(bound.length > 0 && {
      certificates: bound.map(({ registry: _registry, ...rest }): RegistryCertificate => present(rest)),
    }),
    ...(user !== null && passwordHash !== null && { credential: { user, passwordHash } }),
  }
}
