import { asc } from 'drizzle-orm'
import type { RegistryCode } from '../domain/registry.ts'
import type { RegisteredRegistry, Registries, RegistryKey } from '../gateway/ports/reads.ts'
import { present } from './absent.ts'
import type { Database } from './database.ts'
import { partnerJti, registry, registryKey } from './schema/people.ts'

/** A key once registered is never forgotten: old statements are proved by it. `put` adds keys and ends them. */
export function registries({ queries, transaction }: Database): Registries {
  return {
    all: async () => {
      const rows = await queries.select().from(registry).orderBy(asc(registry.code))
      const keys = await queries.select().from(registryKey).orderBy(asc(registryKey.validFrom), asc(registryKey.kid))
      return rows.map((row) => asRegistry(row, keys))
    },
    put: async ({ keys, credential, origin, ...rest }) => {
      const state = {
        ...rest,
        origin: origin ?? null,
        credentialUser: credential?.user ?? null,
        credentialHash: credential?.passwordHash ?? null,
      }
      await transaction(async (tx) => {
        await tx.insert(registry).values(state).onConflictDoUpdate({ target: registry.code, set: state })
        for (const { kid, jwk, validFrom, retiredAt, revokedAt } of keys) {
          const key = { jwk, validFrom, retiredAt: retiredAt ?? null, revokedAt: revokedAt ?? null }
          await tx
            .insert(registryKey)
            .values({ registry: rest.code, kid, ...key })
            .onConflictDoUpdate({ target: [registryKey.registry, registryKey.kid], set: key })
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
): RegisteredRegistry {
  const { credentialUser: user, credentialHash: passwordHash, code, origin, ...rest } = row
  const own = keys.filter((key) => key.registry === code)
  return {
    ...rest,
    ...present({ origin }),
    code: code as RegistryCode,
    keys: own.map(({ registry: _registry, ...key }): RegistryKey => present(key)),
    ...(user !== null && passwordHash !== null && { credential: { user, passwordHash } }),
  }
}
