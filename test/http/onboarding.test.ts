import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operator } from '../../src/domain/person.ts'
import { attachConformance } from '../../src/gateway/partners/conform.ts'
import { addPartnerKey } from '../../src/gateway/partners/keys.ts'
import { newPartyKey, nowInSeconds, type PartyKey } from '../support/party-key.ts'
import { personWith, seat, signIn } from '../support/people.ts'
import { codeOf, openCase, read, submitted, type TestCase } from './case.ts'
import { landBureau, openTestEdge, type Staff, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
})
afterAll(() => edge.close())

type View = { state: { code: string }; keys: { kid: string; nonce?: string; provedAt?: string }[] }
type Registry = { code: string; key: PartyKey; file: object }

let serial = 0

/** A registry of the native protocol that nobody knows yet. */
async function stranger(over: object = {}): Promise<Registry> {
  serial += 1
  const key = await newPartyKey()
  const code = `land-${serial}`
  const file = {
    code,
    name: '新设土地登记机构',
    adapter: 'land',
    mode: 'pull',
    assetClasses: ['land'],
    measures: ['inquire', 'seal', 'release'],
    keys: [{ jwk: key.jwk }],
    ...over,
  }
  return { code, key, file }
}

const admin = (method: string, path: string, body?: unknown, who: Staff = 'systemAdminXu') =>
  edge.call(who, method, `/admin/v1${path}`, body)
const register = async ({ file }: Registry) => read<View>(await admin('POST', '/partners', file), 201)
const stateOf = async (code: string) => (await edge.opened.registries.find(code))?.state

const tokenOf = ({ code, key }: Pick<Registry, 'code' | 'key'>) => {
  const iat = nowInSeconds()
  const claims = { iss: code, aud: edge.gateway.gatewayId, iat, exp: iat + 55, jti: newId() }
  return key.sign('writ-partner+jwt', claims)
}
const as = async (registry: Pick<Registry, 'code' | 'key'>, method: string, path: string, body?: string) =>
  edge.app.request(`/partner/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${await tokenOf(registry)}`, 'Content-Type': 'application/jose' },
    ...(body !== undefined && { body }),
  })

/** Proves a key; the call itself is under `by`, which is mostly the same key. */
async function prove(registry: Registry, nonce = '', { key = registry.key, by = registry.key, over = {} } = {}) {
  const claims = { iss: registry.code, aud: edge.gateway.gatewayId, nonce, iat: nowInSeconds(), jti: newId(), ...over }
  return as({ code: registry.code, key: by }, 'POST', '/possession', await key.sign('writ-possession+jws', claims))
}

const report = ({ code, key }: Registry, over: object = {}) => ({
  protocol: 'writ-partner/1',
  registry: code,
  keys: [key.kid],
  at: new Date().toISOString(),
  results: [
    { section: '1', title: 'one delivery, one effect', outcome: 'ok', detail: '' },
    { section: '10.4', title: 'a sealed receipt', outcome: 'not-shown', detail: '' },
  ],
  ...over,
})
const attach = (registry: Registry, over: object = {}) =>
  admin('PUT', `/partners/${registry.code}/conformance`, report(registry, over))

async function proved(over: object = {}): Promise<Registry> {
  const registry = await stranger(over)
  const { keys } = await register(registry)
  await read(await prove(registry, keys[0]?.nonce), 200)
  return registry
}
const asked = async (code: string) =>
  (await read<{ consent: string }>(await admin('POST', `/partners/${code}/admission`), 202)).consent
const decide = (id: string, decision = 'allowed', who: Staff = 'securityAdminAn') =>
  admin('POST', `/consents/${id}`, { decision }, who)
async function live(over: object = {}): Promise<Registry> {
  const registry = await proved(over)
  await read(await attach(registry), 200)
  await read(await decide(await asked(registry.code)), 200)
  return registry
}
const asksIt = (code: string) => submitted(edge, { ...known.inquiry, registries: [code] })

