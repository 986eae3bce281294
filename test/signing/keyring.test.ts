import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { logSigners } from '../../src/ledger/log-signers.ts'
import { ed25519Type, formatVkey, verifierOf } from '../../src/ledger/vkey.ts'
import { openEnvelope } from '../../src/signing/envelope.ts'
import { keysAmong } from '../../src/signing/key.ts'
import { type Keyring, openKeyring } from '../../src/signing/keyring.ts'

let root: string
let dir: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'writ-keys-'))
  dir = join(root, 'keys')
})
afterEach(() => rmSync(root, { recursive: true }))

const courts = ['津0116', '津0103']
const now = new Date('2026-06-03T09:15:00+08:00')
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)
const make = (more: object = {}) => openKeyring(dir, { courts, create: true, now, ...more })
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    ({ code }) => code,
  )

const opens = async (ring: Keyring, text: string, at: Date, use = 'court:津0116' as const) =>
  (
    await openEnvelope(text, {
      typ: 'writ-request+jws',
      keysOf: keysAmong(ring.keysOf(use)),
      audience: 'registry',
      now: at,
      schema: z.looseObject({}),
    })
  ).kind
const say = (ring: Keyring, at = now) =>
  ring.sign('court:津0116', 'writ-request+jws', { aud: 'registry', iat: at.getTime() / 1000 })

test('keys are made on the first run, for their owner alone', async () => {
  await make()
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  const files = readdirSync(dir)
  expect(files.sort()).toEqual(
    [
      'asset-ref',
      'blind-index',
      'case-ref',
      'court-津0103',
      'court-津0116',
      'kek',
      'log',
      'receipt',
      'record',
      'token',
    ].map((use) => `${use}.json`),
  )
  for (const file of files) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600)
})

test('a key that others can read is refused', async () => {
  await make()
  chmodSync(join(dir, 'log.json'), 0o640)
  expect(await code(make())).toBe('KEYS_EXPOSED')
})

test('without leave to make them, everything missing is named at once', async () => {
  await openKeyring(dir, { courts: ['津0116'], create: true })
  rmSync(join(dir, 'kek.json'))
  const refused = await openKeyring(dir, { courts, create: false }).catch((fault: Error) => fault)
  expect(refused).toMatchObject({ code: 'KEYS_MISSING' })
  expect(String(refused)).toContain('court:津0103, kek')
  expect(String(refused)).toContain('writ keys')
})

test('a restart finds the same keys, and two that start at once end with the same', async () => {
  const [one, two] = await Promise.all([make(), make()])
  const three = await make({ create: false })
  expect(two.jwks()).toEqual(one.jwks())
  expect(three.jwks()).toEqual(one.jwks())
  expect(three.secret('kek')).toEqual(one.secret('kek'))
  expect(one.secret('kek').bytes).toHaveLength(32)
  expect(await opens(three, await say(one), now)).toBe('opened')
})

test('demonstration keys carry their mark', async () => {
  expect((await make()).demo).toBe(false)
  rmSync(dir, { recursive: true })
  await make({ demo: true })
  expect((await make({ create: false })).demo).toBe(true)
})

test('what is published is public, named by its thumbprint, and says whose it is', async () => {
  const { keys } = (await make()).jwks()
  expect(JSON.stringify(keys)).not.toMatch(/"d"|"k"/)
  for (const key of keys) {
    expect(key.kid).toBe(await calculateJwkThumbprint({ ...key }))
    expect(key.alg).toBe('EdDSA')
  }
  expect(keys.map((key) => `${key.for} ${key.status}`)).toContain('court:津0116 next')
})

test('a rotated key is published before it is used, and what the old one signed still opens for a week', async () => {
  const ring = await make()
  const before = await say(ring)
  const next = ring.jwks().keys.find((key) => key.for === 'court:津0116' && key.status === 'next')
  await ring.rotate('court:津0116', now)
  const after = await say(ring)
  expect(JSON.parse(Buffer.from(after.split('.')[0] ?? '', 'base64url').toString()).kid).toBe(next?.kid)
  const restarted = await make({ create: false })
  expect(await opens(restarted, before, later(7))).toBe('opened')
  expect(await opens(restarted, before, later(8))).toBe('unproved')
  expect(await opens(restarted, after, later(8))).toBe('opened')
  expect(restarted.keysOf('court:津0116')).toHaveLength(3)
})

test('a revoked key counts no more, and its court goes on under the next', async () => {
  const ring = await make()
  const before = await say(ring)
  const kid = ring.keysOf('court:津0116')[0]?.kid ?? ''
  await ring.revoke(kid, later(1))
  expect(await opens(ring, before, now)).toBe('opened')
  expect(await opens(ring, before, later(1))).toBe('unproved')
  expect(await opens(ring, await say(ring, later(1)), later(1))).toBe('opened')
  expect(ring.jwks().keys.some((key) => key.kid === kid)).toBe(false)
})

