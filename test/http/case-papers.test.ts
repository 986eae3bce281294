import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CourtCode } from '../../src/domain/court.ts'
import { type Money, zeroMoney } from '../../src/domain/money.ts'
import type { ControlRow } from '../../src/gateway/ports/rows.ts'
import { lineSeen } from '../../src/http/officer/results.ts'
import { overviewSheet } from '../../src/http/printouts/overview.tsx'
import { digestOf } from '../../src/signing/compact.ts'
import { bank, binhai, caseFile, yuan } from '../support/court.ts'
import { openCase, read, submitted, type TestCase, takenByBureau, tell } from './case.ts'
import { openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase
let seal: { readonly delivery: string; readonly jws: string }
let untold: string
let waiting: string
let queue: string

beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
  seal = await ordered()
  const queued = { ...asset(), effect: 'waiting', queuePlace: 2 }
  await said({ kind: 'waiting', targets: [queued] })
  untold = await text(`/v1/deliveries/${seal.delivery}/printout`)
  const first = { kind: 'seal', holder: '天津市河东区人民法院', case: '（2024）津0102执保15号' }
  await said({ kind: 'waiting', sequence: 2, targets: [{ ...queued, encumbrances: [first, behind] }] })
  waiting = await text(`/v1/deliveries/${seal.delivery}/printout`)
  queue = await text(`/v1/cases/${known.id}/controls/printout`)
  const term = { from: '2026-01-01', to: '2028-12-31' }
  const held = { ...asset(), effect: 'effective', registeredAt: '2026-06-03T01:15:26Z', term }
  await said({ kind: 'activated', sequence: 3, targets: [held] })
})
afterAll(() => edge.close())

const behind = { kind: 'waiting-seal', holder: '天津市东丽区人民法院', queuePlace: 3 }
const asset = () => ({ asset: known.seal.measure.targets[0]?.asset })

