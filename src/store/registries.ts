import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { RegistryCode } from '../domain/registry.ts'
import type { RegisteredRegistry, Registries, RegistryCertificate, RegistryKey } from '../gateway/ports/reads.ts'
import { present } from './absent.ts'
import type { Database, Queries } from './database.ts'
import { registry, registryCertificate, registryKey } from './schema/people.ts'

export function registries({ queries }: Database): Registries {
  return {
    all: () => registered(queries),
    find: async (code) => (await registered(queries, eq(registry.code, code)))[0],
    revision: async () => {
      const [row] = await queries.select({ sum: sql<unknown>`coalesce(sum(${registry.revision}), 0)` }).from(registry)
      return String(row?.sum)
    },
  }
}

/** The registries that fit, by code, each with all its keys. */
export async function registered(queries: Queries, fitting?: SQL): Promise<readonly RegisteredRegistry[]> {
  const rows = await queries.select().from(registry).where(fitting).orderBy(asc(registry.code))
  if (rows.length === 0) return []
  const codes = rows.map(({ code }) => code)
  const keys = await queries
    .select()
    .from(registryKey)
    .where(inArray(registryKey.registry, codes))
    .orderBy(asc(registryKey.validFrom), asc(registryKey.kid))
  const certificates = await queries
    .select()
    .from(registryCertificate)
    .where(inArray(registryCertificate.registry, codes))
    .orderBy(asc(registryCertificate.validFrom), asc(registryCertificate.sha256))
  return rows.map((row) => asRegistry(row, keys, certificates))
}

function asRegistry(
  row: typeof registry.$inferSelect,
  keys: readonly (typeof registryKey.$inferSelect)[],
  certificates: readonly (typeof registryCertificate.$inferSelect)[],
): RegisteredRegistry {
  const { credentialUser: user, credentialHash: passwordHash, code, origin, revision: _revision, ...more } = row
  const { credentialProvedAt, conformance, visit, ...rest } = more
  const own = keys.filter((key) => key.registry === code)
  const bound = certificates.filter((certificate) => certificate.registry === code)
  return {
    ...rest,
    ...present({ origin, credentialProvedAt, visit }),
    ...(conformance && { conformance: { ...conformance, at: new Date(conformance.at) } }),
    code: code as RegistryCode,
    keys: own.map(({ registry: _registry, ...key }): RegistryKey => present(key)),
    ...(bound.length > 0 && {
      certificates: bound.map(({ registry: _registry, ...rest }): RegistryCertificate => present(rest)),
    }),
    ...(user !== null && passwordHash !== null && { credential: { user, passwordHash } }),
  }
}
