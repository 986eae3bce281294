import type { RegistryKey } from '../../gateway/ports/reads.ts'
import { algorithmOf } from '../../signing/algorithm.ts'
import type { RegisteredKey } from '../../signing/key.ts'
import type { Jwks, PublishedKey } from '../../signing/signer.ts'
import type { KeyRow } from './facts-page.ts'

const day = 86_400_000
const daysSince = (from: Date, now: Date): number => Math.max(0, Math.floor((now.getTime() - from.getTime()) / day))

/** The keys of a registry or of a court's system, the newest first. */
export function registeredKeyRows(keys: readonly (RegisteredKey | RegistryKey)[], now: Date): readonly KeyRow[] {
  return keys.toReversed().map((key) => {
    const { kid, jwk, validFrom, certified } = key
    const until = certified?.kind === 'certified' ? certified.until : undefined
    return {
      ...{ kid, algorithm: algorithmOf(jwk) ?? '—', since: validFrom, ageDays: daysSince(validFrom, now) },
      standing: standingOf(key),
      ...(until && { daysLeft: Math.floor((until.getTime() - now.getTime()) / day) }),
    }
  })
}

function standingOf(key: RegisteredKey | RegistryKey): KeyRow['standing'] {
  if (key.revokedAt) return 'revoked'
  if (key.retiredAt) return 'retired'
  return 'challenge' in key && key.challenge !== undefined ? 'notProved' : 'current'
}

/** Our own keys by what they are for; one that is retired counts for seven days more. */
export function ownKeyRows({ keys }: Jwks, now: Date): readonly (readonly [PublishedKey['for'], readonly KeyRow[]])[] {
  const uses = [...new Set(keys.map((key) => key.for))]
  return uses.map((use) => [use, keys.filter((key) => key.for === use).map((key) => rowOf(key, now))])
}

function rowOf({ kid, alg, status, nbf, exp }: PublishedKey, now: Date): KeyRow {
  const since = new Date(nbf * 1000)
  return {
    ...{ kid, algorithm: alg, standing: status, since, ageDays: daysSince(since, now) },
    ...(exp !== undefined && { daysLeft: Math.floor((exp * 1000 - now.getTime()) / day) }),
  }
}
