import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AssetClass, assetClassList } from '../../src/domain/asset.ts'
import { addDays, compareDates, startOf, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { Control } from '../../src/domain/control.ts'
import { defaultCalendar } from '../../src/domain/holidays.ts'
import { type MeasureKind, measureList } from '../../src/domain/measure.ts'
import {
  articleOf,
  dueOf,
  houseKinds,
  type TaskKind,
  taskKindList,
  taskKinds,
  type Within,
} from '../../src/domain/task.ts'
import { mootBy } from '../../src/domain/task-moot.ts'
import { type TaskEvent, tasksRaisedBy } from '../../src/domain/tasks-raised.ts'
import { isWorkingDay } from '../../src/domain/working-day.ts'
import { day } from '../support/court.ts'

const calendar = defaultCalendar
const at = (text: string) => new Date(`${text}+08:00`)
const shown = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)

const seal = (over: Partial<Control> = {}): Control => ({
  ...{ id: 'c1', delivery: 'd1', registry: 'land-120116', measure: 'seal', assetClass: 'real-estate', assetRef: 'a' },
  ...{ effect: 'effective', from: '2026-06-03', to: '2029-06-02' },
  ...over,
})
const made = (control: Control, over: object = {}): TaskEvent => ({
  ...{ kind: 'control-made', at: at('2026-06-03T10:00'), request: 'r1', control },
  ...{ isShared: false, hasMaximumMortgage: false },
  ...over,
})
const kindsOf = (event: TaskEvent) => tasksRaisedBy(event, { calendar }).map(({ kind }) => kind)

describe('every kind of task', () => {
  test.each(taskKindList)(
    '%s names its paper and its article, and says 设计 where its days are the house’s',
    (kind) => {
      const { zh, en, paper, article, within } = taskKinds[kind]
      expect(zh + paper).toMatch(/^[\u4e00-\u9fa5（）]+$/)
      expect(en).toMatch(/^[A-Z]/)
      expect(article).toMatch(/第.+条/)
      expect(article.includes('本系统设定')).toBe(within.by === 'house')
    },
  )
})

test('docs/tasks.md tells every kind of task as it is', async () => {
  const rows = taskKindList.map((kind) => {
    const { zh, en, paper, article } = taskKinds[kind]
    return `| \`${kind}\`<br>${zh}<br>${en} | ${paper} | ${article} | ${termOf(kind)} |`
  })
  const page = readFileSync('docs/tasks.md', 'utf8')
  const [before = '', after = ''] = page.split(/(?<=\|---\|---\|---\|---\|\n)[\s\S]*?(?=\n\n)/)
  await expect(`${before}${rows.join('\n')}${after}`).toMatchFileSnapshot('../../docs/tasks.md')
})

function termOf(kind: TaskKind): string {
  const within: Within = taskKinds[kind].within
  switch (within.by) {
    case 'statute':
      return `${within.days}日${within.urgentHours ? `；紧急的${within.urgentHours}小时` : ''}`
    case 'house':
      return `${within.workingDays}个工作日（可配置）`
    case 'same-day':
      return '当日（休息日顺延）'
    case 'last-day':
      return '届满前最后一个工作日'
  }
}

describe('the deadline', () => {
  test('of an objection is 15 days after it came, and where nobody works on that day, the next one', () => {
    expect(shown(dueOf('answer-objection', at('2026-06-03T23:59'), { calendar }))).toBe('2026-06-19T00:00')
    // 19 to 21 June are the Dragon Boat Festival.
    expect(shown(dueOf('answer-objection', at('2026-06-04T00:00'), { calendar }))).toBe('2026-06-23T00:00')
  })

  test('of an application to lift a preservation is 5 days, and 48 hours when it is urgent, holidays or not', () => {
    expect(shown(dueOf('lift-preservation', at('2026-06-08T09:00'), { calendar }))).toBe('2026-06-16T00:00')
    const urgent = dueOf('lift-preservation', at('2026-10-01T09:00'), { calendar }, { urgent: true })
    expect(shown(urgent)).toBe('2026-10-03T09:00')
  })

  test('a court may set its own where the article names no days, and nowhere else', () => {
    expect(houseKinds).not.toContain('answer-objection')
    const days = { serve: 10, 'answer-objection': 1 }
    expect(shown(dueOf('serve', at('2026-06-03T10:00'), { calendar, days }))).toBe('2026-06-18T00:00')
    expect(dueOf('answer-objection', at('2026-06-03T10:00'), { calendar, days })).toEqual(
      dueOf('answer-objection', at('2026-06-03T10:00'), { calendar }),
    )
  })

  test('for what is held beyond the ceiling is the same day, or the next that is worked', () => {
    expect(shown(dueOf('release-surplus', at('2026-06-03T10:00'), { calendar }))).toBe('2026-06-04T00:00')
    expect(shown(dueOf('release-surplus', at('2026-06-06T10:00'), { calendar }))).toBe('2026-06-09T00:00')
  })

  test('for a control is the last day on which anybody works before it ends', () => {
    const due = dueOf('renew-control', at('2026-09-01T10:00'), { calendar }, { lastDay: day('2026-10-06') })
    expect(shown(due)).toBe('2026-10-01T00:00')
  })

  test('never lies before the event, and falls on a day that is worked', () => {
    const moments = fc.date({ min: at('2024-01-01T00:00'), max: at('2031-12-31T00:00'), noInvalidDate: true })
    const kinds = taskKindList.filter((kind) => kind !== 'renew-control')
    fc.assert(
      fc.property(moments, fc.constantFrom(...kinds), (from, kind) => {
        const due = dueOf(kind, from, { calendar })
        expect(due > from).toBe(true)
        expect(isWorkingDay(toBeijingDate(new Date(due.getTime() - 1)), calendar)).toBe(true)
      }),
    )
  })
})

