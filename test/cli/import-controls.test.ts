import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/commands.ts'
import type { Office } from '../../src/cli/office.ts'
import type { CaseFile, Party } from '../../src/domain/case-file.ts'
import type { RegistryCode } from '../../src/domain/registry.ts'
import type { Subject } from '../../src/domain/subject.ts'
import { addressRule } from '../../src/relay/address-rule.ts'
import { openKeyring } from '../../src/signing/keyring.ts'
import { binhai, caseFile, caseNumber, debtor } from '../support/court.ts'
import { openTestStore, type TestStore } from '../support/database.ts'
import { bookOf } from '../tables/archive.ts'
import { casesOf } from './cases-of.ts'

const dir = mkdtempSync(join(tmpdir(), 'writ-controls-'))
let opened: TestStore
let office: Office
const now = new Date('2026-03-01T00:00:00Z')
const company: Subject = {
  kind: 'organisation',
  name: '某某商贸有限公司',
  idType: 'credit-code',
  idNumber: '91120116MA0000015H',
}
const sample = readFileSync(new URL('../../docs/import/controls.csv', import.meta.url), 'utf8')

beforeAll(async () => {
  opened = await openTestStore()
  const keyring = await openKeyring(join(dir, 'keys'), { courts: [binhai], create: true, demo: true })
  const { store, people, accounts, registries, clients } = opened
  const parts = { store, signer: keyring, gatewayId: 'gw.test.writ', clock: () => now, newId }
  const kek = {
    source: 'keyring',
    current: async () => 'k',
    rotation: async () => ({ created: [], apply: () => {} }),
    former: async () => [],
    rewrap: async () => ({ count: 0, from: [] }),
  } as const
  const rule = { addressRule: addressRule({ loopback: true }), changed: async () => {} }
  const records = { people, accounts, registries, clients, cases: casesOf(parts, opened, keyring) }
  office = { mode: 'demo', parts, ...records, keyring, kek, ...rule }
  await registered('313110000092', ['deposit'])
  await registered('102110000017', ['deposit'])
  await registered('house-120116', ['land', 'real-estate'])
  await entered('（2024）津0116执3456号', [party('debtor', debtor), party('applicant', company)])
  await entered('（2025）津0116执保12号', [party('preserved', company)])
  await entered('（2025）津0116执99号', [party('debtor', debtor, false)], false)
})
afterAll(async () => {
  await opened.close()
  rmSync(dir, { recursive: true, force: true })
})

const registered = (code: string, assetClasses: readonly string[]) =>
  opened.store.note(({ partners }) =>
    partners.put({
      ...{ code: code as RegistryCode, name: code, adapter: 'bank', assetClasses, measures: ['inquire'], mode: 'pull' },
      ...{ keys: [], respondWithinHours: 24, demo: false, state: 'live', registeredBy: 'operator' },
    }),
  )
const party = (role: Party['role'], subject: Subject, confirmed = true): Party => {
  return { id: newId(), role, subject, enteredBy: 'wen', ...(confirmed && { confirmedBy: 'he' }) }
}
const entered = async (number: string, parties: readonly Party[], confirmed = true): Promise<void> => {
  const { parties: _, members: __, confirmedBy: ___, ...file }: CaseFile = caseFile()
  await opened.store.found({ ...file, id: newId(), number: caseNumber(number) }, async (act) => {
    for (const one of parties)
      await act.addParty(one, await act.keep('party', Buffer.from(JSON.stringify(one.subject))))
    if (confirmed) await act.confirm('he', [])
    return { kind: 'entered' as const }
  })
}

const importing = (content: string | Uint8Array, ...more: string[]) => {
  writeFileSync(join(dir, 'list'), content)
  return runCommand(office, ['import', 'controls', 'list', ...more], { cwd: dir })
}
const controlsIn = async (number: string) => {
  const file = await opened.reads.caseByNumber(caseNumber(number))
  return opened.reads.controls(file?.id ?? '')
}
const [head = '', freeze = '', ...rest] = sample.trim().split('\n')
const cells = (row: string) => row.split(',')
/** A row of the sample with some of its cells written otherwise. */
const row = (of: string, over: Record<string, string>) =>
  cells(of.replace('"1,085,200.00"', '1085200.00'))
    .map((cell, at) => over[cells(head)[at] ?? ''] ?? cell)
    .join(',')
