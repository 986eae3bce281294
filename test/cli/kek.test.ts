import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import { kekOffice, wrappersFrom } from '../../src/cli/key-wrappers.ts'
import type { Office } from '../../src/cli/office.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import { type Keyring, openKeyring } from '../../src/signing/keyring.ts'
import { heldWrappers } from '../../src/store/key-wrapper.ts'
import { secretsOf, storeOn } from '../../src/store/open.ts'
import { createVault } from '../../src/store/vault.ts'
import { openTestStore, secretsWith, type TestStore, testKek } from '../support/database.ts'
import { casesOf } from './cases-of.ts'

let dir: string
let keyring: Keyring
let opened: TestStore
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'writ-kek-'))
  keyring = await openKeyring(join(dir, 'keys'), { courts: [], create: true, demo: true })
  opened = await openTestStore()
})
afterAll(async () => {
  await opened.close()
  rmSync(dir, { recursive: true })
})

const fresh = () => randomBytes(32).toString('base64')
const file = () => join(dir, 'kek')
const configured = (settings: Record<string, string>): Config => readConfig({ DATA_DIR: dir, ...settings })
const vaultOf = (config: Config) => createVault(wrappersFrom(config, keyring))

/** An office on the test's own database, with the keys this configuration means. */
async function officeOf(config: Config): Promise<Office> {
  const held = heldWrappers(() => [testKek])
  const chosen = wrappersFrom(config, keyring)
  const named = async (id: string) => (await chosen.named(id)) ?? held.named(id)
  const secrets = secretsOf({ ...secretsWith(testKek), wrappers: { ...chosen, named } })
  const store = await storeOn({ ...opened.database, close: async () => {} }, secrets, () => new Date())
  const parts = { store: store.store, signer: keyring, gatewayId: 'gw.test.writ', clock: () => new Date(), newId }
  return {
    mode: 'demo',
    parts,
    cases: casesOf(parts, store, keyring),
    people: store.people,
    accounts: store.accounts,
    registries: store.registries,
    clients: store.clients,
    keyring,
    kek: kekOffice(config, keyring, store),
    addressRule: addressRule({ loopback: true }),
    changed: async () => {},
  }
}

describe('the key-encryption key', () => {
  test('is the keyring’s, unless one is given; what the keyring’s has wrapped opens all the same', async () => {
    const data = vaultOf(configured({})).newKey('k')
    const wrapped = await vaultOf(configured({})).wrap(data)
    expect(wrapped.kek).toBe(keyring.secret('kek').id)
    const given = vaultOf(configured({ WRIT_KEK: fresh() }))
    expect((await given.wrap(data)).kek).not.toBe(wrapped.kek)
    expect(await given.unwrap(wrapped)).toEqual(data)
  })

  test('that is first in its file counts without a restart; those below it go on opening', async () => {
    const [old, next] = [fresh(), fresh()]
    writeFileSync(file(), `${old}\n`)
    const vault = vaultOf(configured({ WRIT_KEK_FILE: file() }))
    const data = vault.newKey('k')
    const before = await vault.wrap(data)
    writeFileSync(file(), `${next}\n${old}\n`)
    const after = await vault.wrap(data)
    expect(after.kek).not.toBe(before.kek)
    const restarted = vaultOf(configured({ WRIT_KEK_FILE: file() }))
    expect([await restarted.unwrap(before), await restarted.unwrap(after)]).toEqual([data, data])
  })

  test('is given or lives in a service, not both; a service is named by a whole path', () => {
    const bad = [
      { WRIT_KEK: `${fresh()} short` },
      { WRIT_KEK_COMMAND: 'kms' },
      { WRIT_KEK: fresh(), WRIT_KEK_COMMAND: '/k' },
    ]
    for (const settings of bad) expect(() => configured(settings)).toThrow(/WRIT_KEK/)
    expect(configured({ WRIT_KEK_COMMAND: '/usr/bin/kms --slot 1' }).keyCommand).toEqual([
      '/usr/bin/kms',
      '--slot',
      '1',
    ])
  })
})

describe('writ kek rotate', () => {
  /** The same office, where no entry can be written. */
  const withoutLog = (office: Office): Office => {
    const note = async () => {
      throw new Error('no entry can be written')
    }
    return { ...office, parts: { ...office.parts, store: { ...office.parts.store, note } } }
  }
  const entries = async () =>
    (await opened.reads.entries({ kinds: ['key.created', 'key.retired'], limit: 20 })).map(({ kind, about }) => [
      kind,
      about,
    ])

  test('has its entry before the key is in use: where none can be written, nothing has happened', async () => {
    const office = await officeOf(configured({}))
    const before = await office.kek.current()
    await runCommand(office, ['kek', 'rotate'], { cwd: dir })
    const between = await office.kek.current()
    expect(between).not.toBe(before)
    expect((await entries()).at(-1)).toEqual(['key.created', between])
    const mute = withoutLog(office)
    expect(await runCommand(mute, ['kek', 'rotate'], { cwd: dir })).toMatchObject({ exitCode: 1 })
    expect(await office.kek.current()).toBe(between)
    expect(keyring.secrets('kek').map(({ id }) => id)[0]).toBe(between)
  })

  test('with a file says what to do first, and does it when that is done', async () => {
    writeFileSync(file(), fresh())
    const office = await officeOf(configured({ WRIT_KEK_FILE: file() }))
    await runCommand(office, ['kek', 'rotate'], { cwd: dir })
    const before = await office.kek.current()
    const again = await runCommand(office, ['kek', 'rotate'], { cwd: dir })
    expect(again.exitCode).toBe(1)
    expect(again.lines.join()).toMatch(/WRIT_KEK_FILE/)
    writeFileSync(file(), `${fresh()}\n`)
    expect(await runCommand(office, ['kek', 'rotate'], { cwd: dir })).toMatchObject({ exitCode: 0 })
    const after = await office.kek.current()
    expect((await entries()).slice(0, 2)).toEqual([
      ['key.retired', before],
      ['key.created', after],
    ])
  })

  test('of a key made outside moves nothing to it before its entry is written', async () => {
    const old = readFileSync(file(), 'utf8').trim()
    const office = await officeOf(configured({ WRIT_KEK_FILE: file() }))
    const before = await office.kek.current()
    writeFileSync(file(), `${fresh()}\n${old}\n`)
    const mute = withoutLog(office)
    expect(await runCommand(mute, ['kek', 'rotate'], { cwd: dir })).toMatchObject({ exitCode: 1 })
    expect(await office.kek.former()).toEqual([before])
    const after = await office.kek.current()
    expect(await runCommand(office, ['kek', 'rotate'], { cwd: dir })).toMatchObject({ exitCode: 0 })
    expect((await entries()).slice(0, 2)).toEqual([
      ['key.retired', before],
      ['key.created', after],
    ])
  })

  test('with a key in the environment says that a process keeps its environment', async () => {
    const former = readFileSync(file(), 'utf8').trim()
    const office = await officeOf(configured({ WRIT_KEK: `${fresh()} ${former}` }))
    expect((await office.kek.rewrap()).count).toBeGreaterThan(0)
    const told = await runCommand(office, ['kek', 'rotate'], { cwd: dir })
    expect([told.exitCode, told.lines.join()]).toEqual([1, expect.stringContaining('环境变量')])
    expect((await runCommand(office, ['kek', 'show'], { cwd: dir })).lines[0]).toMatch(/^environment\t/)
    expect((await runCommand(office, ['kek', 'burn'], { cwd: dir })).exitCode).toBe(1)
  })
})
