import { type PasswordCode, refusalOfPassword } from '../../domain/password-rule.ts'
import type { Operator, Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { drawPassword, hashPassword, passwordHolds } from '../../signing/password.ts'
import { type Actor, noteLoose } from '../journal.ts'
import type { KeptPassword } from '../ports/accounts.ts'
import { mayKeep } from './may-keep.ts'
import type { OfAccounts, OfPasswords, OfPeople } from './parts.ts'

/** An initial password that nobody has used for so long no longer counts. */
const initialDays = 7

type Kept = { readonly kind: 'kept'; readonly password: string }

/**
 * Gives somebody an initial password, drawn at random unless one is brought; it is told once and must be changed at the
 * first sign-in. Whatever was open under the former one ends.
 */
export async function givePassword(
  parts: OfPasswords,
  by: Person | Operator,
  person: Person,
  brought?: string,
): Promise<Kept | Refusal<PasswordCode | 'role-missing' | 'wrong-court' | 'account-own'>> {
  const refused =
    mayKeep(by, 'account.keep', person) ?? (brought === undefined ? undefined : refusalOfPassword(brought, person))
  if (refused) return refused
  const password = brought ?? drawPassword()
  const now = parts.clock()
  const validUntil = new Date(now.getTime() + initialDays * 86_400_000)
  const hash = await hashPassword(password, parts.cost)
  await keep(parts, by, person, { hash, mustChange: true, printed: false, validUntil, changedAt: now })
  return { kind: 'kept', password }
}

/** Gives a demo person the password that the demo prints; anywhere else it must be changed. */
export async function givePrintedPassword(
  parts: OfPeople,
  by: Operator,
  person: Person,
  password: string,
): Promise<void> {
  const hash = await hashPassword(password)
  await keep(parts, by, person, { hash, mustChange: false, printed: true, changedAt: parts.clock() })
}

/**
 * A person changes their own password, having just proved the former one. Every session of theirs ends, also the one this
 * was done in: whoever had learnt the old password is out.
 */
export async function changePassword(
  parts: OfAccounts,
  person: Person,
  next: string,
): Promise<{ kind: 'changed' } | Refusal<PasswordCode | 'password-unchanged' | 'sign-in-busy'>> {
  const refused = refusalOfPassword(next, person)
  if (refused) return refused
  const former = (await parts.accounts.account(person.id))?.hash
  const hash = await parts.turns.take(person.username, async () => {
    if (former !== undefined && (await passwordHolds(next, former))) return refuse('password-unchanged', 'newPassword')
    return hashPassword(next, parts.cost)
  })
  if (hash === undefined) return refuse('sign-in-busy')
  if (isRefusal(hash)) return hash
  await keep(parts, person, person, { hash, mustChange: false, printed: false, changedAt: parts.clock() })
  return { kind: 'changed' }
}

function keep(parts: OfPeople, by: Actor, { id: about }: Person, kept: KeptPassword): Promise<void> {
  return parts.store.note(async (act) => {
    await act.accounts.keepPassword(about, kept)
    await noteLoose(parts, act, { kind: 'password.changed', by, about })
    for (const session of await act.roster.endSessions({ person: about }, parts.clock()))
      await noteLoose(parts, act, { kind: 'session.ended', by, about: session })
  })
}
