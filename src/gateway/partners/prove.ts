import { takeStep } from '../../domain/onboarding.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { readCompact } from '../../signing/compact.ts'
import { standingOfKey } from '../../signing/key.ts'
import { openPossession } from '../../signing/service.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { RegisteredRegistry, RegistryKey } from '../ports/reads.ts'

type ProveCode = 'possession-unproved' | 'possession-nonce' | 'possession-unvouched' | 'key-ended'

export type ProvedPartner = { readonly kind: 'proved'; readonly registry: RegisteredRegistry }

/** True for a key under which something may count: it was proved, and nobody has ended it. */
export function countsNow(key: RegistryKey, now: Date): boolean {
  return key.provedAt !== undefined && standingOfKey(key, now) === 'counts'
}

/**
 * A registry proves that it has the private key to one it is registered by, by signing what the gateway gave for it. A key
 * that comes to a live registry must be vouched for besides: the call itself, by a key that counts already. Otherwise
 * whoever can register a key could speak in the name of a registry that others let in.
 */
export async function provePossession(
  parts: Noting,
  { code, keys }: RegisteredRegistry,
  voucher: string,
  message: Uint8Array,
): Promise<ProvedPartner | Refusal<ProveCode>> {
  const now = parts.clock()
  const kid = readCompact(message)?.header.kid
  const key = keys.find((one) => one.kid === kid)
  const opened = await openPossession(message, {
    keysOf: () => key,
    issuer: code,
    audience: parts.gatewayId,
    now,
  })
  if (!key || opened.kind === 'unproved') return refuse('possession-unproved')
  return parts.store.note(async (act): Promise<ProvedPartner | Refusal<ProveCode>> => {
    const registry = await act.partners.find(code)
    const held = registry?.keys.find((one) => one.kid === key.kid)
    if (!registry || !held) return refuse('possession-unproved')
    if (held.revokedAt || held.retiredAt) return refuse('key-ended')
    // The same again changes nothing; with a nonce of old it would not either.
    if (held.provedAt) return { kind: 'proved', registry }
    if (opened.claims.nonce !== held.challenge) return refuse('possession-nonce', 'nonce')
    const isIn = registry.state === 'live' || registry.state === 'suspended'
    if (isIn && !registry.keys.some((one) => one.kid === voucher && countsNow(one, now)))
      return refuse('possession-unvouched')
    const kept = await act.keep('possession', message)
    const { challenge: _challenge, ...bare } = held
    const proved = { ...bare, provedAt: now }
    const after = afterProof({ ...registry, keys: registry.keys.map((one) => (one.kid === key.kid ? proved : one)) })
    await act.partners.put(after)
    const about = { registry: code, about: key.kid, message: kept }
    await noteLoose(parts, act, { kind: 'key.created', ...about })
    if (after.state !== registry.state)
      await noteLoose(parts, act, { kind: 'registry.changed', registry: code, about: after.state })
    return { kind: 'proved', registry: after }
  })
}

/** A registry that has no keys to prove has come with its credential for the first time. Nothing happens the second time. */
export async function proveCredential(parts: Noting, code: string): Promise<void> {
  await parts.store.note(async (act) => {
    const registry = await act.partners.find(code)
    if (!registry || registry.credentialProvedAt) return
    const after = afterProof({ ...registry, credentialProvedAt: parts.clock() })
    await act.partners.put(after)
    await noteLoose(parts, act, { kind: 'registry.changed', registry: code, about: after.state })
  })
}

/** Proved whole: every key that was not ended, and the credential where there is one. */
function afterProof(registry: RegisteredRegistry): RegisteredRegistry {
  const open = registry.keys.some((key) => !key.provedAt && !key.retiredAt && !key.revokedAt)
  if (open || (registry.credential && !registry.credentialProvedAt)) return registry
  const state = takeStep(registry.state, 'prove')
  return isRefusal(state) ? registry : { ...registry, state }
}
