import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Secret } from '../../src/config/secret.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { createOpenIdProvider, type OpenIdProvider } from '../../src/http/sign-in/openid.ts'
import { openIdentityProvider } from '../../src/transport/identity-provider.ts'
import { browse } from '../console/browse.ts'
import { binhai } from '../support/court.ts'
import { type Forgery, startForgingProvider, unsigned } from '../support/forging-provider.ts'
import { keyClient, startIdentityProvider } from '../support/identity-provider.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { codeOf } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

const settings = {
  clientId: 'writ',
  proof: { secret: new Secret('shared') },
  publicOrigin: 'http://127.0.0.1:8080',
  claim: 'preferred_username',
  scope: 'openid profile',
  secondFactor: ['two'],
}

let forger: Awaited<ReturnType<typeof startForgingProvider>>
let identity: ReturnType<typeof openIdentityProvider>
let openid: OpenIdProvider
let edge: TestEdge
beforeAll(async () => {
  forger = await startForgingProvider()
  identity = openIdentityProvider({ ...settings, issuer: forger.issuer }, () => new Date())
  if (!identity.openid) throw new Error('no provider')
  openid = identity.openid
  edge = await openTestEdge({ openid })
})
afterAll(async () => {
  await edge.close()
  await identity.stop()
  await forger.close()
})

/** A sign-in there and back, told otherwise than it was. */
async function signInWith(forgery: Forgery, over: Record<string, string> = {}) {
  const { url, away } = await openid.begin()
  return openid.finish(forger.authorize(url, forgery, over), away)
}

const soon = () => Math.floor(Date.now() / 1000)

describe('an ID token', () => {
  test('that is all it should be tells who signed in, by which claim, and how', async () => {
    expect(await signInWith({ claims: { acr: 'two', sid: 'sid-1' } })).toEqual({
      issuer: forger.issuer,
      subject: 's-1',
      username: 'lin',
      sid: 'sid-1',
      second: true,
    })
    expect(await signInWith({ claims: { acr: 'one', amr: ['pwd'], preferred_username: 7 } })).toEqual({
      issuer: forger.issuer,
      subject: 's-1',
      second: false,
    })
  })

  test.each<[string, Forgery]>([
    ['signed by a stranger', { stranger: true }],
    ['for another nonce', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another client', { claims: { aud: 'somebody-else' } }],
    ['that is over', { claims: { exp: soon() - 600, iat: soon() - 1200 } }],
    ['without a signature', { unsigned: true }],
    ['under a key nobody has', { header: { kid: 'k2' } }],
  ])('%s signs nobody in', async (_, forgery) => {
    await expect(signInWith(forgery)).rejects.toMatchObject({ code: 'openid-failed' })
  })

  test.each([
    ['no issuer', { iss: '' }],
    ['another state', { state: 'x' }],
  ])('is not even asked for when the answer names %s', async (_, over) => {
    await expect(signInWith({}, over)).rejects.toMatchObject({ code: 'openid-failed' })
  })
})

test('a provider that cannot be reached is said to be, and is asked again the next time', async () => {
  const down = createOpenIdProvider(
    { ...settings, proof: { secret: 'shared' }, issuer: 'http://127.0.0.1:9' },
    () => Promise.reject(new TypeError('fetch failed')),
    () => new Date(),
  )
  for (let at = 0; at < 2; at += 1) await expect(down.begin()).rejects.toMatchObject({ code: 'openid-unreachable' })
  expect(catalogue['openid-unreachable'].status).toBe(503)
})

describe('the key of the gateway as a client', () => {
  test('proves it to a real provider, as PEM or as JWK', async () => {
    const keyboard = { sub: 'sub-lin', username: 'lin' }
    const provider = await startIdentityProvider(settings.publicOrigin, keyboard)
    const { privateKey } = keyClient.pair
    const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'writ-1' })
    for (const text of [jwk, String(privateKey.export({ type: 'pkcs8', format: 'pem' }))]) {
      const proof = { privateKey: new Secret(text) }
      const config = { ...settings, issuer: provider.issuer, clientId: keyClient.id, proof }
      const { openid: byKey, stop } = openIdentityProvider(config, () => new Date())
      if (!byKey) throw new Error('no provider')
      const { url, away } = await byKey.begin()
      expect(await byKey.finish(await answerOf(provider.issuer, url), away)).toMatchObject({ username: 'lin' })
      await stop()
    }
    await provider.close()
  })

  test('of a kind nobody speaks is refused', async () => {
    const { privateKey } = generateKeyPairSync('x25519')
    const proof = { privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
    const odd = createOpenIdProvider({ ...settings, issuer: forger.issuer, proof }, fetch, () => new Date())
    await expect(odd.begin()).rejects.toMatchObject({ code: 'openid-unreachable' })
  })
})

