import type { Person } from '../../domain/person.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { noteLoose } from '../journal.ts'
import type { OfAccounts, OfPeople } from './parts.ts'

/** Whom an OpenID Connect provider has signed in; `username` is the claim that names the person here. */
export type OpenIdSays = { readonly issuer: string; readonly subject: string; readonly username?: string }

/** Who does what a provider asks for: not a person, and not the operator. */
const provider = { id: 'identity-provider' } as const

/**
 * Who that is here. The first sign-in binds (issuer, subject) to the person the claim names; from then on the subject is
 * the person, and a claim that names another, or another subject that claims the person, is refused. Nothing the provider
 * says gives a role.
 */
export async function knowByOpenId(
  parts: OfAccounts,
  { issuer, subject, username }: OpenIdSays,
): Promise<{ kind: 'known'; person: Person } | Refusal<'openid-unknown' | 'openid-mismatch'>> {
  const now = parts.clock()
  const named = username === undefined ? undefined : await parts.people.byUsername(username, now)
  const bound = await parts.accounts.boundTo(issuer, subject)
  const person = bound === undefined ? named : await parts.people.byId(bound, now)
  if (!person) return refusedAndNoted(parts, 'openid-unknown', 'unknown-user')
  if (named && named.id !== person.id) return refusedAndNoted(parts, 'openid-mismatch', named.id)
  const holder =
    bound ?? (await parts.store.note((act) => act.accounts.bind({ issuer, subject, person: person.id }, now)))
  return holder === person.id ? { kind: 'known', person } : refusedAndNoted(parts, 'openid-mismatch', person.id)
}

async function refusedAndNoted<const Code extends string>(parts: OfPeople, code: Code, about: string) {
  await parts.store.note((act) => noteLoose(parts, act, { kind: 'person.sign-in-failed', by: provider, about }))
  return refuse(code)
}

/** Which sign-in at the provider is over: all of a subject's, or the one session it calls `sid`. */
export type OverAtProvider = { readonly issuer: string; readonly subject?: string; readonly sid?: string }

/**
 * The provider says that somebody has signed out there, so they are signed out here. `once` burns the `jti` of its token:
 * one that was seen before ends nothing.
 */
export async function endedAtProvider(
  parts: OfPeople,
  over: OverAtProvider,
  once?: { readonly jti: string; readonly expiresAt: Date },
): Promise<{ kind: 'ended'; count: number } | Refusal<'logout-token-invalid'>> {
  return parts.store.note(async (act) => {
    if (once && !(await act.accounts.burnLogout(over.issuer, once.jti, once.expiresAt)))
      return refuse('logout-token-invalid')
    const ended = await act.roster.endSessions(over, parts.clock())
    for (const about of ended) await noteLoose(parts, act, { kind: 'session.ended', by: provider, about })
    return { kind: 'ended' as const, count: ended.length }
  })
}
