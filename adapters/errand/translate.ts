import { readCaseNumber } from '../../src/domain/case-number.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { Outgoing, Proved, Saying, Unproved, UnprovedCode } from '../../src/relay/port.ts'
import { canonicalJson } from '../../src/signing/canonical.ts'
import { statementOf } from '../../src/signing/claims/to-statement.ts'
import { digestOf } from '../../src/signing/compact.ts'
import { wrongContent } from '../../src/signing/content.ts'
import { parseStrictJson } from '../../src/signing/strict-json.ts'
import { form, type Stated, stated } from './wire.ts'

const skewMs = 300_000

/** Writes what was stated, in its one spelling; an empty list is left out, as if nobody had thought of it. */
export function writeStated(saying: Saying, { id, jws, claims, registry }: Outgoing): Uint8Array {
  const { jti, at, by, case: number, subject, statement } = saying
  const { holdings, targets, ...said } = statement
  return Buffer.from(
    canonicalJson({
      ...{ form, iss: registry.code, aud: claims.via, at, jti, by, re: id, re_sha256: digestOf(jws) },
      ...{ case: number, subject, ...said },
      ...(holdings.length > 0 && { holdings }),
      ...(targets.length > 0 && { targets }),
    }),
  )
}

/** By whom a message may come: one clerk over an authenticated channel, or two people and a third. */
export type Grading = { readonly grade: 'B' | 'C'; readonly people: 1 | 3 }

/** Proves what was stated: for this very request, its case and its subject, by as many people as it takes. */
export function proveStated(
  message: Uint8Array,
  outgoing: Outgoing,
  arrivedAt: Date,
  { grade, people }: Grading,
): Proved | Unproved {
  const read = stated.safeParse(parseStrictJson(message))
  if (!read.success || canonicalJson(read.data) !== Buffer.from(message).toString('utf8'))
    return unproved('statement-malformed')
  const said = read.data
  const mismatch = mismatchOf(said, outgoing) ?? untimely(said, outgoing, arrivedAt)
  if (mismatch) return unproved(mismatch)
  if (said.by.length !== people || new Set(said.by).size < people) return unproved('statement-content', 'by')
  const statement = statementIn(said)
  if (!statement) return unproved('statement-content')
  const wrong = wrongContent({ ...statement, sequence: 1 }, outgoing.claims)
  if (wrong) return unproved('statement-content', wrong)
  return { kind: 'proved', statement, jti: said.jti, digest: digestIn(said), issuedAt: new Date(said.at), grade }
}

function mismatchOf(said: Stated, { id, jws, claims, registry }: Outgoing): UnprovedCode | undefined {
  if (said.iss !== registry.code) return 'statement-issuer'
  if (said.aud !== claims.via) return 'statement-audience'
  if (said.re !== id) return 'statement-other-delivery'
  if (said.re_sha256 !== digestOf(jws)) return 'statement-digest'
  if (written(said.case) !== written(claims.case)) return 'statement-other-case'
  const { name, idNumber } = claims.subject
  const isSame = said.subject.name === name && said.subject.idNumber.toUpperCase() === idNumber.toUpperCase()
  return isSame ? undefined : 'statement-other-subject'
}

function untimely({ at }: Stated, { claims }: Outgoing, arrivedAt: Date): UnprovedCode | undefined {
  const moment = Date.parse(at)
  if (moment < claims.iat * 1000 - skewMs) return 'statement-too-old'
  return moment > arrivedAt.getTime() + skewMs ? 'statement-from-future' : undefined
}

/** At the desk we see the moment of reception ourselves; of a paper only what stands on it counts. */
function statementIn(said: Stated): Proved['statement'] | undefined {
  const receivedAt = said.receivedAt ?? (said.kind === 'received' ? said.at : undefined)
  const { at, receiptNumber, form: _form, by: _by, case: _case, subject: _subject, ...claims } = said
  const placeholders = { sequence: 1, iat: Math.floor(Date.parse(at) / 1000), receivedAt: at, receiptNumber: '-' }
  const read = statementOf({ ...claims, ...placeholders })
  if (!read) return undefined
  const { sequence: _sequence, receivedAt: _at, receiptNumber: _number, ...statement } = read
  return {
    ...statement,
    ...(receivedAt !== undefined && { receivedAt: new Date(receivedAt) }),
    ...(receiptNumber !== undefined && { receiptNumber }),
  }
}

/** What makes two of one name the same: everything that is said; not when it was said, nor by whom. */
function digestIn({ at: _at, by: _by, ...said }: Stated): string {
  return digestOf(canonicalJson(said))
}

/** The same number in whichever brackets a paper has it. */
function written(caseNumber: string): string {
  const read = readCaseNumber(caseNumber)
  return isRefusal(read) ? caseNumber : read
}

function unproved(code: UnprovedCode, detail?: string): Unproved {
  return { kind: 'unproved', code, ...(detail && { detail }) }
}
