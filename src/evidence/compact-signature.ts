import { createPublicKey, verify } from 'node:crypto'
import type { Compact } from '../signing/compact.ts'
import { algorithmOf, type RegisteredKey } from '../signing/key.ts'

/**
 * Whether the signature of a compact JWS verifies under a key. For records, which are addressed to nobody and so cannot be
 * opened as an envelope; the algorithm is the key's, never the header's.
 */
export function signatureHolds({ text, header }: Compact, { jwk }: RegisteredKey): boolean {
  const algorithm = algorithmOf(jwk)
  if (!algorithm || algorithm !== header.alg) return false
  const end = text.lastIndexOf('.')
  const signature = Buffer.from(text.slice(end + 1), 'base64url')
  const signed = Buffer.from(text.slice(0, end))
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    return algorithm === 'EdDSA'
      ? verify(null, signed, key, signature)
      : verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    // A key that cannot be imported signs nothing.
    return false
  }
}
