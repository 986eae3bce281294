import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addDays, addYears, startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import { defaultCalendar } from '../../src/domain/holidays.ts'
import { remindersOf } from '../../src/domain/reminder.ts'
import type { TargetResult } from '../../src/domain/statement.ts'
import { letterUnansweredFrom, type TaskKind } from '../../src/domain/task.ts'
import { approve } from '../../src/gateway/approve.ts'
import { raiseDue } from '../../src/gateway/clocks.ts'
import { continueCase } from '../../src/gateway/continue-case.ts'
import { confirmCase } from '../../src/gateway/enter-case.ts'
import { finishTask } from '../../src/gateway/finish-task.ts'
import type { Parts } from '../../src/gateway/parts.ts'
import { prepareExtension, submitExtension } from '../../src/gateway/prepare-extension.ts'
import { recordIncoming } from '../../src/gateway/record-incoming.ts'
import type { RegistryAdapter } from '../../src/relay/port.ts'
import {
  approverZhao,
  caseNumber,
  debtor,
  house,
  land,
  measureOf,
  officerLin,
  paper,
  paperKinds,
  registrarHe,
  registrarWen,
  sure,
} from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
afterEach(() => {
  office.time.shift = 0
})

const round = () => raiseDue(office.parts)
const today = () => toBeijingDate(office.parts.clock())
/** Moves the clock to noon of a day. */
const goTo = (date: ReturnType<typeof today>) => {
  office.time.shift = startOf(date).getTime() + 12 * 3_600_000 - Date.now()
}
const on = (over: Partial<TargetResult> = {}): TargetResult => ({ asset: house, effect: 'effective', ...over })
const reach = { person: 'nobody', spans: [{}] }
const tasks = (file: Pick<OpenCase, 'id'>, kind: TaskKind, ended = false) =>
  office.opened.reads.tasks({ reach, caseId: file.id, kind, ended, limit: 100 })

/** A seal in force that ends so many days from today. */
async function sealedFor(days: number) {
  const file = await office.openCase()
  const sent = await office.send(file, measureOf.seal)
  const end = addDays(today(), days)
  await office.tell(sent, { kind: 'executed', targets: [on({ term: { from: today(), to: end } })], sequence: 1 })
  return { file, sent, end }
}

