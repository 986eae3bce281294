import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, addYears, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { Answer } from '../../src/domain/fold.ts'
import type { Holding } from '../../src/domain/statement.ts'
import { type TaskKind, taskKindList, taskKinds } from '../../src/domain/task.ts'
import { tasksRaisedBy } from '../../src/domain/tasks-raised.ts'
import { raiseDue } from '../../src/gateway/clocks.ts'
import type { Inquiry } from '../../src/gateway/inquiries.ts'
import type { Exchange } from '../../src/gateway/ports/reads.ts'
import type { ControlRow, DeliveryRow, StatementRow } from '../../src/gateway/ports/rows.ts'
import type { NamedControl, PrintFacts } from '../../src/gateway/printout.ts'
import { printed } from '../../src/http/printouts/printed.tsx'
import { sheetPolicy, sheetStyle } from '../../src/http/printouts/style.ts'
import { signedDay } from '../../src/http/printouts/wording.ts'
import { asked, binhai, caseFile, day, debtorParty, house, measureOf, yuan } from '../support/court.ts'
import { codeOf, openCase, read, submitted, type TestCase, takenByBureau, tell } from './case.ts'
import { landBureau, openTestEdge, type TestEdge } from './edge.ts'

let edge: TestEdge
let known: TestCase
beforeAll(async () => {
  edge = await openTestEdge()
  known = await openCase(edge)
  await sealed()
})
afterAll(() => edge.close())

type Shown = {
  id: string
  kind: { code: TaskKind }
  state: string
  owner: string
  isMasked?: true
  ending?: { note: string }
}

/** The house of the case, sealed: asked for, approved, and answered by its bureau. */
async function sealed() {
  const { id } = await read<{ id: string }>(await submitted(edge, known.seal), 202)
  await sealedAs(id, { from: '2026-06-03', to: '2029-06-02' })
}

async function sealedAs(id: string, term: object) {
  await read(await edge.call('officerZhao', 'POST', `/v1/requests/${id}/approval`, { decision: 'approve' }), 200)
  const taken = (await takenByBureau(edge)).at(-1)
  if (!taken) throw new Error('nothing was delivered')
  const iat = Math.floor(Date.now() / 1000)
  const { targets } = known.seal.measure
  const [{ asset }] = targets as [{ asset: object }]
  const held = {
    asset: { ...asset, address: '滨海新区某路1号<b>' },
    effect: 'effective',
    controlNo: '津滨封〔2026〕1号',
  }
  const claims = {
    ...{ iss: landBureau, aud: edge.gateway.gatewayId, iat, jti: newId(), re: taken.delivery },
    ...{ kind: 'executed', sequence: 1, receivedAt: new Date().toISOString(), receiptNumber: taken.delivery },
    re_sha256: createHash('sha256').update(taken.jws).digest('base64url'),
    targets: [{ ...held, term }],
  }
  expect((await tell(edge, await edge.bureau.sign(claims))).status).toBe(200)
}

const list = async (query = '', who: Parameters<TestEdge['call']>[0] = 'officerLin') =>
  (
    await read<{ tasks: Shown[] }>(
      await edge.call(who, 'GET', `/v1/tasks?case=${encodeURIComponent(known.number)}${query}`),
      200,
    )
  ).tasks
const one = async (kind: TaskKind) => {
  const found = (await list()).find((task) => task.kind.code === kind)
  if (!found) throw new Error(`no task ${kind}`)
  return found
}

