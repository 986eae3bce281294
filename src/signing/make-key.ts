import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { Algorithm } from './key.ts'
import type { StoredKey } from './key-file.ts'

/** Makes a key pair, or a secret of 32 bytes. A pair is called by its RFC 7638 thumbprint, so its name proves its key. */
export async function makeKey(
  algorithm: Algorithm | 'secret',
  made: { readonly state: 'current' | 'next'; readonly validFrom: Date; readonly demo: boolean },
): Promise<StoredKey> {
  const about = { state: made.state, validFrom: made.validFrom.toISOString(), demo: made.demo }
  if (algorithm === 'secret') return makeSecret(about)
  const jwk = generate(algorithm).export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint(publicJwk(jwk))
  return { kid, ...about, jwk: { ...jwk, kty: algorithm === 'EdDSA' ? 'OKP' : 'EC', alg: algorithm } }
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

function generate(algorithm: Algorithm): KeyObject {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519').privateKey
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}