describe('a control that ends', () => {
  test('is spoken of 30, 15, 7 and 1 days before, each once, and the later word takes the place of the earlier', async () => {
    const { file, end } = await sealedFor(60)
    for (const date of Array.from({ length: 62 }, (_, ahead) => addDays(end, ahead - 60))) {
      goTo(date)
      await round()
      await round()
    }
    const open = await tasks(file, 'renew-control')
    const dropped = await tasks(file, 'renew-control', true)
    const said = [...dropped, ...open].map(({ about, raisedAt }) => [about.daysBefore, toBeijingDate(raisedAt)])
    const due = remindersOf(end, defaultCalendar)
    const apart = due.filter(({ on: date }, at) => due[at + 1]?.on !== date)
    expect(said).toEqual(apart.map(({ daysBefore, on: date }) => [daysBefore, date]))
    expect(open.map(({ about, owner }) => [about.daysBefore, about.lastDay, owner])).toEqual([[1, end, officerLin.id]])
    expect(dropped.every(({ ending }) => ending?.by === 'gateway')).toBe(true)
    const raised = (await office.journal(file.id)).filter(({ kind }) => kind === 'task.raised')
    expect(raised.map(({ person, about }) => [person, about])).toEqual(apart.map(() => [undefined, 'control-ending']))
  })

  test('is spoken of anew under its new day once it is extended; the old word is done', async () => {
    const { file, sent, end } = await sealedFor(20)
    await round()
    expect((await tasks(file, 'renew-control')).map(({ about }) => about.lastDay)).toEqual([end])
    const extension = await office.send(file, { ...measureOf.extend, parent: { delivery: sent.delivery.id } })
    const later = { from: addDays(end, 1), to: addDays(end, 20) }
    await office.tell(extension, { kind: 'executed', targets: [on({ term: later })], sequence: 1 })
    expect(await tasks(file, 'renew-control')).toEqual([])
    const [done] = await tasks(file, 'renew-control', true)
    expect([done?.ending?.outcome, done?.ending?.note]).toEqual(['done', `已续行至 ${later.to}。`])
    goTo(end)
    await round()
    expect((await tasks(file, 'renew-control')).map(({ about }) => about.lastDay)).toEqual([later.to])
  })

  test('that states no end ends with the cap of its class, and is spoken of before that', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'executed', targets: [on()], receivedAt: office.parts.clock(), sequence: 1 })
    await round()
    expect(await tasks(file, 'renew-control')).toEqual([])
    goTo(addDays(today(), 3 * 365 - 10))
    await round()
    expect(await tasks(file, 'renew-control')).toHaveLength(1)
  })

  test('that was made for a preservation is spoken of in the execution that goes on from it', async () => {
    const { file } = await sealedFor(20)
    const heir = await office.openCase({ number: caseNumber(`（2026）津0116执恢${file.number.slice(-5, -1)}号`) })
    const earlier = { number: caseNumber(file.number), as: 'continued' } as const
    sure(await continueCase(office.parts, registrarWen, heir.id, earlier))
    sure(await confirmCase(office.parts, registrarHe, heir.id))
    await round()
    expect(await tasks(file, 'renew-control')).toEqual([])
    expect(await tasks(heir, 'renew-control')).toHaveLength(1)
  })

  test('is spoken of once by several processes that look at once', async () => {
    const { file } = await sealedFor(6)
    await Promise.all([round(), round(), round(), round()])
    expect(await tasks(file, 'renew-control')).toHaveLength(1)
    expect((await office.kinds(file.id)).filter((kind) => kind === 'task.raised')).toHaveLength(1)
  })

  test('and waits behind another court is not, nor one that was released', async () => {
    const waiting = await office.openCase()
    const sent = await office.send(waiting, measureOf.seal)
    await office.tell(sent, { kind: 'waiting', targets: [{ asset: house, effect: 'waiting' }], sequence: 1 })
    const { file, sent: held } = await sealedFor(10)
    const ended = on({ effect: 'ended', endedBy: 'released' })
    await office.tell(held, { kind: 'ended', targets: [ended], sequence: 2 })
    await round()
    expect([...(await tasks(waiting, 'renew-control')), ...(await tasks(file, 'renew-control'))]).toEqual([])
  })
})

