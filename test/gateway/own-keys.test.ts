import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operator } from '../../src/domain/person.ts'
import { revokeOwnKey, rotateOwnKey } from '../../src/gateway/own-keys.ts'
import { type KeyChange, openKeyring } from '../../src/signing/keyring.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
let dir: string
beforeAll(async () => {
  office = await openOffice()
  dir = mkdtempSync(join(tmpdir(), 'writ-own-keys-'))
})
afterAll(async () => {
  await office.close()
  rmSync(dir, { recursive: true })
})

const use = 'court:津0116'
const ring = () => openKeyring(join(dir, 'keys'), { courts: ['津0116'], create: true })
const entriesAbout = async (...kids: string[]) => {
  const entries = await Promise.all(kids.map((about) => office.parts.reads.entries({ about, limit: 9 })))
  return entries.flat().map(({ kind, about, person }) => [kind, about, person])
}
const stateOf = async (kid: string) => (await ring()).archive().keys.find((key) => key.kid === kid)?.status

test('a rotation is two entries: who has gone, and who waits to come', async () => {
  const keys = await ring()
  const [old, next] = keys.keysOf(use).map(({ kid }) => kid)
  const { ended, created } = await rotateOwnKey(office.parts, operator, keys, use)
  expect(ended).toBe(old)
  expect(await entriesAbout(ended, ...created)).toEqual([
    ['key.retired', old, 'operator'],
    ['key.created', created[0], 'operator'],
  ])
  expect([await stateOf(old ?? ''), await stateOf(next ?? ''), await stateOf(created[0] ?? '')]).toEqual([
    'retired',
    'current',
    'next',
  ])
})

test('a revocation too, and what was current makes room for the next', async () => {
  const keys = await ring()
  const [current] = keys.jwks().keys.filter((key) => key.for === use && key.status === 'current')
  const { ended, created } = await revokeOwnKey(office.parts, operator, keys, current?.kid ?? '')
  expect(await entriesAbout(ended, ...created)).toEqual([
    ['key.revoked', current?.kid, 'operator'],
    ['key.created', created[0], 'operator'],
  ])
  expect(keys.jwks().keys.filter((key) => key.for === use && key.status === 'current')).toHaveLength(1)
})

test('a crash between the entry and the keys leaves the keys as they were, and the same command makes it true', async () => {
  const keys = await ring()
  const before = keys.jwks()
  const dies = async (): Promise<KeyChange> => {
    const change = await keys.rotation(use, new Date())
    return { ...change, apply: () => {} }
  }
  const said = await rotateOwnKey(office.parts, operator, { rotation: dies }, use)
  expect((await ring()).jwks()).toEqual(before)
  const made = await rotateOwnKey(office.parts, operator, await ring(), use)
  expect(made.ended).toBe(said.ended)
  expect((await entriesAbout(said.ended)).filter(([kind]) => kind === 'key.retired')).toHaveLength(2)
  expect(await stateOf(said.ended)).toBe('retired')
})

test('when the entry cannot be written, no key changes', async () => {
  const keys = await ring()
  const before = keys.jwks()
  office.time.sound = false
  await expect(rotateOwnKey(office.parts, operator, keys, use)).rejects.toThrow()
  office.time.sound = true
  expect((await ring()).jwks()).toEqual(before)
})
