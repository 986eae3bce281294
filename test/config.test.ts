import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { openKeys } from '../src/cli/open-keys.ts'
import { lackingForPapers, tellPapers } from '../src/config/papers.ts'
import { ConfigFault, describeConfig, readConfig } from '../src/config.ts'
import { openKeyring } from '../src/signing/keyring.ts'
import { certificateFolder, hasOpenssl } from './support/certificates.ts'

const dir = mkdtempSync(join(tmpdir(), 'writ-config-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const database = 'postgres://writ:a-secret-word@127.0.0.1/writ'

/** A CA that signed itself, Ed25519; only to be read. */
const rootCertificate = [
  'MIIBRjCB+aADAgECAhRyVuKmYipv6WOrHc0IPoFpSfNnyTAFBgMrZXAwGTEXMBUGA1UEAwwOV3JpdCBUZXN0IFJvb3QwHhcNMjYx',
  'MTI4MjIzNTAyWhcNMzYxMTI1MjIzNTAyWjAZMRcwFQYDVQQDDA5Xcml0IFRlc3QgUm9vdDAqMAUGAytlcAMhAHfxA/vFKI+rx+9j',
  '5cMyJ6xCxK9VAIy3wF0G2qgxFiP+o1MwUTAdBgNVHQ4EFgQUlOTHqHCg+6rtQzDPpljkjZAw71swHwYDVR0jBBgwFoAUlOTHqHCg',
  '+6rtQzDPpljkjZAw71swDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQDfEnPBlKdt77K70QrS2GAwDGK/hmAJIqrBO7ONPlUxBRaO',
  'UqH+h5tSSlqwDhWC2FHqozMnVtniiGX6CId7QSAN',
].join('\n')

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.problems
  }
  throw new Error('the configuration was taken')
}

describe('the settings', () => {
  test('with nothing set make a demo on the loopback', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      mode: 'demo',
      host: '127.0.0.1',
      port: 8080,
      sandboxes: true,
      courts: ['津0116'],
      rateScale: 1,
    })
  })

  test('a database makes it production, without sandboxes', () => {
    expect(readConfig({ DATABASE_URL: database })).toMatchObject({ mode: 'production', sandboxes: false })
  })

  test('SM2 is chosen by name, for keys and for checkpoints; nobody gets it unasked', () => {
    expect(readConfig({}).signing).toEqual({ algorithm: 'EdDSA', logSm2: false })
    const { signing } = readConfig({ WRIT_SIGNING_ALGORITHM: 'SM2', WRIT_LOG_SM2: 'true' })
    expect(signing).toEqual({ algorithm: 'SM2-SM3', logSm2: true })
    expect(problemsOf({ WRIT_SIGNING_ALGORITHM: 'SM9' })[0]).toContain('WRIT_SIGNING_ALGORITHM')
  })

  test('a CA for registries is certificates in PEM, and vouches for no sandbox', () => {
    expect(problemsOf({ DATABASE_URL: database, WRIT_REGISTRY_CA: 'a CA' })[0]).toContain('certificates in PEM')
    const pem = `-----BEGIN CERTIFICATE-----\n${rootCertificate}\n-----END CERTIFICATE-----\n`
    expect(readConfig({ DATABASE_URL: database, WRIT_REGISTRY_CA: pem }).signing.registryCa).toBe(pem)
    expect(problemsOf({ WRIT_REGISTRY_CA: pem })[0]).toContain('WRIT_SANDBOXES=false')
  })

  test('a secret may lie in a file, and is never printed', () => {
    const path = join(dir, 'url')
    writeFileSync(path, `${database}\n`)
    const config = readConfig({ DATABASE_URL_FILE: path })
    expect(config.databaseUrl?.reveal()).toBe(database)
    expect(`${inspect(config)} ${JSON.stringify(config)} ${config.databaseUrl}`).not.toContain('a-secret-word')
  })

  test('a setting that is given twice, or whose file is missing, is refused', () => {
    expect(problemsOf({ WRIT_KEK: 'x', WRIT_KEK_FILE: join(dir, 'none') })).toHaveLength(3)
  })

  test('beyond the loopback it speaks https or stands behind a declared proxy', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })[0]).toMatch(/^HOST: beyond loopback/)
    expect(readConfig({ HOST: '0.0.0.0', WRIT_BEHIND_PROXY: 'true' }).transport.proxy?.addresses).toHaveLength(2)
  })

  test('all that is wrong is told at once, and no value with it', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      DATABASE_URL: 'mysql://secret',
      WRIT_GATEWAY_ID: 'Court!',
      WRIT_RATE_SCALE: '0',
    })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'WRIT_GATEWAY_ID',
      'WRIT_RATE_SCALE',
    ])
    expect(problems.join()).not.toMatch(/secret|eighty|Court!/)
    expect(problemsOf({ WRIT_COURTS: '津0116,津9999' })[0]).toMatch(/not in the table of courts/)
  })
})

