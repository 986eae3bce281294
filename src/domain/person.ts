import type { CourtCode } from './court.ts'
import type { RegistryCode } from './registry.ts'
import type { Role } from './role.ts'

/**
 * A role as somebody holds it now: at one court, and there in one case team (办案团队) or in all; a registry's clerk for
 * one registry; an administrator or a superior court's auditor for the installation.
 */
export type HeldRole = {
  readonly role: Role
  readonly court?: CourtCode
  readonly team?: string
  readonly registry?: RegistryCode
}

/** Someone who signed in, with what they may be at this moment. `court` is where the person serves. */
export type Person = {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly court?: CourtCode
  readonly holds: readonly HeldRole[]
}

/**
 * Whoever runs the machine the gateway is on, by its own commands. Not a person of the roster: may register people and keys, and
 * bring in what was held before the gateway was there; makes and approves nothing on a case, and every such act is an entry.
 */
export const operator = { id: 'operator' } as const

export type Operator = typeof operator

/** The roles a person holds, each once. */
export function rolesOf({ holds }: Pick<Person, 'holds'>): readonly Role[] {
  return [...new Set(holds.map(({ role }) => role))]
}

/**
 * A role given to a person (授权): never for ever. It counts from `from` until `until`, and only while somebody has looked
 * at it again by `attestBy` and still meant it (复核).
 */
export type Grant = HeldRole & {
  readonly id: string
  readonly person: string
  readonly from: Date
  readonly until: Date
  readonly attestBy: Date
  readonly givenBy: string
  readonly endedAt?: Date
  readonly endedBy?: string
}

/** The longest a role is given for: two years; then it is asked for anew. */
export const longestGrantDays = 731

/** How long a grant counts before it must be attested again: 90 days. */
export const attestationDays = 90

/** Whether a grant counts at this moment, and if not, why. */
export function standingOfGrant(grant: Grant, now: Date): 'counts' | 'not-yet' | 'over' | 'not-attested' {
  if (grant.endedAt && now >= grant.endedAt) return 'over'
  if (now < grant.from) return 'not-yet'
  if (now >= grant.until) return 'over'
  return now >= grant.attestBy ? 'not-attested' : 'counts'
}