test('a next key that is revoked is followed by another, so that its court can still rotate', async () => {
  const ring = await make()
  const next = ring.jwks().keys.find((key) => key.for === 'court:津0116' && key.status === 'next')
  await ring.revoke(next?.kid ?? '', now)
  const states = () => ring.keysOf('court:津0116').length
  expect(states()).toBe(3)
  await ring.rotate('court:津0116', now)
  expect(await opens(ring, await say(ring), now)).toBe('opened')
})

test('two processes on one directory see each other’s changes, and no change is lost', async () => {
  const [one, two] = [await make(), await make({ create: false })]
  await one.rotate('court:津0116', now)
  expect(two.jwks()).not.toEqual(one.jwks())
  two.refresh()
  expect(two.jwks()).toEqual(one.jwks())
  // The second hand has not looked since: it changes what is there, not what it remembers.
  await one.rotate('court:津0116', later(1))
  await two.rotate('court:津0116', later(2))
  one.refresh()
  expect(one.jwks()).toEqual(two.jwks())
  expect(one.keysOf('court:津0116')).toHaveLength(5)
})

test('of two that change the same keys at once the second does nothing', async () => {
  const [one, two] = [await make(), await make({ create: false })]
  const changes = [await one.rotation('receipt', now), await two.rotation('receipt', now)]
  changes[0]?.apply()
  expect(() => changes[1]?.apply()).toThrow('changed meanwhile')
  expect((await make({ create: false })).keysOf('receipt')).toHaveLength(3)
})

test('one court’s key signs for no other, and an unknown court for nobody', async () => {
  const ring = await make()
  expect(
    ring.keysOf('court:津0103').some(({ kid }) => ring.keysOf('court:津0116').some((key) => key.kid === kid)),
  ).toBe(false)
  expect(await code(ring.sign('court:津0101', 'writ-request+jws', {}))).toBe('KEY_ABSENT')
})

test('a rotated secret is still there to open what it closed', async () => {
  const ring = await make()
  const old = ring.secret('kek')
  await ring.rotate('kek', now)
  expect(ring.secret('kek').id).not.toBe(old.id)
  expect(ring.secrets('kek').map(({ id }) => id)).toEqual([ring.secret('kek').id, old.id])
})

test('the log’s key signs notes and does not rotate', async () => {
  const ring = await make({ algorithm: 'ES256' })
  const verifier = verifierOf(formatVkey('log.test', ed25519Type, ring.publicKey('log')))
  const text = Buffer.from('a checkpoint\n')
  expect(verifier.verify(text, ring.signBytes('log', text))).toBe(true)
  expect(ring.jwks().keys.find((key) => key.for === 'receipt')?.alg).toBe('ES256')
  expect(await code(ring.rotate('log', now))).toBe('KEY_FIXED')
})

test('a configured algorithm is that of the next key made, and signs from the second rotation on', async () => {
  await make()
  const ring = await make({ algorithm: 'SM2-SM3', create: false })
  const algorithms = () => ring.jwks().keys.filter((key) => key.for === 'court:津0116')
  const told = () => algorithms().map(({ alg, status }) => `${alg} ${status}`)
  expect(told()).toEqual(['EdDSA current', 'EdDSA next'])
  await ring.rotate('court:津0116', now)
  expect(told()).toEqual(['EdDSA retired', 'EdDSA current', 'SM2-SM3 next'])
  await ring.rotate('court:津0116', now)
  expect(told()).toEqual(['EdDSA retired', 'EdDSA retired', 'SM2-SM3 current', 'SM2-SM3 next'])
  expect(await opens(ring, await say(ring), now)).toBe('opened')
  expect(await opens(await make({ create: false }), await say(ring), now)).toBe('opened')
})

test('the log has an SM2 key where its checkpoints are to bear it, and that one does not rotate either', async () => {
  expect((await make()).jwks().keys.some((key) => key.for === 'log-sm2')).toBe(false)
  expect(await code(make({ logSm2: true, create: false }))).toBe('KEYS_MISSING')
  const ring = await make({ logSm2: true })
  const { log, sm2 } = logSigners('log.test', ring, true)
  const text = Buffer.from('a checkpoint\n')
  for (const { vkey, sign } of [log, ...(sm2 ? [sm2] : [])])
    expect(verifierOf(vkey).verify(text, await sign(text))).toBe(true)
  expect(await code(ring.rotate('log-sm2', now))).toBe('KEY_FIXED')
  const kid = ring.jwks().keys.find((key) => key.for === 'log-sm2')?.kid ?? ''
  expect(await code(ring.revoke(kid, now))).toBe('KEY_ABSENT')
})

test('a torn key file is told, not replaced', async () => {
  await make()
  const path = join(dir, 'kek.json')
  const whole = readFileSync(path, 'utf8')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(path, whole.slice(0, 40))
  expect(await code(make())).toBe('KEY_UNREADABLE')
})