describe('tasks', () => {
  test('are listed for everybody on the case, and apart for whoever is to see to them', async () => {
    const tasks = await list()
    expect(tasks.map(({ kind }) => kind.code).sort()).toEqual([
      'post-notice',
      'record',
      'serve',
      'serve',
      'tell-last-day',
    ])
    expect(await list('&mine=true')).toHaveLength(5)
    expect(await list('&mine=true', 'officerZhao')).toHaveLength(0)
    expect(await list('&kind=record', 'officerZhao')).toHaveLength(1)
    expect(JSON.stringify(tasks)).not.toContain('张某某')
  })

  test('are handed over, ended with a note, and no longer listed', async () => {
    const { id } = await one('tell-last-day')
    await read(await edge.call('officerLin', 'PUT', `/v1/tasks/${id}/owner`, { owner: 'officerZhao' }), 200)
    expect(await list('&mine=true', 'officerZhao')).toHaveLength(1)
    const outcome = { outcome: 'done', note: '已书面告知李某某，回证在卷' }
    await read(await edge.call('officerZhao', 'POST', `/v1/tasks/${id}/outcome`, outcome), 200)
    expect(await codeOf(await edge.call('officerLin', 'POST', `/v1/tasks/${id}/outcome`, outcome))).toBe(
      '409 task-ended',
    )
    expect((await list()).map((task) => task.id)).not.toContain(id)
    const [ended] = await list('&ended=true')
    expect(ended).toMatchObject({ id, state: 'done', ending: { note: outcome.note } })
    const noNote = { outcome: 'done', note: ' ' }
    expect(await codeOf(await edge.call('officerLin', 'POST', `/v1/tasks/${id}/outcome`, noNote))).toBe(
      '422 invalid-body',
    )
    const stranger = { owner: 'officerElsewhere' }
    const other = await one('record')
    expect(await codeOf(await edge.call('officerLin', 'PUT', `/v1/tasks/${other.id}/owner`, stranger))).toBe(
      '422 owner-not-on-case',
    )
  })

  test('of another court are not there, nor is one that never was', async () => {
    const { id } = await one('record')
    expect(await codeOf(await edge.call('officerElsewhere', 'GET', `/v1/tasks/${id}`))).toBe('404 task-unknown')
    expect(await codeOf(await edge.call('officerLin', 'GET', `/v1/tasks/${newId()}`))).toBe('404 task-unknown')
  })

  test('from an objection that came on paper have the deadline of the law; the same paper is recorded once', async () => {
    const delivery = (await edge.gateway.reads.exchangesOfCase(known.id))[0]?.delivery.id
    const incoming = {
      kind: 'objection',
      delivery,
      receivedAt: '2026-06-02T09:00:00+08:00',
      words: '张某某称系公益设施',
    }
    const record = (over: object = {}) =>
      edge.call('officerLin', 'POST', `/v1/cases/${known.id}/incoming`, { ...incoming, ...over })
    const { task } = await read<{ task: string }>(await record(), 201)
    expect(await read(await edge.call('officerLin', 'GET', `/v1/tasks/${task}`), 200)).toMatchObject({
      ...{ due: '2026-06-17T16:00:00.000Z', overdue: true, words: incoming.words },
    })
    expect(await codeOf(await record())).toBe('409 incoming-recorded')
    expect(await codeOf(await record({ receivedAt: '2099-01-01T00:00:00Z' }))).toBe('422 incoming-in-future')
    const lift = { kind: 'lift-application', party: known.party, receivedAt: incoming.receivedAt, words: '申请解除' }
    expect(await codeOf(await edge.call('officerLin', 'POST', `/v1/cases/${known.id}/incoming`, lift))).toBe(
      '422 incoming-not-preservation',
    )
  })
})

describe('the extension a reminder asks for', () => {
  test('is shown as a request is written, and submitted with its papers', async () => {
    const soon = await openCase(edge)
    const inDays = (days: number) => addDays(toBeijingDate(new Date()), days)
    const { id: request } = await read<{ id: string }>(await submitted(edge, soon.seal), 202)
    await sealedAs(request, { from: inDays(-300), to: inDays(12) })
    await raiseDue(edge.gateway)
    const { tasks } = await read<{ tasks: Shown[] }>(
      await edge.call('officerLin', 'GET', `/v1/tasks?kind=renew-control&case=${encodeURIComponent(soon.number)}`),
      200,
    )
    const path = `/v1/tasks/${tasks[0]?.id}/extension`
    const prepared = await read<{ request: { measure: object }; papers: { kind: string }[] }>(
      await edge.call('officerLin', 'GET', path),
      200,
    )
    expect(prepared.request).toMatchObject({
      ...{ case: soon.number, party: soon.party, registries: [landBureau] },
      measure: { kind: 'extend', term: { from: inDays(13), to: addYears(inDays(12), 3) } },
    })
    expect(prepared.papers.map(({ kind }) => kind)).toEqual(['ruling', 'freeze-notice'])
    const { documents } = soon.seal.basis
    const { id } = await read<{ id: string }>(await edge.call('officerLin', 'POST', path, { documents }), 202)
    expect((await edge.gateway.reads.request(id))?.state).toBe('submitted')
    // What is shown is what a request takes, as it stands there.
    const whole = { ...prepared.request, basis: { ...soon.seal.basis, documents } }
    await read(await submitted(edge, whole), 202)
    const other = `/v1/tasks/${(await one('record')).id}/extension`
    expect(await codeOf(await edge.call('officerLin', 'GET', other))).toBe('409 extension-not-prepared')
    expect(edge.faults).toEqual([])
  })
})

