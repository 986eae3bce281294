import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { CompactSign, compactVerify, errors } from 'jose'
import { signSm2, verifySm2 } from './sm2.ts'
import { generateSm2, sm2PrivateKey, sm2PublicKey } from './sm2-key.ts'
import { requireSm2 } from './sm2-self-test.ts'

/**
 * The algorithms of the protocol, as a header spells them; one a key, for its whole life. `SM2-SM3` has no name in the
 * JOSE registry: it is a private one (RFC 7515, section 4.1.1), agreed by this protocol.
 */
export type Algorithm = 'EdDSA' | 'ES256' | 'SM2-SM3'

export type Jwk = Readonly<Record<string, unknown>>

type Header = { readonly alg: Algorithm; readonly kid: string; readonly typ: string }

/** All that differs between the algorithms. Whoever has this line of the table never asks for a name again. */
type AlgorithmFacts = {
  readonly kty: 'OKP' | 'EC'
  readonly crv: string
  /** The members that make a public key, beside `kty` and `crv`. */
  readonly members: readonly string[]
  /** Throws when this runtime does not compute the algorithm as its standard has it. */
  readonly selfTest: () => void
  /** A new private key. */
  readonly generate: () => Jwk
  /** Import; both throw for what is no such key. */
  readonly publicKey: (jwk: Jwk) => KeyObject
  readonly privateKey: (jwk: Jwk) => KeyObject
  readonly sign: (message: Uint8Array, key: KeyObject) => Uint8Array
  readonly verify: (message: Uint8Array, signature: Uint8Array, key: KeyObject) => boolean
  /** A compact JWS under this key, and whether one verifies under it. */
  readonly seal: (header: Header, payload: Uint8Array, key: KeyObject) => Promise<string>
  readonly holds: (text: string, key: KeyObject) => Promise<boolean>
}

const fromJwk = {
  publicKey: (jwk: Jwk) => createPublicKey({ key: { ...jwk }, format: 'jwk' }),
  privateKey: (jwk: Jwk) => createPrivateKey({ key: { ...jwk }, format: 'jwk' }),
}

export const algorithms: Readonly<Record<Algorithm, AlgorithmFacts>> = {
  EdDSA: {
    kty: 'OKP',
    crv: 'Ed25519',
    members: ['x'],
    selfTest: () => {},
    generate: () => ({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) }),
    ...fromJwk,
    sign: (message, key) => sign(null, message, key),
    verify: (message, signature, key) => verify(null, message, key, signature),
    ...byJose('EdDSA'),
  },
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    members: ['x', 'y'],
    selfTest: () => {},
    generate: () => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) }),
    ...fromJwk,
    sign: (message, key) => sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }),
    verify: (message, signature, key) => verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature),
    ...byJose('ES256'),
  },
  'SM2-SM3': {
    kty: 'EC',
    crv: 'SM2',
    members: ['x', 'y'],
    selfTest: requireSm2,
    // No key comes in or into being before the runtime has shown that it can be trusted with one.
    generate: () => proved(generateSm2),
    publicKey: (jwk) => proved(() => sm2PublicKey(jwk)),
    privateKey: (jwk) => proved(() => sm2PrivateKey(jwk)),
    sign: signSm2,
    verify: verifySm2,
    seal: async (header, payload, key) => {
      const input = `${base64url(JSON.stringify(header))}.${base64url(payload)}`
      return `${input}.${base64url(signSm2(Buffer.from(input), key))}`
    },
    holds: async (text, key) => verifySm2(signedPart(text), signaturePart(text), key),
  },
}

export const algorithmNames = Object.keys(algorithms) as [Algorithm, ...Algorithm[]]

/** The curves of the algorithms, as a JWK names them. */
export const curveNames = Object.values(algorithms).map(({ crv }) => crv) as [string, ...string[]]

/**
 * The one algorithm of a key, told by its curve; undefined for any other key and for one that names another algorithm.
 * Never by the message: whoever picks the key's algorithm by the header lets the enemy pick it.
 */
export function algorithmOf(jwk: Jwk): Algorithm | undefined {
  const told = algorithmNames.find((name) => {
    const { kty, crv, members } = algorithms[name]
    return jwk.kty === kty && jwk.crv === crv && members.every((member) => typeof jwk[member] === 'string')
  })
  return jwk.alg === undefined || jwk.alg === told ? told : undefined
}

/** Puts every algorithm that is in use to its test, before anything is signed or believed with it. Throws what it throws. */
export function selfTest(inUse: ReadonlySet<string | undefined>): void {
  for (const name of algorithmNames) if (inUse.has(name)) algorithms[name].selfTest()
}

/** A public key as bare bytes: 32 of Ed25519, or an uncompressed point, 04 ‖ x ‖ y. */
export function publicBytes(jwk: Jwk): Buffer {
  const coordinates = [jwk.x, jwk.y].filter((text) => text !== undefined)
  const bytes = Buffer.concat(coordinates.map((text) => Buffer.from(String(text), 'base64url')))
  return coordinates.length === 2 ? Buffer.concat([Buffer.of(4), bytes]) : bytes
}

/** What a compact JWS signs, and the signature it carries; of a text that was read as one (see `readCompact`). */
export const signedPart = (text: string) => Buffer.from(text.slice(0, text.lastIndexOf('.')))
export const signaturePart = (text: string) => Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url')

function byJose(alg: Algorithm): Pick<AlgorithmFacts, 'seal' | 'holds'> {
  return {
    seal: (header, payload, key) => new CompactSign(payload).setProtectedHeader({ ...header }).sign(key),
    holds: async (text, key) => {
      try {
        await compactVerify(text, key, { algorithms: [alg] })
        return true
      } catch (cause) {
        if (cause instanceof errors.JOSEError) return false
        throw cause
      }
    },
  }
}

function proved<Made>(make: () => Made): Made {
  requireSm2()
  return make()
}

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
