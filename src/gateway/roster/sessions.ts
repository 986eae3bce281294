import { randomBytes } from 'node:crypto'
import { refusalOf } from '../../domain/authority.ts'
import type { Operator, Person } from '../../domain/person.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { noteLoose } from '../journal.ts'
import type { Session, SessionsOf } from '../ports/roster.ts'
import { sha256 } from '../store-document.ts'
import type { OfPeople } from './parts.ts'

/** How a sign-in came about, and how long it may last. Times in seconds. */
export type Opening = Pick<Session, 'carrier' | 'method' | 'second' | 'idleSeconds' | 'issuer' | 'subject' | 'sid'> & {
  readonly seconds: number
}

/**
 * Opens a session for a person who has proved who they are, and notes the sign-in in the same transaction. Returns what the
 * person carries from now on; it is kept only as its SHA-256. The mark in front makes a leaked one easy to find.
 */
export async function openSession(parts: OfPeople, person: Person, opening: Opening): Promise<string> {
  const carried = `writ_${randomBytes(32).toString('base64url')}`
  const { seconds, ...about } = opening
  const now = parts.clock()
  const id = parts.newId()
  await parts.store.note(async (act) => {
    const expiresAt = new Date(now.getTime() + seconds * 1000)
    await act.roster.openSession(sha256(carried), {
      ...about,
      id,
      person: person.id,
      openedAt: now,
      seenAt: now,
      expiresAt,
    })
    await noteLoose(parts, act, { kind: 'person.signed-in', by: person, about: id })
  })
  return carried
}

/** Ends the sessions that fit: a person's own, or those a security administrator or an identity provider means. */
export async function endSessions(
  parts: OfPeople,
  by: Person | Operator,
  of: SessionsOf,
): Promise<{ kind: 'ended'; count: number } | Refusal<'role-missing'>> {
  const own = 'holds' in by && of.person === by.id
  const refused = own ? undefined : refusalOf(by, 'session.end')
  if (refused) return refused
  return parts.store.note(async (act) => {
    const ended = await act.roster.endSessions(of, parts.clock())
    for (const about of ended)
      await noteLoose(parts, act, { kind: own ? 'person.signed-out' : 'session.ended', by, about })
    return { kind: 'ended' as const, count: ended.length }
  })
}