describe('a printout', () => {
  const print = (id: string, who: Parameters<TestEdge['call']>[0] = 'officerLin') =>
    edge.call(who, 'GET', `/v1/tasks/${id}/printout`)

  test('is a page of its own with one style and nothing from anywhere, and every text of a registry is text', async () => {
    const response = await print((await one('post-notice')).id)
    const page = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toBe(sheetPolicy)
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(sheetPolicy).toContain(createHash('sha256').update(style).digest('base64'))
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import|http/)
    expect(page).toContain('滨海新区某路1号&lt;b&gt;')
    expect(page).toContain('size: A4')
  })

  test('says what the court did, and bears no number of anybody where it is posted', async () => {
    const page = await (await print((await one('post-notice')).id)).text()
    for (const words of [
      '天津市滨海新区人民法院',
      '查封公告',
      known.number,
      '张某某',
      '2029年6月2日止',
      '第一百一十四条',
    ])
      expect(page).toContain(words)
    expect(page).not.toContain('120116198503120013')
  })

  test('is in the log before it is shown, and says whose print it is', async () => {
    const { id } = await one('record')
    const page = await (await print(id)).text()
    const [entry] = await edge.gateway.reads.entries({ caseId: known.id, limit: 1 })
    expect(entry).toMatchObject({ kind: 'document.viewed', person: edge.person('officerLin')?.id })
    expect(page).toContain('打印标识：林书远（officerLin）')
  })

  test('is for those on the case; words that people wrote are masked for everybody else', async () => {
    const { id } = (await list('&kind=answer-objection'))[0] ?? { id: '' }
    await read(await edge.call('registrarWen', 'PUT', `/v1/cases/${known.id}/assignment`, { team: '执行一团队' }), 200)
    expect(await codeOf(await print(id))).toBe('403 not-on-case')
    const masked = await read<Shown & { words: string }>(await edge.call('officerLin', 'GET', `/v1/tasks/${id}`), 200)
    expect(masked.isMasked).toBe(true)
    expect(JSON.stringify(masked)).not.toContain('张某某')
    await read(await edge.call('registrarWen', 'PUT', `/v1/cases/${known.id}/assignment`, { members: [] }), 200)
  })
})

