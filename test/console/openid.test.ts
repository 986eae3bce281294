import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../src/config/secret.ts'
import type { Person } from '../../src/domain/person.ts'
import { listen } from '../../src/http/listen.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { openIdentityProvider } from '../../src/transport/identity-provider.ts'
import { withTotp } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { freePort } from '../support/free-port.ts'
import { client, type Keyboard, startIdentityProvider } from '../support/identity-provider.ts'
import { personWith, seat } from '../support/people.ts'
import { browse, type Shown } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'

type Visitor = ReturnType<typeof browse>

let site: TestConsole
let origin: string
let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let identity: ReturnType<typeof openIdentityProvider>
let server: Awaited<ReturnType<typeof listen>>
const keyboard: Keyboard = { sub: 'none', username: 'none' }

beforeAll(async () => {
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  provider = await startIdentityProvider(origin, keyboard)
  const settings = {
    issuer: provider.issuer,
    clientId: client.id,
    proof: { secret: new Secret(client.secret) },
    publicOrigin: origin,
    claim: 'preferred_username',
    scope: 'openid profile',
    secondFactor: ['urn:court:two', 'hwk'],
  }
  identity = openIdentityProvider(settings, () => new Date())
  site = await openConsole({ secondFactorFor: ['approver'], ...(identity.openid && { openid: identity.openid }) })
  server = await listen(site.app, { host: '127.0.0.1', port })
})
afterAll(async () => {
  await server.close()
  await identity.stop()
  await provider.close()
  await site.close()
})

const here = (): Visitor => browse((path, init) => fetch(`${origin}${path}`, init), origin)
const there = (): Visitor => browse((path, init) => fetch(new URL(path, provider.issuer), init), provider.issuer)

let serial = 0
/** A person of the roster who sits down at the provider's keyboard. */
async function someone(...roles: Parameters<typeof personWith>[2]): Promise<Person> {
  serial += 1
  const person = personWith(`known-${serial}`, '林书远', roles, binhai)
  await seat(site.opened, person)
  Object.assign(keyboard, { sub: `sub-${serial}`, username: person.username, acr: undefined, amr: undefined })
  return person
}

/** To the provider, through all that it asks, and to the address it sends the browser back to. */
async function away(visitor: Visitor, desk: Visitor = there()): Promise<string> {
  let { location = '' } = await visitor.get('/sign-in/openid')
  for (let step = 0; step < 8 && !location.startsWith(origin); step += 1) {
    const { pathname, search } = new URL(location, provider.issuer)
    location = (await desk.get(pathname + search)).location ?? 'nowhere'
  }
  return location.slice(origin.length)
}

async function signInThere(visitor: Visitor, desk?: Visitor): Promise<Shown> {
  return visitor.get(await away(visitor, desk))
}

const sessionsOf = async ({ id }: Person) => site.opened.people.sessions(id, new Date())

