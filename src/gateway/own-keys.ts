import type { Operator } from '../domain/person.ts'
import type { KeyChange, Keyring } from '../signing/keyring.ts'
import type { KeyUse } from '../signing/signer.ts'
import { type Noting, noteLoose } from './journal.ts'

/**
 * The gateway's own keys: a court's, or one of those that sign receipts and leaves. The entry is committed first, then the keys
 * are changed. A crash between the two leaves an entry of what did not happen: the keys that are published still say what
 * is so, and the command, given again, writes one more and makes it true. The other way about, something could be signed
 * with a key of which the log knows nothing.
 */
export async function rotateOwnKey(
  parts: Noting,
  by: Operator,
  keyring: Pick<Keyring, 'rotation'>,
  use: KeyUse,
): Promise<KeyChange> {
  const change = await keyring.rotation(use, parts.clock())
  return make(parts, by, change, 'key.retired')
}

/** From now on nothing under this key counts; when it was the current one, the next signs from here on. */
export async function revokeOwnKey(
  parts: Noting,
  by: Operator,
  keyring: Pick<Keyring, 'revocation'>,
  kid: string,
): Promise<KeyChange> {
  const change = await keyring.revocation(kid, parts.clock())
  return make(parts, by, change, 'key.revoked')
}

async function make(
  parts: Noting,
  by: Operator,
  change: KeyChange,
  kind: 'key.retired' | 'key.revoked',
): Promise<KeyChange> {
  await parts.store.note(async (act) => {
    await noteLoose(parts, act, { kind, by, about: change.ended })
    for (const kid of change.created) await noteLoose(parts, act, { kind: 'key.created', by, about: kid })
  })
  change.apply()
  return change
}
