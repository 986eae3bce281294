import { z } from 'zod'
import { digest, text, uuid } from './asset.ts'

const envelope = { iss: text(40), aud: text(200), iat: z.int(), exp: z.int(), jti: text(80) }

/** `typ: writ-status+jws`: does the registry know this delivery, and what has it said of it? Signed by the court. */
export const statusClaims = z.strictObject({ ...envelope, re: uuid })

/** `typ: writ-status-answer+jws`: every statement the registry ever made about the delivery, as the compact JWS it signed. */
export const statusAnswerClaims = z.strictObject({
  iss: text(40),
  aud: text(200),
  iat: z.int(),
  /** The `jti` of the status inquiry that this answers. */
  inquiry: text(80),
  re: uuid,
  known: z.boolean(),
  statements: z.array(z.string().max(1_048_576)).max(1000),
})

/** `typ: writ-withdrawal+jws`: take the delivery back before it has had an effect. Signed by the court. */
export const withdrawalClaims = z.strictObject({ ...envelope, re: uuid, reason: text(300) })

/** `typ: writ-receipt+jws`: the gateway has this statement, durably. Signed by the gateway. */
export const receiptClaims = z.strictObject({
  iss: text(200),
  aud: text(40),
  iat: z.int(),
  jti: uuid,
  /** The statement's `jti` and the delivery it speaks of. */
  statement: text(80),
  re: uuid,
  /** SHA-256 of the statement's payload (the second part of the JWS, decoded). */
  payload_sha256: digest,
  /** The log that will hold the entry, and by when (seconds after `iat`). */
  log: text(200),
  entry: uuid,
  mmd: z.int(),
})

/** `typ: writ-partner+jwt`: a registry proving itself on a `/partner` route; used once, at most 60 s long. */
export const partnerClaims = z.strictObject({
  iss: text(40),
  aud: text(200),
  iat: z.int(),
  exp: z.int(),
  jti: text(80),
})

/** `typ: writ-possession+jws`: whoever registered a key has its private half; `nonce` is what the gateway gave for it. */
export const possessionClaims = z.strictObject({
  iss: text(40),
  aud: text(200),
  nonce: text(80),
  iat: z.int(),
  jti: text(80),
})

export type StatusClaims = z.infer<typeof statusClaims>
export type StatusAnswerClaims = z.infer<typeof statusAnswerClaims>
export type WithdrawalClaims = z.infer<typeof withdrawalClaims>
export type ReceiptClaims = z.infer<typeof receiptClaims>
export type PossessionClaims = z.infer<typeof possessionClaims>
