import type { KeyObject } from 'node:crypto'
import type { z } from 'zod'
import { type Algorithm, algorithmNames, algorithmOf, algorithms } from './algorithm.ts'
import { type Compact, digestOf, readCompact } from './compact.ts'
import { SigningFault } from './fault.ts'
import { type KeysOf, type RegisteredKey, standingOfKey } from './key.ts'

/** One `typ` a class of message, so that no message can be passed off as another. */
export const envelopeTypes = {
  request: 'writ-request+jws',
  statement: 'writ-statement+jws',
  receipt: 'writ-receipt+jws',
  status: 'writ-status+jws',
  statusAnswer: 'writ-status-answer+jws',
  withdrawal: 'writ-withdrawal+jws',
  partner: 'writ-partner+jwt',
  possession: 'writ-possession+jws',
} as const

export type EnvelopeType = string

/** How far two clocks may be apart: 5 minutes. */
export const clockSkew = 5 * 60_000

/** Why an envelope proves nothing, in the order in which it is looked for. */
export type EnvelopeCode =
  | 'malformed'
  | 'algorithm'
  | 'key-unknown'
  | 'key-revoked'
  | 'signature'
  | 'type'
  | 'issuer'
  | 'audience'
  | 'too-old'
  | 'from-future'
  | 'expired'
  | 'other-delivery'
  | 'digest'
  | 'content'

/** A proved envelope. `digest` (SHA-256 of the payload) and the claim `jti` identify it; its text does not. */
export type Opened<Claims> = {
  readonly kind: 'opened'
  readonly claims: Claims
  readonly payloadDigest: string
  readonly kid: string
  readonly issuedAt: Date
}

export type NotOpened = { readonly kind: 'unproved'; readonly code: EnvelopeCode; readonly detail?: string }

/** What an envelope must be to count. */
export type Expected<Claims> = {
  /** Undefined: none at all, as the assertions of OAuth clients often come. */
  readonly typ: EnvelopeType | undefined
  readonly keysOf: KeysOf
  /** Left out where the key itself tells who speaks, and the caller compares. */
  readonly issuer?: string
  readonly audience: string
  /** When it arrived: keys and times are judged by this moment. */
  readonly now: Date
  /** Nothing said before this can be meant: the moment the message it answers was signed. */
  readonly notBefore?: Date
  /** Binds the envelope to what it answers; looked at once it is known who speaks, before anything else is read. */
  readonly binds?: (claims: Readonly<Record<string, unknown>>) => EnvelopeCode | undefined
  readonly schema: z.ZodType<Claims>
}

/**
 * Opens a compact JWS. The checks run in one fixed order and the first "no" is the answer: form · algorithm · key ·
 * signature · type · issuer · audience · time · binding · content. What it says is read only when all before it holds.
 */
export async function openEnvelope<Claims>(
  message: string | Uint8Array,
  expected: Expected<Claims>,
): Promise<Opened<Claims> | NotOpened> {
  const compact = readCompact(message)
  if (!compact) return unproved('malformed')
  const key = expected.keysOf(compact.header.kid)
  const refused =
    checkAlgorithm(compact, key) ??
    checkKey(key, expected.now) ??
    (await checkSignature(compact, key)) ??
    checkAddress(compact, expected) ??
    checkTime(compact, expected) ??
    expected.binds?.(compact.claims)
  if (refused) return unproved(refused)
  const content = expected.schema.safeParse(compact.claims)
  // Paths only: the values are a stranger's and may be personal.
  if (!content.success) return unproved('content', content.error.issues.map(({ path }) => path.join('.')).join(' '))
  return {
    kind: 'opened',
    claims: content.data,
    payloadDigest: digestOf(compact.payload),
    kid: compact.header.kid,
    issuedAt: new Date(Number(compact.claims.iat) * 1000),
  }
}

/** A private key ready to sign with. */
export type SigningKey = { readonly kid: string; readonly alg: Algorithm; readonly privateKey: KeyObject }

/** Signs claims as a compact JWS with an explicit type. */
export async function sealEnvelope(key: SigningKey, typ: EnvelopeType, claims: object): Promise<string> {
  const { alg, kid, privateKey } = key
  return algorithms[alg].seal({ alg, kid, typ }, Buffer.from(JSON.stringify(claims)), privateKey)
}

function checkAlgorithm({ header }: Compact, key: RegisteredKey | undefined): EnvelopeCode | undefined {
  if (!algorithmNames.some((name) => name === header.alg)) return 'algorithm'
  return key && algorithmOf(key.jwk) !== header.alg ? 'algorithm' : undefined
}

function checkKey(key: RegisteredKey | undefined, now: Date): EnvelopeCode | undefined {
  if (!key) return 'key-unknown'
  const standing = standingOfKey(key, now)
  if (standing === 'counts') return undefined
  return standing === 'not-yet' ? 'key-unknown' : 'key-revoked'
}

async function checkSignature({ text }: Compact, key: RegisteredKey | undefined): Promise<EnvelopeCode | undefined> {
  const algorithm = key && algorithmOf(key.jwk)
  const publicKey = key && algorithm && publicKeyOf(key.jwk, algorithm)
  if (!algorithm || !publicKey) return 'signature'
  return (await algorithms[algorithm].holds(text, publicKey)) ? undefined : 'signature'
}

const imported = new WeakMap<object, KeyObject>()

/**
 * Imports a public key, once. One that cannot be imported is as good as none: nothing verifies under it. Throws when it is
 * not the key but this runtime that is broken.
 */
export function publicKeyOf(jwk: RegisteredKey['jwk'], algorithm: Algorithm): KeyObject | undefined {
  const known = imported.get(jwk)
  if (known) return known
  try {
    const key = algorithms[algorithm].publicKey(jwk)
    imported.set(jwk, key)
    return key
  } catch (cause) {
    if (cause instanceof SigningFault) throw cause
    return undefined
  }
}

function checkAddress({ header, claims }: Compact, expected: Expected<unknown>): EnvelopeCode | undefined {
  if (header.typ !== expected.typ) return 'type'
  if (expected.issuer !== undefined && claims.iss !== expected.issuer) return 'issuer'
  return claims.aud === expected.audience ? undefined : 'audience'
}

function checkTime({ claims }: Compact, { now, notBefore }: Expected<unknown>): EnvelopeCode | undefined {
  const { iat, exp } = claims
  if (!Number.isSafeInteger(iat)) return 'content'
  const issued = Number(iat) * 1000
  if (notBefore && issued < notBefore.getTime() - clockSkew) return 'too-old'
  if (issued > now.getTime() + clockSkew) return 'from-future'
  return typeof exp === 'number' && exp * 1000 + clockSkew < now.getTime() ? 'expired' : undefined
}

function unproved(code: EnvelopeCode, detail?: string): NotOpened {
  return { kind: 'unproved', code, ...(detail && { detail }) }
}