async function ordered() {
  const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
  await read(await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const [taken] = (await takenByBureau(edge)).slice(-1)
  if (!taken) throw new Error('nothing went out')
  const [exchange] = await edge.gateway.reads.exchangesOf(id)
  return { delivery: exchange?.delivery.id ?? '', jws: exchange?.delivery.jws ?? '' }
}

async function said(over: object) {
  const statement = await edge.bureau.sign({
    ...{ iss: 'land-120116', aud: 'gw.test.writ', iat: Math.floor(Date.now() / 1000), jti: `stmt-${Math.random()}` },
    ...{ re: seal.delivery, re_sha256: digestOf(seal.jws), sequence: 1, receiptNumber: '1' },
    receivedAt: new Date().toISOString(),
    ...over,
  })
  const told = await tell(edge, statement)
  if (told.status !== 200) throw new Error(await told.text())
}

async function text(path: string): Promise<string> {
  const answer = await edge.call('officerLin', 'GET', path)
  expect(answer.status, path).toBe(200)
  const page = (await answer.text()).replace(/<style>[\s\S]*<\/style>/, '')
  expect(page).not.toMatch(/undefined|null|NaN|\[object/)
  return page
}

test('the proof of service tells the place in the queue as it was told, and later the second it took effect', async () => {
  expect(waiting).toContain('轮候第2位')
  const page = await text(`/v1/deliveries/${seal.delivery}/printout`)
  for (const words of ['送达及顺位证明', '轮候第2位', '登记于2026-06-03 09:15:26', '生效', '存证记录'])
    expect(page).toContain(words)
  expect(page).not.toContain('已控制/已办结')
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(seal.jws))
  expect(page).toContain(Buffer.from(digest).toString('base64url'))
})

test('what waits names who stands before it as the registry told, never who waits behind; what was not told is said', () => {
  expect(untold).toContain('轮候第2位，单位未告知在先法院')
  for (const page of [waiting, queue]) {
    expect(page).toContain('轮候第2位，在先：天津市河东区人民法院（2024）津0102执保15号查封')
    expect(page.split('东丽区')).toHaveLength(1)
  }
})

test('the proof of service of an inquiry claims no place, and says whose property was asked after', async () => {
  const inquiry = await openCase(edge)
  const { id } = await read<{ id: string }>(await submitted(edge, inquiry.inquiry), 202)
  await takenByBureau(edge)
  const [exchange] = await edge.gateway.reads.exchangesOf(id)
  const page = await text(`/v1/deliveries/${exchange?.delivery.id}/printout`)
  expect(page).toContain('<h2>送达证明</h2>')
  expect(page).toContain('张某某财产的请求')
  expect(page).toContain('协助执行单位领取')
  expect(page).not.toContain('顺位')
})

test('the sheet of all controls says what is held, until when, and that no more is held than may be', async () => {
  const page = await text(`/v1/cases/${known.id}/controls/printout`)
  const sums = ['可控制的最高数额1,295,200.00元＝执行标的1,280,000.00元＋执行费用15,200.00元。']
  for (const words of [
    '本案财产控制一览表',
    '2028年12月31日止',
    '价值不明的控制措施1项',
    '未超标的额',
    'sheet dense',
    '<td>张某某</td>',
    ...sums,
  ])
    expect(page).toContain(words)
  const empty = await openCase(edge)
  expect(await text(`/v1/cases/${empty.id}/controls/printout`)).toContain('目前没有控制措施')
})

test('the notice of what was found can be printed as things stand, and says whose each thing is', async () => {
  await read(await submitted(edge, known.inquiry), 202)
  const page = await text(`/v1/cases/${known.id}/findings/printout`)
  expect(page).toContain('<td>张某某</td><td>滨海新区土地登记机构</td><td>土地使用权</td>')
  expect(page).toMatch(/以下单位尚未反馈：滨海新区土地登记机构（张某某）[^<]*，反馈后另行告知。/)
  expect(page).toContain('<td>张某某</td><td>滨海新区土地登记机构</td><td>查封</td>')
  const [taken] = (await takenByBureau(edge)).slice(-1)
  const holding = { ...asset(), share: 'sole', encumbrances: [] }
  await said({ re: taken?.delivery, re_sha256: digestOf(taken?.jws ?? ''), kind: 'executed', holdings: [holding] })
  expect(await text(`/v1/cases/${known.id}/findings/printout`)).toContain('单独所有；本案已查封')
})

test('of a case of the line at another court the sheet says that its sums are not counted, and of a sealed one nothing', async () => {
  const elsewhere = { ...caseFile({ court: '津0102' as CourtCode }), id: 'elsewhere' }
  const secret = { ...caseFile({ court: binhai }), id: 'secret', isSealed: true, members: [] }
  const file = { ...caseFile({ court: binhai }), line: ['elsewhere', 'secret', caseFile().id] }
  const lin = edge.person('officerLin')
  if (!lin) throw new Error('nobody is there')
  const reads = { casesWith: async () => [elsewhere, secret, file] }
  const seen = await lineSeen(reads, lin, file)
  expect(seen).toEqual({ ids: [file.id], hidden: 1 })
  const facts = {
    file,
    exchanges: [],
    inquiries: [],
    holdings: [],
    controls: [],
    registryName: () => '',
    hidden: seen.hidden,
    pending: zeroMoney,
  }
  const page = String(await overviewSheet(facts, { now: new Date(), mark: '林书远' }))
  expect(page).toMatch(/另有1\s*件关联案件不在您的查阅范围/)
  expect(page).toContain('所列部分未超标的额')
})

test('the sheet of all controls weighs what is held as a new measure is weighed: quotas and what is on its way count', async () => {
  const file = caseFile()
  const freeze = (amount: string, overQuota: string) => ({
    ...{ id: amount, caseId: file.id, delivery: 'd', registry: bank.code, assetRef: 'a', statement: 's' },
    ...({ measure: 'freeze', assetClass: 'deposit', effect: 'effective', currency: 'CNY', amount, overQuota } as const),
  })
  const said = async (control: ControlRow, pending: Money) => {
    const controls = [{ control, before: [] }]
    const of = { file, exchanges: [], inquiries: [], holdings: [], controls, registryName: () => '', hidden: 0 }
    return String(await overviewSheet({ ...of, pending }, { now: new Date(), mark: '林书远' }))
  }
  const full = await said(freeze('1295200.00', '2000.00'), zeroMoney)
  expect(full).toContain('已控制1,297,200.00元，其中实际冻结1,295,200.00元、超额冻结（额度）2,000.00元')
  expect(full).toContain('已超出2,000.00元，建议解除1项')
  const quota = await said(freeze('0.00', '1295200.00'), yuan('1'))
  expect(quota).toContain('实际控制0.00元，超额冻结1,295,200.00元')
  expect(quota).toContain('已超出1.00元，系尚未到账的额度或者尚未办结的请求')
  expect(await said(freeze('1000.00', '200.00'), zeroMoney)).toContain('未超标的额，尚可控制1,294,000.00元')
})

test('both are for those on the case, and in the log before they are shown', async () => {
  const [entry] = await edge.gateway.reads.entries({ caseId: known.id, limit: 1 })
  expect(entry).toMatchObject({ kind: 'document.viewed', person: edge.person('officerLin')?.id })
  await read(await edge.call('registrarWen', 'PUT', `/v1/cases/${known.id}/assignment`, { team: '执行一团队' }), 200)
  for (const path of [`/v1/cases/${known.id}/controls/printout`, `/v1/deliveries/${seal.delivery}/printout`])
    expect((await edge.call('officerLin', 'GET', path)).status).toBe(403)
})
