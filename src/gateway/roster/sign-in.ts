import type { PasswordCode } from '../../domain/password-rule.ts'
import type { Person } from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { passwordHolds } from '../../signing/password.ts'
import { totpStepOf } from '../../signing/totp.ts'
import { noteLoose } from '../journal.ts'
import type { OfAccounts } from './parts.ts'
import { changePassword } from './passwords.ts'
import { confirmedTotp, secondOf } from './second-factor.ts'
import { countTry, forgetTries, noteFailure, takeBackTry } from './tries.ts'

/**
 * `sign-in-refused` is one answer for an unknown user, a wrong password, a wrong code and a lock: whoever guesses learns
 * nothing of which it was, not by the time it takes either.
 */
export type SignInCode = 'sign-in-refused' | 'sign-in-busy' | 'password-expired'

/** The password was right. `next` is what is still wanted; with a certificate that is theirs no code is. */
export type PasswordProved = {
  readonly kind: 'proved'
  readonly person: Person
  readonly second: 'shown' | 'code-needed' | 'none'
  readonly mustChange: boolean
}

/** Somebody who has proved who they are, with or without a second factor. */
export type Known = { readonly kind: 'known'; readonly person: Person; readonly second: boolean }

type Given = { readonly username: string; readonly password: string; readonly certificate?: string | undefined }

/** Weighs a password. Hashing takes its turn; when too many wait, `sign-in-busy`, and nothing was weighed or counted. */
export async function provePassword(parts: OfAccounts, given: Given): Promise<PasswordProved | Refusal<SignInCode>> {
  const answer = await parts.turns.take(given.username, () => weigh(parts, given))
  return answer ?? refuse('sign-in-busy')
}

async function weigh(parts: OfAccounts, { username, password, certificate }: Given) {
  const person = await parts.people.byUsername(username, parts.clock())
  const known = person && (await parts.accounts.account(person.id))?.hash !== undefined ? person : undefined
  const attempt = known && (await countTry(parts, known.id))
  // An unknown user and a locked one cost what a wrong password does.
  const isRight = await passwordHolds(password, attempt?.account.hash ?? '', parts.cost)
  if (!known) await noteStranger(parts)
  if (!known || !attempt) return refuse('sign-in-refused')
  if (!isRight) {
    await noteFailure(parts, known, attempt)
    return refuse('sign-in-refused')
  }
  const { account } = attempt
  const second = await secondOf(parts, known.id, certificate)
  if (second === 'code-needed') await takeBackTry(parts, known.id, attempt)
  else await forgetTries(parts, known.id)
  if (account.validUntil && account.mustChange && parts.clock() >= account.validUntil) return refuse('password-expired')
  const mustChange = account.mustChange || (account.printed && !parts.demo)
  return { kind: 'proved' as const, person: known, second, mustChange }
}

/** Weighs a one-time code of somebody whose first factor was right. Each step of a code counts once, in all processes. */
export async function proveCode(
  parts: OfAccounts,
  person: Person,
  code: string,
): Promise<Known | Refusal<'sign-in-refused'>> {
  const factor = await confirmedTotp(parts, person.id)
  const attempt = factor && (await countTry(parts, person.id))
  if (!factor || !attempt) return refuse('sign-in-refused')
  const secret = await parts.accounts.totpSecret(factor.id)
  const step = secret && totpStepOf(secret, code, parts.clock())
  const isFresh = step !== undefined && (await parts.store.note((act) => act.accounts.useStep(factor.id, step)))
  if (!isFresh) {
    await noteFailure(parts, person, attempt)
    return refuse('sign-in-refused')
  }
  await forgetTries(parts, person.id)
  return { kind: 'known', person, second: true }
}

/** A whole sign-in in one call, as a program makes it. */
export async function signIn(
  parts: OfAccounts,
  { code, newPassword, ...given }: Given & { readonly code?: string; readonly newPassword?: string },
): Promise<
  Known | Refusal<SignInCode | PasswordCode | 'code-needed' | 'password-change-needed' | 'password-unchanged'>
> {
  const proved = await provePassword(parts, given)
  if (isRefusal(proved)) return proved
  const { person, mustChange } = proved
  if (mustChange && newPassword === undefined) return refuse('password-change-needed', 'newPassword')
  if (proved.second === 'code-needed') {
    if (code === undefined) return refuse('code-needed', 'code')
    const shown = await proveCode(parts, person, code)
    if (isRefusal(shown)) return shown
  }
  if (newPassword !== undefined) {
    const changed = await changePassword(parts, person, newPassword)
    if (isRefusal(changed)) return changed
  }
  return { kind: 'known', person, second: proved.second !== 'none' }
}

/**
 * Somebody tried a name that is nobody's. One entry a minute and process says that it goes on: the log is not for a
 * stranger to fill.
 */
async function noteStranger(parts: OfAccounts): Promise<void> {
  if (!parts.strangerDue(parts.clock())) return
  await parts.store.note((act) => noteLoose(parts, act, { kind: 'person.sign-in-failed', about: 'unknown-user' }))
}

/** True at most once in so many milliseconds. */
export function seldom(everyMs: number): (now: Date) => boolean {
  let next = 0
  return (now) => {
    if (now.getTime() < next) return false
    next = now.getTime() + everyMs
    return true
  }
}