describe('the transport', () => {
  test('wants both halves of a certificate, and that they belong together', () => {
    expect(problemsOf({ WRIT_TLS_CERT: 'x' })).toEqual(['WRIT_TLS_CERT and WRIT_TLS_KEY: give both or neither'])
    expect(problemsOf({ WRIT_CLIENT_KEY: 'x' })).toEqual(['WRIT_CLIENT_CERT and WRIT_CLIENT_KEY: give both or neither'])
    expect(problemsOf({ WRIT_REGISTRY_TLS_CA: 'x' })[0]).toMatch(/^WRIT_REGISTRY_TLS_CA: holds no certificate/)
  })

  test.skipIf(!hasOpenssl)('tells a key of another certificate, and remembers which files to read again', () => {
    const folder = certificateFolder()
    const authority = folder.authority('Authority')
    const one = authority.issue({ cn: 'one' })
    const other = authority.issue({ cn: 'other' })
    expect(problemsOf({ WRIT_TLS_CERT: one.cert, WRIT_TLS_KEY: other.key })[0]).toMatch(
      /^WRIT_TLS_KEY: is no .* belongs/,
    )
    expect(problemsOf({ WRIT_TLS_CLIENT_CA: one.cert })[0]).toMatch(/^WRIT_TLS_CLIENT_CA: .* over https only/)
    const files = { WRIT_TLS_CERT_FILE: one.certFile, WRIT_TLS_KEY_FILE: one.keyFile }
    const config = readConfig({ ...files, WRIT_TLS_CLIENT_CA_FILE: authority.certFile, HOST: '0.0.0.0' })
    expect(config.transport.tls?.cert.file).toBe(one.certFile)
    expect(config.transport.clientCa?.file).toBe(authority.certFile)
    expect(`${inspect(config, { depth: 9 })} ${JSON.stringify(config)}`).not.toContain('PRIVATE KEY')
    folder.close()
  })

  test('reads networks, and what the proxy is', () => {
    const { transport } = readConfig({
      WRIT_BEHIND_PROXY: 'true',
      WRIT_PROXY_ADDRESSES: '10.0.0.5, fd00::/8',
      WRIT_PROXY_CERT_HEADER: 'Client-Cert',
      WRIT_REGISTRY_NETWORKS: '10.20.0.0/16',
      DATABASE_URL: database,
    })
    expect(transport.proxy).toEqual({
      addresses: [
        { address: '10.0.0.5', prefix: 32 },
        { address: 'fd00::', prefix: 8 },
      ],
      forwarded: 'x-forwarded-for',
      certificateHeader: 'client-cert',
    })
    expect(transport.registryNetworks).toEqual({ networks: [{ address: '10.20.0.0', prefix: 16 }], loopback: false })
    expect(readConfig({}).transport.registryNetworks).toEqual({ loopback: true })
    for (const wrong of ['10.0.0.0/33', 'court.example', '10.0.0.0/8/8', '', ','])
      expect(problemsOf({ WRIT_REGISTRY_NETWORKS: `10.0.0.0/8,${wrong}` }), wrong).toHaveLength(1)
    expect(problemsOf({ WRIT_PROXY_CERT_HEADER: 'Client-Cert' })[0]).toMatch(/with WRIT_BEHIND_PROXY=true only/)
  })
})

test('`writ config check` tells where each value comes from, and shows no secret; a misspelt name is told', () => {
  const file = join(dir, 'kek')
  writeFileSync(file, Buffer.alloc(32, 7).toString('base64'))
  const { found, unknown } = describeConfig({
    DATABASE_URL: database,
    WRIT_KEK_FILE: file,
    PORT: '9000',
    WRIT_COURT: 'x',
  })
  const told = (name: string) => found.find((setting) => setting.name === name)
  expect(told('DATABASE_URL')).toEqual({ name: 'DATABASE_URL', from: 'environment', shown: '[secret]' })
  expect(told('WRIT_KEK')).toEqual({ name: 'WRIT_KEK', from: 'file', shown: '[secret]' })
  expect(told('PORT')).toEqual({ name: 'PORT', from: 'environment', shown: '9000' })
  expect(told('HOST')).toEqual({ name: 'HOST', from: 'default', shown: '' })
  expect(unknown).toEqual(['WRIT_COURT'])
})

