import { algorithmOf, algorithms, signaturePart, signedPart } from '../signing/algorithm.ts'
import type { Compact } from '../signing/compact.ts'
import { publicKeyOf } from '../signing/envelope.ts'
import type { RegisteredKey } from '../signing/key.ts'

/**
 * Whether the signature of a compact JWS verifies under a key. For records, which are addressed to nobody and so cannot be
 * opened as an envelope; the algorithm is the key's, never the header's.
 */
export function signatureHolds({ text, header }: Compact, { jwk }: RegisteredKey): boolean {
  const algorithm = algorithmOf(jwk)
  if (!algorithm || algorithm !== header.alg) return false
  const key = publicKeyOf(jwk, algorithm)
  return key !== undefined && algorithms[algorithm].verify(signedPart(text), signaturePart(text), key)
}
