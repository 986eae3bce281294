import { refusalOf, registriesOf } from '../../domain/authority.ts'
import { refusalToSums } from '../../domain/by-people.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { DeskAdapter, Saying, UnprovedCode } from '../../relay/port.ts'
import { noteOnCase } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { CaseAct } from '../ports/store.ts'
import { receive } from '../receive.ts'
import { type AtCounter, type AtCounterCode, clerkDelivery } from './at-counter.ts'
import { type AnswerCode, type Answered, type Committed, commitSaid, refusalToAnswer, withReceipt } from './say.ts'

export type ClerkCode =
  | AtCounterCode
  | AnswerCode
  | UnprovedCode
  | 'answer-available-above-balance'
  | 'delivery-lapsed'
  | 'idempotency-key-reused'
  | 'quarantine-full'

/** Under which request the clerk had their page or form open; both are sent along, and held against the delivery. */
export type Before = Pick<Saying, 'case' | 'subject'>

const nothing = { holdings: [], targets: [] }

/**
 * The clerk takes a delivery up (签收): that is its service on the registry, by our clock, and stands first in the queue of
 * courts from this second on. Taken again, by whichever clerk, it is the same reception.
 */
export async function takeUp(parts: Parts, clerk: Person, id: string): Promise<Committed | Refusal<ClerkCode>> {
  const at = await clerkDelivery(parts, clerk, 'clerk.answer', id)
  if (isRefusal(at)) return at
  const { claims } = at.sent
  const taken = await onDelivery(parts, clerk, at, async (act, fresh): Promise<Taken> => {
    const { phase, validUntil } = fresh.row
    if (phase === 'ready' && validUntil < parts.clock()) return lapse(parts, act, fresh)
    if (phase === 'ready') await act.handOver(id)
    const saying = {
      ...{ jti: `received-${id}`, at: parts.clock(), by: [clerk.id], case: claims.case, subject: subjectOf(at) },
      statement: { kind: 'received' as const, ...nothing },
    }
    const row = { ...fresh.row, phase: phase === 'ready' ? ('handed' as const) : phase }
    return commitSaid(parts, act, { ...fresh, row }, saying, { by: clerk })
  })
  return 'lapsed' in taken ? refuse('delivery-lapsed') : taken
}

type Taken = Committed | { readonly lapsed: true } | Refusal<ClerkCode>

/** Nobody took it up in time, so it never left: it is not handed out any more. */
async function lapse(parts: Parts, act: CaseAct, { row }: Pick<AtCounter, 'row'>): Promise<{ readonly lapsed: true }> {
  const { id: delivery, request, registry } = row
  await noteOnCase(parts, act, { kind: 'delivery.withdrawn', request, delivery, registry })
  await act.moveDelivery(delivery, { phase: 'withdrawn' })
  return { lapsed: true }
}

/** Whether the clerk could answer this now, as it would be asked again when they do: for whoever reads it over first. */
export function refusalToWrite(
  { row, sent }: Pick<AtCounter, 'row' | 'sent'>,
  answered: Answered,
): Refusal<ClerkCode> | undefined {
  return refusalToSums(answered) ?? refusalToAnswer(row, sent, answered)
}

/**
 * The clerk answers, corrects an answer, or says what has become of a control since. `once` names it: sent again it is the
 * same statement. What is about another case or another person is kept as evidence, as from any registry (invariant 4).
 */
export async function answerAtDesk(
  parts: Parts,
  clerk: Person,
  id: string,
  { answered, before, receipt, once }: { answered: Answered; before: Before; receipt?: string; once: string },
): Promise<Committed | Refusal<ClerkCode>> {
  const at = await clerkDelivery(parts, clerk, 'clerk.answer', id)
  if (isRefusal(at)) return at
  const wrong = refusalToSums(answered)
  if (wrong) return wrong
  const named = await withReceipt(parts, id, answered, receipt)
  if (isRefusal(named)) return named
  const { statement } = named
  const saying: Saying = { jti: once, at: parts.clock(), by: [clerk.id], ...before, statement }
  const message = at.adapter.compose(saying, at.sent)
  const parsed = at.adapter.parse(message, at.sent, parts.clock())
  if (parsed.kind === 'unproved' && parsed.code !== 'statement-content') {
    const { registry } = at.counter
    const reception = await receive(parts, registry, at.row.reference, { message, parsed, by: clerk })
    return refuse(reception.kind === 'flooded' ? 'quarantine-full' : parsed.code)
  }
  return onDelivery(parts, clerk, at, (act, fresh) => commitSaid(parts, act, fresh, saying, { by: clerk }))
}

/** Runs an act on the delivery as it is under its lock, for whoever may still answer it then. */
async function onDelivery<T>(
  parts: Parts,
  clerk: Person,
  at: AtCounter<DeskAdapter>,
  body: (act: CaseAct, fresh: AtCounter<DeskAdapter>) => Promise<T | Refusal<ClerkCode>>,
): Promise<T | Refusal<ClerkCode>> {
  const answer = await parts.store.act<T | Refusal<ClerkCode>>(at.row.caseId, async (act) => {
    const refused = refusalOf(clerk, 'clerk.answer')
    if (refused) return refused
    const row = await act.delivery(at.row.id)
    if (!row || !registriesOf(clerk, 'clerk.answer').includes(row.registry)) return refuse('delivery-unknown')
    return row.phase === 'withdrawn' ? refuse('delivery-withdrawn') : body(act, { ...at, row })
  })
  return isNoCase(answer) ? refuse('delivery-unknown') : answer
}

function subjectOf({ sent }: AtCounter): Saying['subject'] {
  const { name, idNumber } = sent.claims.subject
  return { name, idNumber }
}

function isNoCase<T>(answer: T | { readonly kind: 'no-such-case' }): answer is { readonly kind: 'no-such-case' } {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'no-such-case'
}