describe('a registry on its way in', () => {
  test('goes it step by step, and nothing of it is open before', async () => {
    const registry = await stranger()
    const { code } = registry
    const view = await register(registry)
    expect(view.state.code).toBe('registered')
    const shut = async () => [
      await codeOf(await as(registry, 'GET', '/deliveries')),
      await codeOf(await asksIt(code)),
      await codeOf(await admin('POST', `/partners/${code}/admission`)),
    ]
    expect(await shut()).toEqual(['401 token-invalid', '409 registry-not-live', '409 partner-out-of-order'])
    const answer = await read(await prove(registry, view.keys[0]?.nonce), 200)
    expect(answer).toEqual({ state: 'possession-proved', proved: [registry.key.kid], waiting: [] })
    expect(await shut()).toEqual(['403 partner-not-live', '409 registry-not-live', '409 partner-out-of-order'])
    await read(await attach(registry), 200)
    expect(await shut()).toEqual([
      '403 partner-not-live',
      '409 registry-not-live',
      expect.stringContaining('undefined'),
    ])
    expect(await codeOf(await admin('POST', `/partners/${code}/admission`))).toBe('409 consent-waiting')
    const [waiting] = await edge.gateway.reads.consents({
      ...{ kind: 'partner.admit', waiting: true, about: code, limit: 1 },
    })
    const consent = waiting?.id ?? ''
    expect(await stateOf(code)).toBe('conformant')
    await read(await decide(consent), 200)
    expect((await as(registry, 'GET', '/deliveries')).status).toBe(200)
    expect((await asksIt(code)).status).toBe(202)
    const entries = await edge.gateway.reads.entries({ registry: code, kind: 'registry.changed', limit: 20 })
    const told = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ about }) => about)
    expect(told).toEqual(['registered', 'possession-proved', 'conformant', 'live'])
  })

  test('is registered by a system administrator and let in by a security administrator, and by nobody else', async () => {
    const registry = await stranger()
    for (const who of ['securityAdminAn', 'officerLin', 'auditorMei'] as const)
      expect(await codeOf(await admin('POST', '/partners', registry.file, who))).toBe('403 role-missing')
    const ready = await proved()
    await read(await attach(ready), 200)
    const consent = await asked(ready.code)
    for (const who of ['systemAdminXu', 'officerLin'] as const)
      expect(await codeOf(await decide(consent, 'allowed', who))).toBe('403 role-missing')
    const waiting = await read<{ consents: { id: string; about: string; asked: object }[] }>(
      await admin('GET', '/consents', undefined, 'securityAdminAn'),
      200,
    )
    const one = waiting.consents.find(({ id }) => id === consent)
    expect(one).toMatchObject({ about: ready.code, asked: { keys: [ready.key.kid], mode: 'pull' } })
    await read(await decide(consent, 'refused'), 200)
    expect(await stateOf(ready.code)).toBe('conformant')
    expect(await codeOf(await decide(consent))).toBe('409 consent-decided')
    expect(await codeOf(await decide(newId()))).toBe('404 consent-unknown')
  })

  test('is not let in by whoever registered or asked, whatever they are by now', async () => {
    const both = {
      ...personWith(newId(), '双岗', ['system-administrator', 'security-administrator']),
      username: 'both',
    }
    await seat(edge.opened, both)
    await signIn(edge.opened, both, 'token-of-both')
    const headers = { Authorization: 'Bearer token-of-both' }
    const call = (method: string, path: string, body?: unknown) =>
      edge.call(undefined, method, `/admin/v1${path}`, body, headers)
    const registry = await stranger()
    const { keys } = await read<View>(await call('POST', '/partners', registry.file), 201)
    await read(await prove(registry, keys[0]?.nonce), 200)
    await read(await attach(registry), 200)
    const asksHerself = await read<{ consent: string }>(await call('POST', `/partners/${registry.code}/admission`), 202)
    expect(await codeOf(await call('POST', `/partners/${registry.code}/admission`))).toBe('409 consent-waiting')
    const herself = (id: string) => call('POST', `/consents/${id}`, { decision: 'allowed' })
    expect(await codeOf(await herself(asksHerself.consent))).toBe('403 consent-by-asker')
    await read(await decide(asksHerself.consent, 'refused'), 200)
    const other = await asked(registry.code)
    expect(await codeOf(await herself(other))).toBe('403 consent-by-asker')
    await read(await decide(other), 200)
  })

  test('that changed after it was asked for is not let in', async () => {
    const registry = await proved()
    await read(await attach(registry), 200)
    const consent = await asked(registry.code)
    await read(await attach(registry, { seconds: 2 }), 200)
    expect(await codeOf(await decide(consent))).toBe('409 partner-changed')
    await read(await decide(await asked(registry.code)), 200)
    expect(await codeOf(await decide(consent))).toBe('409 partner-live-already')
  })

  test('may begin anew before it is live, with the same key, which it proves again', async () => {
    const registry = await proved()
    const view = await register({ ...registry, file: { ...registry.file, name: '更名后的登记机构' } })
    expect(view).toMatchObject({ state: { code: 'registered' }, keys: [{ kid: registry.key.kid }] })
    expect(view.keys[0]?.provedAt).toBeUndefined()
    const other = await newPartyKey()
    const borrowed = { ...registry.file, keys: [{ jwk: { ...other.jwk, kid: registry.key.kid } }] }
    expect(await codeOf(await admin('POST', '/partners', borrowed))).toBe('409 key-registered')
  })

  test('that could never prove anything is not registered', async () => {
    const keyless = await stranger({ keys: [] })
    expect(await codeOf(await admin('POST', '/partners', keyless.file))).toBe('422 partner-without-proof')
    const bank = await stranger({ adapter: 'bank', assetClasses: ['deposit'] })
    expect(await codeOf(await admin('POST', '/partners', bank.file))).toBe('422 partner-without-proof')
    expect(await codeOf(await admin('POST', '/partners', { ...keyless.file, mode: 'fax' }))).toBe('422 invalid-body')
    const elsewhere = await stranger({ mode: 'push', origin: 'https://169.254.169.254' })
    expect(await codeOf(await admin('POST', '/partners', elsewhere.file))).toBe('422 partner-address')
    expect(await codeOf(await admin('GET', '/partners/x/admission'))).toBe('405 method-not-allowed')
  })
})

