import { type RequestClaims, requestClaims } from '../signing/claims/request.ts'
import { digestOf, readCompact } from '../signing/compact.ts'
import { envelopeTypes, openEnvelope } from '../signing/envelope.ts'
import { openReceipt } from '../signing/service.ts'
import { openStatement } from '../signing/statement.ts'
import { type Check, failed, passed, skipped } from './check.ts'
import type { ProvedEntry } from './check-entry.ts'
import { type Layout, type Manifest, textOf } from './manifest.ts'
import type { Trusted } from './trust.ts'

/** The court's request, proved: what every statement is held against. */
export type ProvedRequest = { readonly jws: string; readonly claims: RequestClaims; readonly number: number }

/** A statement that was believed. Grade A says its own number; in other dialects the order is the log's. */
export type ProvedStatement = {
  readonly file: string
  readonly sequence?: number
  readonly sealedReceipt?: string
}

type Judged = { readonly manifest: Manifest; readonly trusted: Trusted }

/** The request as the court signed it, by its own key, for this registry and under this id. */
export async function checkRequest(
  { manifest, trusted }: Judged,
  { about, record, message }: ProvedEntry,
): Promise<{ readonly check: Check; readonly request?: ProvedRequest }> {
  const file = about.message ?? about.record
  const compact = message && readCompact(message)
  if (!message) return { check: skipped('request', file, 'message-absent') }
  const opened = await openEnvelope<RequestClaims>(message, {
    typ: envelopeTypes.request,
    keysOf: trusted.keysOf(`court:${String(compact?.claims.iss)}`),
    audience: manifest.registry,
    now: new Date(record.iat * 1000),
    binds: ({ jti, via }) =>
      jti === manifest.delivery && via === manifest.gateway ? undefined : ('other-delivery' as const),
    schema: requestClaims,
  })
  if (opened.kind === 'unproved') return { check: failed('request', file, `request-${opened.code}`) }
  const { claims } = opened
  if (record.case_seq !== undefined && claims.caseSeq >= record.case_seq)
    return { check: failed('request', file, 'case-order', 'the request is numbered after its own entry') }
  return {
    check: passed('request', file, `signed by court ${claims.iss}, key ${opened.kid}`),
    request: { jws: textOf(message) ?? '', claims, number: about.number },
  }
}

/**
 * What the registry said. A: its own key over the digest of this very request. B and C: nothing of the registry's can be
 * verified here, and the check says so; what holds is that the gateway had exactly these bytes, and the log since when.
 */
export async function checkStatement(
  { manifest, trusted }: Judged,
  { about, record, message }: ProvedEntry,
  request: ProvedRequest | undefined,
): Promise<{ readonly check: Check; readonly statement?: ProvedStatement }> {
  const file = about.message ?? about.record
  if (!message) return { check: skipped('statement', file, 'message-absent') }
  // Told by the bytes, not by the manifest: nobody may spare a forged signature its examination by calling it grade B.
  const isSigned = readCompact(message)?.header.typ === envelopeTypes.statement
  if (isSigned !== (about.grade === 'A') || !about.grade)
    return { check: failed('statement', file, 'grade-differs', `told as ${about.grade ?? 'none'}`) }
  if (!isSigned) return { check: passed('reception', file, receptionOnly(about.grade)), statement: { file } }
  if (!request) return { check: skipped('statement', file, 'request-unproved') }
  const told = await openStatement(
    message,
    { id: manifest.delivery, jws: request.jws, claims: request.claims },
    {
      keysOf: trusted.keysOf(`registry:${manifest.registry}`),
      gateway: manifest.gateway,
      now: new Date(record.iat * 1000),
    },
  )
  if (told.kind === 'unproved') return { check: failed('statement', file, told.code, told.detail) }
  const { sequence, sealedReceipt, kind } = told.statement
  return {
    check: passed('statement', file, `grade A: ${kind}, number ${sequence}, signed by ${manifest.registry}`),
    statement: {
      file,
      ...(sequence !== undefined && { sequence }),
      ...(sealedReceipt && { sealedReceipt: sealedReceipt.sha256 }),
    },
  }
}

/** The receipt the registry got: the gateway's signature that it has this statement, and in which entry. */
export async function checkReceipt(
  { manifest, trusted, layout }: Judged & { readonly layout: Layout },
  { about, record, message }: ProvedEntry,
): Promise<Check> {
  if (!about.receipt) return skipped('receipt', about.record, 'receipt-absent')
  const bytes = layout.get(about.receipt)
  if (!bytes) return skipped('receipt', about.receipt, 'file-absent')
  const opened = await openReceipt(bytes, {
    keysOf: trusted.keysOf('receipt'),
    issuer: manifest.gateway,
    audience: manifest.registry,
    now: new Date(record.iat * 1000),
  })
  if (opened.kind === 'unproved') return failed('receipt', about.receipt, `receipt-${opened.code}`)
  const { re, entry, log, payload_sha256, statement } = opened.claims
  if (re !== manifest.delivery || entry !== record.jti || log !== manifest.log)
    return failed('receipt', about.receipt, 'receipt-differs', 'another delivery, entry or log')
  const said = message && about.grade === 'A' ? readCompact(message) : undefined
  if (said && (digestOf(said.payload) !== payload_sha256 || said.claims.jti !== statement))
    return failed('receipt', about.receipt, 'receipt-differs', 'another statement')
  return passed('receipt', about.receipt, `for entry ${entry}`)
}

const receptionOnly = (grade: 'A' | 'B' | 'C') =>
  grade === 'C'
    ? 'grade C: rests on the gateway: entered from paper, compared by people, exactly these bytes countersigned'
    : "grade B: rests on the gateway's reception: it authenticated the registry's channel and countersigned exactly these bytes"
