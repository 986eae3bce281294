import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { RegistryCode } from '../../src/domain/registry.ts'
import { repeatDue } from '../../src/gateway/repeat.ts'
import { listen } from '../../src/http/listen.ts'
import { hashPassword } from '../../src/signing/password.ts'
import { eventually } from '../adapters/contract.ts'
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts'
import { codeOf, openCase, read, submitted, type TestCase } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

const bank = '313110000092' as RegistryCode
const known = '6217000000000000012'
const nobodys = '6217000000000000020'

let edge: TestEdge
let door: Awaited<ReturnType<typeof listen>>
let sandbox: SandboxProcess
let file: TestCase
const dir = mkdtempSync(join(tmpdir(), 'writ-repeat-'))
beforeAll(async () => {
  edge = await openTestEdge()
  const credential = { user: 'bank', password: 'the banks come for their own' }
  const passwordHash = await hashPassword(credential.password)
  await edge.opened.store.note(({ partners }) =>
    partners.put({
      ...{
        code: bank,
        name: '某某城市商业银行（沙盒）',
        adapter: 'bank',
        mode: 'pull',
        keys: [],
        respondWithinHours: 24,
      },
      ...{ assetClasses: ['deposit'], measures: ['inquire', 'freeze', 'release'], demo: true, state: 'live' },
      credential: { user: credential.user, passwordHash },
      registeredBy: 'operator',
      credentialProvedAt: new Date(),
    }),
  )
  await edge.parts.changed()
  door = await listen(edge.app, { host: '127.0.0.1', port: 0 })
  sandbox = await startSandboxProcess('bank', {
    ...{ books: join(dir, 'books.json'), slowMs: 900, transferMs: 300, pollMs: 60, gateway: door.origin },
    banks: [{ code: bank, ...credential }],
  })
  file = await openCase(edge)
})
afterAll(async () => {
  await sandbox?.kill()
  await door?.close()
  await edge?.close()
  rmSync(dir, { recursive: true, force: true })
})

type Progress = {
  readonly state: { code: string }
  readonly total: string
  readonly held: string
  readonly hits: readonly { amount: string; delivery: string; entry: string }[]
  readonly repetitions: readonly string[]
}
const progressOf = async (id: string) =>
  read<Progress>(await edge.call('officerLin', 'GET', `/v1/requests/${id}/repetition`), 200)
const later = (hours: number) => ({
  ...edge.gateway,
  clock: () => new Date(Date.now() + hours * 3_600_000),
})
const ordered = async (...shares: readonly (readonly [account: string, amount: string])[]) => {
  const targets = shares.map(([account, amount]) => ({ asset: { class: 'deposit', account }, amount }))
  const body = {
    ...file.seal,
    registries: [bank],
    measure: { kind: 'freeze', targets, term: { months: 12 } },
    repeatUntil: addDays(toBeijingDate(new Date()), 20),
  }
  const { id } = await read<{ id: string }>(await submitted(edge, body), 202)
  await read(await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  return id
}
const heldOf = (id: string, held: string) => eventually(async () => expect((await progressOf(id)).held).toBe(held))

test('credits that come later are hits of one order; what nobody waits for is asked again, and a stop is the end', async () => {
  const id = await ordered([known, '230000.00'], [nobodys, '30000.00'])
  // 300,000 on the account, 90,000 of them held by another court: 210,000 now, 20,000 wait at the bank.
  await heldOf(id, '210000.00')
  await sandbox.post('/sandbox/credit', { bank, account: known, amount: '12000.00' })
  await heldOf(id, '222000.00')
  const before = await progressOf(id)
  expect(before).toMatchObject({ total: '260000.00', state: { code: 'running' }, repetitions: [] })
  expect(before.hits.map(({ amount }) => amount)).toEqual(['210000.00', '12000.00'])
  expect(new Set(before.hits.map(({ entry }) => entry)).size).toBe(2)

  expect(await repeatDue(edge.gateway)).toBe(0)
  expect(await repeatDue(later(25))).toBe(1)
  const [run = ''] = (await progressOf(id)).repetitions
  await eventually(async () => {
    const view = await read<{ answered: boolean }>(await edge.call('officerLin', 'GET', `/v1/requests/${run}`), 200)
    expect(view.answered).toBe(true)
  })
  const asked = (await edge.gateway.reads.request(run))?.asked.measure
  expect(asked?.kind === 'freeze' && asked.targets).toMatchObject([{ asset: { account: nobodys }, amount: '30000.00' }])
  const [exchange] = await edge.gateway.reads.exchangesOf(run)
  expect(await sandbox.effects(exchange?.delivery.reference ?? '')).toEqual([])

  await sandbox.post('/sandbox/credit', { bank, account: known, amount: '50000.00' })
  await heldOf(id, '230000.00')
  expect((await progressOf(id)).hits.map(({ amount }) => amount)).toEqual(['210000.00', '12000.00', '8000.00'])
  await read(await edge.call('officerLin', 'POST', `/v1/requests/${id}/stop`), 200)
  expect(await repeatDue(later(60))).toBe(0)
  expect(await progressOf(id)).toMatchObject({ state: { code: 'stopped' }, repetitions: [run] })
  expect(await codeOf(await edge.call('officerLin', 'POST', `/v1/requests/${id}/stop`))).toBe('409 repetition-ended')
  expect(edge.faults).toEqual([])
})

test('an order whose whole sum came to be held is met, and only an order has a repetition', async () => {
  const id = await ordered([known, '40000.00'])
  await heldOf(id, '40000.00')
  expect(await repeatDue(later(25))).toBe(0)
  expect(await progressOf(id)).toMatchObject({ state: { code: 'met' }, held: '40000.00', repetitions: [] })
  const { id: seal } = await read<{ id: string }>(await submitted(edge, file.seal), 202)
  expect(await codeOf(await edge.call('officerLin', 'GET', `/v1/requests/${seal}/repetition`))).toBe(
    '404 repetition-unknown',
  )
})
