import { refusalOf } from '../../domain/authority.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import type { RecordKind } from '../../ledger/record.ts'
import type { RegisteredKey } from '../../signing/key.ts'
import { addedTo, retiredAmong, revokedAmong } from '../../signing/key-changes.ts'
import { type Noting, noteLoose } from '../journal.ts'
import type { Client } from '../ports/clients.ts'

type ClientCode =
  | 'role-missing'
  | 'client-exists'
  | 'client-not-there'
  | 'key-registered'
  | 'key-not-there'
  | 'key-ended'
  | 'key-last'

export type ClientChanged = { readonly kind: 'changed'; readonly client: Client }

/** Registers a court's system with its public keys. It acts for its own court alone. */
export async function registerClient(
  parts: Noting,
  by: Person | Operator,
  given: Omit<Client, 'state'>,
): Promise<ClientChanged | Refusal<ClientCode>> {
  const refused = refusalOf(by, 'client.register')
  if (refused) return refused
  return parts.store.note(async (act): Promise<ClientChanged | Refusal<ClientCode>> => {
    if (await act.clients.find(given.id)) return refuse('client-exists', 'id')
    const client: Client = { ...given, state: 'active' }
    await act.clients.put(client)
    await noteLoose(parts, act, { kind: 'client.changed', by, about: client.id })
    return { kind: 'changed', client }
  })
}

/** Shuts a system out, or lets it in again. Its tokens count for nothing meanwhile. */
export async function setClientState(
  parts: Noting,
  by: Person | Operator,
  id: string,
  state: Client['state'],
): Promise<ClientChanged | Refusal<ClientCode>> {
  return change(parts, by, id, 'client.changed', id, (client) => ({ ...client, state }))
}

/** Registers one more key; both count, so that the system can go over to it without a pause. */
export async function addClientKey(
  parts: Noting,
  by: Person | Operator,
  id: string,
  key: RegisteredKey,
): Promise<ClientChanged | Refusal<ClientCode>> {
  return change(parts, by, id, 'key.created', key.kid, (client) => withKeys(client, addedTo(client.keys, key)))
}

/** Retires a key: what it signed may still arrive for seven days. */
export async function retireClientKey(
  parts: Noting,
  by: Person | Operator,
  id: string,
  kid: string,
): Promise<ClientChanged | Refusal<ClientCode>> {
  const retired = (client: Client) => withKeys(client, retiredAmong(client.keys, kid, parts.clock()))
  return change(parts, by, id, 'key.retired', kid, retired)
}

/** Revokes a key: from now on neither what it signs nor a token that was got with it counts. */
export async function revokeClientKey(
  parts: Noting,
  by: Person | Operator,
  id: string,
  kid: string,
): Promise<ClientChanged | Refusal<ClientCode>> {
  const revoked = (client: Client) => withKeys(client, revokedAmong(client.keys, kid, parts.clock()))
  return change(parts, by, id, 'key.revoked', kid, revoked)
}

function withKeys<Code extends ClientCode>(
  client: Client,
  keys: Client['keys'] | Refusal<Code>,
): Client | Refusal<Code> {
  return isRefusal(keys) ? (keys as Refusal<Code>) : { ...client, keys: keys as Client['keys'] }
}

async function change(
  parts: Noting,
  by: Person | Operator,
  id: string,
  kind: RecordKind,
  about: string,
  changed: (client: Client) => Client | Refusal<ClientCode>,
): Promise<ClientChanged | Refusal<ClientCode>> {
  const refused = refusalOf(by, 'client.register')
  if (refused) return refused
  return parts.store.note(async (act): Promise<ClientChanged | Refusal<ClientCode>> => {
    const before = await act.clients.find(id)
    if (!before) return refuse('client-not-there', 'id')
    const client = changed(before)
    if (isRefusal(client)) return client
    await act.clients.put(client)
    await noteLoose(parts, act, { kind, by, about })
    return { kind: 'changed', client }
  })
}
