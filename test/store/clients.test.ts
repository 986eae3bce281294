import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClientId } from '../../src/domain/client.ts'
import type { CourtCode } from '../../src/domain/court.ts'
import type { Client } from '../../src/gateway/ports/clients.ts'
import { type OpenStore, secretsOf, storeOn } from '../../src/store/open.ts'
import { openPostgresql } from '../../src/store/postgresql.ts'
import { openTestStore, type TestStore, testSecrets } from '../support/database.ts'

let opened: TestStore
/** A second handle on the same database: another process of the installation, where the engine has room for one. */
let second: OpenStore

beforeAll(async () => {
  opened = await openTestStore()
  const database = opened.url ? await openPostgresql(opened.url) : { ...opened.database, close: async () => {} }
  second = await storeOn(database, secretsOf(testSecrets), () => new Date())
})
afterAll(async () => {
  await second.close()
  await opened.close()
})

const at = new Date('2026-06-03T09:00:00+08:00')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
const key = { kid: 'k1', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' }, validFrom: at }
const system: Client = {
  id: 'anjian-1' as ClientId,
  court: '津0116' as CourtCode,
  name: '案件管理系统',
  kind: 'case-system',
  state: 'active',
  keys: [key],
  certificates: [{ sha256: 'A'.repeat(43), validFrom: at }],
}
const put = (client: Client) => opened.store.note(({ clients }) => clients.put(client))

test('a system is kept whole; its keys and certificates are ended, never forgotten', async () => {
  await put(system)
  expect(await opened.clients.all()).toEqual([system])
  const next = { ...key, kid: 'k2', validFrom: later(1) }
  await put({ ...system, state: 'suspended', keys: [{ ...key, retiredAt: at }, next] })
  await put({ ...system, keys: [next], certificates: [] })
  const kept = await second.clients.find(system.id)
  expect(kept?.keys).toEqual([{ ...key, retiredAt: at }, next])
  expect(kept?.certificates).toEqual(system.certificates)
  expect(await opened.clients.find('anjian-2')).toBeUndefined()
})

test('a name counts once over two handles, whoever is first, and for another it is another name', async () => {
  const tries = [opened, second, opened, second, second]
  const burnt = await Promise.all(tries.map((one) => one.usedOnce.burn('client:anjian-1', 'jti-1', later(300))))
  expect(burnt.filter(Boolean)).toHaveLength(1)
  expect(await second.usedOnce.burn('client:anjian-2', 'jti-1', later(300))).toBe(true)
  expect(await second.usedOnce.burn('registry:anjian-1', 'jti-1', later(300))).toBe(true)
})

test('a token is whose it is until it is over, and lies there as its digest alone', async () => {
  const token = { client: system.id, kid: 'k1', certificate: 'A'.repeat(43), issuedAt: at, expiresAt: later(600) }
  await opened.store.note(({ clients }) => clients.openToken('hash-of-it', token))
  expect(await second.clients.byToken('hash-of-it', later(599))).toMatchObject({
    client: { id: system.id },
    kid: 'k1',
    certificate: 'A'.repeat(43),
  })
  expect(await second.clients.byToken('hash-of-it', later(600))).toBeUndefined()
  expect(await second.clients.byToken('it', later(1))).toBeUndefined()
})

test('refusals are counted over two handles, hour by hour', async () => {
  const count = (store: OpenStore, hour: Date) =>
    store.store.note(({ clients }) => clients.countRefusal('anjian-1', hour))
  const counted = await Promise.all([opened, second, opened, second].map((store) => count(store, at)))
  expect(counted.toSorted()).toEqual([1, 2, 3, 4])
  expect(await count(second, later(3600))).toBe(1)
  expect(await opened.clients.refusedSince('anjian-1', at)).toBe(5)
  expect(await opened.clients.refusedSince('anjian-1', later(1))).toBe(1)
})

test('a registry that was changed shows in the revision, whichever process changed it', async () => {
  const before = await opened.registries.revision()
  const registry = { code: 'land-1', name: 'x', adapter: 'land', assetClasses: [], measures: [], mode: 'pull' } as const
  const whole = { ...registry, keys: [], respondWithinHours: 24, demo: false, state: 'live', registeredBy: 'operator' }
  const write = (store: OpenStore) => store.store.note(({ partners }) => partners.put(whole as never))
  await write(second)
  const added = await opened.registries.revision()
  await write(second)
  const changed = await opened.registries.revision()
  expect(new Set([before, added, changed]).size).toBe(3)
})

test('what has ended is forgotten a day later, and nothing else', async () => {
  const token = { client: system.id, kid: 'k1', issuedAt: at, expiresAt: new Date(Date.now() - 2 * 86_400_000) }
  await opened.store.note(({ clients }) => clients.openToken('old', token))
  await opened.store.note(({ clients }) =>
    clients.openToken('new', { ...token, expiresAt: new Date(Date.now() + 1000) }),
  )
  await opened.sweep()
  expect(await opened.clients.byToken('old', at)).toBeUndefined()
  expect((await opened.clients.byToken('new', at))?.client.id).toBe(system.id)
})
