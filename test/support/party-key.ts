import { createPrivateKey } from 'node:crypto'
import { CompactSign } from 'jose'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import { makeKey, publicJwk } from '../../src/signing/make-key.ts'

/** A key somebody outside has: a registry, or a court's system. It signs whatever it is told to. */
export type PartyKey = {
  readonly kid: string
  /** As it is registered. */
  readonly jwk: { readonly kid: string; readonly kty: string; readonly alg: Algorithm }
  sign(typ: string | undefined, claims: object, header?: object): Promise<string>
}

export async function newPartyKey(algorithm: Algorithm = 'EdDSA'): Promise<PartyKey> {
  const made = await makeKey(algorithm, { state: 'current', validFrom: new Date(), demo: true })
  const privateKey = createPrivateKey({ key: { ...made.jwk }, format: 'jwk' })
  const { kid } = made
  return {
    kid,
    jwk: { ...publicJwk(made.jwk), kid, alg: algorithm },
    sign: (typ, claims, header = {}) =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: algorithm, kid, ...(typ !== undefined && { typ }), ...header })
        .sign(privateKey),
  }
}

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000)