/** Follows the provider's redirects up to the address it sends the browser back to. */
async function answerOf(issuer: string, url: string): Promise<string> {
  const desk = browse((path, init) => fetch(new URL(path, issuer), init), issuer)
  let location = url
  while (location.startsWith(issuer) || location.startsWith('/')) {
    const { pathname, search } = new URL(location, issuer)
    location = (await desk.get(pathname + search)).location ?? 'nowhere'
  }
  return new URL(location).search
}

describe('a logout token', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  let serial = 0
  const honest = () => {
    serial += 1
    const iat = soon()
    return { iss: forger.issuer, aud: 'writ', iat, exp: iat + 120, jti: `jti-${serial}`, events: event }
  }
  const tell = (token: string) =>
    edge.app.request('/sign-out/back-channel', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: token }).toString(),
    })
  const person = personWith('lin', '林书远', ['officer'], binhai)
  const sessions = async () => (await edge.opened.people.sessions(person.id, new Date())).map(({ id }) => id)
  beforeAll(() => seat(edge.opened, person))
  beforeEach(async () => {
    await edge.opened.store.note(({ roster }) => roster.endSessions({ person: person.id }, new Date()))
    for (const sid of ['one', 'two']) {
      serial += 1
      const over = { id: `${sid}-${serial}`, issuer: forger.issuer, subject: 's-1', sid }
      await signIn(edge.opened, person, `${sid}-${serial}`, { ...over, carrier: 'browser', method: 'openid' })
    }
  })

  test('ends the one session it names, or all of a subject, and each token once', async () => {
    const token = await forger.sign({ ...honest(), sid: 'one' }, { typ: 'logout+jwt' })
    expect((await tell(token)).status).toBe(200)
    expect(await sessions()).toEqual([expect.stringContaining('two')])
    expect(await codeOf(await tell(token))).toBe('400 logout-token-invalid')
    expect((await tell(await forger.sign({ ...honest(), sub: 's-1' }))).status).toBe(200)
    expect(await sessions()).toEqual([])
    // Of somebody who is not signed in here there is nothing to end, and that is well.
    expect((await tell(await forger.sign({ ...honest(), sub: 'unknown' }))).status).toBe(200)
  })

  test.each<[string, () => Promise<string>]>([
    ['signed by a stranger', () => forger.sign({ ...honest(), sub: 's-1' }, {}, true)],
    ['of another issuer', () => forger.sign({ ...honest(), sub: 's-1', iss: 'https://evil.example' })],
    ['for another client', () => forger.sign({ ...honest(), sub: 's-1', aud: 'other' })],
    ['that is over', () => forger.sign({ ...honest(), sub: 's-1', iat: soon() - 400, exp: soon() - 300 })],
    ['from long ago', () => forger.sign({ ...honest(), sub: 's-1', iat: soon() - 4000 })],
    ['without an end', () => forger.sign(without('exp', { ...honest(), sub: 's-1' }))],
    ['without a name of its own', () => forger.sign(without('jti', { ...honest(), sub: 's-1' }))],
    ['without its event', () => forger.sign({ ...honest(), sub: 's-1', events: {} })],
    ['with a nonce, so that it may be an ID token', () => forger.sign({ ...honest(), sub: 's-1', nonce: 'n' })],
    ['of another type', () => forger.sign({ ...honest(), sub: 's-1' }, { typ: 'at+jwt' })],
    ['that names nobody', () => forger.sign(honest())],
    ['that is none', async () => 'not.a.token'],
    ['without a signature', async () => unsigned({ ...honest(), sub: 's-1' })],
  ])('%s ends nothing', async (_, make) => {
    expect(await codeOf(await tell(await make()))).toBe('400 logout-token-invalid')
    expect(await sessions()).toHaveLength(2)
  })

  test('is not taken where no provider is configured', async () => {
    const alone = await openTestEdge()
    const body = { method: 'POST', body: new URLSearchParams({ logout_token: 'x' }) }
    expect((await alone.app.request('/sign-out/back-channel', body)).status).toBe(404)
    expect((await alone.app.request('/sign-out/front-channel')).status).toBe(404)
    await alone.close()
  })
})

const without = (name: string, claims: object) =>
  Object.fromEntries(Object.entries(claims).filter(([member]) => member !== name))
