import { isDeepStrictEqual } from 'node:util'
import { refusalOf } from '../../domain/authority.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { RecordKind } from '../../ledger/record.ts'
import { addedTo, retiredAmong, revokedAmong } from '../../signing/key-changes.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { RegisteredRegistry, RegistryKey } from '../ports/reads.ts'
import { countsNow } from './prove.ts'
import { newChallenge } from './register.ts'

type KeyCode = 'role-missing' | 'partner-unknown' | 'key-registered' | 'key-not-there' | 'key-ended' | 'key-last'

export type KeysChanged = { readonly kind: 'changed'; readonly registry: RegisteredRegistry }

/**
 * Registers one more key beside those that count (轮换). It counts once it was proved; then the old one may be retired. The
 * same key with another certificate is no new key: the certificate is the newer one from now on.
 */
export async function addPartnerKey(
  parts: Noting,
  by: Person | Operator,
  code: string,
  key: RegistryKey,
): Promise<KeysChanged | Refusal<KeyCode>> {
  const fresh = { ...key, challenge: newChallenge() }
  return change(parts, by, code, undefined, (keys) => recertified(keys, key) ?? addedTo(keys, fresh))
}

function recertified(keys: readonly RegistryKey[], { kid, jwk, certificate }: RegistryKey) {
  const known = keys.find((one) => one.kid === kid)
  if (!known || certificate === undefined || known.certificate === certificate) return undefined
  if (known.retiredAt || known.revokedAt || !isDeepStrictEqual(known.jwk, jwk)) return undefined
  return keys.map((one) => (one.kid === kid ? { ...one, certificate } : one))
}

/** Retires a key: what it signed may still arrive for seven days. */
export async function retirePartnerKey(
  parts: Noting,
  by: Person | Operator,
  code: string,
  kid: string,
): Promise<KeysChanged | Refusal<KeyCode>> {
  const now = parts.clock()
  return change(parts, by, code, { kind: 'key.retired', kid }, (keys) =>
    retiredAmong(keys, kid, now, (key) => countsNow(key, now)),
  )
}

/** Revokes a key: from now on nothing under it counts. */
export async function revokePartnerKey(
  parts: Noting,
  by: Person | Operator,
  code: string,
  kid: string,
): Promise<KeysChanged | Refusal<KeyCode>> {
  const now = parts.clock()
  return change(parts, by, code, { kind: 'key.revoked', kid }, (keys) => revokedAmong(keys, kid, now))
}

/** A key that is only registered is no key yet: the registration changed. One that was ended was one. */
async function change(
  parts: Noting,
  by: Person | Operator,
  code: string,
  ended: { readonly kind: RecordKind; readonly kid: string } | undefined,
  changed: (keys: readonly RegistryKey[]) => readonly RegistryKey[] | Refusal<KeyCode>,
): Promise<KeysChanged | Refusal<KeyCode>> {
  const refused = refusalOf(by, 'partner.register')
  if (refused) return refused
  return parts.store.note(async (act): Promise<KeysChanged | Refusal<KeyCode>> => {
    const before = await act.partners.find(code)
    if (!before) return refuse('partner-unknown', 'code')
    const keys = changed(before.keys)
    if (isRefusal(keys)) return keys
    const registry = { ...before, keys }
    await act.partners.put(registry)
    const about = { kind: ended?.kind ?? 'registry.changed', about: ended?.kid ?? before.state } as const
    await noteLoose(parts, act, { ...about, by, registry: code })
    return { kind: 'changed', registry }
  })
}
