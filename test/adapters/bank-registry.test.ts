import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bank } from '../../adapters/bank/adapter.ts'
import { firstVault } from '../../adapters/bank/sandbox-vault.ts'
import { sandboxPeople } from '../../adapters/sandbox.ts'
import type { BeijingDate } from '../../src/domain/beijing-date.ts'
import { addYears, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { Measure, Target } from '../../src/domain/measure.ts'
import { type Money, renminbi } from '../../src/domain/money.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import { openTestGateway, type TestGateway } from '../support/desk.ts'
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts'
import { eventually, keepsTheRegistryContract, type Subject } from './contract.ts'
import { keepsTheMeasures, type MeasureWorld } from './contract-measures.ts'

const code = '313110000092'
const registry: Registry = {
  code: code as RegistryCode,
  name: '某某城市商业银行（沙盒）',
  assetClasses: ['deposit'],
  measures: ['inquire', 'freeze', 'extend', 'release', 'transfer'],
}
const today = toBeijingDate(new Date())
const inAYear = addYears(today, 1)
const accounts = firstVault(code, new Date()).accounts
const accountOf = (subject: Subject): string =>
  accounts.find(({ name }) => name === sandboxPeople[subject].name)?.account ?? 'none'

const targetsOf = (subject: Subject, amount?: string): Target[] => [
  {
    asset: { class: 'deposit', account: accountOf(subject) },
    scope: 'part',
    ...(amount && { amount: amount as Money }),
  },
]
const freeze = (subject: Subject, amount = '5000.00'): Measure => ({
  kind: 'freeze',
  targets: targetsOf(subject, amount),
  currency: renminbi,
  term: { kind: 'dates', from: today, to: inAYear },
})
const payee = {
  name: '天津市滨海新区人民法院',
  bankName: '某某建设银行',
  bankCode: '105110000035',
  account: '12050110',
}

type BankWorld = MeasureWorld & { readonly gateway: TestGateway; bank: SandboxProcess; restart(): Promise<void> }

async function openBankWorld(transferMs = 300): Promise<BankWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-bank-'))
  const gateway = await openTestGateway(registry)
  gateway.connect(bank())
  const start = () =>
    startSandboxProcess('bank', {
      books: join(dir, 'books.json'),
      slowMs: 900,
      transferMs,
      pollMs: 60,
      gateway: gateway.origin,
      banks: [{ code, ...gateway.credential }],
    })
  const world: BankWorld = {
    gateway,
    bank: await start(),
    restart: async () => {
      await world.bank.kill()
      world.bank = await start()
    },
    send: ({ subject, measure }) =>
      gateway.send(subject, measure === 'inquire' ? { kind: 'inquire', kinds: ['deposit'] } : freeze(subject)),
    order: (measure) => gateway.send('found', measure),
    parentOf: (delivery) => ({ delivery, controlNo: gateway.row(delivery).outgoing.reference }),
    happens: (path, body) => world.bank.post(path, body),
    statementsOf: async (delivery) => gateway.row(delivery).told.map(({ jti, statement }) => ({ ...statement, jti })),
    standingOf: async (delivery) => gateway.standing(delivery),
    refusedOf: async (delivery) => gateway.row(delivery).refused,
    effectsAtRegistry: (delivery) => world.bank.effects(gateway.row(delivery).outgoing.reference),
    close: async () => {
      await world.bank.kill()
      await gateway.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  return world
}

keepsTheRegistryContract('bank', () => openBankWorld())
keepsTheMeasures(
  'bank',
  {
    speaks: registry.measures,
    held: targetsOf('found', '3000.00'),
    part: targetsOf('found', '1000.00'),
    sent: targetsOf('found', '2500.00'),
  },
  () => openBankWorld(),
)

describe('a bank, through a whole case', () => {
  let world: BankWorld
  beforeAll(async () => {
    world = await openBankWorld(1200)
  })
  afterAll(async () => world.close())

  const answer = (delivery: string) => world.gateway.standing(delivery).answer
  const done = (delivery: string) => eventually(async () => expect(answer(delivery)).toBe('executed'))
  const numberOf = (delivery: string) => world.gateway.row(delivery).outgoing.reference
  const onFreeze = (kind: 'extend' | 'release' | 'transfer', frozen: string, amount?: string): Measure => {
    const on = { targets: targetsOf('found', amount), parent: { delivery: frozen, controlNo: numberOf(frozen) } }
    if (kind === 'extend') return { kind, ...on, term: { kind: 'dates', from: inAYear, to: addYears(inAYear, 1) } }
    return kind === 'release' ? { kind, ...on, ground: 'paid' } : { kind, ...on, currency: renminbi, payee }
  }

  test('frozen over its balance, extended, transferred, and the rest released after the transfer', async () => {
    const frozen = await world.gateway.send('found', freeze('found', '100000.00'))
    await done(frozen)
    expect(world.gateway.standing(frozen).targets).toMatchObject([{ amount: '80000.00', overQuota: '20000.00' }])
    const extended = await world.gateway.send('found', onFreeze('extend', frozen))
    await done(extended)
    const to: BeijingDate = addYears(inAYear, 1)
    expect(world.gateway.standing(extended).targets).toMatchObject([{ effect: 'effective', term: { to } }])

    const transferred = await world.gateway.send('found', onFreeze('transfer', frozen, '50000.00'))
    await eventually(async () => expect(answer(transferred)).toBe('received'))
    const released = await world.gateway.send('found', onFreeze('release', frozen))
    await eventually(async () => expect(answer(released)).toBe('received'))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(answer(transferred)).toBe('received')
    expect(answer(released)).toBe('received')

    await done(transferred)
    expect(world.gateway.standing(transferred).targets).toMatchObject([{ effect: 'ended', amount: '50000.00' }])
    await done(released)
    expect(world.gateway.standing(released).targets).toMatchObject([{ effect: 'ended', endedBy: 'released' }])
    expect(await world.effectsAtRegistry(released)).toEqual([expect.stringContaining('50000.00')])
  })

  test('an account of which a part is held is frozen further: each holds its own sum, and what is freed goes to who waits', async () => {
    const inquiry = () => world.gateway.send('found', { kind: 'inquire', kinds: ['deposit'] })
    const free = async () => {
      const asked = await inquiry()
      await done(asked)
      return world.gateway.standing(asked).holdings.find(({ asset }) => asset.account === accountOf('found'))
    }
    const before = Number((await free())?.available)
    const sums = [10_000, before - 25_000, 20_000]
    const frozen: string[] = []
    for (const sum of sums) {
      const one = await world.gateway.send('found', freeze('found', `${sum}.00`))
      await done(one)
      frozen.push(one)
    }
    const [first = '', second = '', third = ''] = frozen
    const told = (of: string) => world.gateway.standing(of).targets
    expect(told(first)).toMatchObject([{ amount: '10000.00', overQuota: '0.00' }])
    expect(told(second)).toMatchObject([{ amount: `${before - 25_000}.00`, overQuota: '0.00' }])
    expect(told(third)).toMatchObject([{ amount: '15000.00', overQuota: '5000.00' }])
    const seen = await free()
    expect(seen?.available).toBe('0.00')
    expect(seen?.encumbrances.map(({ amount }) => amount)).toEqual(sums.map((sum) => `${sum}.00`))
    const released = await world.gateway.send('found', onFreeze('release', first))
    await done(released)
    expect(told(released)).toMatchObject([{ effect: 'ended', endedBy: 'released' }])
    await eventually(async () => expect(told(third)).toMatchObject([{ amount: '20000.00', overQuota: '0.00' }]))
    expect(told(second)).toMatchObject([{ amount: `${before - 25_000}.00`, overQuota: '0.00' }])
  })

  test('a freeze that waits for money has it as it comes, and says so', async () => {
    const frozen = await world.gateway.send('slow', freeze('slow', '90000.00'))
    await done(frozen)
    expect(world.gateway.standing(frozen).targets).toMatchObject([{ amount: '80000.00', overQuota: '10000.00' }])
    await world.bank.post('/sandbox/credit', { bank: code, account: accountOf('slow'), amount: '6000.00' })
    await eventually(async () => expect(world.gateway.statements(frozen).at(-1)?.kind).toBe('corrected'))
    expect(world.gateway.standing(frozen).targets).toMatchObject([{ amount: '86000.00', overQuota: '4000.00' }])
    expect(await world.effectsAtRegistry(frozen)).toHaveLength(1)
  })

  test('every answer comes with its stamped document, a real PDF', async () => {
    const inquiry = await world.send({ subject: 'found', measure: 'inquire' })
    await done(inquiry)
    const { sealedReceipts } = world.gateway.row(inquiry)
    const named = world.gateway.statements(inquiry).at(-1)?.sealedReceipt?.sha256 ?? ''
    expect(Buffer.from(sealedReceipts.get(named)?.bytes ?? []).toString('latin1')).toMatch(/^%PDF-1\.4[\s\S]+%%EOF\n$/)
  })

  test('a release without a freeze is refused with the words of the bank', async () => {
    const measure: Measure = {
      kind: 'release',
      targets: targetsOf('found'),
      parent: { controlNo: '1' },
      ground: 'paid',
    }
    const delivery = await world.gateway.send('found', measure)
    await eventually(async () => expect(answer(delivery)).toBe('refused'))
    expect(world.gateway.standing(delivery).targets).toMatchObject([
      { effect: 'none', reason: '无原冻结请求信息或冻结编号' },
    ])
  })

  test('a bank killed and started again remembers what it did, and does it once', async () => {
    const sent = await Promise.all(
      [1, 2, 3, 4].map(() => world.gateway.send('duplicate', freeze('duplicate', '10.00'))),
    )
    await eventually(async () => expect(sent.map(answer)).toContain('executed'))
    await world.restart()
    for (const delivery of sent) await done(delivery)
    for (const delivery of sent) expect(await world.effectsAtRegistry(delivery)).toHaveLength(1)
  })

  test('a bank that is told to be away stops coming, and comes again', async () => {
    await world.bank.post('/sandbox/behave', { unavailableForMs: 700 })
    await new Promise((resolve) => setTimeout(resolve, 150))
    const delivery = await world.send({ subject: 'found', measure: 'inquire' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(answer(delivery)).toBe('silent')
    await done(delivery)
  })

  test('a bank that will not says why', async () => {
    const refused = await world.send({ subject: 'refuses', measure: 'control' })
    await eventually(async () => expect(answer(refused)).toBe('refused'))
    const returned = await world.send({ subject: 'refuses', measure: 'inquire' })
    await eventually(async () => expect(answer(returned)).toBe('returned'))
  })
})
