import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { openKeys } from '../src/cli/open-keys.ts'
import { ConfigFault, readConfig } from '../src/config.ts'
import { openKeyring } from '../src/signing/keyring.ts'

const dir = mkdtempSync(join(tmpdir(), 'writ-config-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const database = 'postgres://writ:a-secret-word@127.0.0.1/writ'

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
    expect(config).toMatchObject({ mode: 'demo', host: '127.0.0.1', port: 8080, sandboxes: true, courts: ['津0116'] })
  })

  test('a database makes it production, without sandboxes', () => {
    expect(readConfig({ DATABASE_URL: database })).toMatchObject({ mode: 'production', sandboxes: false })
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
    const problems = problemsOf({ PORT: 'eighty', DATABASE_URL: 'mysql://secret', WRIT_GATEWAY_ID: 'Court!' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'WRIT_GATEWAY_ID'])
    expect(problems.join()).not.toMatch(/secret|eighty|Court!/)
    expect(problemsOf({ WRIT_COURTS: '津0116,津9999' })[0]).toMatch(/not in the table of courts/)
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
