import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bank as bankDialect } from '../adapters/bank/adapter.ts'
import { realEstate } from '../adapters/real-estate/adapter.ts'
import { addMonths } from '../src/domain/beijing-date.ts'
import type { Measure } from '../src/domain/measure.ts'
import { otherHalves } from '../src/domain/pair.ts'
import { isRefusal } from '../src/domain/refusal.ts'
import { openDesk } from '../src/gateway/desk.ts'
import { changeStanding, confirmCase } from '../src/gateway/enter-case.ts'
import { inquireTerminated } from '../src/gateway/inquire-terminated.ts'
import type { Counter } from '../src/gateway/parts.ts'
import { listen } from '../src/http/listen.ts'
import { deskLocks } from '../src/signing/desk-locks.ts'
import { eventually } from './adapters/contract.ts'
import { type Office, type OpenCase, openOffice } from './gateway/office.ts'
import { refolded } from './gateway/refold.ts'
import {
  account,
  bank,
  caseNumber,
  land as centre,
  day,
  house,
  measureOf,
  parcel,
  registrarHe,
  registrarWen,
  sure,
  whole,
  yuan,
} from './support/court.ts'
import { type SandboxProcess, startSandboxProcess } from './support/sandbox-process.ts'

/*
 * One case from inquiry to the release of the rest, line by line, as a court would tell it. The gateway is the true one on a
 * true store; bank and registration centre are the sandboxes, in processes of their own, over sockets. All three have one
 * clock, which the test turns: so the dates are those of the story, and fourteen months pass in seconds.
 */
let office: Office
let file: OpenCase
let server: Awaited<ReturnType<typeof listen>>
let bankProcess: SandboxProcess
let centreProcess: SandboxProcess
const dir = mkdtempSync(join(tmpdir(), 'writ-worked-'))
const secret = 'they come for their own'
const anHour = 3_600_000

