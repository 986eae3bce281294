import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import type { Office } from '../../src/cli/office.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import { type Keyring, openKeyring } from '../../src/signing/keyring.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { newPartyKey, type PartyKey } from '../support/party-key.ts'
import { casesOf } from './cases-of.ts'

const dir = mkdtempSync(join(tmpdir(), 'writ-partner-'))
let opened: TestStore
let keyring: Keyring
let changes = 0

beforeAll(async () => {
  opened = await openTestStore()
  keyring = await openKeyring(join(dir, 'keys'), { courts: ['津0116'], create: true, demo: true })
})
afterAll(async () => {
  await opened.close()
  rmSync(dir, { recursive: true, force: true })
})

const noKek = {
  source: 'keyring',
  current: async () => 'k',
  rotation: async () => ({ created: [], apply: () => {} }),
  former: async () => [],
  rewrap: async () => ({ count: 0, from: [] }),
} as const

/** A command as an operator gives it: what it says, and 0 when it did what was asked. */
async function writ(mode: Office['mode'], ...args: string[]) {
  const { store, people, accounts, registries, clients } = opened
  const parts = { store, signer: keyring, gatewayId: 'gw.test.writ', clock: () => new Date(), newId }
  const changed = async () => {
    changes += 1
  }
  const records = { people, accounts, registries, clients }
  const cases = casesOf(parts, opened, keyring)
  const office = {
    mode,
    parts,
    cases,
    ...records,
    keyring,
    kek: noKek,
    addressRule: addressRule({ loopback: true }),
    changed,
  }
  const { exitCode, lines } = await runCommand(office, args, { cwd: dir })
  return { exitCode, said: lines.join('\n') }
}
const inProduction = (...args: string[]) => writ('production', ...args)

const put = (name: string, value: unknown): string => {
  writeFileSync(join(dir, name), JSON.stringify(value))
  return name
}
const land = (code: string, key: PartyKey, over: object = {}) =>
  put(`${code}.json`, {
    ...{ code, name: '土地登记机构', adapter: 'land', mode: 'pull', assetClasses: ['land'], measures: ['inquire'] },
    keys: [{ jwk: key.jwk }],
    ...over,
  })

describe('writ partner', () => {
  test('registers, and says of each key what has to be signed to prove it', async () => {
    const key = await newPartyKey()
    const { exitCode, said } = await inProduction('partner', 'add', land('land-1', key))
    expect(exitCode).toBe(0)
    expect(said).toMatch(new RegExp(`key\t${key.kid}\tnonce [\\w-]{43}`))
    expect((await inProduction('partner', 'list')).said).toContain('registered 已登记')
    expect((await inProduction('partner', 'show', 'land-1')).said).toContain(key.kid)
    expect((await inProduction('partner', 'show', 'land-9')).said).toContain('partner-unknown')
    expect(changes).toBeGreaterThan(0)
  })

  test('keeps the order of the way in', async () => {
    expect(await inProduction('partner', 'admit', 'land-1')).toMatchObject({ exitCode: 1 })
    expect((await inProduction('partner', 'suspend', 'land-1')).said).toContain('partner-out-of-order')
    const attached = await inProduction('partner', 'conformance', 'land-1', put('report.json', {}))
    expect(attached.said).toContain('conformance-malformed')
  })

  test('in a demo lets in at once, unless it is told to go the whole way there too', async () => {
    await writ('demo', 'partner', 'add', land('land-2', await newPartyKey()))
    expect((await writ('demo', 'partner', 'show', 'land-2')).said).toContain('live 已上线')
    expect((await writ('demo', 'partner', 'suspend', 'land-2')).said).toContain('suspended')
    expect((await writ('demo', 'partner', 'admit', 'land-2')).said).toMatch(/POST \/admin\/v1\/consents\/[\w-]{36}$/)
    await writ('demo', 'partner', 'add', land('land-3', await newPartyKey()), '--onboard')
    expect((await writ('demo', 'partner', 'show', 'land-3')).said).toContain('registered 已登记')
  })

  test('adds, retires and revokes keys', async () => {
    const next = await newPartyKey()
    const file = put('next.json', { jwk: next.jwk })
    expect((await inProduction('partner', 'key', 'add', 'land-1', file)).said).toContain(next.kid)
    expect((await inProduction('partner', 'key', 'add', 'land-1', file)).said).toContain('key-registered')
    // Nothing of it was proved: there is none that counts beside it.
    expect((await inProduction('partner', 'key', 'retire', 'land-1', next.kid)).said).toContain('key-last')
    expect((await inProduction('partner', 'key', 'revoke', 'land-1', next.kid)).said).toMatch(/revoked \d{4}/)
  })

  test('binds to client certificates, and changes a password', async () => {
    const hex = `${'AB:'.repeat(31)}CD`
    const sha256 = Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url')
    expect((await inProduction('partner', 'certificate', 'add', 'land-1', hex)).said).toContain(sha256)
    expect((await inProduction('partner', 'certificate', 'add', 'land-1', hex)).said).toContain(
      'certificate-registered',
    )
    expect((await inProduction('partner', 'certificate', 'revoke', 'land-1', sha256)).said).toContain('revoked')
    const again = await inProduction('partner', 'certificate', 'revoke', 'land-1', sha256)
    expect(again.said).toContain('certificate-not-there')
    expect((await inProduction('partner', 'certificate', 'add', 'land-1', 'abc')).exitCode).toBe(1)
    const credential = put('credential.json', { user: 'bureau', password: 'a password of its own' })
    expect((await inProduction('partner', 'credential', 'land-1', credential)).said).toContain('bureau')
    expect(JSON.stringify(await opened.registries.find('land-1'))).not.toContain('a password of its own')
  })

  test('says how it is used when it is used otherwise', async () => {
    for (const args of [
      ['nothing'],
      ['add'],
      ['conformance', 'x'],
      ['admit'],
      ['key', 'steal', 'land-1', 'x'],
      ['key'],
    ])
      expect((await inProduction('partner', ...args)).said).toContain('writ partner add')
    expect((await inProduction('partner', 'add', put('odd.json', { code: 'x' }))).exitCode).toBe(1)
  })
})