describe('the proof of a key', () => {
  test.each([
    [
      'under another key',
      async (one: Registry) => ({ key: await newPartyKey(), by: one.key }),
      '401 possession-unproved',
    ],
    ['for another gateway', async () => ({ over: { aud: 'gw.other' } }), '401 possession-unproved'],
    ['in another’s name', async () => ({ over: { iss: landBureau } }), '401 possession-unproved'],
    ['from the future', async () => ({ over: { iat: nowInSeconds() + 3600 } }), '401 possession-unproved'],
    ['of another nonce', async () => ({ over: { nonce: 'A'.repeat(43) } }), '401 possession-nonce'],
  ])('%s proves nothing', async (_what, how, code) => {
    const registry = await stranger()
    const { keys } = await register(registry)
    expect(await codeOf(await prove(registry, keys[0]?.nonce, await how(registry)))).toBe(code)
    expect(await stateOf(registry.code)).toBe('registered')
  })

  test('is asked for each key, and once', async () => {
    const second = await newPartyKey()
    const registry = await stranger()
    const file = { ...registry.file, keys: [{ jwk: registry.key.jwk }, { jwk: second.jwk }] }
    const { keys } = await register({ ...registry, file })
    const nonce = keys[0]?.nonce
    expect(await read(await prove(registry, nonce), 200)).toMatchObject({ state: 'registered', waiting: [second.kid] })
    expect(await read(await prove(registry, nonce), 200)).toMatchObject({ proved: [registry.key.kid] })
    const both = await read(await prove(registry, keys[1]?.nonce, { key: second, by: second }), 200)
    expect(both).toMatchObject({ state: 'possession-proved', waiting: [] })
    const proofs = await edge.gateway.reads.entries({ registry: registry.code, kind: 'key.created', limit: 9 })
    expect(proofs.map(({ about }) => about).toSorted()).toEqual([registry.key.kid, second.kid].toSorted())
  })

  test('of a registry nobody registered, or by a token that was used, is not heard', async () => {
    const registry = await stranger()
    expect(await codeOf(await prove(registry))).toBe('401 token-invalid')
    await register(registry)
    const token = await tokenOf(registry)
    const post = () =>
      edge.app.request('/partner/v1/possession', {
        method: 'POST',
        body: 'x',
        headers: { Authorization: `Bearer ${token}` },
      })
    expect(await codeOf(await post())).toBe('401 possession-unproved')
    expect(await codeOf(await post())).toBe('401 partner-token-replayed')
  })

  test('of a dialect is its first sign-in, which finds nothing to fetch yet', async () => {
    const registry = await stranger({
      adapter: 'real-estate',
      assetClasses: ['real-estate'],
      keys: [],
      credential: { user: 'centre', password: 'the centre comes for its own' },
    })
    await register(registry)
    const calls = async (path: string, head: object, data: object) => {
      const body = new URLSearchParams({ gxData: JSON.stringify({ head: { xzqdm: '120116', ...head }, data }) })
      const answer = await edge.app.request(`/adapters/${registry.code}/api/v1/bdc/${path}`, { method: 'POST', body })
      return (await answer.json()) as { head: { code: string }; data?: { token?: string } }
    }
    const signsIn = (mm: string) => calls('token', {}, { yhm: 'centre', mm })
    await signsIn('somebody else’s word')
    expect(await stateOf(registry.code)).toBe('registered')
    const { data } = await signsIn('the centre comes for its own')
    expect(await stateOf(registry.code)).toBe('possession-proved')
    const nothing = await calls('query/receive/apply', { token: data?.token }, {})
    expect(nothing.head.code).toBe('0000')
    await signsIn('the centre comes for its own')
    const entries = await edge.gateway.reads.entries({ registry: registry.code, limit: 9 })
    expect(entries.map(({ about }) => about)).toEqual(['possession-proved', 'registered'])
  })
})

