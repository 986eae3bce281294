import type { Grade, Statement } from '../domain/statement.ts'

/** Why a message proves nothing. The codes are stable and printed in the protocol. */
export const unprovedCodes = [
  'statement-malformed',
  'statement-algorithm',
  'statement-key-unknown',
  'statement-key-revoked',
  'statement-signature',
  'statement-type',
  'statement-issuer',
  'statement-audience',
  'statement-too-old',
  'statement-from-future',
  'statement-other-delivery',
  'statement-digest',
  'statement-other-case',
  'statement-other-subject',
  'statement-content',
] as const

export type UnprovedCode = (typeof unprovedCodes)[number]

/**
 * A registry's message, translated and proved. `jti` and `digest` (SHA-256, base64url, of the payload) identify it:
 * the same pair again is a repetition, the same `jti` with another digest a contradiction. Dialects without sequence
 * numbers leave `sequence` out and get theirs when the statement is committed.
 */
export type Proved = {
  readonly kind: 'proved'
  readonly statement: Omit<Statement, 'sequence'> & { readonly sequence?: number }
  readonly jti: string
  readonly digest: string
  readonly issuedAt: Date
  readonly grade: Grade
}

export type Unproved = { readonly kind: 'unproved'; readonly code: UnprovedCode; readonly detail?: string }
