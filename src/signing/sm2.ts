import { createHash, createPublicKey, createSign, createVerify, type KeyObject } from 'node:crypto'

/*
 * SM2 signatures with SM3, GB/T 32918.2 on the curve of GB/T 32918.5, with the default user id of GB/T 35276.
 *
 * Node gives no name to this algorithm. What is relied on here: `createSign('sm3')` over a key that was imported signs the
 * digest it is given as SM2 does, and adds no ZA of its own. So ZA goes in first. None of this is promised by Node's pages:
 * whoever uses it calls `requireSm2` before (see sm2-self-test.ts). What Node would mislead one into, and what is refused:
 * a key that was generated rather than imported signs plain ECDSA on this curve, and `crypto.sign` hashes an empty user id.
 */

/** The user id that everybody signs with who has agreed on no other. GB/T 35276, section 7. */
const defaultUserId = '1234567812345678'

const curve = {
  a: 'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc',
  b: '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93',
  gx: '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7',
  gy: 'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
}

// ENTL (the length of the id in bits), the id, then the curve: what ZA covers before the key itself.
const beforeTheKey = Buffer.concat([
  Buffer.of(0, defaultUserId.length * 8),
  Buffer.from(defaultUserId),
  Buffer.from(curve.a + curve.b + curve.gx + curve.gy, 'hex'),
])

/** SubjectPublicKeyInfo up to the point: id-ecPublicKey on 1.2.156.10197.1.301. */
export const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')
const pointBytes = 65

/**
 * The public point of an imported SM2 key, uncompressed (04 ‖ x ‖ y), of a private key as well. Throws for any other key,
 * and for an SM2 key that was generated in this process: that one signs ECDSA.
 */
export function sm2Point(key: KeyObject): Buffer {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' })
  const isSm2 = spki.length === spkiPrefix.length + pointBytes && spki.subarray(0, spkiPrefix.length).equals(spkiPrefix)
  if (!isSm2 || key.asymmetricKeyType === 'ec') throw new TypeError('not an imported SM2 key')
  return spki.subarray(spkiPrefix.length)
}

const zaOf = new WeakMap<KeyObject, Buffer>()

/** ZA: who signs, as 32 bytes that every message is hashed behind. GB/T 32918.2, section 5.5. */
export function sm2Za(key: KeyObject): Buffer {
  const known = zaOf.get(key)
  if (known) return known
  const za = createHash('sm3').update(beforeTheKey).update(sm2Point(key).subarray(1)).digest()
  zaOf.set(key, za)
  return za
}

/** Signs a message; the signature in DER, SEQUENCE { r, s }, as certificates and GB/T 35276 have it. */
export function signSm2Der(message: Uint8Array, key: KeyObject): Buffer {
  return createSign('sm3').update(sm2Za(key)).update(message).sign(key)
}

/** Whether a DER signature is by this key over this message. A signature is a stranger's: no bytes of it throw. */
export function verifySm2Der(message: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return createVerify('sm3').update(sm2Za(key)).update(message).verify(key, signature)
}

/** Signs a message; 64 bytes, r ‖ s, as JOSE spells a signature on a curve (RFC 7518, section 3.4). */
export function signSm2(message: Uint8Array, key: KeyObject): Buffer {
  return rawOf(signSm2Der(message, key))
}

/** Whether 64 bytes r ‖ s are a signature by this key over this message. */
export function verifySm2(message: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return signature.length === 64 && verifySm2Der(message, sm2Der(signature), key)
}

/** r ‖ s in DER. */
export function sm2Der(raw: Uint8Array): Buffer {
  const both = Buffer.concat([derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, both.length), both])
}

function derInteger(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Buffer.of(0) : Buffer.from(bytes.subarray(first))
  const positive = (digits[0] ?? 0) < 0x80 ? digits : Buffer.concat([Buffer.of(0), digits])
  return Buffer.concat([Buffer.of(0x02, positive.length), positive])
}

// Only for what OpenSSL has just written here: two short integers, each behind its tag and its length.
function rawOf(der: Buffer): Buffer {
  const r = der.subarray(4, 4 + der.readUInt8(3))
  const s = der.subarray(4 + r.length + 2)
  return Buffer.concat([fixed(r), fixed(s)])
}

function fixed(integer: Buffer): Buffer {
  const digits = integer.subarray(Math.max(0, integer.length - 32))
  return Buffer.concat([Buffer.alloc(32 - digits.length), digits])
}
