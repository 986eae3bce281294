import type { MiddlewareHandler } from 'hono'
import type { CourtCode } from '../domain/court.ts'
import type { Person, Role } from '../domain/request.ts'
import type { Counter } from '../gateway/parts.ts'
import { sha256 } from '../gateway/store-document.ts'
import { readCompact } from '../signing/compact.ts'
import { keysAmong } from '../signing/key.ts'
import { openPartnerToken } from '../signing/service.ts'
import type { HttpParts } from './parts.ts'
import { Refused } from './problem.ts'

/** A route that knows which person is calling. */
export type AsPerson = { Variables: { person: Person } }

/** A person whose court is known: everybody who works on cases. */
export type CourtPerson = Person & { readonly court: CourtCode }

/** A route that knows which registry is calling. */
export type AsPartner = { Variables: { partner: Counter } }

/** Lets a route say whom it is for. */
export type Needs = (...roles: readonly Role[]) => MiddlewareHandler<AsPerson>

/**
 * Who is calling, by bearer token. A token is looked up by its SHA-256 (base64url), so the database holds nothing one
 * could sign in with. Any one of the roles is enough.
 */
export function personsNeeded({ people, gateway }: Pick<HttpParts, 'people' | 'gateway'>): Needs {
  return (...roles) =>
    async function identifyPerson(c, next) {
      const person = await people.byToken(sha256(bearerOf(c.req.header('authorization'))), gateway.clock())
      if (!person) throw new Refused('token-invalid')
      if (!roles.some((role) => person.roles.includes(role))) throw new Refused('role-missing')
      c.set('person', person)
      await next()
    }
}

/** The person with the court they serve at; cases belong to courts, so without one nothing can be done here. */
export function atCourt({ person }: AsPerson['Variables']): CourtPerson {
  if (!person.court) throw new Refused('wrong-court')
  return { ...person, court: person.court }
}

/**
 * Which registry is calling: a token it signed for this one call. The `jti` is burnt before anything is done, so a
 * token that was overheard opens nothing.
 */
export function partnerNeeded({
  gateway,
  registries,
}: Pick<HttpParts, 'gateway' | 'registries'>): MiddlewareHandler<AsPartner> {
  return async function identifyPartner(c, next) {
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
    if (!(await registries.burn(code, opened.jti, opened.burnUntil))) throw new Refused('partner-token-replayed')
    c.set('partner', counter)
    await next()
  }
}

function bearerOf(header: string | undefined): string {
  const [, token] = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(header ?? '') ?? []
  if (token === undefined) throw new Refused('token-missing')
  return token
}
