import type { RequestClaims } from './claims/request.ts'
import { type StatementClaims, statementClaims } from './claims/statement.ts'
import { statementOf } from './claims/to-statement.ts'
import { digestOf, readCompact } from './compact.ts'
import { wrongContent } from './content.ts'
import { type EnvelopeCode, envelopeTypes, openEnvelope } from './envelope.ts'
import type { KeysOf } from './key.ts'
import type { Proved, Unproved } from './proof.ts'

/** The delivery a statement is held against: its id, its exact text, and what it says. */
export type Delivered = { readonly id: string; readonly jws: string; readonly claims: RequestClaims }

/**
 * Proves a registry's statement about a delivery, grade A: its own key over the digest of the exact request. Who speaks
 * and when is settled before what it answers, and that before anything it says is read.
 */
export async function openStatement(
  message: Uint8Array | string,
  delivered: Delivered,
  { keysOf, gateway, now }: { readonly keysOf: KeysOf; readonly gateway: string; readonly now: Date },
): Promise<Proved | Unproved> {
  const opened = await openEnvelope<StatementClaims>(message, {
    typ: envelopeTypes.statement,
    keysOf,
    issuer: delivered.claims.aud,
    audience: gateway,
    now,
    notBefore: new Date(delivered.claims.iat * 1000),
    binds: (claims) => bindsTo(delivered, claims),
    schema: statementClaims,
  })
  if (opened.kind === 'unproved') return unproved(opened.code, opened.detail)
  const statement = statementOf(opened.claims)
  if (!statement) return unproved('content')
  const wrong = wrongContent(statement, delivered.claims)
  if (wrong) return unproved('content', wrong)
  const { claims, payloadDigest: digest, issuedAt } = opened
  return { kind: 'proved', statement, jti: claims.jti, digest, issuedAt, grade: 'A' }
}

/** Which delivery a message says it speaks of. Good for finding what to hold it against, and for nothing else. */
export function deliveryNamedIn(message: Uint8Array | string): string | undefined {
  const re = readCompact(message)?.claims.re
  return typeof re === 'string' ? re : undefined
}

// The digest is taken over the text as we froze it: a registry that signed another reading of it answered something else.
function bindsTo({ id, jws }: Delivered, claims: Readonly<Record<string, unknown>>): EnvelopeCode | undefined {
  if (claims.re !== id) return 'other-delivery'
  return claims.re_sha256 === digestOf(jws) ? undefined : 'digest'
}

// A statement has no `exp`: one that names it anyway is refused by its schema, unless it is over, and then here.
function unproved(code: EnvelopeCode, detail?: string): Unproved {
  return {
    kind: 'unproved',
    code: code === 'expired' ? 'statement-content' : `statement-${code}`,
    ...(detail && { detail }),
  }
}