describe('the extension that a reminder asks for', () => {
  const reminded = async () => {
    const { file, sent, end } = await sealedFor(20)
    await round()
    const [task] = await tasks(file, 'renew-control')
    const known = await office.opened.reads.caseById(file.id)
    if (!task || !known) throw new Error('nobody was reminded')
    return { file, sent, end, task, known }
  }

  test('is prepared: the same property, from the day after its end, as long as the law allows', async () => {
    const { sent, end, task, known } = await reminded()
    const { drafted, papers } = sure(await prepareExtension(office.parts, known, task))
    expect(drafted).toMatchObject({
      party: known.parties.find(({ role }) => role === 'debtor')?.id,
      registries: [land.code],
      measure: {
        ...{ kind: 'extend', targets: [{ asset: house }], parent: { delivery: sent.delivery.id } },
        term: { kind: 'dates', from: addDays(end, 1), to: addYears(end, 3) },
      },
    })
    expect(papers).toEqual(['ruling', 'freeze-notice'])
  })

  test('waits for an approver once its papers are there, sent twice it is one; approved and done, nobody is reminded', async () => {
    const { file, end, task, known } = await reminded()
    const papers = { documents: paperKinds.map(paper), digest: 'papers' }
    const send = () => submitExtension(office.parts, officerLin, known, task, papers)
    const { id } = sure(await send())
    expect(await send()).toEqual({ kind: 'replayed', id })
    expect(await office.opened.reads.request(id)).toMatchObject({ state: 'submitted', maker: officerLin.id })
    sure(await approve(office.parts, approverZhao, { id, caseId: file.id }))
    const [exchange] = await office.opened.reads.exchangesOf(id)
    if (!exchange) throw new Error('nothing was delivered')
    const later = { from: addDays(end, 1), to: addYears(end, 3) }
    await office.tell(exchange, { kind: 'executed', targets: [on({ term: later })], sequence: 1 })
    expect(await tasks(file, 'renew-control')).toEqual([])
  })

  test('without its papers is refused like any other, and there is none for another kind of task', async () => {
    const { file, task, known } = await reminded()
    const none = await submitExtension(office.parts, officerLin, known, task, { documents: [], digest: 'none' })
    expect(none).toMatchObject({ code: 'document-missing' })
    const [served] = await tasks(file, 'serve')
    if (!served) throw new Error('nothing to serve')
    expect(await prepareExtension(office.parts, known, served)).toMatchObject({ code: 'extension-not-prepared' })
  })

  test('of a preservation that goes on as an execution is of the execution, with its own party', async () => {
    const { file, sent } = await sealedFor(20)
    const heir = await office.openCase()
    const earlier = { number: caseNumber(file.number), as: 'continued' } as const
    sure(await continueCase(office.parts, registrarWen, heir.id, earlier))
    sure(await confirmCase(office.parts, registrarHe, heir.id))
    await round()
    const [task] = await tasks(heir, 'renew-control')
    const known = await office.opened.reads.caseById(heir.id)
    if (!task || !known) throw new Error('nobody was reminded')
    const { drafted } = sure(await prepareExtension(office.parts, known, task))
    expect([drafted.party, drafted.measure]).toMatchObject([heir.party, { parent: { delivery: sent.delivery.id } }])
  })
})

describe('an application to let a control go on', () => {
  const ask = (file: Pick<OpenCase, 'id'>, control: string) =>
    recordIncoming(office.parts, officerLin, file.id, {
      ...{ kind: 'renewal-application', control, receivedAt: office.parts.clock(), words: '申请续行查封' },
    })
  const controlOf = async (file: Pick<OpenCase, 'id'>) => (await office.controls(file.id))[0]?.id ?? ''

  test('is a task of its own that no later reminder takes the place of', async () => {
    const { file } = await sealedFor(20)
    const { task, isLate } = sure(await ask(file, await controlOf(file)))
    await round()
    expect(isLate).toBe(false)
    expect((await tasks(file, 'renew-control')).map(({ id }) => id)).toContain(task)
    expect(await tasks(file, 'renew-control')).toHaveLength(2)
    expect(await ask(file, await controlOf(file))).toMatchObject({ code: 'incoming-recorded' })
  })

  test('for a preservation is late within the seven days before its end (财产保全规定 第十八条)', async () => {
    const parties = [{ role: 'preserved', subject: debtor }] as const
    const open = async (serial: number, days: number) => {
      const opened = await office.openCase({ number: caseNumber(`（2026）津0116执保${serial}号`), parties })
      const party = (await office.opened.reads.caseById(opened.id))?.parties[0]?.id ?? ''
      const file = { ...opened, party }
      sure(await office.put(file.id, 'preservation-application'))
      const documents = [...paperKinds, 'preservation-application' as const].map(paper)
      const basis = { statute: '民事诉讼法第一百零三条', purpose: '财产保全', documents }
      const sent = await office.send(file, measureOf.seal, { basis })
      const term = { from: today(), to: addDays(today(), days) }
      await office.tell(sent, { kind: 'executed', targets: [on({ term })], sequence: 1 })
      return sure(await ask(file, await controlOf(file))).isLate
    }
    expect([await open(91_001, 7), await open(91_002, 6)]).toEqual([false, true])
  })

  test('is none for a control that waits or is not there', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.seal)
    await office.tell(sent, { kind: 'waiting', targets: [{ asset: house, effect: 'waiting' }], sequence: 1 })
    for (const control of [await controlOf(file), file.id])
      expect(await ask(file, control)).toMatchObject({ code: 'control-not-running' })
  })
})

