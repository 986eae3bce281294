import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asset } from '../../src/domain/asset.ts'
import { toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { ClientId } from '../../src/domain/client.ts'
import { renminbi } from '../../src/domain/money.ts'
import type { Holding, TargetResult } from '../../src/domain/statement.ts'
import { recordArrival } from '../../src/gateway/arrivals.ts'
import { finishTask, handOverTask } from '../../src/gateway/finish-task.ts'
import { importCase } from '../../src/gateway/import-case.ts'
import type { Client } from '../../src/gateway/ports/clients.ts'
import type { TaskRow } from '../../src/gateway/ports/tasks.ts'
import { recordIncoming } from '../../src/gateway/record-incoming.ts'
import { sealWrongPerson } from '../../src/gateway/wrong-person.ts'
import {
  account,
  applicant,
  approverZhao,
  binhai,
  caseNumber,
  clerkQian,
  day,
  debtor,
  house,
  measureOf,
  officerElsewhere,
  officerHan,
  officerLin,
  registrarWen,
  sure,
  whole,
  yuan,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const reach = { person: 'nobody', spans: [{}] }
const term = { from: day('2026-09-10'), to: day('2096-09-09') }
const on = (asset: Asset, over: Partial<TargetResult> = {}): TargetResult => ({
  asset,
  effect: 'effective',
  term,
  ...over,
})

async function tasksOf(file: Pick<OpenCase, 'id'>, ended = false): Promise<readonly TaskRow[]> {
  return office.opened.reads.tasks({ reach, caseId: file.id, ended, limit: 100 })
}
const kindsIn = async (file: OpenCase, ended = false) => (await tasksOf(file, ended)).map(({ kind }) => kind).sort()
const only = async (file: OpenCase, kind: TaskRow['kind']): Promise<TaskRow> => {
  const found = (await tasksOf(file)).filter((task) => task.kind === kind)
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} tasks ${kind}`)
  return found[0]
}

let serial = 80_000
const preservation = async () => {
  serial += 1
  const parties = [
    { role: 'preserved', subject: debtor },
    { role: 'applicant', subject: applicant },
  ] as const
  const file = await office.openCase({ number: caseNumber(`（2026）津0116执保${serial}号`), parties })
  const party =
    (await office.opened.reads.caseById(file.id))?.parties.find(({ role }) => role === 'preserved')?.id ?? ''
  sure(await office.put(file.id, 'preservation-application'))
  return { ...file, party }
}

describe('a seal that took effect', () => {
  test('is to be served on both parties, recorded, posted, and its last day told; by its maker', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'executed', targets: [on(house)], sequence: 1 })
    expect(await kindsIn(file)).toEqual(['post-notice', 'record', 'serve', 'serve', 'tell-last-day'])
    const tasks = await tasksOf(file)
    expect(new Set(tasks.map(({ owner }) => owner))).toEqual(new Set([officerLin.id]))
    const served = tasks.filter(({ kind }) => kind === 'serve').map(({ about }) => about.party)
    const parties = (await office.opened.reads.caseById(file.id))?.parties.map(({ id }) => id)
    expect(served.sort()).toEqual(parties?.toSorted())
    const { statements } = await office.exchangeOf(sent.delivery.id)
    expect(new Set(tasks.map(({ entry }) => entry))).toEqual(new Set([statements[0]?.entry]))
    expect((await only(file, 'tell-last-day')).about.lastDay).toBe('2096-09-09')
  })

  test('raises each task once, however often and in whatever order its statements come', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    const executed = { kind: 'executed', targets: [on(house)], sequence: 2 } as const
    await office.tell(sent, executed, { jti: 'executed' })
    await office.tell(sent, executed, { jti: 'executed' })
    await office.tell(sent, { kind: 'received', sequence: 1 })
    await office.tell(sent, { kind: 'corrected', targets: [on(house, { controlNo: '二号' })], sequence: 3 })
    expect(await kindsIn(file)).toEqual(['post-notice', 'record', 'serve', 'serve', 'tell-last-day'])
  })

  test('behind another court is only served; once it is activated the rest is due', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, {
      kind: 'waiting',
      targets: [{ asset: house, effect: 'waiting', queuePlace: 1 }],
      sequence: 1,
    })
    expect(await kindsIn(file)).toEqual(['serve', 'serve'])
    await office.tell(sent, { kind: 'activated', targets: [on(house)], sequence: 2 })
    expect(await kindsIn(file)).toEqual(['post-notice', 'record', 'serve', 'serve', 'tell-last-day'])
  })

  test('that the register refused leaves nothing to do', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'refused', reason: { code: 'not-owned', text: '不在名下' } })
    expect(await kindsIn(file)).toEqual([])
  })

  test('that never was, as a correction says, leaves of its tasks only what was served', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'executed', targets: [on(house)], sequence: 1 })
    await office.tell(sent, { kind: 'corrected', targets: [{ asset: house, effect: 'none' }], sequence: 2 })
    expect(await kindsIn(file)).toEqual(['serve', 'serve'])
    const dropped = await tasksOf(file, true)
    expect(dropped.map(({ ending }) => [ending?.outcome, ending?.by])).toEqual(Array(3).fill(['dropped', 'gateway']))
    expect(dropped[0]?.ending?.note).toContain('解除或者失效')
  })
})

describe('a case whose sum is reached', () => {
  const froze = async (file: OpenCase, amount: string, overQuota?: string) => {
    const sent = await office.send(file, {
      ...measureOf.freeze,
      targets: [whole(account, { amount: yuan('1000.00') })],
    })
    const held = { amount: yuan(amount), ...(overQuota && { overQuota: yuan(overQuota) }) }
    await office.tell(sent, { kind: 'executed', targets: [on(account, held)], sequence: 1 })
    return sent
  }

  test('is proposed a release the same day, once, until no more is held than may be', async () => {
    const file = await office.openCase({ claim: yuan('1000.00'), costs: yuan('0.00') })
    const sent = await froze(file, '1500.00')
    const task = await only(file, 'release-surplus')
    expect(toBeijingDate(new Date(task.due.getTime() - 1)) >= toBeijingDate(office.parts.clock())).toBe(true)
    await office.tell(sent, { kind: 'corrected', targets: [on(account, { amount: yuan('1400.00') })], sequence: 2 })
    expect((await only(file, 'release-surplus')).id).toBe(task.id)
    await office.tell(sent, { kind: 'corrected', targets: [on(account, { amount: yuan('900.00') })], sequence: 3 })
    expect(await kindsIn(file)).not.toContain('release-surplus')
    expect((await tasksOf(file, true)).find(({ id }) => id === task.id)?.ending?.note).toContain('无须解除')
  })

  test('is proposed to let the waiting quota go when the money is there, and nothing before', async () => {
    const short = await office.openCase({ claim: yuan('1000.00'), costs: yuan('0.00') })
    await froze(short, '400.00', '600.00')
    expect(await kindsIn(short)).not.toContain('release-surplus')
    const file = await office.openCase({ claim: yuan('1000.00'), costs: yuan('0.00') })
    await froze(file, '1000.00', '200.00')
    expect(await kindsIn(file)).toContain('release-surplus')
  })

  test('because money came is proposed a release as well, though no registry has said anything', async () => {
    const file = await office.openCase({ claim: yuan('2000.00'), costs: yuan('0.00') })
    await froze(file, '1000.00')
    const other = { ...account, account: '6217000000000000038' }
    const moved = { ...measureOf.transfer, targets: [whole(other, { amount: yuan('1200.00') })] }
    const sent = await office.send(file, moved)
    const target = { asset: other, effect: 'ended', endedBy: 'disposed', amount: yuan('1200.00') } as const
    await office.tell(sent, { kind: 'executed', targets: [target] })
    const came = { amount: yuan('1200.00'), currency: renminbi, on: day('2026-06-10'), bankReference: 'R-1' }
    expect(await kindsIn(file)).not.toContain('release-surplus')
    sure(await recordArrival(office.parts, clerkQian, { ...came, transferReference: sent.delivery.reference }))
    const task = await only(file, 'release-surplus')
    expect(task.owner).toBe(officerLin.id)
    const [matched] = await office.opened.reads.entries({ caseId: file.id, kind: 'arrival.matched', limit: 2 })
    expect(task.entry).toBe(matched?.id)
  })

  test('because its claim was amended is proposed one too, which falls away when the claim rises again', async () => {
    const file = await office.openCase({ claim: yuan('2000.00'), costs: yuan('0.00') })
    await froze(file, '1000.00')
    const amend = async (sequence: number, claim: string) => {
      const sums = { claim: yuan(claim), costs: yuan('0.00') }
      const parties = [{ externalId: 'P-1', role: 'debtor', subject: debtor }] as const
      const message = Buffer.from(`${sequence} ${claim}`)
      const said = { jti: `amended-${file.id}-${sequence}`, digest: `${sequence}`, message, sequence, parties }
      const number = caseNumber(file.number)
      sure(await importCase(office.parts, system, { ...said, ...sums, number, standing: 'open', judge: '周正' }))
    }
    await amend(1, '2000.00')
    expect(await kindsIn(file)).not.toContain('release-surplus')
    await amend(2, '700.00')
    await amend(3, '600.00')
    const { id } = await only(file, 'release-surplus')
    await amend(4, '3000.00')
    expect(await kindsIn(file)).not.toContain('release-surplus')
    expect((await tasksOf(file, true)).find((one) => one.id === id)?.ending?.outcome).toBe('dropped')
  })
})

const system: Client = {
  ...{ id: 'anjian-tasks' as ClientId, court: binhai, name: '案件管理系统', kind: 'case-system', state: 'active' },
  ...{ keys: [], certificates: [] },
}

describe('who has rights in the thing', () => {
  const shared: Holding = {
    asset: house,
    share: 'by-shares',
    encumbrances: [{ kind: 'mortgage', holder: '某某银行', amount: yuan('1000000'), maximum: true }],
  }
  const asked = async (file: OpenCase) => office.send(file, measureOf.inquire)

  test('is told when the inquiry came first', async () => {
    const file = await office.openCase()
    await office.tell(await asked(file), { kind: 'executed', holdings: [shared] })
    await office.tell(await office.send(file, measureOf.seal), { kind: 'executed', targets: [on(house)] })
    expect(await kindsIn(file)).toEqual(expect.arrayContaining(['tell-co-owner', 'tell-mortgagee']))
  })

  test('and when it came after the seal', async () => {
    const file = await office.openCase()
    await office.tell(await office.send(file, measureOf.seal), { kind: 'executed', targets: [on(house)] })
    expect(await kindsIn(file)).not.toContain('tell-co-owner')
    await office.tell(await asked(file), { kind: 'executed', holdings: [shared] })
    expect(await kindsIn(file)).toEqual(expect.arrayContaining(['tell-co-owner', 'tell-mortgagee']))
  })

  test('by the register’s own word with the seal as well; an ordinary mortgage is not told', async () => {
    const file = await office.openCase()
    const burden = { kind: 'mortgage', holder: '某某银行', amount: yuan('1000000') } as const
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'executed', targets: [on(house, { encumbrances: [burden] })], sequence: 1 })
    expect(await kindsIn(file)).not.toContain('tell-mortgagee')
    const maximum = { ...burden, maximum: true } as const
    await office.tell(sent, { kind: 'corrected', targets: [on(house, { encumbrances: [maximum] })], sequence: 2 })
    expect(await kindsIn(file)).toContain('tell-mortgagee')
  })

  test('and what was found of somebody else of the same name tells nobody anything', async () => {
    const file = await office.openCase()
    const inquiry = await asked(file)
    await office.tell(inquiry, { kind: 'executed', holdings: [shared] })
    const { delivery, statements } = await office.exchangeOf(inquiry.delivery.id)
    const wrong = { statement: statements[0]?.id ?? '', reason: '同名不同人，证件号码不符' }
    sure(await sealWrongPerson(office.parts, officerLin, delivery, wrong))
    await office.tell(await office.send(file, measureOf.seal), { kind: 'executed', targets: [on(house)] })
    expect(await kindsIn(file)).not.toContain('tell-co-owner')
  })
})

test('an extension tells the new last day, drops what spoke of the old one, and is served', async () => {
  const file = await office.openCase()
  const sent = await office.send(file, measureOf.seal)
  await office.tell(sent, { kind: 'executed', targets: [on(house)], sequence: 1 })
  const extension = await office.send(file, { ...measureOf.extend, parent: { delivery: sent.delivery.id } })
  const later = { from: day('2096-09-10'), to: day('2099-09-09') }
  await office.tell(extension, { kind: 'executed', targets: [on(house, { term: later })], sequence: 1 })
  expect((await only(file, 'tell-last-day')).about.lastDay).toBe('2099-09-09')
  expect((await tasksOf(file)).filter(({ kind }) => kind === 'serve')).toHaveLength(4)
  const [dropped] = await tasksOf(file, true)
  expect([dropped?.kind, dropped?.ending?.note]).toEqual(['tell-last-day', '期限届满日已经变更，由新的事项替代。'])
})

describe('an inquiry', () => {
  test('is told to the applicant when every registry has answered, not before', async () => {
    const file = await office.openCase()
    const both = { registries: ['land-120116', '313110000092'] } as never
    const measure = { kind: 'inquire', kinds: ['land', 'deposit'] } as const
    const { request } = await office.send(file, measure, both)
    const [one, other] = await office.opened.reads.exchangesOf(request)
    if (!one || !other) throw new Error('two were asked')
    await office.tell(one, { kind: 'nothing' })
    expect(await kindsIn(file)).toEqual([])
    await office.tell(other, { kind: 'executed', holdings: [{ asset: account, encumbrances: [] }] })
    expect((await only(file, 'tell-findings')).about.request).toBe(request)
  })

  test('for a preservation is told only when there was nothing to preserve', async () => {
    const file = await preservation()
    const basis = await withApplication(file)
    await office.tell(await office.send(file, measureOf.inquire, basis), { kind: 'nothing' })
    expect(await kindsIn(file)).toEqual(['tell-nothing-found'])
    const holdings = [{ asset: house, encumbrances: [] }]
    await office.tell(await office.send(file, measureOf.inquire, basis), { kind: 'executed', holdings })
    expect(await kindsIn(file)).toEqual(['tell-nothing-found'])
  })
})

async function withApplication(file: OpenCase) {
  const documents = await office.opened.reads.documents(file.id)
  const named = documents.map(({ kind, number, sha256, mediaType, length }) => ({
    kind,
    number,
    sha256,
    mediaType,
    length,
  }))
  return { basis: { statute: '民事诉讼法第一百零六条', purpose: '财产保全', documents: named } }
}

describe('an objection', () => {
  test('that a registry sends has to be answered within 15 days', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'refused', reason: { code: 'objection', text: '该不动产系公益设施' } })
    const task = await only(file, 'answer-objection')
    const days = (task.due.getTime() - task.raisedAt.getTime()) / 86_400_000
    expect(days).toBeGreaterThan(15)
    expect(days).toBeLessThan(26)
  })

  test('that came on paper is recorded with the day the court had it; the same paper once', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.seal)
    const incoming = { kind: 'objection', delivery: delivery.id, receivedAt: new Date('2026-06-02T01:00:00Z') } as const
    const record = (over: object = {}) =>
      recordIncoming(office.parts, officerLin, file.id, { ...incoming, words: '书面异议一份', ...over })
    const { task } = sure(await record())
    expect(await office.opened.reads.task(task)).toMatchObject({
      ...{
        kind: 'answer-objection',
        words: '书面异议一份',
        due: new Date('2026-06-17T16:00:00Z'),
        owner: officerLin.id,
      },
    })
    expect(await record()).toMatchObject({ code: 'incoming-recorded' })
    expect(await record({ receivedAt: new Date(Date.now() + 60_000) })).toMatchObject({ code: 'incoming-in-future' })
    expect(await record({ delivery: file.id })).toMatchObject({ code: 'delivery-unknown' })
    expect((await office.kinds(file.id)).filter((kind) => kind === 'task.raised')).toHaveLength(1)
  })
})

describe('an application to lift a preservation', () => {
  const lift = (file: OpenCase, urgent: boolean, receivedAt = new Date('2026-06-08T01:00:00Z')) =>
    recordIncoming(office.parts, officerLin, file.id, {
      ...{ kind: 'lift-application', party: file.party, urgent, receivedAt, words: '提供担保，申请解除' },
    })

  test('is decided within 5 days, in an urgent case within 48 hours', async () => {
    const file = await preservation()
    const { task } = sure(await lift(file, false))
    expect((await office.opened.reads.task(task))?.due).toEqual(new Date('2026-06-15T16:00:00Z'))
    const other = await preservation()
    const urgent = sure(await lift(other, true))
    expect((await office.opened.reads.task(urgent.task))?.due).toEqual(new Date('2026-06-10T01:00:00Z'))
  })

  test('is none in an execution, and nobody outside the case makes one', async () => {
    expect(await lift(await office.openCase(), false)).toMatchObject({ code: 'incoming-not-preservation' })
    const file = await preservation()
    expect(await lift({ ...file, party: 'somebody' }, false)).toMatchObject({ code: 'subject-not-a-party' })
  })
})

describe('a task', () => {
  const open = async () => {
    const file = await office.openCase()
    await office.tell(await office.send(file, measureOf.seal), { kind: 'executed', targets: [on(house)] })
    return { file, task: await only(file, 'record') }
  }
  const done = { outcome: 'done', note: '笔录已制作，入卷第15页' } as const

  test('is ended once, with a note, by somebody on the case; who did it is in the log', async () => {
    const { file, task } = await open()
    const { entry } = sure(await finishTask(office.parts, officerHan, task, done))
    expect((await office.opened.reads.task(task.id))?.ending).toMatchObject({ by: officerHan.id, ...done, entry })
    expect(await finishTask(office.parts, officerLin, task, done)).toMatchObject({ code: 'task-ended' })
    const last = (await office.journal(file.id)).at(-1)
    expect(last).toMatchObject({ kind: 'task.done', person: officerHan.id, about: task.id })
    expect(await kindsIn(file, true)).toEqual(['record'])
  })

  test('is not there for another court, nor to be done by whoever only registers', async () => {
    const { file, task } = await open()
    expect(await finishTask(office.parts, officerElsewhere, task, done)).toMatchObject({ code: 'case-unknown' })
    expect(await finishTask(office.parts, registrarWen, task, done)).toMatchObject({ code: 'role-missing' })
    const other = await office.openCase()
    expect(await finishTask(office.parts, officerLin, { id: task.id, caseId: other.id }, done)).toMatchObject({
      code: 'task-unknown',
    })
    expect((await only(file, 'record')).ending).toBeUndefined()
  })

  test('is handed over to somebody else on the case, and to nobody who is not', async () => {
    const { task } = await open()
    sure(await handOverTask(office.parts, officerLin, task, approverZhao))
    expect((await office.opened.reads.task(task.id))?.owner).toBe(approverZhao.id)
    expect(await handOverTask(office.parts, officerLin, task, officerElsewhere)).toMatchObject({
      code: 'owner-not-on-case',
    })
  })

  test('is listed by deadline, page by page, also when the last one seen has been done meanwhile', async () => {
    const { file } = await open()
    const all = await tasksOf(file)
    expect(all.map(({ due }) => due.getTime())).toEqual(all.map(({ due }) => due.getTime()).toSorted((a, b) => a - b))
    const [first, second] = await office.opened.reads.tasks({ reach, caseId: file.id, limit: 2 })
    if (!first || !second) throw new Error('a page of two')
    sure(await finishTask(office.parts, officerLin, second, done))
    const rest = await office.opened.reads.tasks({ reach, caseId: file.id, after: second.id, limit: 100 })
    expect(rest.map(({ id }) => id)).toEqual(all.slice(2).map(({ id }) => id))
  })

  test('is due on a day of Beijing', async () => {
    const { task } = await open()
    const end = new Date(task.due.getTime() - 1)
    expect(toBeijingDate(end) < toBeijingDate(task.due)).toBe(true)
  })
})
