import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { NoteSigner } from '../../src/ledger/note.ts'
import { ed25519Type, formatVkey } from '../../src/ledger/vkey.ts'

export const origin = 'writ.example/log'

/** A key made of one repeated byte, so that every run signs alike. RFC 8410 section 7 around the seed. */
function privateKeyOf(seed: number): KeyObject {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)])
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
}

export function publicKeyOf(seed: number): KeyObject {
  return createPublicKey(privateKeyOf(seed))
}

export function signerNamed(name: string, seed: number): NoteSigner {
  const raw = Buffer.from(publicKeyOf(seed).export({ format: 'jwk' }).x ?? '', 'base64url')
  return {
    vkey: formatVkey(name, ed25519Type, raw),
    sign: (message) => sign(null, message, privateKeyOf(seed)),
  }
}

/** The key our log signs with, in every test. */
export const logSigner = signerNamed(origin, 1)
export const witnessSigner = signerNamed('witness.example/w1', 2)
export const strangerSigner = signerNamed(origin, 3)