describe('signing in at the court’s identity provider', () => {
  test('takes a code with PKCE, state and nonce there, and brings a person of ours back', async () => {
    const person = await someone('officer')
    const visitor = here()
    expect((await visitor.get('/sign-in')).text).toContain('统一身份认证登录')
    const sent = new URL((await visitor.get('/sign-in/openid')).location ?? '')
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${origin}/sign-in/openid/callback`,
      scope: 'openid profile',
    })
    expect(sent.searchParams.get('state')).not.toBe(sent.searchParams.get('nonce'))
    const answer = await signInThere(visitor)
    expect([answer.status, answer.location]).toEqual([303, '/'])
    expect((await visitor.get('/account')).text).toContain(person.username)
    expect(await sessionsOf(person)).toMatchObject([
      { method: 'openid', second: false, issuer: provider.issuer, subject: keyboard.sub, sid: expect.any(String) },
    ])
  })

  test('binds the subject for ever: another subject with the name, or the subject with another’s name, is nobody', async () => {
    const person = await someone('officer')
    const { sub } = keyboard
    await signInThere(here())
    expect(await site.opened.accounts.boundTo(provider.issuer, sub)).toBe(person.id)
    keyboard.sub = `${sub}-impostor`
    const impostor = await signInThere(here())
    expect([impostor.status, impostor.text.includes(catalogue['openid-mismatch'].title.zh)]).toEqual([403, true])
    const other = await someone('approver')
    keyboard.sub = sub
    keyboard.username = other.username
    expect((await signInThere(here())).status).toBe(403)
    expect(await sessionsOf(other)).toEqual([])
    // A new name at the provider is still the same person.
    keyboard.username = 'a-name-after-marriage'
    expect((await signInThere(here())).location).toBe('/')
    const [failed] = await site.gateway.reads.entries({ kind: 'person.sign-in-failed', limit: 1 })
    expect(failed).toMatchObject({ person: 'identity-provider', about: other.id })
  })

  test('lets in nobody the roster does not know, whatever the provider says of their roles', async () => {
    Object.assign(keyboard, { sub: 'stranger', username: 'stranger' })
    const answer = await signInThere(here())
    expect([answer.status, answer.text.includes(catalogue['openid-unknown'].title.zh)]).toEqual([403, true])
    const [entry] = await site.gateway.reads.entries({ kind: 'person.sign-in-failed', limit: 1 })
    expect(entry).toMatchObject({ about: 'unknown-user' })
  })

  test('counts as two factors when the provider says so in acr or amr, and asks for a code when it does not', async () => {
    const person = await someone('approver')
    keyboard.amr = ['pwd', 'hwk']
    await signInThere(here())
    expect(await sessionsOf(person)).toMatchObject([{ second: true }])
    keyboard.amr = ['pwd']
    const codeAt = await withTotp(site.parts.accounts, person)
    const visitor = here()
    expect((await signInThere(visitor)).location).toBe('/sign-in/code')
    await visitor.get('/sign-in/code')
    expect((await visitor.post('/sign-in/code', { code: codeAt(0) })).location).toBe('/')
    expect(await sessionsOf(person)).toMatchObject([{ second: true }, { second: true, subject: keyboard.sub }])
  })
})

describe('what comes back from the provider', () => {
  let visitor: Visitor
  let callback: string
  beforeEach(async () => {
    await someone('officer')
    visitor = here()
    callback = await away(visitor)
  })
  const changed = (over: Record<string, string>) => {
    const url = new URL(callback, origin)
    for (const [name, value] of Object.entries(over)) url.searchParams.set(name, value)
    return url.pathname + url.search
  }
  const refused = async (path: string) => {
    const { status, text } = await visitor.get(path)
    return [status, text.includes(catalogue['openid-failed'].title.zh), visitor.jar.has('__Host-writ')]
  }

  test.each([
    ['another state', { state: 'A'.repeat(43) }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another code', { code: 'B'.repeat(43) }],
    ['an error in place of a code', { error: 'access_denied', code: '' }],
  ])('with %s signs nobody in', async (_, over) => {
    expect(await refused(changed(over))).toEqual([401, true, false])
  })

  test('counts in the browser that was sent, and in no other', async () => {
    expect((await here().get(callback)).status).toBe(400)
    // Somebody else's answer, brought into a sign-in of one's own: the code is not for this verifier.
    const other = here()
    const others = new URL(await away(other), origin)
    visitor = other
    const stolen = new URL(callback, origin).searchParams.get('code') ?? ''
    others.searchParams.set('code', stolen)
    expect(await refused(others.pathname + others.search)).toEqual([401, true, false])
  })

  test('counts once: the same answer again finds nobody waiting, and its code is spent', async () => {
    const cookie = visitor.jar.get('__Host-writ-sign-in') ?? ''
    expect((await visitor.get(callback)).location).toBe('/')
    expect((await visitor.get(callback)).status).toBe(400)
    visitor = here()
    visitor.jar.set('__Host-writ-sign-in', cookie)
    expect(await refused(callback)).toEqual([401, true, false])
  })
})

describe('signing out', () => {
  test('here leads on to the provider’s own page, and out there ends every session of that sign-in here', async () => {
    const person = await someone('officer')
    const desk = there()
    const [first, second] = [here(), here()]
    await signInThere(first, desk)
    await signInThere(second, desk)
    await first.get('/account')
    const { location = '' } = await first.post('/sign-out', {})
    expect(location.startsWith(`${provider.issuer}/session/end?`)).toBe(true)
    expect(new URL(location).searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/`)
    expect(await sessionsOf(person)).toHaveLength(1)
    // At the provider: yes, sign out there too. It then calls our back channel before it answers.
    const asked = await desk.get(new URL(location).pathname + new URL(location).search)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? ''
    const done = await desk.post('/session/end/confirm', { xsrf, logout: 'yes' })
    expect(done.location).toBe(`${origin}/`)
    expect(await sessionsOf(person)).toEqual([])
    expect((await second.get('/account')).location).toBe('/sign-in')
    const [ended] = await site.gateway.reads.entries({ kind: 'session.ended', limit: 1 })
    expect(ended).toMatchObject({ person: 'identity-provider' })
  })

  test('in the provider’s page, by a frame: the session it names ends, and only the provider may frame us', async () => {
    const person = await someone('officer')
    await signInThere(here())
    const [{ sid = '' } = {}] = await sessionsOf(person)
    const frame = async (query: Record<string, string>) =>
      fetch(`${origin}/sign-out/front-channel?${new URLSearchParams(query)}`)
    await frame({ iss: 'https://evil.example', sid })
    await frame({ iss: provider.issuer })
    await frame({ iss: provider.issuer, sid: 'another' })
    expect(await sessionsOf(person)).toHaveLength(1)
    const answer = await frame({ iss: provider.issuer, sid })
    expect(answer.headers.get('content-security-policy')).toBe(`default-src 'none'; frame-ancestors ${provider.issuer}`)
    expect(answer.headers.get('x-frame-options')).toBeNull()
    expect(await sessionsOf(person)).toEqual([])
  })

  test('leaves the form’s way to the provider open in the policy, and no other', async () => {
    const { headers } = await here().get('/sign-in')
    expect(headers.get('content-security-policy')).toContain(`form-action 'self' ${provider.issuer};`)
    expect(site.faults).toEqual([])
  })
})
