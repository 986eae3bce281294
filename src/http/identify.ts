import type { MiddlewareHandler } from 'hono'
import { type Deed, mayEver, needOf } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { noteLoose } from '../gateway/journal.ts'
import type { Counter, Parts } from '../gateway/parts.ts'
import type { People, Session, SignedIn } from '../gateway/ports/roster.ts'
import { sha256 } from '../gateway/store-document.ts'
import { readCompact } from '../signing/compact.ts'
import { keysAmong } from '../signing/key.ts'
import { openPartnerToken } from '../signing/service.ts'
import { certificateNeeded } from './certificate-needed.ts'
import type { HttpParts } from './parts.ts'
import { Refused } from './problem.ts'
import type { ProblemCode } from './problem-catalogue.ts'
import { countCall } from './rate-limits.ts'

/** A route that knows who is signed in. */
export type AsSignedIn = { Variables: { person: Person; session: Session } }

/** A route that knows which person is calling, and what it lets them do. */
export type AsPerson = { Variables: AsSignedIn['Variables'] & { deed: Deed } }

/** A route that knows which registry is calling. */
export type AsPartner = { Variables: { partner: Counter } }

/**
 * Whom a route is for; every route declares it, and none is open by having been forgotten. `person`: whoever is signed in,
 * for what is their own; a deed: whoever may do it. `partner`: a registry by a token it signed; `dialect`: a registry as
 * its own dialect signs it in; `client`: a court's system by its access token. It stands in `/openapi.json` as `x-opens`.
 */
export type Opens = 'anyone' | 'person' | 'partner' | 'dialect' | 'client' | Deed

/** Spread into a route: whom it is for, and the middleware that holds everybody else off. */
export type Door<Env extends object> = { readonly 'x-opens': Opens; readonly middleware: MiddlewareHandler<Env> }

/** Lets a route say which deed it is. */
export type May = (deed: Deed) => Door<AsPerson>

/** For what anyone may see or ask. */
export const anyone = { 'x-opens': 'anyone' } as const

/**
 * Who is calling, by bearer token, and whether the deed is open to them. A token is looked up by its SHA-256 (base64url),
 * so the database holds nothing one could sign in with. A deed on a case is weighed again when the case is known.
 */
export function personsMay({
  people,
  gateway,
  limits,
  secondFactorFor,
}: Pick<HttpParts, 'people' | 'gateway' | 'limits' | 'secondFactorFor'>): May {
  return (deed) => {
    const identifyPerson: MiddlewareHandler<AsPerson> = async (c, next) => {
      const { person, session } = await calling(people, gateway, c.req.header('authorization'))
      c.set('person', person)
      c.set('session', session)
      c.set('deed', deed)
      await countCall(c, limits, 'person', person.id)
      const barred = barredFrom(deed, { person, session }, secondFactorFor)
      if (barred) await refusedAndNoted(gateway, person, deed, barred)
      await next()
    }
    return { 'x-opens': deed, middleware: identifyPerson }
  }
}

/** For what somebody may do with their own account: whoever is signed in, by bearer token, whatever their role. */
export function personsNeeded({
  people,
  gateway,
  limits,
}: Pick<HttpParts, 'people' | 'gateway' | 'limits'>): Door<AsSignedIn> {
  const identifyPerson: MiddlewareHandler<AsSignedIn> = async (c, next) => {
    const { person, session } = await calling(people, gateway, c.req.header('authorization'))
    c.set('person', person)
    c.set('session', session)
    await countCall(c, limits, 'person', person.id)
    await next()
  }
  return { 'x-opens': 'person', middleware: identifyPerson }
}

async function calling(people: People, { clock }: Parts, header: string | undefined): Promise<SignedIn> {
  const signedIn = await people.signedIn(sha256(bearerOf(header)), 'bearer', clock())
  if (!signedIn) throw new Refused('token-invalid')
  return signedIn
}

/** Why a deed is not open to somebody at all; undefined when it is. */
export function barredFrom(
  deed: Deed,
  { person, session }: SignedIn,
  secondFactorFor: HttpParts['secondFactorFor'],
): 'role-missing' | 'second-factor-needed' | undefined {
  if (!mayEver(person, deed)) return 'role-missing'
  return session.second || !needsSecond(person, deed, secondFactorFor) ? undefined : 'second-factor-needed'
}

/** True when every role that would open the deed is one for which policy wants a second factor. */
function needsSecond(person: Person, deed: Deed, secondFactorFor: HttpParts['secondFactorFor']): boolean {
  const fitting = person.holds.filter(({ role }) => needOf(deed)[role] !== undefined)
  return fitting.every(({ role }) => secondFactorFor.includes(role))
}

/**
 * A person we know has tried what is not theirs: refused, and an entry, because that is how a curious officer is found.
 * If it cannot be written the call breaks instead; either way nothing is shown.
 */
export async function refusedAndNoted(parts: Parts, person: Person, deed: Deed, code: ProblemCode): Promise<never> {
  await parts.store.note((act) => noteLoose(parts, act, { kind: 'access.refused', by: person, about: deed }))
  throw new Refused(code)
}

/**
 * Which registry is calling: a token it signed for this one call, over a line with its certificate. The `jti` is burnt
 * before anything is done, so a token that was overheard opens nothing.
 */
export function partnerNeeded({
  gateway,
  usedOnce,
  peers,
  limits,
}: Pick<HttpParts, 'gateway' | 'usedOnce' | 'peers' | 'limits'>): Door<AsPartner> {
  const identifyPartner: MiddlewareHandler<AsPartner> = async (c, next) => {
    const token = bearerOf(c.req.header('authorization'))
    // Unproved yet: it only tells whose keys to try, and the opening checks that it was told truly.
    const issuer = readCompact(token)?.claims.iss
    const counter = typeof issuer === 'string' ? gateway.counter(issuer) : undefined
    if (!counter) throw new Refused('token-invalid')
    const { code } = counter.registry
    const opened = await openPartnerToken(token, {
      keysOf: keysAmong(counter.registered.keys),
      issuer: code,
      audience: gateway.gatewayId,
      now: gateway.clock(),
    })
    if (opened.kind === 'unproved') throw new Refused(opened.code === 'expired' ? 'token-expired' : 'token-invalid')
    certificateNeeded(peers, c, counter, gateway.clock())
    const isFirst = await usedOnce.burn(`registry:${code}`, opened.jti, opened.burnUntil)
    if (!isFirst) throw new Refused('partner-token-replayed')
    refuseUnlessLive(counter)
    c.set('partner', counter)
    await countCall(c, limits, 'registry', code)
    await next()
  }
  return { 'x-opens': 'partner', middleware: identifyPartner }
}

/** Only a live registry is heard. */
export function refuseUnlessLive({ registered: { state } }: Counter): void {
  if (state === 'suspended') throw new Refused('partner-suspended')
  if (state !== 'live') throw new Refused('partner-not-live')
}

export function bearerOf(header: string | undefined): string {
  const [, token] = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(header ?? '') ?? []
  if (token === undefined) throw new Refused('token-missing')
  return token
}