describe('how people sign in', () => {
  const provider = {
    WRIT_OIDC_ISSUER: 'https://id.court.example/realms/court',
    WRIT_OIDC_CLIENT_ID: 'writ',
    WRIT_OIDC_CLIENT_SECRET: 'a-secret-word',
    WRIT_OIDC_REDIRECT: 'https://writ.court.example/',
  }

  test('in production approvers and administrators show a second factor unless it is said otherwise; in a demo nobody', () => {
    const { secondFactorFor } = readConfig({ DATABASE_URL: database }).signIn
    expect(secondFactorFor).toEqual([
      'approver',
      'enforcement-director',
      'system-administrator',
      'security-administrator',
      'audit-administrator',
    ])
    expect(readConfig({}).signIn.secondFactorFor).toEqual([])
    const said = (text: string) => readConfig({ DATABASE_URL: database, WRIT_SECOND_FACTOR: text }).signIn
    expect(said('none').secondFactorFor).toEqual([])
    expect(said('officer, approver').secondFactorFor).toEqual(['officer', 'approver'])
    expect(problemsOf({ WRIT_SECOND_FACTOR: 'boss' })[0]).toMatch(/^WRIT_SECOND_FACTOR: names no role/)
  })

  test('a provider is named whole, over https, and proves us by a secret or a key', () => {
    const { openid } = readConfig(provider).signIn
    expect(openid).toMatchObject({ publicOrigin: 'https://writ.court.example', claim: 'preferred_username' })
    expect(JSON.stringify(openid)).not.toContain('a-secret-word')
    const wrong = (over: Record<string, string>) => problemsOf({ ...provider, ...over }).map((one) => one.split(':')[0])
    expect(wrong({ WRIT_OIDC_CLIENT_ID: '' })).toEqual(['WRIT_OIDC_CLIENT_ID'])
    expect(wrong({ WRIT_OIDC_REDIRECT: '' })).toEqual(['WRIT_OIDC_REDIRECT'])
    expect(wrong({ WRIT_OIDC_CLIENT_KEY: 'and a key' })).toEqual(['WRIT_OIDC_CLIENT_SECRET or WRIT_OIDC_CLIENT_KEY'])
    expect(wrong({ WRIT_OIDC_ISSUER: 'http://id.court.example' })).toEqual(['WRIT_OIDC_ISSUER'])
    expect(readConfig({ ...provider, WRIT_OIDC_ISSUER: 'http://127.0.0.1:9000' }).signIn.openid).toBeDefined()
  })
})

describe('what is asked of papers', () => {
  test('in production seals are required and what cannot be taken back is confirmed field by field; in a demo neither', () => {
    expect(readConfig({ DATABASE_URL: database }).papers).toEqual({
      seals: 'required',
      confirm: ['transfer', 'release', 'convey'],
    })
    expect(readConfig({}).papers).toEqual({ seals: 'flagged', confirm: [] })
    const said = { WRIT_DOCUMENT_SEALS: 'flagged', WRIT_CONFIRM_FIELDS: 'freeze, transfer' }
    expect(readConfig({ DATABASE_URL: database, ...said }).papers).toEqual({
      seals: 'flagged',
      confirm: ['freeze', 'transfer'],
    })
    expect(readConfig({ DATABASE_URL: database, WRIT_CONFIRM_FIELDS: 'none' }).papers.confirm).toEqual([])
    expect(problemsOf({ WRIT_CONFIRM_FIELDS: 'inquire' })[0]).toMatch(/^WRIT_CONFIRM_FIELDS/)
    expect(problemsOf({ WRIT_SEAL_CA: 'no certificate' })[0]).toMatch(/^WRIT_SEAL_CA/)
  })

  test('`writ config check` tells the policy, and what is missing for it', () => {
    const required = readConfig({ DATABASE_URL: database }).papers
    expect(tellPapers(required).join()).toMatch(/required.*未配置签章 CA.*transfer, release, convey/)
    expect(tellPapers(readConfig({}).papers).join()).toMatch(/flagged.*none/)
    expect(lackingForPapers('production', required)).toEqual([expect.stringContaining('WRIT_SEAL_CA')])
    expect(lackingForPapers('demo', required)).toEqual([])
  })
})

describe('the keys of production', () => {
  test('are never those of a demo, and are refused before they touch its database', async () => {
    const keys = join(dir, 'demo-keys')
    await openKeyring(keys, { courts: ['津0116'], create: true, demo: true })
    const config = readConfig({ DATABASE_URL: database, WRIT_KEYS_DIR: keys })
    await expect(openKeys(config, false)).rejects.toThrow(/made for a demo/)
  })

  test('are not made up: what is missing is told, with the command that makes it', async () => {
    const config = readConfig({ DATABASE_URL: database, WRIT_KEYS_DIR: join(dir, 'none') })
    await expect(openKeys(config, false)).rejects.toThrow(/court:津0116, receipt, record.*writ keys make/)
  })
})
