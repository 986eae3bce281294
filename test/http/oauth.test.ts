import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operator } from '../../src/domain/person.ts'
import { addClientKey, retireClientKey, revokeClientKey, setClientState } from '../../src/gateway/clients/register.ts'
import { refusalEntriesCap } from '../../src/gateway/clients/sign-in.ts'
import { assertionSeconds, tokenEndpointOf } from '../../src/signing/client-assertion.ts'
import { sure } from '../support/court.ts'
import { newPartyKey, nowInSeconds } from '../support/party-key.ts'
import { codeOf, read } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'
import { openSystem, saidOf, type TestSystem } from './system.ts'

let edge: TestEdge
let system: TestSystem

beforeAll(async () => {
  edge = await openTestEdge()
  system = await openSystem(edge)
})
afterAll(() => edge.close())

const entriesOf = (kind: 'client.refused' | 'client.signed-in', { id }: Pick<TestSystem, 'id'>) =>
  edge.gateway.reads.entries({ kind, person: `client:${id}`, limit: 200 })
const days = (count: number) => new Date(Date.now() + count * 86_400_000)

describe('a system that proves itself', () => {
  test('gets a token for ten minutes, and an entry says so', async () => {
    const answer = await read(await system.ask(await system.assertion()), 200)
    expect(answer).toEqual({ access_token: expect.stringMatching(/^writ_/), token_type: 'Bearer', expires_in: 600 })
    const [entry] = await entriesOf('client.signed-in', system)
    expect(entry).toMatchObject({ about: system.key.kid, court: '津0116' })
    expect(Buffer.from(entry?.leaf ?? '').toString()).not.toContain(String(answer.access_token))
  })

  test.each([
    ['the gateway’s own id', () => edge.gateway.gatewayId, 'JWT'],
    ['the token endpoint', () => tokenEndpointOf(edge.gateway.gatewayId), 'JWT'],
    [
      'the token endpoint, typed as the newest drafts say',
      () => tokenEndpointOf(edge.gateway.gatewayId),
      'client-authentication+jwt',
    ],
    ['the token endpoint, untyped as most libraries write', () => tokenEndpointOf(edge.gateway.gatewayId), undefined],
  ])('may address %s', async (_what, aud, typ) => {
    expect((await system.ask(await system.assertion({ aud: aud() }, system.key, typ))).status).toBe(200)
  })

  test('may sign with ES256, and may say who it is twice', async () => {
    const key = await newPartyKey('ES256')
    sure(await addClientKey(edge.gateway, operator, system.id, { kid: key.kid, jwk: key.jwk, validFrom: new Date() }))
    const answer = await system.ask(await system.assertion({}, key), { client_id: system.id })
    expect(answer.status).toBe(200)
  })
})

describe('an assertion that proves nothing', () => {
  const iat = nowInSeconds()
  const invalid = '401 client-assertion-invalid'
  const expired = '401 client-assertion-expired'

  test.each([
    ['for another gateway', { aud: 'gw.other.writ' }, invalid],
    ['for nobody', { aud: '' }, invalid],
    ['for several', { aud: ['gw.test.writ'] }, invalid],
    ['in another’s name', { iss: 'anjian-999' }, invalid],
    ['about another', { sub: 'anjian-999' }, invalid],
    ['from the future', { iat: iat + 3600, exp: iat + 3660 }, invalid],
    ['not yet good', { nbf: iat + 3600 }, invalid],
    ['without a name of its own', { jti: undefined }, invalid],
    ['that lives too long', { exp: iat + assertionSeconds + 60 }, expired],
    ['that is over', { iat: iat - 3600, exp: iat - 3500 }, expired],
  ])('%s', async (_what, claims, code) => {
    const answer = await system.ask(await system.assertion(claims))
    const problem = await read(answer.clone(), 401)
    expect(problem).toMatchObject({ error: 'invalid_client', status: 401 })
    expect(await codeOf(answer)).toBe(code)
  })

  test('under a key nobody registered, one of another system, or in another’s name', async () => {
    const stranger = await newPartyKey()
    const other = await openSystem(edge)
    for (const key of [stranger, other.key])
      expect(await codeOf(await system.ask(await system.assertion({}, key)))).toBe(invalid)
    const borrowed = await system.assertion({}, stranger, 'JWT', { kid: system.key.kid })
    expect(await codeOf(await system.ask(borrowed))).toBe(invalid)
  })

  test('under an algorithm that is not the key’s, or none at all', async () => {
    const es256 = await newPartyKey('ES256')
    const swapped = await system.assertion({}, es256, 'JWT', { kid: system.key.kid })
    const [, body = '', signature = ''] = (await system.assertion()).split('.')
    const head = Buffer.from(JSON.stringify({ alg: 'none', kid: system.key.kid, typ: 'JWT' })).toString('base64url')
    for (const text of [swapped, `${head}.${body}.${signature}`, 'no JWT'])
      expect(await codeOf(await system.ask(text))).toBe(invalid)
  })

  test('typed as another message of ours', async () => {
    expect(await codeOf(await system.ask(await system.assertion({}, system.key, 'writ-case+jws')))).toBe(invalid)
  })

  test('of a system nobody registered, which nobody counts', async () => {
    const stranger = await newPartyKey()
    const claims = { iss: 'anjian-unknown', sub: 'anjian-unknown' }
    expect(await codeOf(await system.ask(await system.assertion(claims, stranger)))).toBe(invalid)
    expect(await entriesOf('client.refused', { id: 'anjian-unknown' })).toEqual([])
  })

  test.each([
    ['another grant', { grant_type: 'password' }, '400 grant-type-unsupported', 'unsupported_grant_type'],
    ['another way to prove oneself', { client_assertion_type: 'x' }, '400 token-request-malformed', 'invalid_request'],
    ['another name beside it', { client_id: 'anjian-999' }, invalid, 'invalid_client'],
  ])('with %s', async (_what, more, code, error) => {
    const answer = await system.ask(await system.assertion(), more)
    expect(await answer.clone().json()).toMatchObject({ error })
    expect(await codeOf(answer)).toBe(code)
  })

  test('is no form at all, or one with something missing', async () => {
    const post = (body: string | URLSearchParams) => edge.app.request('/oauth/token', { method: 'POST', body })
    expect(await codeOf(await post('{}'))).toBe('415 media-type-unsupported')
    const part = await post(new URLSearchParams({ grant_type: 'client_credentials' }))
    expect(await part.clone().json()).toMatchObject({ error: 'invalid_request' })
    expect(await codeOf(part)).toBe('400 token-request-malformed')
  })
})

