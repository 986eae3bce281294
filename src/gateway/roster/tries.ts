import { isLocked, type LockStanding, tried } from '../../domain/lock-out.ts'
import type { Person } from '../../domain/person.ts'
import { noteLoose } from '../journal.ts'
import type { Account } from '../ports/accounts.ts'
import type { OfPeople } from './parts.ts'

/** A try that was counted: what the account was before, and how it stands with this one. */
export type CountedTry = { readonly account: Account; readonly counted: LockStanding }

/**
 * Counts a try before it is weighed; undefined when the account is locked. It is committed first: however many tries come
 * at once, to however many processes, no more are weighed than the rule lets pass.
 */
export function countTry(parts: OfPeople, person: string): Promise<CountedTry | undefined> {
  return parts.store.note(async (act) => {
    const account = await act.accounts.lock(person)
    const now = parts.clock()
    if (isLocked(account, now)) return undefined
    const counted = tried(account, now)
    await act.accounts.keepStanding(person, counted)
    return { account, counted }
  })
}

/** The try was wrong, and stays counted. One entry for each until the lock, one for the lock, then none until it ends. */
export function noteFailure(parts: OfPeople, { id: about }: Person, { counted }: CountedTry): Promise<void> {
  return parts.store.note(async (act) => {
    await noteLoose(parts, act, { kind: 'person.sign-in-failed', about })
    if (counted.lockedUntil) await noteLoose(parts, act, { kind: 'person.locked', about })
  })
}

/** The try was right and is the last step: what was counted before is forgotten. */
export function forgetTries(parts: OfPeople, person: string): Promise<void> {
  return parts.store.note((act) => act.accounts.keepStanding(person, { failures: 0 }))
}

/**
 * The try was right but another step follows: only this one is taken back. If the right password cleared the count,
 * whoever has it could try one-time codes for ever.
 */
export function takeBackTry(parts: OfPeople, person: string, { account: before, counted }: CountedTry): Promise<void> {
  return parts.store.note(async (act) => {
    const { failures, failedAt, lockedUntil } = await act.accounts.lock(person)
    const alone = failures === counted.failures
    const lock = alone ? before.lockedUntil : lockedUntil
    await act.accounts.keepStanding(person, {
      failures: Math.max(0, failures - 1),
      ...(failedAt && { failedAt }),
      ...(lock && { lockedUntil: lock }),
    })
  })
}