test('a file that is not JSON is named, and nothing of it is repeated', async () => {
  for (const [at, content] of ['秘密口令龘', '{"password": 秘密口令龘}', '{"password": "秘密口令龘'].entries()) {
    writeFileSync(join(dir, `broken-${at}`), content)
    for (const args of [
      ['partner', 'add'],
      ['partner', 'key', 'add', 'land-1'],
      ['partner', 'credential', 'land-1'],
      ['partner', 'conformance', 'land-1'],
      ['client', 'add'],
      ['client', 'key', 'add', 'anjian-1'],
      ['user', 'import'],
    ]) {
      const { exitCode, said } = await inProduction(...args, `broken-${at}`)
      expect(exitCode).toBe(1)
      expect(said).not.toMatch(/[秘密口令龘]/)
      if (args[0] !== 'user' && args[1] !== 'conformance') expect(said).toContain(`broken-${at}: 不是 JSON 文件`)
    }
  }
})

describe('writ client', () => {
  test('registers a court’s system, and turns its keys', async () => {
    const [key, next] = [await newPartyKey(), await newPartyKey()]
    const file = { id: 'anjian-1', court: '津0116', name: '案件系统', kind: 'case-system', keys: [{ jwk: key.jwk }] }
    expect((await inProduction('client', 'add', put('client.json', file))).said).toContain('active')
    expect((await inProduction('client', 'add', 'client.json')).said).toContain('client-exists')
    expect((await inProduction('client', 'key', 'add', 'anjian-1', put('k.json', { jwk: next.jwk }))).exitCode).toBe(0)
    expect((await inProduction('client', 'key', 'retire', 'anjian-1', key.kid)).said).toContain('retired')
    expect((await inProduction('client', 'key', 'revoke', 'anjian-1', key.kid)).said).toContain('revoked')
    expect((await inProduction('client', 'suspend', 'anjian-1')).said).toContain('suspended')
    expect((await inProduction('client', 'resume', 'anjian-1')).said).toContain('active')
    expect((await inProduction('client', 'list')).said).toContain('refused in a day: 0')
    expect((await inProduction('client', 'resume', 'anjian-9')).said).toContain('client-not-there')
    expect((await inProduction('client', 'key', 'steal', 'anjian-1', 'x')).said).toContain('usage')
  })
})

describe('writ keys', () => {
  test('lists our own with their ages, and turns those that sign', async () => {
    const listed = async () => (await inProduction('keys', 'list')).said
    expect(await listed()).toMatch(/court:津0116\tcurrent\tEdDSA\t[\w-]{43}\t\d{4}-\d\d-\d\d\t0 天 d/)
    const [current] = keyring
      .jwks()
      .keys.filter(({ status, for: use }) => use === 'court:津0116' && status === 'current')
    expect((await inProduction('keys', 'rotate', 'court:津0116')).said).toContain(`ended: ${current?.kid}`)
    expect(await listed()).toMatch(new RegExp(`court:津0116\tretired\tEdDSA\t${current?.kid}`))
    expect((await inProduction('keys', 'revoke', current?.kid ?? '')).exitCode).toBe(0)
    expect(await listed()).toMatch(new RegExp(`court:津0116\trevoked\tEdDSA\t${current?.kid}`))
  })

  test('leaves alone what is the name of the log, and what others lie under', async () => {
    for (const use of ['log', 'kek', 'case-ref', 'court:津9999', ''])
      expect((await inProduction('keys', 'rotate', use)).said).toContain('no such key to rotate')
    const log = keyring.jwks().keys.find(({ for: use }) => use === 'log')
    for (const kid of [log?.kid ?? '', 'no-such-key', ''])
      expect((await inProduction('keys', 'revoke', kid)).exitCode).toBe(1)
  })
})