beforeAll(async () => {
  office = await openOffice({ bank: bankDialect(), land: realEstate() })
  const { mintToken, tokenHolds } = deskLocks(office.keyring.secret('token').bytes)
  const locks = {
    mintToken,
    tokenHolds,
    credentialHolds: async (_: Counter, __: string, said: string) => said === secret,
  }
  const serve = async (request: Request): Promise<Response> => {
    const counter = office.parts.counter(new URL(request.url).pathname.split('/')[2] ?? '')
    if (counter?.adapter.kind !== 'pull') return new Response(null, { status: 404 })
    return counter.adapter.serve(request, openDesk(office.parts, counter, locks))
  }
  server = await listen({ fetch: serve }, { host: '127.0.0.1', port: 0, drainMs: 100 })
  const at = '2024-06-03T09:00:00+08:00'
  const shared = { gateway: server.origin, pollMs: 100, at }
  bankProcess = await startSandboxProcess('bank', {
    ...shared,
    books: join(dir, 'bank.json'),
    banks: [{ code: bank.code, user: 'bank', password: secret }],
    transferMs: anHour,
  })
  centreProcess = await startSandboxProcess('real-estate', {
    ...shared,
    books: join(dir, 'centre.json'),
    registry: centre.code,
    user: 'centre',
    password: secret,
  })
  await itIs(at)
  file = await office.openCase({ number: caseNumber('（2024）津0116执3456号') })
})
afterAll(async () => {
  await bankProcess?.kill()
  await centreProcess?.kill()
  await server?.close()
  await office?.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Turns all three clocks. */
async function itIs(at: string): Promise<void> {
  office.time.shift = Date.parse(at) - Date.now()
  await Promise.all([bankProcess, centreProcess].map((sandbox) => sandbox.post('/sandbox/clock', { at })))
}

const atBank = { registries: [bank.code] }
const order = async (measure: Measure, over: object = {}, of = file) => (await office.send(of, measure, over)).delivery
const answered = (delivery: string, answer: string) =>
  eventually(async () => expect(await office.answerOf(delivery)).toBe(answer))
const saidOf = async (delivery: string) =>
  (await office.exchangeOf(delivery)).statements.map(({ statement }) => statement)
const controlsOf = (delivery: string) =>
  office.controls(file.id).then((controls) => controls.filter((control) => control.delivery === delivery))

let freeze = ''
let otherFreeze = ''
let other: OpenCase

test('1. 2024-06-03 查询：余额 300,000.00，可用 210,000.00，津0102 在先冻结 90,000.00 至 2025-03-01', async () => {
  const asked = await order({ kind: 'inquire', kinds: ['deposit'] }, atBank)
  expect(asked.reference).toMatch(/^20240603120116\d{6}$/)
  await answered(asked.id, 'executed')
  const [found] = (await saidOf(asked.id)).flatMap(({ holdings }) => holdings)
  expect(found).toMatchObject({ asset: account, balance: '300000.00', available: '210000.00' })
  expect(found?.encumbrances).toMatchObject([
    { kind: 'freeze', case: '（2024）津0102执保15号', amount: '90000.00', until: '2025-03-01' },
  ])
})

test('2. 冻结 1,295,200.00：实际控制 210,000.00，超额控制 1,085,200.00', async () => {
  const { id, reference } = await order(measureOf.freeze)
  freeze = id
  await answered(id, 'executed')
  expect(await controlsOf(id)).toMatchObject([
    { effect: 'effective', amount: '210000.00', overQuota: '1085200.00', from: '2024-06-03', to: '2025-06-02' },
  ])
  expect((await controlsOf(id))[0]?.controlNo).toBe(reference)
  // A second case freezes behind it, for the same year; nobody will extend that one.
  other = await office.openCase({ number: caseNumber('（2024）津0116执3457号') })
  const targets = [whole(account, { amount: yuan('1000.00') })]
  otherFreeze = (await order({ ...measureOf.freeze, targets }, {}, other)).id
  await answered(otherFreeze, 'executed')
})

test('3. 查封房、地：轮候第 1 位于津0102 之后；2024-09-10 10:12:33 解封，自该日起生效，至 2027-09-09', async () => {
  const asked = await order({ kind: 'inquire', kinds: ['land', 'real-estate'] })
  await answered(asked.id, 'executed')
  const known = (await saidOf(asked.id)).flatMap(({ holdings }) =>
    holdings.map(({ asset }) => ({ registry: centre.code, asset })),
  )
  expect(otherHalves([{ registry: centre.code, asset: house }], known, [centre])).toMatchObject([{ asset: parcel }])

  const { id } = await order({ ...measureOf.seal, targets: [whole(house), whole(parcel)] })
  await answered(id, 'waiting')
  const { targets } = (await saidOf(id)).at(-1) ?? { targets: [] }
  for (const target of targets) {
    expect(target).toMatchObject({
      effect: 'waiting',
      queuePlace: 1,
      encumbrances: [{ holder: '天津市河东区人民法院' }],
    })
    expect(target).not.toHaveProperty('term')
  }
  await itIs('2024-09-10T10:12:33+08:00')
  await centreProcess.post('/sandbox/release-prior', { unit: house.unitCode, at: '2024-09-10T10:12:33+08:00' })
  await answered(id, 'executed')
  expect((await saidOf(id)).at(-1)?.kind).toBe('activated')
  for (const control of await controlsOf(id))
    expect(control).toMatchObject({
      effect: 'effective',
      effectiveFrom: new Date('2024-09-10T10:12:33+08:00'),
      from: '2024-09-10',
      to: '2027-09-09',
    })
  expect(await controlsOf(id)).toHaveLength(2)
})

test('在先冻结 2025-03-01 到期未续，额度冻结随即控住 90,000.00', async () => {
  await itIs('2025-03-02T09:00:00+08:00')
  await eventually(async () => expect((await saidOf(freeze)).at(-1)?.kind).toBe('corrected'))
  expect(await controlsOf(freeze)).toMatchObject([{ amount: '300000.00', overQuota: '995200.00', to: '2025-06-02' }])
})

test('4. 2025-05-20 续冻至 2026-06-02；未续的到 2025-06-03 已失效，不能再续', async () => {
  const term = { kind: 'dates', from: day('2025-06-03'), to: day('2026-06-02') } as const
  const extension = (delivery: string): Measure => ({
    kind: 'extend',
    targets: [whole(account)],
    term,
    parent: { delivery },
  })
  await itIs('2025-05-20T09:00:00+08:00')
  const { id } = await order(extension(freeze), atBank)
  await answered(id, 'executed')
  expect(await controlsOf(freeze)).toMatchObject([{ effect: 'effective', amount: '300000.00', to: '2026-06-02' }])

  await itIs('2025-06-03T00:00:00+08:00')
  const late = await office.ask(other, extension(otherFreeze), atBank)
  expect(isRefusal(late) && late.code).toBe('parent-not-in-force')
})

test('5. 扣划 210,000.00 至执行款专户；扣划办妥之前不得解除，之后解除其余', async () => {
  await itIs('2025-06-10T09:00:00+08:00')
  const onFreeze = { parent: { delivery: freeze } }
  const deduct = await order({ ...measureOf.transfer, ...onFreeze }, atBank)
  await answered(deduct.id, 'received')
  const rest: Measure = { ...measureOf.release, targets: [whole(account)], ...onFreeze }
  const early = await office.ask(file, rest, atBank)
  expect(isRefusal(early) && early.code).toBe('transfer-pending')
  // Rounds of the bank go by; a person there has not let the money go yet.
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await office.answerOf(deduct.id)).toBe('received')
  expect(await controlsOf(freeze)).toMatchObject([{ effect: 'effective', amount: '300000.00' }])

  await itIs('2025-06-10T10:01:00+08:00')
  await answered(deduct.id, 'executed')
  expect(await controlsOf(freeze)).toMatchObject([{ effect: 'effective', amount: '90000.00', overQuota: '995200.00' }])
  const release = await order(rest, atBank)
  await answered(release.id, 'executed')
  expect((await saidOf(deduct.id)).at(-1)?.targets).toMatchObject([
    { effect: 'ended', endedBy: 'disposed', amount: '210000.00' },
  ])
  expect(await bankProcess.effects(deduct.reference)).toEqual([expect.stringContaining('210000.00 to ')])
  expect(await bankProcess.effects(release.reference)).toEqual([expect.stringContaining('1085200.00')])
  expect(await controlsOf(freeze)).toMatchObject([{ effect: 'ended', endedBy: 'released' }])
  const after = await order({ kind: 'inquire', kinds: ['deposit'] }, atBank)
  await answered(after.id, 'executed')
  const holdings = (await saidOf(after.id)).flatMap((statement) => statement.holdings)
  expect(holdings).toMatchObject([{ balance: '90000.00' }])
})

test('6. 2025-09-01 终本：五年内每六个月查询一次，自 2026-03-01 至 2030-09-01 共十次', async () => {
  await itIs('2025-09-01T09:00:00+08:00')
  const ended = { standing: 'terminated', terminatedOn: day('2025-09-01') } as const
  sure(await changeStanding(office.parts, registrarWen, file.id, ended))
  sure(await confirmCase(office.parts, registrarHe, file.id))
  const days: string[] = []
  for (let month = 0; month <= 66; month += 1) {
    const today = addMonths(day('2025-09-01'), month)
    await itIs(`${today}T09:00:00+08:00`)
    if ((await inquireTerminated(office.parts)) > 0) days.push(today)
  }
  expect(days).toHaveLength(10)
  expect([days[0], days.at(-1)]).toEqual(['2026-03-01', '2030-09-01'])
})

test('所存控制措施与各方反馈重新推算的一致', async () => {
  for (const { id } of [file, other]) {
    const { stored, folded } = await refolded(office, id)
    expect(stored).toEqual(folded)
    expect(stored.length).toBeGreaterThan(0)
  }
})
