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

type AskCode = 'role-missing' | 'partner-unknown' | 'partner-out-of-order' | 'conformance-too-old'
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

/** Asks a security administrator to let a registry go live, for the first time or after a suspension. */
export async function askAdmission(
  parts: Noting,
  by: Person | Operator,
  code: string,
): Promise<{ kind: 'asked'; id: string } | Refusal<AskCode>> {
  const refused = refusalOf(by, 'partner.register')
  if (refused) return refused
  const asked = await parts.store.note(async (act): Promise<{ kind: 'asked'; body: unknown } | Refusal<AskCode>> => {
    const registry = await act.partners.find(code)
    if (!registry) return unknown
    const now = parts.clock()
    return refusalToAdmit(registry, now) ?? { kind: 'asked', body: admissionOf(registry, now) }
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
): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused' } | Refusal<DecideCode>> {
  const decided = await decideConsent<'live'>(parts, by, id, {
    decision,
    deed: 'partner.admit',
    kind: 'partner.admit',
    effect: async (act, { about = '', body }): Promise<'live' | Refusal<DecideCode>> => {
      const registry = await act.partners.find(about)
      if (!registry) return unknown
      if (registry.registeredBy === by.id) return refuse('consent-by-asker')
      const now = parts.clock()
      const refused = refusalToAdmit(registry, now)
      if (refused) return refused
      const asNow: unknown = JSON.parse(JSON.stringify(admissionOf(registry, now)))
      if (!isDeepStrictEqual(asNow, body)) return refuse('partner-changed')
      await act.partners.put({ ...registry, state: 'live' })
      await noteLoose(parts, act, { kind: 'registry.changed', by, registry: about, about: 'live' })
      return 'live'
    },
  })
  return isRefusal(decided) ? (decided as Refusal<DecideCode>) : { kind: 'decided', decision }
}

const unknown = refuse('partner-unknown', 'code')

function refusalToAdmit(registry: RegisteredRegistry, now: Date): Refusal<AskCode> | undefined {
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
