import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import type { Office } from '../../src/cli/office.ts'
import { demoPasswords } from '../../src/demo/passwords.ts'
import { demoPeople } from '../../src/demo/people.ts'
import { seedPeople } from '../../src/demo/seed-people.ts'
import type { OfAccounts } from '../../src/gateway/roster/parts.ts'
import { provePassword, seldom } from '../../src/gateway/roster/sign-in.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { createTurns } from '../../src/signing/turns.ts'
import { chosen, withPassword, withTotp } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { personWith, seat } from '../support/people.ts'
import { casesOf } from './cases-of.ts'

let opened: TestStore
let office: Office
let accounts: OfAccounts
const dir = mkdtempSync(join(tmpdir(), 'writ-accounts-'))
const lin = { ...personWith('officer-lin', '林书远', ['officer'], binhai), username: 'lin.shuyuan' }

beforeAll(async () => {
  opened = await openTestStore()
  const keyring = await openKeyring(join(dir, 'keys'), { courts: [binhai], create: true, demo: true })
  const { store, people, registries, clients } = opened
  const parts = { store, signer: keyring, gatewayId: 'gw.test.writ', clock: () => new Date(), newId }
  const rule = addressRule({ loopback: true })
  const changed = async () => {}
  const kek = {
    source: 'keyring',
    current: async () => 'k',
    rotation: async () => ({ created: [], apply: () => {} }),
    former: async () => [],
    rewrap: async () => ({ count: 0, from: [] }),
  } as const
  const records = { people, accounts: opened.accounts, registries, clients }
  const common = { parts, ...records, keyring, kek, addressRule: rule, changed, cases: casesOf(parts, opened, keyring) }
  office = { mode: 'production', ...common }
  const turns = createTurns({ atOnce: 2, waiting: 8, waitingPerName: 3 })
  const hashing = { turns, cost: 'machine', strangerDue: seldom(60_000), demo: true } as const
  accounts = { ...parts, people, accounts: opened.accounts, ...hashing }
  await seat(opened, lin)
})
afterAll(async () => {
  await opened.close()
  rmSync(dir, { recursive: true, force: true })
})

const writ = (args: string[], input?: string) =>
  runCommand(office, args, { cwd: dir, ...(input !== undefined && { input }) })
const answers = async (password: string, username = lin.username) => {
  const answer = await provePassword(accounts, { username, password })
  return answer.kind === 'proved' ? { mustChange: answer.mustChange } : answer.code
}
const kindsAbout = async (about: string) =>
  (await opened.reads.entries({ about, limit: 50 })).map(({ kind, person }) => `${kind} by ${person}`)

describe('writ user', () => {
  test('password draws one, prints it on a line of its own, and it must be changed', async () => {
    const { exitCode, lines } = await writ(['user', 'password', lin.username])
    expect(exitCode).toBe(0)
    expect(lines[0]).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    expect(await answers(lines[0] ?? '')).toEqual({ mustChange: true })
    expect(await kindsAbout(lin.id)).toContain('password.changed by operator')
  })

  test('password takes one from standard input, by the rule, and never repeats it', async () => {
    const { exitCode, lines } = await writ(['user', 'password', lin.username, '--stdin'], `${chosen}\n`)
    expect([exitCode, lines.join().includes(chosen)]).toEqual([0, false])
    expect(await answers(chosen)).toEqual({ mustChange: true })
    const refused = await writ(['user', 'password', lin.username, '--stdin'], 'password1234\n')
    expect([refused.exitCode, refused.lines.join()]).toEqual([1, expect.stringContaining('password-common')])
  })

  test('unlock ends a lock', async () => {
    await withPassword(opened, lin)
    for (let at = 0; at < 5; at += 1) await answers('wrong wrong wrong')
    expect(await answers(chosen)).toBe('sign-in-refused')
    expect((await writ(['user', 'unlock', lin.username])).exitCode).toBe(0)
    expect(await answers(chosen)).toEqual({ mustChange: false })
  })

  test('certificate registers one from a file, factors lists what there is and removes what was lost', async () => {
    const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=lin', '-days', '9']
    execFileSync('openssl', ['req', '-x509', ...options, '-keyout', 'lin.key', '-out', 'lin.pem'], {
      cwd: dir,
      stdio: 'ignore',
    })
    const { lines } = await writ(['user', 'certificate', lin.username, 'lin.pem'])
    expect(lines[0]).toMatch(/x5t#S256 [\w-]{43}$/)
    await withTotp(accounts, lin)
    const listed = await writ(['user', 'factors', lin.username])
    expect(listed.lines.map((line) => line.split('\t')[1])).toEqual(['certificate', 'totp'])
    const [id = ''] = listed.lines[0]?.split('\t') ?? []
    expect((await writ(['user', 'factors', lin.username, 'remove', id])).exitCode).toBe(0)
    expect((await writ(['user', 'factors', lin.username])).lines).toHaveLength(1)
    expect((await writ(['user', 'certificate', lin.username, 'lin.key'])).lines).toEqual(['certificate-unreadable'])
  })

  test('says when there is no such user', async () => {
    expect((await writ(['user', 'password', 'nobody'])).lines.join()).toContain('no such user')
  })
})

test('writ token signs nobody in outside the demo', async () => {
  const refused = await writ(['token', lin.username])
  expect([refused.exitCode, refused.lines.join()]).toEqual([1, expect.stringContaining('POST /v1/sign-in')])
  const demo = await runCommand({ ...office, mode: 'demo' }, ['token', lin.username], { cwd: dir })
  expect(demo.lines[0]).toMatch(/^writ_/)
})

describe('the demo', () => {
  test('gives each of its people a password of this folder’s own, the same at every start, owner-only', async () => {
    await seedPeople(accounts, opened.people, dir)
    await seedPeople(accounts, opened.people, dir)
    const printed = demoPasswords(
      dir,
      demoPeople.map(({ username }) => username),
    )
    expect(new Set([...printed.values()].map(({ password }) => password)).size).toBe(demoPeople.length)
    expect(statSync(join(dir, 'demo', 'passwords.json')).mode & 0o777).toBe(0o600)
    for (const [username, { password }] of [...printed].slice(0, 2))
      expect(await answers(password, username)).toEqual({ mustChange: false })
  })

  test('leaves alone a password that one of them has chosen', async () => {
    const zhao = await opened.people.byUsername('zhao', new Date())
    await withPassword(opened, { id: zhao?.id ?? '' })
    await seedPeople(accounts, opened.people, dir)
    expect(await answers(chosen, 'zhao')).toEqual({ mustChange: false })
  })
})
