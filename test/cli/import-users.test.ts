import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import type { Office } from '../../src/cli/office.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { tableLimits } from '../../src/tables/table.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { workbookOf } from '../tables/archive.ts'
import { casesOf } from './cases-of.ts'

const dir = mkdtempSync(join(tmpdir(), 'writ-import-'))
let opened: TestStore
let office: Office
let changes = 0
const now = new Date('2026-03-01T00:00:00Z')

beforeAll(async () => {
  opened = await openTestStore()
  const keyring = await openKeyring(join(dir, 'keys'), { courts: ['津0116'], create: true, demo: true })
  const { store, people, accounts, registries, clients } = opened
  const parts = { store, signer: keyring, gatewayId: 'gw.test.writ', clock: () => now, newId }
  const changed = async () => {
    changes += 1
  }
  const rule = addressRule({ loopback: true })
  const kek = {
    source: 'keyring',
    current: async () => 'k',
    rotation: async () => ({ created: [], apply: () => {} }),
    former: async () => [],
    rewrap: async () => ({ count: 0, from: [] }),
  } as const
  const records = { people, accounts, registries, clients }
  office = {
    mode: 'demo',
    parts,
    ...records,
    keyring,
    kek,
    addressRule: rule,
    changed,
    cases: casesOf(parts, opened, keyring),
  }
})
afterAll(async () => {
  await opened.close()
  rmSync(dir, { recursive: true, force: true })
})

const importing = (content: string | Uint8Array, ...more: string[]) => {
  writeFileSync(join(dir, 'list'), content)
  return runCommand(office, ['user', 'import', 'list', ...more], { cwd: dir })
}
const names = async () => (await opened.people.all(now)).map(({ username }) => username)

const grantsOf = async (username: string) => {
  const person = await opened.people.byUsername(username, now)
  const grants = await opened.people.grants(person?.id ?? '')
  return grants.map(({ role, court, team, until }) => [role, court, team, until.toISOString()])
}

const head = '用户名,姓名,法院代字,岗位,团队,授权至\n'

