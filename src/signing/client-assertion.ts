import { z } from 'zod'
import { text } from './claims/asset.ts'
import { readCompact } from './compact.ts'
import { clockSkew, type NotOpened, openEnvelope } from './envelope.ts'
import type { KeysOf } from './key.ts'

/** The longest an assertion may live: 5 minutes. */
export const assertionSeconds = 300

// Not closed, unlike our own envelopes: libraries add members of their own, and RFC 7519 section 4 has them ignored.
const assertionClaims = z.object({
  iss: text(40),
  sub: text(40),
  iat: z.int(),
  exp: z.int(),
  nbf: z.int().optional(),
  jti: text(200),
})

/** The token endpoint as an assertion may address it; the gateway's own id will do as well. */
export function tokenEndpointOf(gateway: string): string {
  return `https://${gateway}/oauth/token`
}

/** What libraries write into `typ` of a client's assertion, or nothing at all. */
const types: readonly (string | undefined)[] = ['JWT', 'jwt', 'client-authentication+jwt', undefined]

/** A system that proved itself. Burn `jti` until `burnUntil` before doing anything for it: it counts once. */
export type ClientAssertion = {
  readonly kind: 'opened'
  readonly jti: string
  readonly kid: string
  readonly burnUntil: Date
}

/** Which system an assertion says it is of. Good for finding whose keys to try, and for nothing else. */
export function clientNamedIn(assertion: string): string | undefined {
  const iss = readCompact(assertion)?.claims.iss
  return typeof iss === 'string' ? iss : undefined
}

/**
 * Opens the assertion by which a system proves itself at the token endpoint (RFC 7523 section 3): `iss` and `sub` are the
 * system, `aud` is one of ours, it lives five minutes at most, and the key is one that is registered and counts now.
 */
export async function openClientAssertion(
  assertion: string,
  {
    client,
    keysOf,
    gateway,
    now,
  }: { readonly client: string; readonly keysOf: KeysOf; readonly gateway: string; readonly now: Date },
): Promise<ClientAssertion | NotOpened> {
  const compact = readCompact(assertion)
  const audiences = [gateway, tokenEndpointOf(gateway)]
  if (!types.includes(compact?.header.typ)) return { kind: 'unproved', code: 'type' }
  // One of ours that it names, or else one that it does not, and then it fails where it should.
  const audience = audiences.find((one) => one === compact?.claims.aud) ?? gateway
  const expected = { typ: compact?.header.typ, keysOf, issuer: client, audience, now, schema: assertionClaims }
  const opened = await openEnvelope(assertion, expected)
  if (opened.kind === 'unproved') return opened
  const { sub, iat, exp, nbf, jti } = opened.claims
  if (sub !== client) return { kind: 'unproved', code: 'issuer' }
  if (exp <= iat || exp - iat > assertionSeconds) return { kind: 'unproved', code: 'expired' }
  if (nbf !== undefined && nbf * 1000 > now.getTime() + clockSkew) return { kind: 'unproved', code: 'from-future' }
  return { kind: 'opened', jti, kid: opened.kid, burnUntil: new Date(exp * 1000 + clockSkew) }
}
