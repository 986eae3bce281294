import type { Jwk } from './algorithm.ts'

/** What a configured CA says of a key: the days on which its whole chain is valid, or that it does not vouch for it. */
export type Certified =
  | { readonly kind: 'certified'; readonly from: Date; readonly until: Date }
  | { readonly kind: 'uncertified' }

/** A public key as somebody is known by it, with the time it counts for. */
export type RegisteredKey = {
  readonly kid: string
  readonly jwk: Jwk
  readonly validFrom: Date
  readonly retiredAt?: Date
  readonly revokedAt?: Date
  /** Its certificate, then what leads to its CA, in PEM. */
  readonly certificate?: string
  /** Absent where no CA is configured: then the registration alone vouches for the key. */
  readonly certified?: Certified
}

/** Finds a key by its `kid` among those of one party; how a registry's or a court's keys are handed to whoever verifies. */
export type KeysOf = (kid: string) => RegisteredKey | undefined

const day = 86_400_000

/** How long a retired key still counts: what it signed on its last day may arrive a week later. */
export const graceAfterRetirement = 7 * day

/**
 * Whether a key counts for what arrives at this moment: from its first day to seven days after its retirement, and
 * never once it is revoked. Where a CA vouches for it, also not a day outside its certificates: no grace there, because
 * a CA that has stopped vouching does not say why. Judge an old message by the moment it arrived.
 */
export function standingOfKey(key: RegisteredKey, at: Date): 'counts' | 'not-yet' | 'no-longer' {
  if (key.revokedAt && at >= key.revokedAt) return 'no-longer'
  if (key.retiredAt && at.getTime() > key.retiredAt.getTime() + graceAfterRetirement) return 'no-longer'
  if (at < key.validFrom) return 'not-yet'
  return key.certified ? standingOfCertificate(key.certified, at) : 'counts'
}

function standingOfCertificate(certified: Certified, at: Date): 'counts' | 'not-yet' | 'no-longer' {
  if (certified.kind === 'uncertified' || at < certified.from) return 'not-yet'
  return at > certified.until ? 'no-longer' : 'counts'
}

/** The `KeysOf` of a list. */
export function keysAmong(keys: readonly RegisteredKey[]): KeysOf {
  return (kid) => keys.find((key) => key.kid === kid)
}
