import { z } from 'zod'

/** The two algorithms of the protocol, as JOSE spells them; one a key, for its whole life. */
export type Algorithm = 'EdDSA' | 'ES256'

/** A public key as somebody is known by it, with the time it counts for. */
export type RegisteredKey = {
  readonly kid: string
  readonly jwk: Readonly<Record<string, unknown>>
  readonly validFrom: Date
  readonly retiredAt?: Date
  readonly revokedAt?: Date
}

/** Finds a key by its `kid` among those of one party; how a registry's or a court's keys are handed to whoever verifies. */
export type KeysOf = (kid: string) => RegisteredKey | undefined

const day = 86_400_000

/** How long a retired key still counts: what it signed on its last day may arrive a week later. */
export const graceAfterRetirement = 7 * day

const ed25519Jwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })
const p256Jwk = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() })

/**
 * The one algorithm of a key, told by its curve; undefined for any other key and for one that names another algorithm.
 * Never by the message: whoever picks the key's algorithm by the header lets the enemy pick it.
 */
export function algorithmOf(jwk: Readonly<Record<string, unknown>>): Algorithm | undefined {
  const told = ed25519Jwk.safeParse(jwk).success ? 'EdDSA' : p256Jwk.safeParse(jwk).success ? 'ES256' : undefined
  return jwk.alg === undefined || jwk.alg === told ? told : undefined
}

/**
 * Whether a key counts for what arrives at this moment: from its first day to seven days after its retirement, and
 * never once it is revoked. Judge an old message by the moment it arrived.
 */
export function standingOfKey(key: RegisteredKey, at: Date): 'counts' | 'not-yet' | 'no-longer' {
  if (key.revokedAt && at >= key.revokedAt) return 'no-longer'
  if (key.retiredAt && at.getTime() > key.retiredAt.getTime() + graceAfterRetirement) return 'no-longer'
  return at < key.validFrom ? 'not-yet' : 'counts'
}

/** The `KeysOf` of a list. */
export function keysAmong(keys: readonly RegisteredKey[]): KeysOf {
  return (kid) => keys.find((key) => key.kid === kid)
}