describe('a control that was made', () => {
  test('of a house asks for the record, the notice and the last day', () => {
    expect(kindsOf(made(seal()))).toEqual(['record', 'post-notice', 'tell-last-day'])
  })

  test('of money asks for the last day alone: its receipt is the record', () => {
    expect(kindsOf(made(seal({ assetClass: 'deposit', measure: 'freeze' })))).toEqual(['tell-last-day'])
  })

  test('on what others share or hold for a maximum sum is told to them', () => {
    const burdened = made(seal(), { isShared: true, hasMaximumMortgage: true })
    expect(kindsOf(burdened)).toEqual(['record', 'post-notice', 'tell-co-owner', 'tell-mortgagee', 'tell-last-day'])
  })

  test('that waits asks for nothing yet: it has no effect and no running term', () => {
    const waiting = made(seal({ effect: 'waiting' }), { isShared: true, hasMaximumMortgage: true })
    expect(kindsOf(waiting)).toEqual([])
  })

  test('tells its last day again when that has moved, and only then', () => {
    const keys = (control: Control) =>
      tasksRaisedBy({ kind: 'control-extended', at: new Date(), control }, { calendar })
    const [before] = keys(seal())
    expect(keys(seal({ amount: '1.00' }))[0]?.key).toBe(before?.key)
    expect(keys(seal({ to: '2032-06-02' }))[0]?.key).not.toBe(before?.key)
  })
})

test('a ruling that holds, goes on holding or lets go is served on each party; an inquiry and a transfer on none', () => {
  const done = { kind: 'measure-done', at: at('2026-06-03T10:00'), request: 'r1', delivery: 'd1' } as const
  const served = measureList.filter((measure) => kindsOf({ ...done, measure, parties: ['p1', 'p2'] }).length === 2)
  expect(served).toEqual(['freeze', 'seal', 'pre-seal', 'extend', 'release'])
})

test('an applicant hears what was found in an execution; in a preservation only that nothing was', () => {
  const answered = { kind: 'inquiry-answered', at: at('2026-06-03T10:00'), request: 'r1' } as const
  const of = (isPreservation: boolean, found: boolean) =>
    kindsOf({ ...answered, isPreservation, found, isTerminated: false })
  expect([of(false, true), of(false, false)]).toEqual([['tell-findings'], ['tell-findings']])
  expect([of(true, true), of(true, false)]).toEqual([[], ['tell-nothing-found']])
})

test('the same event raises the same keys, whenever it is told, and no key twice', () => {
  const classes = fc.constantFrom<AssetClass>(...assetClassList)
  const effects = fc.constantFrom<Control['effect']>('waiting', 'effective', 'ended')
  const events = fc.record({
    id: fc.uuid(),
    assetClass: classes,
    effect: effects,
    shared: fc.boolean(),
    maximum: fc.boolean(),
  })
  fc.assert(
    fc.property(
      events,
      fc.date({ min: at('2024-01-01T00:00'), max: at('2030-01-01T00:00'), noInvalidDate: true }),
      (of, later) => {
        const event = made(seal({ id: of.id, assetClass: of.assetClass, effect: of.effect }), {
          isShared: of.shared,
          hasMaximumMortgage: of.maximum,
        })
        const keys = tasksRaisedBy(event, { calendar }).map(({ key }) => key)
        expect(tasksRaisedBy({ ...event, at: later }, { calendar }).map(({ key }) => key)).toEqual(keys)
        expect(new Set(keys).size).toBe(keys.length)
      },
    ),
  )
})

