import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Person } from '../domain/person.ts'
import type { Session, SignedIn } from '../gateway/ports/roster.ts'
import { endSessions, openSession } from '../gateway/roster/sessions.ts'
import { sha256 } from '../gateway/store-document.ts'
import { countCall } from '../http/rate-limits.ts'
import { sealFor } from '../signing/seal.ts'
import type { ConsoleParts } from './parts.ts'

/** Who looks at a page, and the token of every form on it. */
export type Viewer = SignedIn & { readonly token: string }

const openid = z.strictObject({ issuer: z.string(), subject: z.string(), sid: z.string().optional() })

/**
 * How far a sign-in has come, kept by the browser under seal and never in an address. `begin`: nothing yet; `away`: at the
 * provider; `code`: the first factor was right; `change`: all was right, and the password must be changed first.
 */
const stage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('begin') }),
  z.strictObject({ kind: z.literal('away'), state: z.string(), nonce: z.string(), verifier: z.string() }),
  z.strictObject({
    kind: z.literal('code'),
    person: z.string(),
    method: z.enum(['password', 'openid']),
    mustChange: z.boolean(),
    openid: openid.optional(),
  }),
  z.strictObject({ kind: z.literal('change'), person: z.string(), second: z.boolean(), since: z.number() }),
])

export type Stage = z.infer<typeof stage>

const entrance = z.strictObject({ token: z.string(), stage })

/** A sign-in under way, and the token of its forms. */
export type Entrance = z.infer<typeof entrance>

/**
 * The prefix makes the browser refuse the cookie over plain http, from another host, or for another path; Chromium takes
 * loopback for safe, so the demo has the same cookie.
 */
const names = { session: 'writ', entrance: 'writ-sign-in' } as const
const kept = { prefix: 'host', secure: true, httpOnly: true, sameSite: 'Lax', path: '/' } as const

const entranceSeconds = 600

/** What a browser carries for us: who is signed in, or how far they have come. */
export function browserOf({ gateway, limits, people, secret, lasts }: ConsoleParts) {
  const seal = sealFor(secret, 'writ-entrance/v1')
  const tokenOf = (carried: string) => createHmac('sha256', secret).update(`form|${carried}`).digest('base64url')
  const carriedBy = (c: Context) => getCookie(c, names.session, 'host')
  const seen = new WeakMap<Context, Viewer>()
  const viewer = async (c: Context): Promise<Viewer | undefined> => {
    const carried = carriedBy(c)
    if (!carried) return undefined
    const signedIn = await people.signedIn(sha256(carried), 'browser', gateway.clock())
    if (!signedIn) return undefined
    // Said to the whole edge, which counts the calls of strangers otherwise than those of people.
    c.set('person', signedIn.person)
    const found = { ...signedIn, token: tokenOf(carried) }
    seen.set(c, found)
    await countCall(c, limits, 'person', signedIn.person.id)
    return found
  }
  const keepEntrance = (c: Context, to: Entrance): Entrance => {
    const until = new Date(gateway.clock().getTime() + entranceSeconds * 1000)
    setCookie(c, names.entrance, seal.close(to, until), { ...kept, maxAge: entranceSeconds })
    return to
  }
  const under = (c: Context): Entrance | undefined => {
    const text = getCookie(c, names.entrance, 'host')
    const read = entrance.safeParse(text === undefined ? undefined : seal.open(text, gateway.clock()))
    return read.success ? read.data : undefined
  }
  return {
    viewer,
    /** Who was found to look in this very call; nobody is looked up for it. */
    seen: (c: Context): Viewer | undefined => seen.get(c),
    /** The sign-in under way, or a new one; several tabs share it. */
    entrance: (c: Context): Entrance =>
      under(c) ?? keepEntrance(c, { token: randomBytes(18).toString('base64url'), stage: { kind: 'begin' } }),
    under,
    /** Goes on to another stage; the token changes with it. */
    advance: (c: Context, to: Stage): Entrance =>
      keepEntrance(c, { token: randomBytes(18).toString('base64url'), stage: to }),
    /** Signs somebody in: always under a new name, so that none that was planted before is ever anybody's. */
    open: async (
      c: Context,
      person: Person,
      how: Pick<Session, 'method' | 'second' | 'issuer' | 'subject' | 'sid'>,
    ) => {
      const carried = await openSession(gateway, person, { carrier: 'browser', ...how, ...lasts })
      setCookie(c, names.session, carried, kept)
      deleteCookie(c, names.entrance, { ...kept })
    },
    close: async (c: Context, { person, session }: SignedIn) => {
      await endSessions(gateway, person, { id: session.id, person: person.id })
      deleteCookie(c, names.session, { ...kept })
    },
  }
}

export type Browser = ReturnType<typeof browserOf>

/** Compares two texts in a time that tells nothing of where they differ. */
export function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
