import { createHash } from 'node:crypto'
import { assetKey } from '../../src/domain/asset.ts'
import { readCaseNumber } from '../../src/domain/case-number.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import type { Holding, Statement, StatementKind, TargetResult } from '../../src/domain/statement.ts'
import type { Outgoing, Proved, Unproved, UnprovedCode } from '../../src/relay/port.ts'
import { BankFault } from './fault.ts'
import { holdingsOf, resultOf } from './findings.ts'
import type { Account, Echo, Feedback, Outcome, Rollback } from './messages.ts'
import { codes } from './wire.ts'

/** Confirmation of receipt. It has one identity for ever: a bank that confirms twice has been served once. */
export function proveReceived(outgoing: Outgoing, now: Date): Proved {
  return proved(outgoing, now, 'received', 'received', { kind: 'received', receivedAt: now, holdings: [], targets: [] })
}

/** What the bank says of an inquiry: accounts, or in so many words that there is none. An empty list says nothing. */
export function proveInquiry(feedback: Feedback<Account>, outgoing: Outgoing, now: Date): Proved | Unproved {
  const { items } = feedback
  return prove(feedback, outgoing, now, 'answer', () => {
    if (outgoing.claims.measure !== 'inquire') return content('accounts in answer to a measure')
    if (items.length === 0) return content('neither an account nor 查无开户信息')
    const nothing = items.filter(({ account }) => account === codes.nothingFound)
    if (nothing.length > 0 && items.length > 1) return content('accounts and 查无开户信息 together')
    const holdings: readonly Holding[] = nothing.length > 0 ? [] : items.flatMap(holdingsOf)
    return { kind: nothing.length > 0 ? 'nothing' : 'executed', holdings, targets: [] }
  })
}

/** What the bank did with each account: done, not done, or part of either. */
export function proveControl(feedback: Feedback<Outcome>, outgoing: Outgoing, now: Date): Proved | Unproved {
  const { items } = feedback
  return prove(feedback, outgoing, now, 'answer', () => {
    const asked = outgoing.claims.targets ?? []
    if (outgoing.claims.measure === 'inquire') return content('a measure in answer to an inquiry')
    if (items.length === 0) return content('no account is spoken of')
    const targets = items.map((outcome) => resultOf(outcome, outgoing))
    const told = new Set(targets.map(({ asset }) => assetKey(asset)))
    if (told.size < targets.length) return content('an account is spoken of twice')
    const reason = items.find(({ state, reason: why }) => state === codes.notDone && why)?.reason
    return {
      kind: verdict(targets, asked.length),
      holdings: [],
      targets,
      ...(reason && { reason: { code: 'bank-not-controlled', text: reason.slice(0, 500) } }),
    }
  })
}

/** The bank sends the request back undone: a document missing or not the one that the fields name. */
export function proveRollback(feedback: Feedback<Rollback>, outgoing: Outgoing, now: Date): Proved | Unproved {
  return prove(feedback, outgoing, now, 'returned', () => {
    const [rollback] = feedback.items
    if (!rollback?.reason) return content('a rollback without a reason')
    const text = [rollback.reason, rollback.note, rollback.person, rollback.phone].filter(Boolean).join('；')
    return { kind: 'returned', holdings: [], targets: [], reason: { code: 'bank-returned', text: text.slice(0, 500) } }
  })
}

/**
 * The same answer said anew with other content: the first stays, this one corrects it (invariant 5). Its identity holds
 * the content, so the same correction again is a repetition. Sent back for another reason is still sent back.
 */
export function asCorrection({ statement, jti, digest, ...rest }: Proved): Proved {
  const kind = statement.kind === 'returned' ? 'returned' : 'corrected'
  return { ...rest, jti: `${jti}-${digest}`, digest, statement: { ...statement, kind } }
}

/** Names the stamped document that came with an answer. */
export function withReceipt(answer: Proved, sealedReceipt: NonNullable<Statement['sealedReceipt']>): Proved {
  return { ...answer, statement: { ...answer.statement, sealedReceipt } }
}

export const unproved = (code: UnprovedCode, detail?: string): Unproved => ({
  kind: 'unproved',
  code,
  ...(detail && { detail }),
})

type Said = Omit<Proved['statement'], 'sequence'>

const content = (detail: string): Unproved => unproved('statement-content', detail)

/** Grade B wants reference, case and subject to match before a word of the answer is believed (invariant 4). */
function prove<T>(
  { echo, items, files }: Feedback<T>,
  outgoing: Outgoing,
  now: Date,
  name: string,
  say: () => Said | Unproved,
): Proved | Unproved {
  const mismatch = matchEcho(echo, outgoing) ?? matchItems(items, outgoing)
  if (mismatch) return mismatch
  try {
    const said = say()
    if (said.kind === 'unproved') return said
    const receipts = files.map(({ reference, md5 }) => [reference, md5])
    return proved(outgoing, now, name, JSON.stringify([items, receipts]), said)
  } catch (cause) {
    if (cause instanceof BankFault) return content(cause.message)
    throw cause
  }
}

function proved(outgoing: Outgoing, now: Date, name: string, canonical: string, said: Said): Proved {
  const digest = createHash('sha256').update(`${outgoing.reference}\n${canonical}`).digest('base64url')
  return { kind: 'proved', statement: said, jti: `${outgoing.reference}-${name}`, digest, issuedAt: now, grade: 'B' }
}

function matchEcho(echo: Echo, { reference, claims }: Outgoing): Unproved | undefined {
  if (echo.reference !== reference) return unproved('statement-other-delivery')
  if (written(echo.case) !== written(claims.case)) return unproved('statement-other-case')
  const { name, idNumber } = claims.subject
  if (echo.name !== name || echo.idNumber.toUpperCase() !== idNumber.toUpperCase()) {
    return unproved('statement-other-subject')
  }
  return undefined
}

/** Accounts carry the number of their request once more; one that belongs elsewhere must not slip in. */
function matchItems(items: readonly unknown[], { reference }: Outgoing): Unproved | undefined {
  const strange = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && 'reference' in item && item.reference !== reference
  return items.some(strange) ? unproved('statement-other-delivery') : undefined
}

function written(caseNumber: string): string {
  const read = readCaseNumber(caseNumber)
  return isRefusal(read) ? caseNumber : read
}

function verdict(targets: readonly TargetResult[], asked: number): StatementKind {
  const done = targets.filter(({ effect }) => effect !== 'none').length
  if (done === 0 && targets.length === asked) return 'refused'
  return done === asked ? 'executed' : 'partly'
}