describe('writ user import', () => {
  test('registers everybody in a list, with the roles as a court calls them', async () => {
    const list = `${head}lin,林书远,津0116,经办人、审批人,速裁一组,2027-12-31\nmei,梅清和,,监督员 audit-administrator,,\n`
    expect(await importing(list, '--dry-run')).toEqual({ exitCode: 0, lines: ['可以登记 can be registered: 2'] })
    expect([await names(), changes]).toEqual([[], 0])
    expect(await importing(list)).toEqual({ exitCode: 0, lines: ['已登记 registered: 2'] })
    expect(changes).toBe(1)
    expect(await grantsOf('lin')).toEqual([
      ['officer', '津0116', '速裁一组', '2027-12-31T16:00:00.000Z'],
      ['approver', '津0116', '速裁一组', '2027-12-31T16:00:00.000Z'],
    ])
    expect((await grantsOf('mei')).map(([role, court]) => [role, court])).toEqual([
      ['auditor', undefined],
      ['audit-administrator', undefined],
    ])
    const entries = await opened.reads.entries({ limit: 10 })
    expect(entries.map(({ kind, person }) => `${kind} by ${person}`).toSorted()).toEqual([
      ...Array(4).fill('grant.given by operator'),
      ...Array(2).fill('person.registered by operator'),
    ])
  })

  test('reads a workbook too', async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
    const sheet = `<row r="1"><c r="A1" t="s"><v>0</v></c>${cell('B1', '姓名')}${cell('C1', '岗位')}${cell('D1', '法院代字')}</row>
      <row r="2">${cell('A2', 'zhao')}${cell('B2', '赵明诚')}${cell('C2', '审批人')}${cell('D2', '津0116')}</row>`
    expect((await importing(workbookOf(sheet))).lines).toEqual(['已登记 registered: 1'])
  })

  test('registers nobody when something is wrong, and tells all of it by its place, never by its value', async () => {
    const before = await names()
    const { exitCode, lines } = await importing(
      [
        head.trim(),
        'new,新人,津0116,经办人,,',
        'lin,又一人,津9999,院长,,',
        'new,,津0116,经办人,,2025-12-31',
        '坏 名,甲,津0116,constructor,,',
        'two,乙,津0116,经办人、立案人员,,',
        'three,丙,,经办人,,',
        'four,丁,,监督员,二组,2099-01-01',
        'five,戊,津0116,协助单位经办人,,年底',
      ].join('\n'),
    )
    expect(exitCode).toBe(1)
    expect(lines.map((line) => line.replace(/: .* \[/, ' ['))).toEqual([
      '第 3 行 A 列 “用户名” [username-taken]',
      '第 3 行 C 列 “法院代字” [court-unknown]',
      '第 3 行 D 列 “岗位” [role-unknown]',
      '第 4 行 A 列 “用户名” [username-taken]',
      '第 4 行 B 列 “姓名” [name-malformed]',
      '第 4 行 F 列 “授权至” [grant-too-long]',
      '第 5 行 A 列 “用户名” [username-malformed]',
      '第 5 行 D 列 “岗位” [role-unknown]',
      '第 6 行 D 列 “岗位” [grant-incompatible]',
      '第 7 行 C 列 “法院代字” [grant-without-court]',
      '第 8 行 C 列 “法院代字” [grant-without-court]',
      '第 8 行 F 列 “授权至” [grant-too-long]',
      '第 9 行 D 列 “岗位” [role-not-by-list]',
      '第 9 行 F 列 “授权至” [date-malformed]',
    ])
    expect(lines.join()).not.toMatch(/又一人|津9999|院长|二组|坏 名|年底/)
    expect(await names()).toEqual(before)
  })

  test.each([
    ['2026-12-31', true],
    ['2026/3/1', true],
    ['2026年12月31日', true],
    ['2026-02-28', false],
    ['2027-02-29', false],
    ['soon', false],
  ])('takes the day %s for one to come: %s', async (day, isOne) => {
    const { lines } = await importing(`${head}dated,某人,津0116,经办人,,${day}\n`, '--dry-run')
    expect(lines.some((line) => line.includes('“授权至”'))).toBe(!isOne)
  })

  test.each([
    ['without headings', 'lin,林书远\n', /heading-unknown.*heading-missing/],
    ['without people', head, /table-empty/],
    ['of another kind', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /table-old-excel/],
    ['too large', Buffer.alloc(tableLimits.fileBytes + 1, 'a'), /table-too-large/],
  ])('a list %s is refused with what to do', async (_what, content, said) => {
    const { exitCode, lines } = await importing(content)
    expect(exitCode).toBe(1)
    expect(lines.join()).toMatch(said)
  })

  test('more findings than a terminal shows are counted', async () => {
    const { lines } = await importing(head + 'x,,津0116,经办人,,\n'.repeat(60))
    expect(lines).toHaveLength(51)
    expect(lines.at(-1)).toBe('另有 69 处 and 69 more')
  })

  test('tells where it stopped when somebody else was at work meanwhile', async () => {
    const people = { ...opened.people, all: async () => [] }
    writeFileSync(join(dir, 'list'), `${head}zhou,周正,津0116,经办人,,\nlin,林书远,津0116,经办人,,\n`)
    const { exitCode, lines } = await runCommand({ ...office, people }, ['user', 'import', 'list'], { cwd: dir })
    expect([exitCode, ...lines.map((line) => line.replace(/: .* \[/, ' ['))]).toEqual([
      1,
      '第 3 行 [username-taken]',
      '此前已登记 registered before that: 1',
    ])
    expect(await names()).toContain('zhou')
  })

  test('says how it is used', async () => {
    expect((await runCommand(office, ['user', 'import'], { cwd: dir })).lines.join()).toContain(
      'writ user import <file',
    )
  })
})
