import type { Branded } from './branded.ts'
import type { CourtCode } from './court.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A court's system that calls the gateway by itself, under the name it is registered by: `anjian-jin0116`. */
export type ClientId = Branded<string, 'ClientId'>

/** `case-system` 案件管理系统 keeps the court's cases and sends them signed. */
export const clientKinds = { 'case-system': '案件管理系统' } as const

export type ClientKind = keyof typeof clientKinds

export const clientKindList = Object.keys(clientKinds) as [ClientKind, ...ClientKind[]]

/** What a system may do at the gateway, by its kind: the one table, as `authority.ts` is for people. */
const clientDeeds = {
  'case-system': ['case.import'],
} as const satisfies Readonly<Record<ClientKind, readonly string[]>>

export type ClientDeed = (typeof clientDeeds)[ClientKind][number]

/** A system as everybody but its door sees it. It acts for its own court and for no other. */
export type ClientSystem = {
  readonly id: ClientId
  readonly court: CourtCode
  readonly name: string
  readonly kind: ClientKind
  readonly state: 'active' | 'suspended'
}

/** Whether a system may do this at all; undefined is yes. */
export function refusalOfClient(client: ClientSystem, deed: ClientDeed): Refusal<'client-may-not'> | undefined {
  const allowed: readonly ClientDeed[] | undefined = clientDeeds[client.kind]
  return allowed?.includes(deed) ? undefined : refuse('client-may-not')
}

/** Reads the name a system is registered by: 3–40 of a–z, 0–9 and hyphen, a letter first. */
export function parseClientId(text: string): ClientId | Refusal<'client-id-malformed'> {
  return /^[a-z][0-9a-z-]{2,39}$/.test(text) ? (text as ClientId) : refuse('client-id-malformed', 'id')
}

/** How entries and cases name a system where they name a person: never to be taken for one. */
export function actorOf({ id, court }: Pick<ClientSystem, 'id' | 'court'>): { id: string; court: CourtCode } {
  return { id: `client:${id}`, court }
}
