import { type Refusal, refuse } from '../domain/refusal.ts'
import { type RegisteredKey, standingOfKey } from './key.ts'

/** Puts a key beside those of one party; both count, so that one can take over from the other. */
export function addedTo<Key extends RegisteredKey>(
  keys: readonly Key[],
  key: Key,
): readonly Key[] | Refusal<'key-registered'> {
  // A name once used stays that key's for ever: what was signed under it must be proved by it.
  return keys.some(({ kid }) => kid === key.kid) ? refuse('key-registered', 'kid') : [...keys, key]
}

/**
 * Retires a key: for seven days more it counts for what arrives. Refused for the last that counts: its holder would fall
 * silent. A key that must not count any more is revoked.
 */
export function retiredAmong<Key extends RegisteredKey>(
  keys: readonly Key[],
  kid: string,
  now: Date,
  counts: (key: Key) => boolean = (key) => standingOfKey(key, now) === 'counts',
): readonly Key[] | Refusal<'key-not-there' | 'key-ended' | 'key-last'> {
  const key = keys.find((one) => one.kid === kid)
  if (!key) return refuse('key-not-there', 'kid')
  if (key.retiredAt || key.revokedAt) return refuse('key-ended', 'kid')
  const lasts = keys.some((one) => one.kid !== kid && !one.retiredAt && counts(one))
  if (!lasts) return refuse('key-last', 'kid')
  return keys.map((one) => (one.kid === kid ? { ...one, retiredAt: now } : one))
}

/** Revokes a key: from this moment nothing under it counts, whatever else is left. */
export function revokedAmong<Key extends RegisteredKey>(
  keys: readonly Key[],
  kid: string,
  now: Date,
): readonly Key[] | Refusal<'key-not-there' | 'key-ended'> {
  const key = keys.find((one) => one.kid === kid)
  if (!key) return refuse('key-not-there', 'kid')
  if (key.revokedAt) return refuse('key-ended', 'kid')
  return keys.map((one) => (one.kid === kid ? { ...one, revokedAt: now } : one))
}
