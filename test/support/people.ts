import type { CourtCode } from '../../src/domain/court.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Role } from '../../src/domain/role.ts'
import type { Session } from '../../src/gateway/ports/roster.ts'
import { sha256 } from '../../src/gateway/store-document.ts'
import type { OpenStore } from '../../src/store/open.ts'

/** Somebody as the acts see them: a name, a court and what they hold there. */
export function personWith(id: string, name: string, roles: readonly Role[], court?: CourtCode, team?: string): Person {
  const at = { ...(court && { court }), ...(team && { team }) }
  return { id, username: id, name, ...(court && { court }), holds: roles.map((role) => ({ role, ...at })) }
}

const day = 86_400_000

/** Writes a person into the roster with all they hold, for a month from yesterday. */
export async function seat({ store }: Pick<OpenStore, 'store'>, person: Person, now = new Date()): Promise<void> {
  const { holds, ...who } = person
  const from = new Date(now.getTime() - day)
  const until = new Date(now.getTime() + 30 * day)
  await store.note(async ({ roster }) => {
    await roster.addPerson(who)
    for (const [at, held] of holds.entries())
      await roster.give({
        ...held,
        id: `${who.id}-${at}`,
        person: who.id,
        from,
        until,
        attestBy: until,
        givenBy: 'operator',
      })
  })
}

/** Signs a person in with a token of the test's own choosing. */
export async function signIn(
  { store }: Pick<OpenStore, 'store'>,
  person: Person,
  token: string,
  over: Partial<Session> = {},
): Promise<void> {
  const now = new Date()
  const session: Session = {
    id: `session-${token}`,
    person: person.id,
    carrier: 'bearer',
    method: 'command',
    second: true,
    openedAt: now,
    seenAt: now,
    idleSeconds: 3600,
    expiresAt: new Date(now.getTime() + 3_600_000),
    ...over,
  }
  await store.note(({ roster }) => roster.openSession(sha256(token), session))
}
