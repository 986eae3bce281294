import { isDeepStrictEqual } from 'node:util'
import { refusalOf } from '../../domain/authority.ts'
import { isByPeople } from '../../domain/by-people.ts'
import { takeStep } from '../../domain/onboarding.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { askConsent, type ConsentCode, decideConsent } from '../consent.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { RegisteredRegistry } from '../ports/reads.ts'
import { isRecent } from './conform.ts'
import { countsNow } from './prove.ts'

type AskCode =
  | 'role-missing'
  | 'partner-unknown'
  | 'partner-out-of-order'
  | 'partner-live-already'
  | 'conformance-too-old'
  | 'consent-waiting'
type DecideCode = ConsentCode | AskCode | 'partner-changed'

/** What exactly a second person is asked to let in; when any of it has changed meanwhile, the consent is for nothing. */
function admissionOf(registry: RegisteredRegistry, now: Date): Readonly<Record<string, unknown>> {
  const { code, name, adapter, mode, origin, assetClasses, measures, state, keys, credential, conformance, visit } =
    registry
  return {
    ...{ code, name, adapter, mode, assetClasses, measures, state },
    ...(origin && { origin }),
    ...(visit && { visit }),
    keys: keys.filter((key) => countsNow(key, now)).map(({ kid }) => kid),
    ...(credential && { user: credential.user }),
    ...(conformance && { conformance: { ...conformance, at: conformance.at.toISOString() } }),
  }
}

/**
 * Asks a security administrator to let a registry go live, for the first time or after a suspension, and may say why. While
 * the very same waits for a word, it is not asked again.
 */
export async function askAdmission(
  parts: Noting,
  by: Person | Operator,
  code: string,
  reason?: string,
): Promise<{ kind: 'asked'; id: string } | Refusal<AskCode>> {
  const refused = refusalOf(by, 'partner.register')
  if (refused) return refused
  const asked = await parts.store.note(async (act): Promise<{ kind: 'asked'; body: unknown } | Refusal<AskCode>> => {
    const registry = await act.partners.find(code)
    if (!registry) return unknown
    const now = parts.clock()
    const refused = refusalToAdmit(registry, now)
    if (refused) return refused
    const wanted: unknown = asJson(admissionOf(registry, now))
    const waiting = await act.consents.waiting('partner.admit', code, now)
    if (waiting.some(({ body }) => isDeepStrictEqual(exactlyOf(body), wanted))) return refuse('consent-waiting')
    return { kind: 'asked', body: { ...admissionOf(registry, now), ...(reason && { reason }) } }
  })
  if (asked.kind === 'refused') return asked
  const { body } = asked
  return askConsent(parts, by, { kind: 'partner.admit', about: code, body, deed: 'partner.register' })
}

/** The security administrator's word, and with a yes the registry is live. Never by whoever registered it or asked. */
export async function decideAdmission(
  parts: Noting,
  by: Person,
  id: string,
  decision: 'allowed' | 'refused',
  reason?: string,
): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused' } | Refusal<DecideCode>> {
  const decided = await decideConsent<'live'>(parts, by, id, {
    decision,
    reason,
    deed: 'partner.admit',
    kind: 'partner.admit',
    effect: async (act, { about = '', body }): Promise<'live' | Refusal<DecideCode>> => {
      const registry = await act.partners.find(about)
      if (!registry) return unknown
      if (registry.registeredBy === by.id) return refuse('consent-by-asker')
      const now = parts.clock()
      const refused = refusalToAdmit(registry, now)
      if (refused) return refused
      if (!isDeepStrictEqual(asJson(admissionOf(registry, now)), exactlyOf(body))) return refuse('partner-changed')
      await act.partners.put({ ...registry, state: 'live' })
      await noteLoose(parts, act, { kind: 'registry.changed', by, registry: about, about: 'live' })
      return 'live'
    },
  })
  return isRefusal(decided) ? (decided as Refusal<DecideCode>) : { kind: 'decided', decision }
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** What is let in, without the words in which it was asked for. */
function exactlyOf(body: unknown): unknown {
  const { reason: _, ...exactly } = body as Readonly<Record<string, unknown>>
  return exactly
}

/** Takes one's own asking back before anybody has decided: a second person's word is then for nothing. */
export async function withdrawAdmission(
  parts: Noting,
  by: Person,
  id: string,
): Promise<{ kind: 'withdrawn' } | Refusal<ConsentCode>> {
  const refused = refusalOf(by, 'partner.register')
  if (refused) return refused
  return parts.store.note(async (act): Promise<{ kind: 'withdrawn' } | Refusal<ConsentCode>> => {
    const consent = await act.consents.find(id)
    if (consent?.kind !== 'partner.admit' || consent.askedBy !== by.id) return refuse('consent-unknown')
    if (consent.decision) return refuse('consent-decided')
    await act.consents.decide(id, 'refused', by.id, parts.clock())
    await noteLoose(parts, act, { kind: 'consent.decided', by, about: id })
    return { kind: 'withdrawn' }
  })
}

const unknown = refuse('partner-unknown', 'code')

function refusalToAdmit(registry: RegisteredRegistry, now: Date): Refusal<AskCode> | undefined {
  if (registry.state === 'live') return refuse('partner-live-already', 'state')
  const state = takeStep(registry.state, 'admit')
  if (isRefusal(state)) return state
  // Whoever was live before has shown it in earnest.
  if (registry.state === 'suspended' || isByPeople(registry.mode)) return undefined
  return registry.conformance && isRecent(registry.conformance.at, now)
    ? undefined
    : refuse('conformance-too-old', 'at')
}

/** Shuts the door at once, and says why: no delivery leaves for it, and what it says is refused. What it said before stands. */
export async function suspendPartner(
  parts: Noting,
  by: Person | Operator,
  code: string,
  reason?: string,
): Promise<{ kind: 'suspended' } | Refusal<AskCode>> {
  const refused = refusalOf(by, 'partner.suspend')
  if (refused) return refused
  return parts.store.note(async (act): Promise<{ kind: 'suspended' } | Refusal<AskCode>> => {
    const registry = await act.partners.find(code)
    if (!registry) return unknown
    const state = takeStep(registry.state, 'suspend')
    if (isRefusal(state)) return state
    await act.partners.put({ ...registry, state })
    const message = reason && (await act.keep('reason', Buffer.from(reason)))
    await noteLoose(parts, act, {
      kind: 'registry.changed',
      by,
      registry: code,
      about: state,
      ...(message && { message }),
    })
    return { kind: 'suspended' }
  })
}
