import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { refusalOf } from '../../domain/authority.ts'
import { isByPeople } from '../../domain/by-people.ts'
import { type PartnerState, takeStep } from '../../domain/onboarding.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { AddressRule } from '../../relay/address-rule.ts'
import { refusedByNumber } from '../../relay/origin.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { RegisteredRegistry, RegistryKey } from '../ports/reads.ts'

/** A registration as it is read from its file; where the registry stands is not its own to say. */
export type NewRegistry = Omit<RegisteredRegistry, 'state' | 'registeredBy'>

export type RegisteredPartner = { readonly kind: 'registered'; readonly registry: RegisteredRegistry }

type RegisterCode =
  | 'role-missing'
  | 'partner-out-of-order'
  | 'partner-without-proof'
  | 'partner-address'
  | 'key-registered'
  | 'key-ended'

/** What a registry signs to prove a key: 32 random bytes, base64url. */
export function newChallenge(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * Registers a registry, which is nobody yet: it has to prove its keys or its credential, pass the conformance run, and be
 * let in by a second person. Registered again it begins anew; what is live is suspended first. `live` is for a demo: its
 * registries are live at once, and registered again at every start.
 */
export async function registerPartner(
  parts: Noting,
  by: Person | Operator,
  given: NewRegistry,
  { live = false, addressRule }: { readonly live?: boolean; readonly addressRule: AddressRule },
): Promise<RegisteredPartner | Refusal<RegisterCode>> {
  const refused = refusalOf(by, 'partner.register') ?? checkProvable(given) ?? checkAddress(given, addressRule)
  if (refused) return refused
  return parts.store.note(async (act): Promise<RegisteredPartner | Refusal<RegisterCode>> => {
    const before = await act.partners.find(given.code)
    const state = stateAfter(before, given, live)
    if (isRefusal(state)) return state
    const keys = keysAfter(before?.keys ?? [], given.keys, { live, now: parts.clock() })
    if (isRefusal(keys)) return keys
    const registry = { ...given, keys, state, registeredBy: by.id }
    await act.partners.put(registry)
    await noteLoose(parts, act, { kind: 'registry.changed', by, registry: registry.code, about: state })
    return { kind: 'registered', registry }
  })
}

/** Whoever could never prove anything would wait for ever. */
function checkProvable({ adapter, keys, credential }: NewRegistry): Refusal<'partner-without-proof'> | undefined {
  if (isByPeople(adapter)) return undefined
  if (adapter === 'land') return keys.length > 0 ? undefined : refuse('partner-without-proof', 'keys')
  return credential ? undefined : refuse('partner-without-proof', 'credential')
}

/** An address by number that may never be called is found now; a name is judged whenever it is called. */
function checkAddress({ origin }: NewRegistry, rule: AddressRule): Refusal<'partner-address'> | undefined {
  return origin !== undefined && refusedByNumber(origin, rule) ? refuse('partner-address', 'origin') : undefined
}

function stateAfter(
  before: RegisteredRegistry | undefined,
  { mode }: NewRegistry,
  live: boolean,
): PartnerState | Refusal<'partner-out-of-order'> {
  if (live && (!before || before.demo)) return 'live'
  const state = before ? takeStep(before.state, 'register') : 'registered'
  // Without a system there is no key to prove and no interface to try out: what is left is the second person.
  return state === 'registered' && isByPeople(mode) ? 'conformant' : state
}

/** Named again a key begins anew, under its own first day; left out it is retired. Neither ever becomes another key. */
function keysAfter(
  before: readonly RegistryKey[],
  given: readonly RegistryKey[],
  { live, now }: { readonly live: boolean; readonly now: Date },
): readonly RegistryKey[] | Refusal<'key-registered' | 'key-ended'> {
  const challenge = newChallenge()
  const begun: RegistryKey[] = []
  for (const [at, key] of given.entries()) {
    const known = before.find(({ kid }) => kid === key.kid)
    if (known && !isDeepStrictEqual(known.jwk, key.jwk)) return refuse('key-registered', `keys.${at}`)
    const isOver = known?.retiredAt !== undefined || known?.revokedAt !== undefined
    if (isOver && !live) return refuse('key-ended', `keys.${at}`)
    if (known && isOver) begun.push(known)
    if (isOver) continue
    const { challenge: _challenge, provedAt: _provedAt, ...bare } = known ?? key
    begun.push(live ? { ...bare, provedAt: now } : { ...bare, challenge })
  }
  const leftOut = before.filter(({ kid }) => !given.some((key) => key.kid === kid))
  return [...begun, ...leftOut.map((key) => (key.retiredAt || key.revokedAt ? key : { ...key, retiredAt: now }))]
}
