import { createHash } from 'node:crypto'
import type { SealedReceipt, Statement } from '../../src/domain/statement.ts'
import type { Outgoing, Proved, Unproved, UnprovedCode } from '../../src/relay/port.ts'
import { verdictOf } from './controls.ts'
import { holdingsIn } from './holdings.ts'
import { isSubject, sameText } from './match.ts'
import type { Code } from './wire.ts'
import { type ControlResult, fieldNames, type QueryResult } from './wire-result.ts'

/** A result as the gateway takes it, and what the dialect answers when it proves nothing. */
export type Reading =
  | { readonly kind: 'proved'; readonly proved: Proved }
  | { readonly kind: 'unproved'; readonly unproved: Unproved; readonly code: Code; readonly field: string }

const fiveMinutes = 300_000

/**
 * The dialect numbers nothing, yet its first words have an order of their own: received, accepted, answered. Numbered
 * so, an acceptance that was delayed on the line cannot undo the registration that overtook it (invariant 5). Later
 * words carry no number and come after whatever was committed.
 */
const firstWords = { received: 1, accepted: 2, answered: 100 } as const

/** The confirming call (commit/apply): the centre has the request and its documents. Said once, whoever repeats it. */
export function toReceived(reference: string, now: Date): Proved {
  return {
    kind: 'proved',
    statement: { kind: 'received', sequence: firstWords.received, receivedAt: now, holdings: [], targets: [] },
    jti: `${reference}/received`,
    digest: digestOf(reference),
    issuedAt: now,
    grade: 'B',
  }
}

/** An inquiry's result: what was found, nothing, or why nothing was looked up. */
export function readQuery(
  result: QueryResult,
  { claims, reference }: Outgoing,
  now: Date,
  receipt?: SealedReceipt,
): Reading {
  const wrong = wrongIn(result, claims.case, claims.iat, now)
  if (wrong) return wrong
  if (result.kind === 'returned' || (result.persons.length === 0 && result.reason)) {
    if (!result.reason) return irregular(fieldNames.reason)
    const kind = result.kind === 'returned' ? 'returned' : 'refused'
    const reason = { code: `registry-${kind}`, text: result.reason }
    return proved(reference, result, { kind, holdings: [], targets: [], reason }, receipt)
  }
  const [register] = result.persons
  // Silence about a person is not "nothing": an empty register is said by naming the person with empty lists.
  if (!register) return incomplete(fieldNames.persons)
  if (!isSubject(claims.subject, register)) return otherThan('statement-other-subject', fieldNames.person)
  const { holdings, namesakes } = holdingsIn(register, claims.subject)
  const kind = result.kind === 'corrected' ? 'corrected' : holdings.length > 0 ? 'executed' : 'nothing'
  const reason = namesakes > 0 && { reason: { code: 'namesakes', text: `另有 ${namesakes} 条同名不同号登记，未计入` } }
  return proved(reference, result, { kind, holdings, targets: [], ...reason }, receipt)
}

/** A measure's result: accepted, executed, waiting, refused, partly — or a later word on an earlier one. */
export function readControl(
  result: ControlResult,
  { claims, reference }: Outgoing,
  now: Date,
  receipt?: SealedReceipt,
): Reading {
  const wrong = wrongIn(result, claims.case, claims.iat, now)
  if (wrong) return wrong
  if (!isSubject(claims.subject, result)) return otherThan('statement-other-subject', fieldNames.subject)
  const verdict = verdictOf(result, claims)
  switch (verdict.kind) {
    case 'incomplete':
      return incomplete(fieldNames.units)
    case 'irregular': {
      const at = verdict.unit === undefined ? '' : `${fieldNames.units}[${verdict.unit}].`
      return irregular(`${at}${fieldNames[verdict.field]}`)
    }
    case 'verdict': {
      const { says, targets, reason } = verdict
      return proved(reference, result, { kind: says, holdings: [], targets, ...(reason && { reason }) }, receipt)
    }
  }
}

/** Grade B stands on the channel and on what the result repeats: reference, case, subject (invariant 4). */
function wrongIn(result: QueryResult | ControlResult, number: string, iat: number, now: Date): Reading | undefined {
  if (!sameText(result.case, number)) return otherThan('statement-other-case', fieldNames.case)
  const told = result.fedBackAt.getTime()
  if (told > now.getTime() + fiveMinutes) return otherThan('statement-from-future', fieldNames.fedBackAt)
  if (told < iat * 1000 - fiveMinutes) return otherThan('statement-too-old', fieldNames.fedBackAt)
  return undefined
}

function proved(
  reference: string,
  result: QueryResult | ControlResult,
  statement: Omit<Statement, 'sequence'>,
  receipt: SealedReceipt | undefined,
): Reading {
  const told = {
    ...statement,
    ...placeOf(result, statement),
    ...(result.receiptNumber && { receiptNumber: result.receiptNumber }),
    ...(receipt && { sealedReceipt: receipt }),
  }
  return {
    kind: 'proved',
    proved: {
      kind: 'proved',
      statement: told,
      ...identityOf(reference, result, told.kind),
      issuedAt: result.fedBackAt,
      grade: 'B',
    },
  }
}

/** An acceptance that already tells of registered units comes after one that tells of fewer. */
function placeOf({ kind }: QueryResult | ControlResult, told: Omit<Statement, 'sequence'>): { sequence?: number } {
  if (kind !== 'first') return {}
  return { sequence: told.kind === 'accepted' ? firstWords.accepted + told.targets.length : firstWords.answered }
}

/**
 * What makes two results one. A delivery has one first answer: said again it is a repetition, even when the clock of a
 * retry has moved; said differently, without the mark of a correction, it contradicts. Acceptances and later words may
 * be several, so they are told apart by what they say; A corrected to B and back to A is three, by their times.
 */
function identityOf(reference: string, result: QueryResult | ControlResult, kind: Statement['kind']) {
  const first = result.kind === 'first'
  const digest = digestOf(JSON.stringify(first ? { ...result, fedBackAt: undefined } : result))
  if (first && kind !== 'accepted') return { jti: `${reference}/first`, digest }
  return { jti: `${reference}/${kind}/${digest.slice(0, 22)}`, digest }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function otherThan(code: UnprovedCode, field: string): Reading {
  return { kind: 'unproved', unproved: { kind: 'unproved', code, detail: field }, code: 'irregular-result', field }
}

const irregular = (field: string): Reading => otherThan('statement-content', field)

function incomplete(field: string): Reading {
  return {
    kind: 'unproved',
    unproved: { kind: 'unproved', code: 'statement-content', detail: field },
    code: 'incomplete',
    field,
  }
}
