import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { Person } from '../../src/domain/request.ts'
import type { RegisteredRegistry } from '../../src/gateway/ports/reads.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { at, binhai, landBureau } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

const lin: Person = { id: 'officer-lin', username: 'lin', name: '林某', court: binhai, roles: ['officer'] }
const meyer: Person = { id: 'auditor-meyer', username: 'meyer', name: 'Meyer', roles: ['auditor', 'notary'] }
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
}

test('people are found by name, id and living token', async () => {
  await opened.people.put(lin)
  await opened.people.put({ ...meyer, name: 'changed' })
  await opened.people.put(meyer)
  expect(await opened.people.all()).toEqual([lin, meyer])
  expect(await opened.people.byUsername('meyer')).toEqual(meyer)
  expect(await opened.people.byId('officer-lin')).toEqual(lin)
  await opened.people.giveToken('officer-lin', 'hash', new Date(at.getTime() + 1000))
  expect(await opened.people.byToken('hash', at)).toEqual(lin)
  expect(await opened.people.byToken('hash', new Date(at.getTime() + 1000))).toBeUndefined()
  expect(await opened.people.byToken('other', at)).toBeUndefined()
})

test('a username names one person', async () => {
  await expect(opened.people.put({ ...lin, id: 'somebody-else' })).rejects.toMatchObject({ sqlState: '23505' })
})

test('a registry is kept whole, and its keys are ended, never forgotten', async () => {
  await opened.registries.put(land)
  expect(await opened.registries.all()).toEqual([land])
  const retired = { ...land.keys[0], kid: 'k1', jwk: { kty: 'OKP' }, validFrom: at, retiredAt: at }
  const next = { kid: 'k2', jwk: { kty: 'OKP' }, validFrom: new Date(at.getTime() + 1) }
  await opened.registries.put({ ...land, keys: [retired, next] })
  await opened.registries.put({ ...land, keys: [next] })
  expect((await opened.registries.all())[0]?.keys).toEqual([retired, next])
})

test('a registry that pulls has neither origin nor credential', async () => {
  const { origin: _origin, credential: _credential, ...rest } = land
  const bank: RegisteredRegistry = { ...rest, code: '105110037014' as RegistryCode, mode: 'pull', keys: [] }
  await opened.registries.put(bank)
  expect((await opened.registries.all()).find(({ code }) => code === bank.code)).toEqual(bank)
})

test('a partner token is used once, by whoever is first', async () => {
  const burnt = await Promise.all([1, 2, 3].map(() => opened.registries.burn(landBureau, 'jti-1', at)))
  expect(burnt.sort()).toEqual([false, false, true])
  expect(await opened.registries.burn('other' as RegistryCode, 'jti-1', at)).toBe(true)
})

test('what need not be remembered is forgotten, and nothing else', async () => {
  const soon = new Date(Date.now() + 60_000)
  await opened.registries.burn(landBureau, 'old', new Date(Date.now() - 2 * 86_400_000))
  await opened.registries.burn(landBureau, 'new', soon)
  await opened.sweep()
  expect(await opened.registries.burn(landBureau, 'old', soon)).toBe(true)
  expect(await opened.registries.burn(landBureau, 'new', soon)).toBe(false)
})
