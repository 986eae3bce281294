import type { CourtCode } from '../../domain/court.ts'
import type { Grant, Person } from '../../domain/person.ts'
import type { Role } from '../../domain/role.ts'

/** What a signed-in person carries: a cookie of a browser, or a bearer token of a program. */
export type SessionCarrier = 'browser' | 'bearer'

/** `command`: the token was printed by `writ token`, by whoever runs the machine. */
export type SignInMethod = 'password' | 'openid' | 'certificate' | 'command'

/** A sign-in that lasts: until `expiresAt`, until it was not used for `idleSeconds`, or until it is ended. */
export type Session = {
  readonly id: string
  readonly person: string
  readonly carrier: SessionCarrier
  readonly method: SignInMethod
  /** Whether a second factor was shown. */
  readonly second: boolean
  readonly openedAt: Date
  readonly seenAt: Date
  readonly idleSeconds: number
  readonly expiresAt: Date
  /** Of an OpenID Connect provider: who signed the person in, as whom, and its own name for the session. */
  readonly issuer?: string
  readonly subject?: string
  readonly sid?: string
}

/** Someone who is calling, by a session that is open. */
export type SignedIn = { readonly person: Person; readonly session: Session }

export type NewPerson = Pick<Person, 'id' | 'username' | 'name'> & { readonly court?: CourtCode }

/** Which sessions are meant; every member that is given must fit. */
export type SessionsOf = {
  readonly id?: string
  readonly person?: string
  readonly issuer?: string
  readonly subject?: string
  readonly sid?: string
}

/**
 * People, what they may and who is signed in, as an act changes them: in the act's own transaction, beside its entry, so
 * that nothing about people ever changes without one.
 */
export type Roster = {
  /** False when the user name is somebody else's. */
  addPerson(person: NewPerson): Promise<boolean>
  /** A person's grants, ended ones too; the person is locked, so that two hands cannot give what does not go together. */
  grantsOf(person: string): Promise<readonly Grant[]>
  give(grant: Grant): Promise<void>
  /** False when there is no such grant, or it was ended before. */
  endGrant(id: string, by: string, at: Date): Promise<boolean>
  attest(id: string, attestBy: Date): Promise<boolean>
  /** `hash` is SHA-256 (base64url) of what the person carries; that itself is kept nowhere. */
  openSession(hash: string, session: Session): Promise<void>
  /** Ends the open sessions that fit and returns their ids. */
  endSessions(of: SessionsOf, at: Date): Promise<readonly string[]>
}

/** `courts`: only who serves at one of these; `role`: only who holds it now; `after`: the last user name of the page before. */
export type PeopleFilter = {
  readonly courts?: readonly string[]
  readonly role?: Role
  readonly after?: string
  readonly limit: number
}

/** People as they are looked up; every person comes with the roles that count at `now`. */
export type People = {
  /** Whose open session this is; notes that it was used, at most once a minute. */
  signedIn(hash: string, carrier: SessionCarrier, now: Date): Promise<SignedIn | undefined>
  byUsername(username: string, now: Date): Promise<Person | undefined>
  /** Those who have exactly this name, in the order of their user names. */
  called(name: string, limit: number): Promise<readonly Pick<Person, 'id' | 'name' | 'username' | 'court'>[]>
  byId(id: string, now: Date): Promise<Person | undefined>
  all(now: Date): Promise<readonly Person[]>
  /** What these people are called, by their ids; who is not there is left out. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Some of them in the order of their user names. */
  some(filter: PeopleFilter, now: Date): Promise<readonly Person[]>
  grants(person: string): Promise<readonly Grant[]>
  /** Grants by their ids, ended ones too: entries of the log name them so. */
  grantsWith(ids: readonly string[]): Promise<readonly Grant[]>
  /** Grants of anybody that are neither over nor ended at `now` and must be attested before a moment, the earliest first. */
  grantsDue(before: Date, now: Date): Promise<readonly Grant[]>
  sessions(person: string, now: Date): Promise<readonly Session[]>
}
