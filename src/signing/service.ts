import type { z } from 'zod'
import {
  type PossessionClaims,
  partnerClaims,
  possessionClaims,
  type ReceiptClaims,
  receiptClaims,
  type StatusAnswerClaims,
  type StatusClaims,
  statusAnswerClaims,
  statusClaims,
  type WithdrawalClaims,
  withdrawalClaims,
} from './claims/service.ts'
import { clockSkew, envelopeTypes, type NotOpened, type Opened, openEnvelope } from './envelope.ts'
import type { KeysOf } from './key.ts'
import type { KeyUse, Signer } from './signer.ts'

/** Who an envelope must come from and go to, and when it came. */
export type Between = {
  readonly keysOf: KeysOf
  readonly issuer: string
  readonly audience: string
  readonly now: Date
}

/** How long our own questions to a registry may be answered after they were asked. */
const questionSeconds = 300

/** The longest a partner's token may live; its `jti` is burnt on first use. */
export const partnerTokenSeconds = 60

type Asked = {
  readonly court: string
  readonly registry: string
  readonly re: string
  readonly jti: string
  readonly now: Date
}

/** Signs a status inquiry in the court's name. */
export function signStatus(signer: Pick<Signer, 'sign'>, asked: Asked): Promise<string> {
  const claims: StatusClaims = { ...envelope(asked), re: asked.re }
  return signer.sign(courtKey(asked), envelopeTypes.status, claims)
}

/** Signs a withdrawal in the court's name. */
export function signWithdrawal(
  signer: Pick<Signer, 'sign'>,
  asked: Asked & { readonly reason: string },
): Promise<string> {
  const claims: WithdrawalClaims = { ...envelope(asked), re: asked.re, reason: asked.reason }
  return signer.sign(courtKey(asked), envelopeTypes.withdrawal, claims)
}

export function openStatus(message: Uint8Array | string, between: Between): Promise<Opened<StatusClaims> | NotOpened> {
  return openAs(envelopeTypes.status, statusClaims, message, between)
}

export function openWithdrawal(
  message: Uint8Array | string,
  between: Between,
): Promise<Opened<WithdrawalClaims> | NotOpened> {
  return openAs(envelopeTypes.withdrawal, withdrawalClaims, message, between)
}

/** Opens a status answer: it must answer this very inquiry, or an old "not known" could be played back to us. */
export function openStatusAnswer(
  message: Uint8Array | string,
  between: Between & { readonly inquiry: string; readonly re: string },
): Promise<Opened<StatusAnswerClaims> | NotOpened> {
  return openEnvelope<StatusAnswerClaims>(message, {
    ...between,
    typ: envelopeTypes.statusAnswer,
    binds: (claims) => (claims.re === between.re && claims.inquiry === between.inquiry ? undefined : 'other-delivery'),
    schema: statusAnswerClaims,
  })
}

/** Opens the gateway's receipt for a statement, as a registry or an officer's system does. */
export function openReceipt(
  message: Uint8Array | string,
  between: Between,
): Promise<Opened<ReceiptClaims> | NotOpened> {
  return openAs(envelopeTypes.receipt, receiptClaims, message, between)
}

/** A partner that proved itself. Burn `jti` until `burnUntil` before doing anything for it: it counts once. */
export type PartnerToken = {
  readonly kind: 'opened'
  readonly registry: string
  readonly jti: string
  readonly kid: string
  readonly burnUntil: Date
}

/** Opens the token by which a registry proves itself on a `/partner` route: at most 60 s long, for this gateway only. */
export async function openPartnerToken(token: string, between: Between): Promise<PartnerToken | NotOpened> {
  const opened = await openAs(envelopeTypes.partner, partnerClaims, token, between)
  if (opened.kind === 'unproved') return opened
  const { iss, iat, exp, jti } = opened.claims
  if (exp <= iat || exp - iat > partnerTokenSeconds) return { kind: 'unproved', code: 'expired' }
  return { kind: 'opened', registry: iss, jti, kid: opened.kid, burnUntil: new Date(exp * 1000 + clockSkew) }
}

/** Opens a registry's proof that it has the private key to one it is registered by; compare the nonce with that key's own. */
export function openPossession(
  message: Uint8Array | string,
  between: Between,
): Promise<Opened<PossessionClaims> | NotOpened> {
  return openAs(envelopeTypes.possession, possessionClaims, message, between)
}

function openAs<Claims>(
  typ: string,
  schema: z.ZodType<Claims>,
  message: Uint8Array | string,
  between: Between,
): Promise<Opened<Claims> | NotOpened> {
  return openEnvelope<Claims>(message, { ...between, typ, schema })
}

function envelope({ court, registry, jti, now }: Asked) {
  const iat = Math.floor(now.getTime() / 1000)
  return { iss: court, aud: registry, iat, exp: iat + questionSeconds, jti }
}

const courtKey = ({ court }: Asked): KeyUse => `court:${court}`
