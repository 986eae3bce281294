import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { sm2Point, spkiPrefix } from './sm2.ts'

/** An SM2 key as a JWK: `kty` EC, `crv` SM2, coordinates of 32 bytes as RFC 7518 section 6.2 has them for its curves. */
export type Sm2Jwk = {
  readonly kty: 'EC'
  readonly crv: 'SM2'
  readonly x: string
  readonly y: string
  readonly d?: string
}

type Jwk = Readonly<Record<string, unknown>>

// PKCS #8 around an RFC 5915 key, in the one spelling OpenSSL gives it: the private number, then the point.
const pkcs8Prefix = Buffer.from('308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420', 'hex')
const pkcs8Middle = Buffer.from('a144034200', 'hex')

/** n − 1: the one number below the order of the curve that is no private key, because 1 + d has no inverse then. */
const forbidden = Buffer.from('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122', 'hex')

/** A new private key. It is made as numbers and never as a key of Node's: one that Node generated would sign ECDSA. */
export function generateSm2(): Sm2Jwk & { readonly d: string } {
  const pair = createECDH('SM2')
  const point = pair.generateKeys()
  // Leading zeros are dropped here, as of any number: one key in 256 is shorter.
  const digits = pair.getPrivateKey()
  const d = Buffer.concat([Buffer.alloc(32 - digits.length), digits])
  return d.equals(forbidden) ? generateSm2() : { ...jwkOfPoint(point), d: d.toString('base64url') }
}

/** Imports a public key. Throws for a point that is not on the curve, and for coordinates in any spelling but the right one. */
export function sm2PublicKey(jwk: Jwk): KeyObject {
  return createPublicKey({ key: spkiOfPoint(pointOf(jwk)), format: 'der', type: 'spki' })
}

/** The public key of an uncompressed point. Throws as `sm2PublicKey`. */
export function sm2KeyOfPoint(point: Uint8Array): KeyObject {
  return createPublicKey({ key: spkiOfPoint(point), format: 'der', type: 'spki' })
}

/** Imports a private key. Throws also when its public half is another key's: it would sign for whoever that is. */
export function sm2PrivateKey(jwk: Jwk): KeyObject {
  const [d, point] = [coordinate(jwk.d), pointOf(jwk)]
  const pair = createECDH('SM2')
  pair.setPrivateKey(d)
  if (!pair.getPublicKey().equals(point) || d.equals(forbidden)) throw new TypeError('not an SM2 key pair')
  const key = Buffer.concat([pkcs8Prefix, d, pkcs8Middle, point])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** An SM2 key in PEM or DER as a JWK, the private number with it where there is one. Throws for any other key. */
export function sm2JwkOf(key: KeyObject): Sm2Jwk {
  const jwk = jwkOfPoint(sm2Point(key))
  if (key.type !== 'private') return jwk
  const der = key.export({ format: 'der', type: 'pkcs8' })
  const from = pkcs8Prefix.length
  if (!der.subarray(0, from).equals(pkcs8Prefix)) throw new TypeError('not a private SM2 key')
  return { ...jwk, d: der.subarray(from, from + 32).toString('base64url') }
}

function jwkOfPoint(point: Buffer): Sm2Jwk {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  return { kty: 'EC', crv: 'SM2', x: x.toString('base64url'), y: y.toString('base64url') }
}

const pointOf = ({ x, y }: Jwk) => Buffer.concat([Buffer.of(4), coordinate(x), coordinate(y)])
const spkiOfPoint = (point: Uint8Array) => Buffer.concat([spkiPrefix, point])

// One spelling a key: the thumbprint is taken over the text.
function coordinate(text: unknown): Buffer {
  const bytes = Buffer.from(String(text), 'base64url')
  if (bytes.length !== 32 || bytes.toString('base64url') !== text) throw new TypeError('a coordinate is 32 bytes')
  return bytes
}