describe('an assertion that was used', () => {
  test('opens nothing any more, however often it is shown, at whichever process', async () => {
    const mine = await openSystem(edge)
    const assertion = await mine.assertion()
    const first = await Promise.all([1, 2, 3].map(() => mine.ask(assertion)))
    expect(first.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
    for (let more = 0; more < 30; more += 1)
      expect(await codeOf(await mine.ask(assertion))).toBe('401 client-assertion-replayed')
    expect(await entriesOf('client.refused', mine)).toHaveLength(refusalEntriesCap)
    expect(await edge.opened.clients.refusedSince(mine.id, days(-1))).toBe(32)
    // The flood is of this system alone, and shuts nobody out.
    expect((await system.ask(await system.assertion())).status).toBe(200)
    expect((await mine.ask(await mine.assertion())).status).toBe(200)
  })

  test('may be used by another system that happens to give the same name', async () => {
    const [one, other] = [await openSystem(edge), await openSystem(edge)]
    const named = { jti: 'the same name' }
    expect((await one.ask(await one.assertion(named))).status).toBe(200)
    expect((await other.ask(await other.assertion(named))).status).toBe(200)
  })
})

describe('what was ended counts for nothing a moment later', () => {
  test('a revoked key, and the token it got', async () => {
    const mine = await openSystem(edge)
    const token = await mine.token()
    sure(await revokeClientKey(edge.gateway, operator, mine.id, mine.key.kid))
    expect(await codeOf(await mine.ask(await mine.assertion()))).toBe('401 client-assertion-invalid')
    expect(await codeOf(await mine.bring('x', token))).toBe('401 client-key-ended')
    const [entry] = await edge.gateway.reads.entries({ kind: 'key.revoked', about: mine.key.kid, limit: 1 })
    expect(entry?.person).toBe('operator')
  })

  test('a retired key counts for a week, and beside its successor', async () => {
    const mine = await openSystem(edge)
    const next = await newPartyKey()
    expect(await retireClientKey(edge.gateway, operator, mine.id, mine.key.kid)).toMatchObject({ code: 'key-last' })
    sure(await addClientKey(edge.gateway, operator, mine.id, { kid: next.kid, jwk: next.jwk, validFrom: days(-1) }))
    sure(await retireClientKey(edge.gateway, operator, mine.id, mine.key.kid))
    for (const key of [mine.key, next]) expect((await mine.ask(await mine.assertion({}, key))).status).toBe(200)
  })

  test('a suspended system, until it is let in again', async () => {
    const mine = await openSystem(edge)
    const token = await mine.token()
    sure(await setClientState(edge.gateway, operator, mine.id, 'suspended'))
    const refused = await mine.ask(await mine.assertion())
    expect(await refused.clone().json()).toMatchObject({ error: 'unauthorized_client' })
    expect(await codeOf(refused)).toBe('403 client-suspended')
    expect(await codeOf(await mine.bring('x', token))).toBe('403 client-suspended')
    sure(await setClientState(edge.gateway, operator, mine.id, 'active'))
    expect(await codeOf(await mine.bring('x', token))).toBe('422 signed-case-malformed')
  })

  test('a token is nobody else’s, and no person’s', async () => {
    const token = await system.token()
    const headers = { Authorization: `Bearer ${token}` }
    expect(await codeOf(await edge.call(undefined, 'GET', '/v1/cases', undefined, headers))).toBe('401 token-invalid')
    expect(await codeOf(await system.bring('x', 'token-of-officerLin'))).toBe('401 token-invalid')
  })
})

describe('a client certificate', () => {
  const [one, other] = ['A'.repeat(43), 'B'.repeat(43)]
  const with_ = (sha256: string) => ({ 'x-certificate-of-the-test': sha256 })

  test('binds the token it came with: each use must come with the same', async () => {
    const mine = await openSystem(edge)
    const token = await mine.token(with_(one))
    const jws = await mine.key.sign('writ-case+jws', saidOf(mine, edge))
    expect(await codeOf(await mine.bring(jws, token))).toBe('401 client-certificate-wrong')
    expect(await codeOf(await mine.bring(jws, token, with_(other)))).toBe('401 client-certificate-wrong')
    expect((await mine.bring(jws, token, with_(one))).status).toBe(200)
    // A token that was got without one is a token; whoever wants more registers the certificate.
    expect((await mine.bring(jws, await mine.token())).status).toBe(200)
  })

  test('once registered is asked for, before the assertion is burnt', async () => {
    const mine = await openSystem(edge, { certificateSha256s: [one] })
    const assertion = await mine.assertion()
    expect(await codeOf(await mine.ask(assertion))).toBe('401 client-certificate-wrong')
    expect(await codeOf(await mine.ask(assertion, {}, with_(other)))).toBe('401 client-certificate-wrong')
    expect((await mine.ask(assertion, {}, with_(one))).status).toBe(200)
  })
})