describe('the report of a conformance run', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const bad = { title: 'one delivery, one effect', outcome: 'failed' }

  test.each([
    ['of another registry', { registry: landBureau }, '422 conformance-other-registry'],
    ['of other keys', { keys: ['somebody-else'] }, '422 conformance-other-registry'],
    ['of another protocol', { protocol: 'writ-partner/0' }, '422 conformance-other-protocol'],
    ['with a failed check', { results: [bad] }, '422 conformance-failed'],
    ['that shows nothing', { results: [{ ...bad, outcome: 'not-shown' }] }, '422 conformance-failed'],
    ['of a month and a day ago', { at: daysAgo(31) }, '409 conformance-too-old'],
    ['of tomorrow', { at: daysAgo(-1) }, '409 conformance-too-old'],
    ['that is none', { results: 'green' }, '422 conformance-malformed'],
  ])('%s lets nobody in', async (_what, over, code) => {
    const registry = await proved()
    expect(await codeOf(await attach(registry, over))).toBe(code)
    expect(await stateOf(registry.code)).toBe('possession-proved')
  })

  test('is kept whole, under the digest that is consented to', async () => {
    const registry = await proved()
    const { sha256 } = await read<{ sha256: string }>(await attach(registry), 200)
    const [entry] = await edge.gateway.reads.entries({ registry: registry.code, kind: 'registry.changed', limit: 1 })
    const opened = await edge.gateway.reads.opening(entry?.id ?? '')
    expect(JSON.parse(Buffer.from(opened?.bytes ?? '').toString())).toMatchObject({ registry: registry.code })
    expect((await edge.opened.registries.find(registry.code))?.conformance?.sha256).toBe(sha256)
  })

  test('is nobody’s who is not there, nor of one who proved nothing', async () => {
    const registry = await stranger()
    expect(await codeOf(await attach(registry))).toBe('404 partner-unknown')
    await register(registry)
    expect(await codeOf(await attach(registry))).toBe('409 partner-out-of-order')
    const words = await attachConformance(edge.gateway, operator, registry.code, Buffer.from('words'))
    expect(words).toMatchObject({ code: 'conformance-malformed' })
  })
})