const list = (...rows: string[]) => [head, ...rows].join('\n')

describe('writ import controls', () => {
  test('checks the sample of the documentation in a dry run and writes nothing', async () => {
    const entries = await opened.reads.entries({ limit: 200 })
    expect(await importing(sample, '--dry-run')).toEqual({
      exitCode: 0,
      lines: [
        '可以导入 can be imported: 4',
        '  涉及案件 cases: 2',
        '  生效 in force: 3，轮候 waiting: 1，已届满 run out: 0',
        '此前已导入 here already: 0',
      ],
    })
    expect(await controlsIn('（2024）津0116执3456号')).toEqual([])
    expect(await opened.reads.entries({ limit: 200 })).toEqual(entries)
  })

  test('imports it, each control with its entry, and a second time nothing', async () => {
    expect((await importing(sample)).lines[0]).toBe('已导入 imported: 4')
    const controls = await controlsIn('（2024）津0116执3456号')
    expect(
      controls
        .map(({ assetClass, effect, from, to, amount, queuePlace }) => [
          assetClass,
          effect,
          from,
          to,
          amount,
          queuePlace,
        ])
        .toSorted(),
    ).toEqual([
      ['deposit', 'effective', '2026-02-03', '2027-02-02', '210000.00', undefined],
      ['land', 'effective', '2024-09-10', '2027-09-09', undefined, undefined],
      ['real-estate', 'waiting', undefined, undefined, undefined, 1],
    ])
    expect(await controlsIn('（2025）津0116执保12号')).toMatchObject([{ registry: '102110000017', to: '2026-11-30' }])
    const kinds = (await opened.reads.entries({ limit: 200 })).map(({ kind, person }) => `${kind} by ${person}`)
    expect(kinds.filter((kind) => kind === 'control.imported by operator')).toHaveLength(4)
    for (const again of [sample, iconv.encode(sample, 'gbk'), bookOf([cells(head), cells(row(freeze, {}))])]) {
      const { exitCode, lines } = await importing(again)
      expect([exitCode, lines[0]]).toEqual([0, '已导入 imported: 0'])
    }
    expect(await controlsIn('（2024）津0116执3456号')).toHaveLength(3)
    expect((await opened.reads.entries({ limit: 200 })).filter(({ kind }) => kind === 'control.imported')).toHaveLength(
      4,
    )
  })

  const other = { 文书号: '另号', 控制编号: '另号' }
  const house = rest[0] ?? ''
  test.each([
    ['a case number that is none', freeze, { 案号: '某案' }, 'case-number-malformed'],
    ['a case that is not here', freeze, { 案号: '（2024）津0116执9999号' }, 'case-unknown'],
    ['a case nobody has confirmed', freeze, { 案号: '（2025）津0116执99号' }, 'case-unconfirmed'],
    ['a party nobody has confirmed', freeze, { 案号: '（2025）津0116执99号' }, 'party-unconfirmed'],
    ['somebody else', freeze, { 证件号码: '120101199001150028' }, 'subject-not-a-party'],
    ['another name', freeze, { 姓名或名称: '张某' }, 'party-name-differs'],
    ['the applicant', freeze, { 姓名或名称: company.name, 证件号码: company.idNumber }, 'party-not-liable'],
    ['a registry that is not registered', freeze, { 协助单位: '999999999999' }, 'registry-unknown'],
    ['a registry that keeps other property', freeze, { 协助单位: 'house-120116' }, 'registry-asset-unsupported'],
    ['a class that is none', freeze, { 财产类别: '存单' }, 'asset-class-unknown'],
    ['a measure that holds nothing', freeze, { 措施: '查询' }, 'measure-unknown'],
    ['a measure not for this property', freeze, { 措施: '查封' }, 'measure-asset-mismatch'],
    ['a card with a wrong check digit', freeze, { 账号: '6217000000000000013' }, 'card-number-check'],
    ['an account that is none', freeze, { 账号: '张某某的卡' }, 'account-malformed'],
    ['no account', freeze, { 账号: '' }, 'target-unnamed'],
    ['a unit code that is none', house, { 不动产单元号: '120116001001GB00001F0001000' }, 'unit-code-malformed'],
    ['a term beyond the cap', freeze, { 止日: '2027-02-04' }, 'term-too-long'],
    ['a term that ends before it begins', freeze, { 止日: '2026-02-03' }, 'term-backwards'],
    ['a term of the future', freeze, { 起日: '2026-03-02', 止日: '2026-09-01' }, 'control-not-begun'],
    ['no last day', freeze, { 止日: '' }, 'date-malformed'],
    ['a day that never was', freeze, { 止日: '2026-02-30' }, 'date-malformed'],
    ['a term of one that waits', house, { 止日: '2027-02-02' }, 'waiting-has-no-term'],
    ['a place of one in force', freeze, { 轮候顺位: '1' }, 'effective-has-no-place'],
    ['a place that is none', house, { 轮候顺位: '第一' }, 'queue-place-malformed'],
    ['a standing that is none', freeze, { 状态: '在先' }, 'effect-unknown'],
    ['no amount', freeze, { 金额: '', 额度: '' }, 'amount-missing'],
    ['an amount that is none', freeze, { 金额: '二十一万' }, 'money-malformed'],
    ['three decimals', freeze, { 金额: '1.005' }, 'money-decimals'],
    ['no paper', freeze, { 文书号: '' }, 'paper-missing'],
    [
      'another sum than before',
      freeze,
      { 金额: '1.00', 文书号: '（2024）津0116执3456号之一', 控制编号: '20240603120116000002' },
      'import-contradicts',
    ],
  ])('refuses %s, by its row and code and not by its value', async (_what, of, over, code) => {
    const before = await controlsIn('（2024）津0116执3456号')
    const wrong = row(of, { ...other, ...over })
    const { exitCode, lines } = await importing(list(row(freeze, { ...other, 文书号: '好的' }), wrong))
    expect([exitCode, lines.join('\n')]).toEqual([1, expect.stringContaining(`[${code}]`)])
    expect(lines.filter((line) => line.startsWith('第 3 行'))).not.toEqual([])
    expect(lines.filter((line) => line.startsWith('第 2 行'))).toEqual([])
    expect(lines.join('\n')).not.toMatch(/\?\]|张某某|6217|1201\d{8}/)
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/[\u4e00-\u9fa5].* \[[a-z-]+\]$/)
    expect(await controlsIn('（2024）津0116执3456号')).toEqual(before)
  })

  test('tells all that is wrong with a list at once', async () => {
    const { lines } = await importing(
      list(row(freeze, { 案号: '某案', 账号: '!' }), row(house, { 文书号: '', 轮候顺位: '0' })),
    )
    expect(lines.map((line) => line.slice(0, 5))).toEqual(
      ['第 2 行', '第 2 行', '第 3 行', '第 3 行', '有误 4 处'].map((text) => text.slice(0, 5)),
    )
  })

  test('says how it is used, and that it found no list', async () => {
    expect((await runCommand(office, ['import', 'people'], { cwd: dir })).exitCode).toBe(1)
    expect((await runCommand(office, ['import', 'controls'], { cwd: dir })).exitCode).toBe(1)
    expect((await importing(list())).lines.join()).toContain('[table-empty]')
    expect((await importing('案号\n1\n')).lines.join()).toContain('[heading-missing]')
    expect((await runCommand(office, ['import', 'controls', 'nowhere.csv'], { cwd: dir })).exitCode).toBe(1)
  })
})