describe('a registry that is silent past its day', () => {
  test('is pressed once, and no more when it has spoken', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.inquire)
    await round()
    expect(await tasks(file, 'press-registry')).toEqual([])
    office.time.shift = 25 * 3_600_000
    await round()
    await round()
    const [task, ...more] = await tasks(file, 'press-registry')
    expect([task?.about.delivery, task?.owner, more]).toEqual([sent.delivery.id, officerLin.id, []])
    await office.tell(sent, { kind: 'accepted', sequence: 1 })
    expect(await tasks(file, 'press-registry')).toHaveLength(1)
    await office.tell(sent, { kind: 'nothing', sequence: 2 })
    expect(await tasks(file, 'press-registry')).toEqual([])
    expect((await tasks(file, 'press-registry', true))[0]?.ending?.note).toContain('已经反馈')
  })

  test('is not pressed for what two officers have not brought it yet', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.inquire)
    await office.parts.store.act(file.id, async (act) => act.moveDelivery(delivery.id, { phase: 'ready' }))
    const visited: Parts['counter'] = (code) => {
      const known = office.parts.counter(code)
      return known && { ...known, adapter: { ...known.adapter, kind: 'errand' } as unknown as RegistryAdapter }
    }
    office.time.shift = 25 * 3_600_000
    await raiseDue({ ...office.parts, counter: visited })
    expect(await tasks(file, 'press-registry')).toEqual([])
    await round()
    expect(await tasks(file, 'press-registry')).toHaveLength(1)
  })

  test('is pressed again when a letter that was sent goes unanswered for three working days, once each time, and counted', async () => {
    const file = await office.openCase()
    const sent = await office.send(file, measureOf.inquire)
    const pressed = async () => (await tasks(file, 'press-registry')).map(({ about }) => about.letter ?? 1)
    const sendLetter = async () => {
      const [task] = await tasks(file, 'press-registry')
      sure(
        await finishTask(
          office.parts,
          officerLin,
          { id: task?.id ?? '', caseId: file.id },
          { outcome: 'done', note: '已寄送' },
        ),
      )
      return letterUnansweredFrom(office.parts.clock(), defaultCalendar)
    }
    office.time.shift = 48 * 3_600_000
    await round()
    // A letter that nobody has sent is overdue; a second one would help nobody.
    office.time.shift = 30 * 24 * 3_600_000
    await round()
    expect(await pressed()).toEqual([1])
    for (const letter of [2, 3]) {
      const until = await sendLetter()
      office.time.shift = until.getTime() - 60_000 - Date.now()
      await round()
      expect(await pressed()).toEqual([])
      office.time.shift += 120_000
      await Promise.all([round(), round()])
      await round()
      expect(await pressed()).toEqual([letter])
    }
    await sendLetter()
    await office.tell(sent, { kind: 'nothing', sequence: 1 })
    office.time.shift += 30 * 24 * 3_600_000
    await round()
    expect(await pressed()).toEqual([])
  })

  test('has the hours that the court’s own table gives it', async () => {
    const responses = [{ measures: ['inquire'], hours: 2 }] as const
    Object.assign(office.parts, { responses })
    const { delivery } = await office.send(await office.openCase(), measureOf.inquire)
    const seal = await office.send(await office.openCase(), measureOf.seal)
    Object.assign(office.parts, { responses: undefined })
    const hours = ({ respondBy, createdAt }: typeof delivery) =>
      Math.round((respondBy.getTime() - createdAt.getTime()) / 3_600_000)
    expect([hours(delivery), hours(seal.delivery)]).toEqual([2, 24])
  })
})

test('a database that is behind its own log is told of, and nothing is raised', async () => {
  const { file } = await sealedFor(5)
  office.time.sound = false
  await expect(round()).rejects.toThrow('behind its own published checkpoint')
  office.time.sound = true
  expect(await tasks(file, 'renew-control')).toEqual([])
})
