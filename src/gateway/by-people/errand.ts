import { type Deed, refusalOn } from '../../domain/authority.ts'
import { errandStanding, type Reading } from '../../domain/errand.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { flawOf, type NumberFlaw } from '../../domain/subject-number.ts'
import type { ErrandAdapter, Saying, UnprovedCode } from '../../relay/port.ts'
import { canonicalJson } from '../../signing/canonical.ts'
import { noteOnCase } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { CaseAct } from '../ports/store.ts'
import { type AtCounter, type AtCounterCode, errandDelivery } from './at-counter.ts'
import { type AnswerCode, type Answered, refusalToAnswer } from './say.ts'

export type ErrandCode = AtCounterCode | 'case-unknown' | 'not-on-case' | 'delivery-withdrawn'

export type EnterCode =
  | ErrandCode
  | AnswerCode
  | UnprovedCode
  | NumberFlaw
  | 'errand-entered-already'
  | 'errand-entries-complete'

/** What one person read from the paper: for which case and whom it is, and what it says. */
export type Entered = Pick<Saying, 'case' | 'subject'> & { readonly statement: Answered }

/**
 * Two officers set out with the papers (出发). From here on the registry may have them, so nobody says any more that they never
 * left; who went is in the log.
 */
export async function setOut(
  parts: Parts,
  officer: Person,
  id: string,
): Promise<{ kind: 'set-out'; entry: string } | Refusal<ErrandCode | 'errand-answered' | 'delivery-lapsed'>> {
  return onErrand(parts, officer, 'errand.carry', id, async (act, { row }) => {
    if (row.phase === 'answered') return refuse('errand-answered')
    if (row.phase === 'ready' && row.validUntil < parts.clock()) return refuse('delivery-lapsed')
    await act.handOver(id)
    const { request, registry } = row
    const about = { request, delivery: id, registry }
    const entry = await noteOnCase(parts, act, { kind: 'delivery.attempted', by: officer, ...about })
    return { kind: 'set-out' as const, entry }
  })
}

/**
 * One of the two enters what the paper says. Neither sees what the other entered; who has entered in this round does not
 * enter again, so that no one person is both.
 */
export async function enterPaper(
  parts: Parts,
  officer: Person,
  id: string,
  entered: Entered,
): Promise<{ kind: 'entered'; entry: string; round: number } | Refusal<EnterCode>> {
  return onErrand<{ kind: 'entered'; entry: string; round: number }, EnterCode>(
    parts,
    officer,
    'errand.enter',
    id,
    async (act, at) => {
      const { row, sent, adapter } = at
      const { round, entered: who, agreed } = errandStanding(...recordOf(await act.errands.of(id)))
      if (who.includes(officer.id)) return refuse('errand-entered-already')
      if (agreed) return refuse('errand-entries-complete')
      const refused = refusalToAnswer(row, sent, entered.statement) ?? refusalToPaper(parts, adapter, at, entered)
      if (refused) return refused
      const kept = await act.keep('errand', Buffer.from(canonicalJson(readingOf(entered))))
      const { request, registry } = row
      const about = { request, delivery: id, registry, message: kept }
      const entry = await noteOnCase(parts, act, { kind: 'statement.entered', by: officer, ...about })
      const seated = { id: parts.newId(), caseId: row.caseId, delivery: id, round, seat: who.length + 1 }
      await act.errands.enter({ ...seated, person: officer.id, at: parts.clock(), entry }, kept)
      return { kind: 'entered', entry, round }
    },
  )
}

/**
 * A paper that is about another case or another person is no answer to this errand, however good its stamp is. A number that
 * nobody can have was typed wrongly, and that is said first.
 */
function refusalToPaper(
  parts: Parts,
  adapter: ErrandAdapter,
  { sent }: Pick<AtCounter, 'sent'>,
  entered: Entered,
): Refusal<UnprovedCode | NumberFlaw> | undefined {
  const saying = { jti: 'entered', at: parts.clock(), by: ['first', 'second', 'third'], ...entered }
  const parsed = adapter.parse(adapter.compose(saying, sent), sent, parts.clock())
  if (parsed.kind !== 'unproved') return undefined
  const { idType } = sent.claims.subject
  const flaw = parsed.code === 'statement-other-subject' ? flawOf({ ...entered.subject, idType })?.code : undefined
  return refuse(flaw ?? parsed.code, placeOf(parsed.code))
}

const placeOf = (code: UnprovedCode): string | undefined =>
  code === 'statement-other-case' ? 'case' : code === 'statement-other-subject' ? 'subject' : undefined

/** What was entered, as it is kept and compared: one spelling, moments as texts. */
function readingOf({ statement, ...rest }: Entered): Reading {
  return JSON.parse(canonicalJson({ ...rest, ...statement }))
}

const moments = new Set(['receivedAt', 'registeredAt'])

/** And back. Our own bytes, proved by the vault: only moments have to become moments again. */
export function enteredFrom(reading: Reading): Entered {
  const revived = JSON.parse(JSON.stringify(reading), (name, value: unknown) =>
    moments.has(name) && typeof value === 'string' ? new Date(value) : value,
  ) as Pick<Entered, 'case' | 'subject'> & Answered
  const { case: number, subject, ...statement } = revived
  return { case: number, subject, statement }
}

/** The entries and verdicts of an errand in the order in which the domain reads them. */
export function recordOf({
  entries,
  verdicts,
}: Awaited<ReturnType<Parts['reads']['errand']>>): [typeof entries, typeof verdicts] {
  return [entries, verdicts]
}

/** Runs an act on an errand under the lock of its case, for whoever may do the deed on that case. */
export async function onErrand<T, Code extends string>(
  parts: Parts,
  person: Person,
  deed: Deed,
  id: string,
  body: (act: CaseAct, at: AtCounter<ErrandAdapter>) => Promise<T | Refusal<Code>>,
): Promise<T | Refusal<Code | ErrandCode>> {
  const at = await errandDelivery(parts, id)
  if (isRefusal(at)) return at as Refusal<AtCounterCode>
  const answer = await parts.store.act<T | Refusal<Code | ErrandCode>>(at.row.caseId, async (act) => {
    const refused = refusalOn(person, deed, act.file)
    if (refused) return refused
    const row = await act.delivery(id)
    if (!row) return refuse('delivery-unknown')
    return row.phase === 'withdrawn' ? refuse('delivery-withdrawn') : body(act, { ...at, row })
  })
  return isNoCase(answer) ? refuse('delivery-unknown') : answer
}

function isNoCase<T>(answer: T | { readonly kind: 'no-such-case' }): answer is { readonly kind: 'no-such-case' } {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'no-such-case'
}
