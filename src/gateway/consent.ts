import { type Deed, refusalOf } from '../domain/authority.ts'
import type { Operator, Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { RecordKind } from '../ledger/record.ts'
import { noteLoose, type Recording } from './journal.ts'
import type { Consent, ConsentKind } from './ports/consent.ts'
import type { LooseAct, Store } from './ports/store.ts'

export type ConsentCode =
  | 'role-missing'
  | 'consent-unknown'
  | 'consent-decided'
  | 'consent-expired'
  | 'consent-by-asker'

/** Under which names the asking and the word stand in the log. */
const entries: Readonly<Record<ConsentKind, readonly [asked: RecordKind, decided: RecordKind]>> = {
  'partner.admit': ['consent.asked', 'consent.decided'],
  'subject.search': ['search.asked', 'search.decided'],
  'grant.give': ['consent.asked', 'consent.decided'],
  'case.open-up': ['consent.asked', 'consent.decided'],
  'result.open-up': ['consent.asked', 'consent.decided'],
}

/** How long a second person has to decide, and from their word on what was allowed may be used: 7 days each. */
export const consentDays = 7

const daysAfter = (at: Date) => new Date(at.getTime() + consentDays * 86_400_000)

/** Until when it can still be decided or, once it was allowed, used. */
export const lastsUntil = ({ decidedAt, expiresAt }: Pick<Consent, 'decidedAt' | 'expiresAt'>): Date =>
  decidedAt ? daysAfter(decidedAt) : expiresAt

export type OfConsents = Recording & { readonly store: Pick<Store, 'note'> }

/** Asks for something that takes two people. Nothing happens yet; it waits for somebody else's word. */
export async function askConsent(
  parts: OfConsents,
  by: Person | Operator,
  asked: { readonly kind: ConsentKind; readonly about?: string; readonly body: unknown; readonly deed: Deed },
): Promise<{ kind: 'asked'; id: string } | Refusal<'role-missing'>> {
  const refused = refusalOf(by, asked.deed)
  if (refused) return refused
  return parts.store.note((act) => askIn(parts, act, by, asked))
}

/** The same within an act that has weighed whether it may be asked. */
export async function askIn(
  parts: OfConsents,
  act: LooseAct,
  by: Person | Operator,
  { kind, about, body }: { readonly kind: ConsentKind; readonly about?: string; readonly body: unknown },
): Promise<{ kind: 'asked'; id: string }> {
  const now = parts.clock()
  const id = parts.newId()
  const kept = await act.keep('consent', Buffer.from(JSON.stringify(body)))
  const asking = { askedBy: by.id, askedAt: now, expiresAt: daysAfter(now) }
  await act.consents.add({ id, kind, ...(about && { about }), ...asking }, kept.id)
  await noteLoose(parts, act, { kind: entries[kind][0], by, about: id, message: kept })
  return { kind: 'asked', id }
}

/**
 * The second person's word. What was asked for happens in the same transaction as the word and its entry, or not at all;
 * `effect` is called only for a yes. Whoever asked never decides.
 */
export async function decideConsent<T>(
  parts: OfConsents,
  by: Person,
  id: string,
  {
    decision,
    reason,
    deed,
    kind,
    effect,
  }: {
    readonly decision: 'allowed' | 'refused'
    /** Why, of a no above all; kept encrypted with the entry. */
    readonly reason?: string | undefined
    readonly deed: Deed
    readonly kind: ConsentKind
    readonly effect: (act: LooseAct, consent: Consent) => Promise<T | Refusal>
  },
): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused'; effect?: T } | Refusal> {
  const refused = refusalOf(by, deed)
  if (refused) return refused
  return parts.store.note(
    async (act): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused'; effect?: T } | Refusal> => {
      const consent = await act.consents.find(id)
      if (!consent || consent.kind !== kind) return refuse('consent-unknown')
      if (consent.decision) return refuse('consent-decided')
      const now = parts.clock()
      if (now >= consent.expiresAt) return refuse('consent-expired')
      if (consent.askedBy === by.id) return refuse('consent-by-asker')
      await act.consents.decide(id, decision, by.id, now)
      const message = reason && (await act.keep('reason', Buffer.from(reason)))
      await noteLoose(parts, act, { kind: entries[kind][1], by, about: id, ...(message && { message }) })
      if (decision === 'refused') return { kind: 'decided', decision }
      const done = await effect(act, consent)
      return isRefusal(done) ? done : { kind: 'decided', decision, effect: done }
    },
  )
}