describe('the paper of each kind of task', () => {
  const control: ControlRow = {
    id: 'c1',
    caseId: 'case',
    delivery: 'd1',
    registry: landBureau,
    measure: 'seal',
    assetClass: 'real-estate',
    assetRef: 'a',
    effect: 'effective',
    from: '2026-06-03',
    to: '2029-06-02',
    effectiveFrom: new Date('2026-06-03T01:15:00Z'),
    statement: 's1',
  }
  const named: NamedControl = { control, asset: { ...house, address: '滨海新区某路1号' }, before: [] }
  const mortgage = { kind: 'mortgage', holder: '某某银行', amount: yuan('900000.00'), maximum: true } as const
  const facts = (kind: TaskKind, over: Partial<PrintFacts> = {}): PrintFacts => {
    const of: Omit<PrintFacts, 'told'> = {
      task: {
        ...{ id: 't1', caseId: 'case', key: 'k', kind, owner: 'officer-lin', entry: 'e1', raisedBy: 'control-made' },
        about: { request: 'r1', control: 'c1', party: debtorParty.id, lastDay: day('2029-06-02'), daysBefore: 30 },
        due: new Date('2026-06-10T16:00:00Z'),
        raisedAt: new Date('2026-06-03T02:00:00Z'),
      },
      file: caseFile(),
      request: {
        ...{
          id: 'r1',
          caseId: 'case',
          measure: 'seal',
          party: debtorParty.id,
          state: 'approved',
          maker: 'officer-lin',
        },
        ...{ submittedAt: new Date('2026-06-03T00:00:00Z'), entry: 'e0', version: 1, asked: asked(measureOf.seal) },
      },
      exchanges: [],
      inquiries: [],
      holdings: [{ asset: house, assetRef: 'a', registry: landBureau, share: 'joint', encumbrances: [mortgage] }],
      controls: [named],
      registryName: () => '滨海新区土地登记机构',
      isVisited: () => false,
      ...over,
    }
    return { ...of, told: over.told ?? [of] }
  }
  const text = async (of: PrintFacts) =>
    String(await printed(of, { now: new Date('2026-06-03T04:00:00Z'), mark: '林书远' })).replace(
      /<style>[\s\S]*<\/style>/,
      '',
    )

  test.each(taskKindList)('%s is laid out with its court, its case and its article', async (kind) => {
    const page = await text(facts(kind))
    expect(page).toMatch(/^<!doctype html><html lang="zh-CN">/)
    for (const words of ['天津市滨海新区人民法院', '（2024）津0116执3456号', taskKinds[kind].paper.slice(0, 2), '第'])
      expect(page).toContain(words)
    expect(page).not.toMatch(/undefined|null|NaN|\[object/)
    expect(sheetStyle.length).toBeGreaterThan(0)
  })

  test.each([
    ['serve', ['送达回证', '张某某', '第八十七条']],
    [
      'record',
      ['财产的保管人', '林书远（津0116执工001）', '韩立新（津0116执工002）', '查封、扣押、冻结财产的规定》第十八条'],
    ],
    ['tell-co-owner', ['共同共有', '析产诉讼', '第十二条']],
    ['tell-mortgagee', ['某某银行：', '债权数额自你（单位）收到本通知时起不再增加']],
    ['tell-last-day', ['届满日为2029年6月2日', '第四百八十五条']],
    ['renew-control', ['尚余1095日', '届满前30日内', '顺位排在已有轮候之后']],
    ['press-registry', ['第一百一十七条', '三个工作日']],
    ['answer-objection', ['第六条、第十条', '□异议成立']],
    ['lift-preservation', ['裁定如下', '申请复议一次']],
    ['tell-findings', ['应当保密', '未查到财产', '自2026年6月3日起至2029年6月2日止']],
  ] as const)('%s says what its article asks', async (kind, words) => {
    const page = await text(facts(kind))
    for (const word of words) expect(page).toContain(word)
  })

  test('a letter to a registry that is visited says who brought the order, and cites no rule of the network', async () => {
    const delivery = {
      registry: landBureau,
      createdAt: new Date(),
      respondBy: new Date(),
      measure: 'seal',
      answer: 'silent',
    }
    const exchange = { delivery, attempts: [], statements: [] } as unknown as Exchange
    const page = await text(facts('press-registry', { exchange, isVisited: () => true }))
    expect(page).toContain('由执行人员登门向你单位送达')
    expect(page).not.toContain('网络')
    expect(await text(facts('press-registry', { exchange }))).toContain('通过网络执行查控系统向你单位发出')
  })

  test('of a preservation calls the parties otherwise, and tells until when its renewal is asked', async () => {
    const file = caseFile({ number: '（2026）津0116执保12号' as never, court: binhai })
    const page = await text(facts('tell-last-day', { file }))
    expect(page).toContain('被保全人')
    expect(page).toContain('2029年5月26日以前向本院书面提出')
    expect(await text(facts('tell-nothing-found', { file }))).toContain('第十一条第三款')
  })

  test('of several tasks of one case and day is one: each inquiry and each control stands on it', async () => {
    const one = facts('tell-findings')
    const asked = await text({ ...one, told: [one, { ...one, exchanges: [] }] })
    expect(asked.match(/class="sheet\b/g)).toHaveLength(1)
    const last = facts('tell-last-day')
    const controls = [{ ...named, subject: '张某某' }]
    const page = await text({ ...last, controls, told: [last, { ...last, task: { ...last.task, about: {} } }] })
    expect(page.match(/<td>2029年6月2日<\/td>/g)).toHaveLength(1)
    expect(page).toContain('期限届满日分别为')
    expect(page).toContain('<td>张某某</td>')
    expect(page).toContain('第四百八十五条')
  })

  test('of findings tells of every debtor what was answered by then, and who has yet to answer', async () => {
    const inquiry = (
      subject: string,
      registry: string,
      answer: Answer,
      holdings: readonly Holding[] = [],
    ): Inquiry => ({
      subject,
      kinds: ['deposit'],
      exchange: {
        delivery: { registry, answer, measure: 'inquire', createdAt: new Date('2026-06-01T00:00:00Z') } as DeliveryRow,
        attempts: [],
        statements: holdings.map((holding) => {
          const statement = { kind: 'executed', sequence: 1, holdings: [holding], targets: [] }
          return { statement, arrivedAt: new Date('2026-06-02T00:00:00Z') } as unknown as StatementRow
        }),
      },
    })
    const account = { class: 'deposit', account: '6222' } as const
    const money = { asset: account, balance: yuan('1234567.00'), available: yuan('210000.00'), encumbrances: [] }
    const inquiries = [
      inquiry('某某公司', landBureau, 'executed', [money]),
      inquiry('张某某', landBureau, 'nothing'),
      inquiry('某某公司', 'bank', 'silent'),
    ]
    const file = { ...caseFile(), parties: caseFile().parties.filter(({ role }) => role !== 'applicant') }
    const controls = [{ ...named, subject: '某某公司' }]
    const page = await text({ ...facts('tell-findings'), inquiries, file, controls })
    for (const words of ['余额1,234,567.00元，可用210,000.00元', '<td>张某某</td>', '申请执行人　　　　　　　　　　：'])
      expect(page).toContain(words)
    expect(page).toMatch(/以下单位尚未反馈：[^<]*（某某公司），反馈后另行告知/)
    expect(page).toMatch(/<td>某某公司<\/td><td>[^<]*<\/td><td>查封<\/td>/)
    expect(page).not.toContain('尚未查询')
    const [one] = inquiries
    const ofOne = await text({ ...facts('tell-findings'), inquiries: one ? [one] : [], file, controls })
    expect(ofOne).toContain('被执行人张某某的财产尚未查询')
  })

  test('of several mortgagees is a sheet for each', async () => {
    const other = { ...mortgage, holder: '某某信托' }
    const holdings = [{ asset: house, assetRef: 'a', registry: landBureau, encumbrances: [mortgage, other] }]
    expect((await text(facts('tell-mortgagee', { holdings }))).match(/class="sheet"/g)).toHaveLength(2)
  })

  test('is raised by some event each', () => {
    const at = new Date('2026-06-03T02:00:00Z')
    const events = [
      { kind: 'measure-done', at, measure: 'seal', request: 'r', delivery: 'd', parties: ['p'] },
      { kind: 'control-made', at, request: 'r', control, isShared: true, hasMaximumMortgage: true },
      { kind: 'inquiry-answered', at, request: 'r', found: false, isPreservation: true, isTerminated: false },
      { kind: 'inquiry-answered', at, request: 'r', found: true, isPreservation: false, isTerminated: true },
      { kind: 'ceiling-reached', at, control: 'c', delivery: 'd' },
      { kind: 'reinquiry-refused', at, party: 'p', since: day('2026-03-01') },
      { kind: 'registry-objected', at, delivery: 'd' },
      { kind: 'registry-silent', at, delivery: 'd' },
      { kind: 'lift-asked', at, party: 'p', paper: day('2026-06-03'), urgent: false },
      { kind: 'renewal-asked', at, control: 'c', delivery: 'd', lastDay: day('2029-06-02') },
      { kind: 'control-ending', at, control: 'c', delivery: 'd', lastDay: day('2029-06-02'), daysBefore: 30 },
    ] as const
    const calendar = { years: [], holidays: new Set<string>(), worked: new Set<string>() }
    const raised = new Set(events.flatMap((event) => tasksRaisedBy(event, { calendar }).map(({ kind }) => kind)))
    expect([...raised].sort()).toEqual([...taskKindList].sort())
  })
})

test.each([
  ['2026-06-03T04:00:00Z', '二〇二六年六月三日'],
  ['2026-10-19T16:00:00Z', '二〇二六年十月二十日'],
  ['2026-12-30T16:00:00Z', '二〇二六年十二月三十一日'],
  ['2026-11-10T15:59:59Z', '二〇二六年十一月十日'],
])('%s is signed %s', (moment, words) => {
  expect(signedDay(new Date(moment))).toBe(words)
})
