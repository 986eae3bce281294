import { createHash, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { type Algorithm, algorithmOf, algorithms } from './algorithm.ts'
import type { SigningKey } from './envelope.ts'
import { SigningFault } from './fault.ts'
import type { StoredKey } from './key-file.ts'

/** Makes a key pair, or a secret of 32 bytes. A pair is called by its RFC 7638 thumbprint, so its name proves its key. */
export async function makeKey(
  algorithm: Algorithm | 'secret',
  made: { readonly state: 'current' | 'next'; readonly validFrom: Date; readonly demo: boolean },
): Promise<StoredKey> {
  const about = { state: made.state, validFrom: made.validFrom.toISOString(), demo: made.demo }
  if (algorithm === 'secret') return makeSecret(about)
  const { kty, generate } = algorithms[algorithm]
  const jwk = generate()
  const kid = await calculateJwkThumbprint(publicJwk(jwk))
  return { kid, ...about, jwk: { ...jwk, kty, alg: algorithm } }
}

/** A kept private key, ready to sign with. Throws `KEY_UNREADABLE` for one of no algorithm of ours. */
export function signingKeyOf({ kid, jwk }: Pick<StoredKey, 'kid' | 'jwk'>): SigningKey {
  const alg = algorithmOf(jwk)
  if (!alg) throw new SigningFault('KEY_UNREADABLE', 'a key is of no algorithm of the protocol')
  return { kid, alg, privateKey: algorithms[alg].privateKey(jwk) }
}

/** The public members of a key and nothing else: what is not on this list never leaves. */
export function publicJwk(jwk: Readonly<Record<string, unknown>>): { kty: string; crv: string; x: string; y?: string } {
  const { kty, crv, x, y } = jwk
  return { kty: String(kty), crv: String(crv), x: String(x), ...(y !== undefined && { y: String(y) }) }
}

function makeSecret(about: Pick<StoredKey, 'state' | 'validFrom' | 'demo'>): StoredKey {
  const bytes = randomBytes(32)
  const kid = createHash('sha256').update('writ-secret-id/v1\0').update(bytes).digest('base64url').slice(0, 16)
  return { kid, ...about, jwk: { kty: 'oct', k: bytes.toString('base64url') } }
}
