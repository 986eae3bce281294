import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { noteLoose } from '../journal.ts'
import { mayKeep } from './may-keep.ts'
import type { OfAccounts, OfPeople } from './parts.ts'
import { confirmedTotp } from './second-factor.ts'
import { proveCode } from './sign-in.ts'

export type AccountCode = 'role-missing' | 'wrong-court' | 'account-own' | 'factor-unknown'

/** Ends a lock before its time, and forgets what was counted. */
export async function unlockAccount(
  parts: OfPeople,
  by: Person | Operator,
  person: Person,
): Promise<{ kind: 'unlocked' } | Refusal<AccountCode>> {
  const refused = mayKeep(by, 'account.keep', person)
  if (refused) return refused
  return parts.store.note(async (act) => {
    await act.accounts.keepStanding(person.id, { failures: 0 })
    await noteLoose(parts, act, { kind: 'person.changed', by, about: person.id })
    return { kind: 'unlocked' as const }
  })
}

/**
 * Takes away a second factor that was lost. Whoever is signed in by it is signed out, and can set a new one after the next
 * sign-in.
 */
export async function removeFactor(
  parts: OfPeople,
  by: Person | Operator,
  person: Person,
  factor: string,
): Promise<{ kind: 'removed' } | Refusal<AccountCode>> {
  const refused = mayKeep(by, 'factor.remove', person)
  if (refused) return refused
  return parts.store.note(async (act) => {
    if (!(await act.accounts.removeFactor(person.id, factor, parts.clock()))) return refuse('factor-unknown')
    await noteLoose(parts, act, { kind: 'factor.removed', by, about: factor })
    for (const session of await act.roster.endSessions({ person: person.id }, parts.clock()))
      await noteLoose(parts, act, { kind: 'session.ended', by, about: session })
    return { kind: 'removed' as const }
  })
}

/** A person gives up their own authenticator, with a code of it. */
export async function dropTotp(
  parts: OfAccounts,
  person: Person,
  code: string,
): Promise<{ kind: 'removed' } | Refusal<'sign-in-refused' | 'factor-unknown'>> {
  const factor = await confirmedTotp(parts, person.id)
  if (!factor) return refuse('factor-unknown')
  const shown = await proveCode(parts, person, code)
  if (isRefusal(shown)) return shown
  return parts.store.note(async (act) => {
    if (!(await act.accounts.removeFactor(person.id, factor.id, parts.clock()))) return refuse('factor-unknown')
    await noteLoose(parts, act, { kind: 'factor.removed', by: person, about: factor.id })
    return { kind: 'removed' as const }
  })
}
