import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { RegisteredRegistry } from '../../src/gateway/ports/reads.ts'
import type { Session } from '../../src/gateway/ports/roster.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { personWith, seat } from '../support/people.ts'
import { at, binhai, landBureau } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const lin = { ...personWith('officer-lin', '林某', ['officer'], binhai, '执行一团队'), username: 'lin' }
const meyer = { ...personWith('auditor-meyer', 'Meyer', ['auditor']), username: 'meyer' }
const land: RegisteredRegistry = {
  code: landBureau,
  name: '规划和自然资源局',
  adapter: 'land',
  assetClasses: ['land', 'real-estate'],
  measures: ['inquire', 'seal'],
  mode: 'push',
  origin: 'https://land.example',
  keys: [{ kid: 'k1', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' }, validFrom: at }],
  credential: { user: 'writ', passwordHash: 'scrypt$…' },
  respondWithinHours: 24,
  demo: false,
  state: 'live',
  registeredBy: 'operator',
}

const put = (registry: RegisteredRegistry) => opened.store.note(({ partners }) => partners.put(registry))
const burn = (code: string, jti: string, until: Date) => opened.usedOnce.burn(`registry:${code}`, jti, until)
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
const session: Session = {
  id: 's-1',
  person: lin.id,
  carrier: 'bearer',
  method: 'password',
  second: false,
  openedAt: at,
  seenAt: at,
  idleSeconds: 1800,
  expiresAt: later(7200),
}

test('people are found by name and id, with the roles that count now', async () => {
  await seat(opened, lin, at)
  await seat(opened, meyer, at)
  expect(await opened.people.all(at)).toEqual([lin, meyer])
  expect(await opened.people.byUsername('meyer', at)).toEqual(meyer)
  expect(await opened.people.byId('officer-lin', at)).toEqual(lin)
  expect(await opened.people.byId('officer-lin', later(31 * 86_400))).toEqual({ ...lin, holds: [] })
})

test('a role counts from its first moment to its end, and only while it is attested', async () => {
  const who = personWith('clerk', '某某', [])
  const grant = {
    person: who.id,
    role: 'notary',
    court: binhai,
    givenBy: 'operator',
    from: later(10),
    until: later(90),
  } as const
  await seat(opened, who, at)
  await opened.store.note(({ roster }) => roster.give({ ...grant, id: 'g-1', attestBy: later(50) }))
  const holdsAt = async (seconds: number) => (await opened.people.byId(who.id, later(seconds)))?.holds.length
  expect(await Promise.all([9, 10, 49, 50].map(holdsAt))).toEqual([0, 1, 1, 0])
  expect(await opened.store.note(({ roster }) => roster.attest('g-1', later(90)))).toBe(true)
  expect(await Promise.all([50, 89, 90].map(holdsAt))).toEqual([1, 1, 0])
  expect(await opened.store.note(({ roster }) => roster.endGrant('g-1', 'operator', later(60)))).toBe(true)
  expect(await opened.store.note(({ roster }) => roster.endGrant('g-1', 'operator', later(61)))).toBe(false)
  expect(await Promise.all([59, 60].map(holdsAt))).toEqual([1, 0])
})

test('a session is open until it is over, unused too long, or ended', async () => {
  await opened.store.note(({ roster }) => roster.openSession('hash', session))
  const openAt = async (seconds: number) => (await opened.people.signedIn('hash', 'bearer', later(seconds)))?.person.id
  expect(await openAt(1)).toBe(lin.id)
  expect(await opened.people.signedIn('hash', 'browser', later(1))).toBeUndefined()
  expect(await openAt(1801)).toBeUndefined()
  // Used in between, it stays open.
  expect([await openAt(1700), await openAt(3400), await openAt(5100)]).toEqual([lin.id, lin.id, lin.id])
  expect(await opened.people.sessions(lin.id, later(5101))).toMatchObject([{ id: 's-1', seenAt: later(5100) }])
  expect([await openAt(6800), await openAt(7200)]).toEqual([lin.id, undefined])
  expect(await opened.store.note(({ roster }) => roster.endSessions({ person: lin.id }, later(7000)))).toEqual(['s-1'])
  expect(await openAt(7001)).toBeUndefined()
})

test('a username names one person', async () => {
  const again = { id: 'somebody-else', username: 'lin', name: '别人' }
  expect(await opened.store.note(({ roster }) => roster.addPerson(again))).toBe(false)
})

test('a registry is kept whole, and its keys are ended, never forgotten', async () => {
  await put(land)
  expect(await opened.registries.all()).toEqual([land])
  const retired = { ...land.keys[0], kid: 'k1', jwk: { kty: 'OKP' }, validFrom: at, retiredAt: at, certificate: 'PEM' }
  const next = { kid: 'k2', jwk: { kty: 'OKP' }, validFrom: new Date(at.getTime() + 1) }
  await put({ ...land, keys: [retired, next] })
  const { certificate: _certificate, ...again } = retired
  await put({ ...land, keys: [again, next] })
  await put({ ...land, keys: [next] })
  expect((await opened.registries.all())[0]?.keys).toEqual([retired, next])
})

test('a certificate is retired by a date, and once revoked stays so, whatever an old file says', async () => {
  const bound = { ...land, code: 'land-120117' as RegistryCode }
  const first = { sha256: 'thumbprint-one', validFrom: at }
  const next = { sha256: 'thumbprint-two', validFrom: new Date(at.getTime() + 1) }
  const kept = async () => (await opened.registries.all()).find(({ code }) => code === bound.code)?.certificates
  await put(bound)
  expect(await kept()).toBeUndefined()
  await put({ ...bound, certificates: [first] })
  await put({
    ...bound,
    certificates: [
      { ...first, revokedAt: at },
      { ...next, retiredAt: at },
    ],
  })
  await put({ ...bound, certificates: [first, next] })
  await put(bound)
  expect(await kept()).toEqual([{ ...first, revokedAt: at }, next])
})

test('a registry that pulls has neither origin nor credential', async () => {
  const { origin: _origin, credential: _credential, ...rest } = land
  const bank: RegisteredRegistry = { ...rest, code: '105110037014' as RegistryCode, mode: 'pull', keys: [] }
  await put(bank)
  expect((await opened.registries.all()).find(({ code }) => code === bank.code)).toEqual(bank)
})

test('a partner token is used once, by whoever is first', async () => {
  const burnt = await Promise.all([1, 2, 3].map(() => burn(landBureau, 'jti-1', at)))
  expect(burnt.sort()).toEqual([false, false, true])
  expect(await burn('other', 'jti-1', at)).toBe(true)
})

test('what need not be remembered is forgotten, and nothing else', async () => {
  const soon = new Date(Date.now() + 60_000)
  await burn(landBureau, 'old', new Date(Date.now() - 2 * 86_400_000))
  await burn(landBureau, 'new', soon)
  await opened.sweep()
  expect(await burn(landBureau, 'old', soon)).toBe(true)
  expect(await burn(landBureau, 'new', soon)).toBe(false)
})