describe('a registry that is suspended', () => {
  test('is shut out at once, and comes back by a second person’s word', async () => {
    const registry = await live()
    const { code } = registry
    await read(await asksIt(code), 202)
    await read(await admin('POST', `/partners/${code}/suspension`, undefined, 'securityAdminAn'), 200)
    expect(await codeOf(await as(registry, 'GET', '/deliveries'))).toBe('403 partner-suspended')
    expect(await codeOf(await as(registry, 'POST', '/statements', 'x'))).toBe('403 partner-suspended')
    expect(await codeOf(await asksIt(code))).toBe('409 registry-not-live')
    expect(await codeOf(await admin('POST', `/partners/${code}/suspension`))).toBe('409 partner-out-of-order')
    await read(await decide(await asked(code)), 200)
    // What was asked before it was shut out is still there for it.
    expect(await read<object[]>(await as(registry, 'GET', '/deliveries'), 200)).toHaveLength(1)
  })

  test('is not registered over while it is live', async () => {
    const registry = await live()
    expect(await codeOf(await admin('POST', '/partners', registry.file))).toBe('409 partner-out-of-order')
    await admin('POST', `/partners/${registry.code}/suspension`)
    expect((await register(registry)).state.code).toBe('registered')
    expect(await codeOf(await as(registry, 'GET', '/deliveries'))).toBe('401 token-invalid')
  })
})

describe('the keys of a live registry', () => {
  const add = (code: string, key: PartyKey) => admin('POST', `/partners/${code}/keys`, { jwk: key.jwk })
  const end = (code: string, kid: string, way: 'retirement' | 'revocation') =>
    admin('POST', `/partners/${code}/keys/${kid}/${way}`)

  test('are rotated with overlap, and each change is an entry', async () => {
    const registry = await live()
    const { code, key: old } = registry
    const next = await newPartyKey('ES256')
    const { nonce } = await read<{ nonce: string }>(await add(code, next), 201)
    expect(await codeOf(await as({ code, key: next }, 'GET', '/deliveries'))).toBe('401 token-invalid')
    expect(await codeOf(await end(code, old.kid, 'retirement'))).toBe('409 key-last')
    await read(await prove(registry, nonce, { key: next, by: old }), 200)
    for (const key of [old, next]) expect((await as({ code, key }, 'GET', '/deliveries')).status).toBe(200)
    await read(await end(code, old.kid, 'retirement'), 200)
    for (const key of [old, next]) expect((await as({ code, key }, 'GET', '/deliveries')).status).toBe(200)
    await read(await end(code, old.kid, 'revocation'), 200)
    expect(await codeOf(await as({ code, key: old }, 'GET', '/deliveries'))).toBe('401 token-invalid')
    expect(await codeOf(await end(code, old.kid, 'revocation'))).toBe('409 key-ended')
    expect(await codeOf(await end(code, 'no-such-key', 'revocation'))).toBe('404 key-not-there')
    const entries = await edge.gateway.reads.entries({ about: old.kid, limit: 9 })
    expect(entries.map(({ kind }) => kind)).toEqual(['key.revoked', 'key.retired', 'key.created'])
  })

  test('are vouched for: whoever can register a key cannot speak for the registry by it', async () => {
    const registry = await live()
    const enemy = await newPartyKey()
    const { nonce } = await read<{ nonce: string }>(await add(registry.code, enemy), 201)
    const selfMade = { key: enemy, by: enemy }
    expect(await codeOf(await prove(registry, nonce, selfMade))).toBe('403 possession-unvouched')
    await admin('POST', `/partners/${registry.code}/suspension`)
    expect(await codeOf(await prove(registry, nonce, selfMade))).toBe('403 possession-unvouched')
  })

  test('get a newer certificate without becoming new keys', async () => {
    const registry = await live()
    const renewed = await addPartnerKey(edge.gateway, operator, registry.code, {
      ...{ kid: registry.key.kid, jwk: registry.key.jwk, validFrom: new Date() },
      certificate: 'a newer PEM',
    })
    expect(renewed.kind === 'changed' && renewed.registry.keys).toMatchObject([
      { kid: registry.key.kid, certificate: 'a newer PEM', provedAt: expect.any(Date) },
    ])
  })

  test('once ended are never proved again', async () => {
    const registry = await live()
    const next = await newPartyKey()
    const { nonce } = await read<{ nonce: string }>(await add(registry.code, next), 201)
    await read(await end(registry.code, next.kid, 'revocation'), 200)
    expect(await codeOf(await prove(registry, nonce, { key: next, by: registry.key }))).toBe('401 possession-unproved')
    expect(await codeOf(await add(registry.code, next))).toBe('409 key-registered')
  })
})

