import { createECDH, createHash } from 'node:crypto'
import { type EnvelopeType, envelopeTypes } from '../../src/signing/envelope.ts'
import { sm2Der, sm2Point, sm2Za } from '../../src/signing/sm2.ts'
import { sm2JwkOf, sm2PrivateKey } from '../../src/signing/sm2-key.ts'
import { annexA } from '../../src/signing/sm2-self-test.ts'

/*
 * The SM2 part of the protocol's vectors. A true signer draws k at random and signs differently each time; here k is the
 * SHA-256 of what is signed, so that a test can compare bytes. Never sign so: who learns k knows the key.
 */

type Claims = Readonly<Record<string, unknown>>
type Signed = {
  readonly typ: EnvelopeType
  readonly key: keyof typeof keys
  readonly claims: Claims
  readonly jws: string
}

const order = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123')
const sha256 = (text: Uint8Array | string) => createHash('sha256').update(text).digest()
const sm3 = (...parts: readonly Uint8Array[]) => createHash('sm3').update(Buffer.concat(parts)).digest()
const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (number: bigint) => Buffer.from(number.toString(16).padStart(64, '0'), 'hex')
const b64u = (text: Uint8Array | string) => Buffer.from(text).toString('base64url')

/** A key whose number is the SHA-256 of a sentence, as the other vectors have theirs. */
function demoKey(whose: string) {
  const d = sha256(`writ protocol vectors: ${whose}`)
  const pair = createECDH('SM2')
  pair.setPrivateKey(d)
  const point = pair.getPublicKey()
  const [x, y] = [b64u(point.subarray(1, 33)), b64u(point.subarray(33))]
  const kid = b64u(sha256(JSON.stringify({ crv: 'SM2', kty: 'EC', x, y })))
  const own = sm2PrivateKey({ x, y, d: b64u(d) })
  return { d, za: sm2Za(own), jwk: { ...sm2JwkOf(own), kid, alg: 'SM2-SM3' }, point: sm2Point(own) }
}

type Key = ReturnType<typeof demoKey>

const keys = {
  court: demoKey('the court, SM2'),
  receipt: demoKey('the gateway, for receipts, SM2'),
  registry: demoKey('the registry, SM2'),
}

/** GB/T 32918.2, section 6.1, with k given. `za` is another's only to make a signature that must not count. */
function signature(message: Uint8Array, { d, za: own }: Key, za: Uint8Array = own): Buffer {
  const [secret, k] = [numberOf(d), numberOf(sha256(message)) % order]
  const point = createECDH('SM2')
  point.setPrivateKey(bytesOf(k))
  const r = modulo(numberOf(sm3(za, message)) + numberOf(point.getPublicKey().subarray(1, 33)))
  const s = modulo(inverse(1n + secret) * (k - r * secret))
  return Buffer.concat([bytesOf(r), bytesOf(s)])
}

/** What plain ECDSA makes of the same key and digest: a library that only knows the curve signs so. */
function ecdsa(message: Uint8Array, { d }: Key): Buffer {
  const k = numberOf(sha256(message)) % order
  const point = createECDH('SM2')
  point.setPrivateKey(bytesOf(k))
  const r = modulo(numberOf(point.getPublicKey().subarray(1, 33)))
  return Buffer.concat([bytesOf(r), bytesOf(modulo(inverse(k) * (numberOf(sm3(message)) + r * numberOf(d))))])
}

const modulo = (number: bigint) => ((number % order) + order) % order

/** By Fermat: the order is a prime. */
function inverse(number: bigint): bigint {
  let [base, exponent, result] = [modulo(number), order - 2n, 1n]
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order
    base = (base * base) % order
  }
  return result
}

const inputOf = (key: Key, typ: string, claims: Claims) =>
  `${b64u(JSON.stringify({ alg: 'SM2-SM3', kid: key.jwk.kid, typ }))}.${b64u(JSON.stringify(claims))}`

function sealed(key: keyof typeof keys, typ: EnvelopeType, claims: Claims): Signed {
  const input = inputOf(keys[key], typ, claims)
  return { typ, key, claims, jws: `${input}.${b64u(signature(Buffer.from(input), keys[key]))}` }
}

const publicOf = ({ jwk: { d: _d, ...open } }: Key) => open

/** The user id of nobody: ENTL 0, as a library has it that was told none. */
function emptyZa({ point }: Key): Buffer {
  const curve =
    'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'
  return sm3(Buffer.of(0, 0), Buffer.from(curve, 'hex'), point.subarray(1))
}

type Given = {
  readonly court: string
  readonly nbf: number
  readonly request: Claims
  readonly statement: Claims & { readonly jti: string }
  /** One claims set of each further type, with whose key it is signed. */
  readonly service: readonly { readonly typ: EnvelopeType; readonly key: keyof typeof keys; readonly claims: Claims }[]
}

/** The same messages as the others, an envelope of each type, under SM2 keys; and signatures that must not count. */
export function sm2Vectors({ court, nbf, request, statement, service }: Given) {
  const asked = sealed('court', envelopeTypes.request, request)
  const about = { ...statement, re_sha256: b64u(sha256(asked.jws)) }
  const said = sealed('registry', envelopeTypes.statement, about)
  const receipt = { statement: about.jti, payload_sha256: b64u(sha256(JSON.stringify(about))) }
  const input = inputOf(keys.registry, envelopeTypes.statement, about)
  const bytes = Buffer.from(input)
  const bad = (name: string, raw: Uint8Array) => ({ name, jws: `${input}.${b64u(raw)}`, code: 'statement-signature' })
  const published = (key: Key, whose: string) => ({ ...publicOf(key), use: 'sig', for: whose, status: 'current', nbf })
  return {
    about:
      'SM2 with SM3 (GB/T 32918), user id 1234567812345678. True signatures differ each time; in these k is the SHA-256 ' +
      'of what is signed, so that there is something to compare. Never sign so.',
    standard: annexA,
    keys: Object.fromEntries(Object.entries(keys).map(([name, { jwk }]) => [name, jwk])),
    za: Object.fromEntries(Object.entries(keys).map(([name, { za }]) => [name, za.toString('hex')])),
    jwks: { keys: [published(keys.court, `court:${court}`), published(keys.receipt, 'receipt')] },
    messages: [
      asked,
      said,
      ...service.map(({ typ, key, claims }) =>
        sealed(key, typ, typ === envelopeTypes.receipt ? { ...claims, ...receipt } : claims),
      ),
    ],
    bad: [
      bad('a signature in DER', sm2Der(signature(bytes, keys.registry))),
      bad('a signature under the empty user id', signature(bytes, keys.registry, emptyZa(keys.registry))),
      bad('plain ECDSA on the curve', ecdsa(bytes, keys.registry)),
      bad('another message’s signature', signature(Buffer.from('another'), keys.registry)),
    ],
  }
}
