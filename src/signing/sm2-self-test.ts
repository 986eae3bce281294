import { createHash } from 'node:crypto'
import { SigningFault } from './fault.ts'
import { signSm2, sm2Za, verifySm2 } from './sm2.ts'
import { sm2PrivateKey, sm2PublicKey } from './sm2-key.ts'

/** The worked example of GB/T 32918.5, annex A: a key, a message under the default user id, and one right signature. */
export const annexA = {
  d: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  x: '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020',
  y: 'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: 'message digest',
  za: 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3',
  e: 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640',
  signature:
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
}

/** SM3("abc"), GB/T 32905, annex A. */
const abc = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'

const hex = (text: string) => Buffer.from(text, 'hex')
const coordinate = (text: string) => hex(text).toString('base64url')
const sm3 = (...parts: readonly Uint8Array[]) => createHash('sm3').update(Buffer.concat(parts)).digest()

/** What is put to the test; another engine than ours is handed in only to see it fail. */
export type Sm2Engine = {
  readonly sm3: typeof sm3
  readonly publicKey: typeof sm2PublicKey
  readonly privateKey: typeof sm2PrivateKey
  readonly za: typeof sm2Za
  readonly sign: typeof signSm2
  readonly verify: typeof verifySm2
}

const ours: Sm2Engine = {
  sm3,
  publicKey: sm2PublicKey,
  privateKey: sm2PrivateKey,
  za: sm2Za,
  sign: signSm2,
  verify: verifySm2,
}

/**
 * The known-answer test (自检): what in this runtime does not come out as the standard has it, by name; empty when all is
 * well. The annex's signature vouches for the verifier, and the verifier then for what is signed here.
 */
export function selfTestSm2(engine: Sm2Engine = ours): readonly string[] {
  const jwk = { kty: 'EC', crv: 'SM2', x: coordinate(annexA.x), y: coordinate(annexA.y) }
  const message = Buffer.from(annexA.message)
  const publicKey = () => engine.publicKey(jwk)
  const verifies = (text: Uint8Array, signature: Uint8Array) => engine.verify(text, signature, publicKey())
  const signed = () => engine.sign(message, engine.privateKey({ ...jwk, d: coordinate(annexA.d) }))
  const tests: Readonly<Record<string, () => boolean>> = {
    'SM3 of abc': () => engine.sm3(Buffer.from('abc')).equals(hex(abc)),
    ZA: () => engine.za(publicKey()).equals(hex(annexA.za)),
    e: () => engine.sm3(engine.za(publicKey()), message).equals(hex(annexA.e)),
    'the signature of the annex': () => verifies(message, hex(annexA.signature)),
    'a signature made here': () => verifies(message, signed()),
    'another message under the same signature': () => !verifies(Buffer.from(`${annexA.message}.`), signed()),
    'an altered signature': () => !verifies(message, altered(hex(annexA.signature))),
  }
  return Object.entries(tests).flatMap(([name, holds]) => (isTrue(holds) ? [] : [name]))
}

let proved = false

/**
 * Whoever uses SM2 asks this first; it costs a few milliseconds, once. Throws `SM2_BROKEN` when this runtime does not
 * compute SM2 as the standard has it: then nothing is signed, and nobody's signature is called false for our own fault.
 */
export function requireSm2(): void {
  if (proved) return
  const failed = selfTestSm2()
  if (failed.length > 0) {
    const runtime = `Node ${process.version} with OpenSSL ${process.versions.openssl}`
    throw new SigningFault('SM2_BROKEN', `${runtime} fails the SM2 self-test: ${failed.join(', ')}`)
  }
  proved = true
}

function isTrue(holds: () => boolean): boolean {
  try {
    return holds()
  } catch {
    return false
  }
}

function altered(signature: Buffer): Buffer {
  signature.writeUInt8(signature.readUInt8(40) ^ 1, 40)
  return signature
}