describe('a task is moot', () => {
  const renew = { kind: 'renew-control', about: { control: 'c1', lastDay: day('2029-06-02') } } as const
  const now = (controls: readonly Control[], answered = false, surplus = false) => ({
    controls,
    isAnswered: () => answered,
    isSurplus: () => surplus,
  })

  test('when its control has ended, or ends on another day by now', () => {
    expect(mootBy(renew, now([seal()]))).toBeUndefined()
    expect(mootBy(renew, now([seal({ effect: 'ended' })]))).toBe('control-ended')
    expect(mootBy(renew, now([seal({ to: '2032-06-02' })]))).toBe('extended')
    expect(mootBy(renew, now([seal({ to: '2028-06-02' })]))).toBe('last-day-moved')
  })

  test('and a letter to a silent registry when it has spoken', () => {
    const press = { kind: 'press-registry', about: { delivery: 'd1' } } as const
    expect([mootBy(press, now([])), mootBy(press, now([], true))]).toEqual([undefined, 'registry-answered'])
  })

  test('and a release once no more is held than may be', () => {
    const release = { kind: 'release-surplus', about: { control: 'c1' } } as const
    expect(mootBy(release, now([seal()], false, true))).toBeUndefined()
    expect(mootBy(release, now([seal()]))).toBe('no-surplus')
  })

  test('but never because its day has passed: an end that nobody saw stays in sight (invariant 12)', () => {
    const ended = seal({ to: addDays(day('2026-06-03'), -1) })
    const about = { control: 'c1', lastDay: addDays(day('2026-06-03'), -1) }
    expect(compareDates(about.lastDay, toBeijingDate(startOf(day('2026-06-03'))))).toBe(-1)
    expect(mootBy({ kind: 'renew-control', about }, now([ended]))).toBeUndefined()
  })
})

test('a ruling that takes hold is served by one article, and one that lets go by another', () => {
  const cited = (measure?: MeasureKind) => articleOf('serve', measure)
  expect(cited('seal')).toBe('查扣冻规定第一条第一款（办理期限由本系统设定）')
  expect(cited('release')).toBe('查扣冻规定第二十八条第一款（办理期限由本系统设定）')
  expect(cited()).toBe(taskKinds.serve.article)
})

describe('the tasks of an event', () => {
  const now = at('2026-06-03T10:00')
  const about = (event: TaskEvent) =>
    tasksRaisedBy(event, { calendar }).map(({ key, kind, about: what }) => ({ key, kind, ...what }))
  const ending = { control: 'c', delivery: 'd', lastDay: day('2029-06-02') }

  test.each<[TaskEvent, readonly object[]]>([
    [
      { kind: 'measure-done', at: now, measure: 'seal', request: 'r', delivery: 'd', parties: ['p', 'q'] },
      [
        { key: 'serve:d:p', kind: 'serve', request: 'r', delivery: 'd', party: 'p' },
        { key: 'serve:d:q', kind: 'serve', request: 'r', delivery: 'd', party: 'q' },
      ],
    ],
    [
      { kind: 'inquiry-answered', at: now, request: 'r', found: true, isPreservation: false, isTerminated: true },
      [
        { key: 'tell-findings:r', kind: 'tell-findings', request: 'r' },
        { key: 'resume:r', kind: 'resume', request: 'r' },
      ],
    ],
    [
      { kind: 'inquiry-answered', at: now, request: 'r', found: false, isPreservation: false, isTerminated: true },
      [{ key: 'tell-findings:r', kind: 'tell-findings', request: 'r' }],
    ],
    [
      { kind: 'registry-objected', at: now, delivery: 'd' },
      [{ key: 'answer-objection:d:told', kind: 'answer-objection', delivery: 'd' }],
    ],
    [
      { kind: 'registry-objected', at: now, delivery: 'd', paper: day('2026-06-01') },
      [{ key: 'answer-objection:d:2026-06-01', kind: 'answer-objection', delivery: 'd' }],
    ],
    [
      { kind: 'registry-silent', at: now, delivery: 'd' },
      [{ key: 'press-registry:d', kind: 'press-registry', delivery: 'd' }],
    ],
    [
      { kind: 'reinquiry-refused', at: now, party: 'p', since: day('2026-03-01') },
      [{ key: 'ask-again:p:2026-03-01', kind: 'ask-again', party: 'p' }],
    ],
    [
      { kind: 'lift-asked', at: now, party: 'p', paper: day('2026-06-03'), urgent: false },
      [{ key: 'lift-preservation:p:2026-06-03', kind: 'lift-preservation', party: 'p' }],
    ],
    [
      { kind: 'renewal-asked', at: now, ...ending },
      [{ key: 'renew-control:c:2029-06-02:asked', kind: 'renew-control', ...ending }],
    ],
    [
      { kind: 'control-ending', at: now, ...ending, daysBefore: 7 },
      [{ key: 'renew-control:c:2029-06-02:7', kind: 'renew-control', ...ending, daysBefore: 7 }],
    ],
    [
      { kind: 'ceiling-reached', at: now, control: 'c', delivery: 'd' },
      [{ key: 'release-surplus:c:2026-06-03', kind: 'release-surplus', control: 'c', delivery: 'd' }],
    ],
  ])('%j', (event, tasks) => {
    expect(about(event)).toEqual(tasks)
  })

  test('an urgent application to lift a preservation is decided within hours', () => {
    const asked = { kind: 'lift-asked', at: now, party: 'p', paper: day('2026-06-03') } as const
    const [urgent] = tasksRaisedBy({ ...asked, urgent: true }, { calendar })
    expect(urgent?.due).toEqual(new Date(now.getTime() + 48 * 3_600_000))
    expect(tasksRaisedBy({ ...asked, urgent: false }, { calendar })[0]?.due).not.toEqual(urgent?.due)
  })
})
