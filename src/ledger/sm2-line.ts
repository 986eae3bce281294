import type { KeyObject } from 'node:crypto'
import { sm2KeyOfPoint } from '../signing/sm2-key.ts'
import { requireSm2 } from '../signing/sm2-self-test.ts'
import { LedgerFault } from './fault.ts'

/*
 * The SM2 line of a checkpoint (国密签名行): a second signature over the same text, for those whose rules ask for commercial
 * cryptography. C2SP signed-note has no type for it, so it is one of the unassigned: 0xff and a long identifier. Whoever
 * does not know it ignores the line.
 */

/** The type of all signatures to which the specification gives no number; what they are is told by what follows it. */
export const unassignedType = 0xff

/**
 * SM2 with SM3, by its OID (GB/T 33560), over the note's text under the default user id. The signature is in DER (GB/T
 * 35276) and not r ‖ s as in a JWS: so `openssl pkeyutl` checks a line as it stands.
 */
const identifier = Buffer.from('sm2-with-sm3/1.2.156.10197.1.501/v1')
const pointBytes = 65

/** What stands behind the type in the verifier key of an SM2 line: the identifier, and the uncompressed point. */
export function sm2LineKey(point: Uint8Array): Uint8Array {
  return Buffer.concat([identifier, point])
}

/** The public key of an SM2 line. Throws `KEY_MALFORMED` for another algorithm without a number, and for a point that is none. */
export function sm2KeyOfLine(bytes: Uint8Array): KeyObject {
  const point = Buffer.from(bytes).subarray(identifier.length)
  if (!Buffer.from(bytes).subarray(0, identifier.length).equals(identifier) || point.length !== pointBytes)
    throw new LedgerFault('KEY_MALFORMED', 'no verifier for a signature type without a number, but for SM2 lines')
  requireSm2()
  try {
    return sm2KeyOfPoint(point)
  } catch (cause) {
    throw new LedgerFault('KEY_MALFORMED', 'a key of an SM2 line is no point of the curve', { cause })
  }
}