describe('the list of registries', () => {
  test('is for administrators, and says where each stands', async () => {
    const { partners } = await read<{ partners: { code: string; state: { zh: string } }[] }>(
      await admin('GET', '/partners', undefined, 'securityAdminAn'),
      200,
    )
    expect(partners.find(({ code }) => code === landBureau)?.state.zh).toBe('已上线')
    expect(await codeOf(await admin('GET', '/partners', undefined, 'officerLin'))).toBe('403 role-missing')
  })
})

describe('the courts’ systems', () => {
  test('are registered by a system administrator, with keys that are rotated', async () => {
    const [key, next] = [await newPartyKey(), await newPartyKey()]
    const file = { id: 'anjian-jin', court: '津0116', name: '案件系统', kind: 'case-system', keys: [{ jwk: key.jwk }] }
    expect(await codeOf(await admin('POST', '/clients', file, 'securityAdminAn'))).toBe('403 role-missing')
    await read(await admin('POST', '/clients', file), 201)
    expect(await codeOf(await admin('POST', '/clients', file))).toBe('409 client-exists')
    expect(await codeOf(await admin('POST', '/clients', { ...file, id: 'X' }))).toBe('422 client-id-malformed')
    expect(await codeOf(await admin('POST', '/clients', { ...file, court: '津9999' }))).toBe('422 court-unknown')
    await read(await admin('POST', '/clients/anjian-jin/keys', { jwk: next.jwk }), 201)
    await read(await admin('POST', `/clients/anjian-jin/keys/${key.kid}/retirement`), 200)
    await read(await admin('POST', `/clients/anjian-jin/keys/${key.kid}/revocation`), 200)
    await read(await admin('PUT', '/clients/anjian-jin/state', { state: 'suspended' }), 200)
    expect(await codeOf(await admin('PUT', '/clients/nobody/state', { state: 'active' }))).toBe('404 client-not-there')
    const { clients } = await read<{ clients: object[] }>(
      await admin('GET', '/clients', undefined, 'securityAdminAn'),
      200,
    )
    expect(clients).toMatchObject([
      {
        id: 'anjian-jin',
        state: 'suspended',
        keys: [{ kid: key.kid, revokedAt: expect.anything() }, { kid: next.kid }],
      },
    ])
    const entries = await edge.gateway.reads.entries({ kind: 'client.changed', about: 'anjian-jin', limit: 9 })
    expect(entries.map(({ person }) => person)).toEqual([
      edge.person('systemAdminXu')?.id,
      edge.person('systemAdminXu')?.id,
    ])
  })
})
