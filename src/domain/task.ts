import { addDays, type BeijingDate, endOf, toBeijingDate } from './beijing-date.ts'
import type { MeasureKind } from './measure.ts'
import { lastWorkingDayBy, nextWorkingDayFrom, type WorkingCalendar, workingDaysAfter } from './working-day.ts'

/** By when a task is to be done. `statute`: the days of an article; `house`: working days no article states (设计). */
export type Within =
  | { readonly by: 'statute'; readonly days: number; readonly urgentHours?: number }
  | { readonly by: 'house'; readonly workingDays: number }
  | { readonly by: 'last-day' }
  /** Before the day is over; on a day off, before the next one worked is. */
  | { readonly by: 'same-day' }

type Entry = {
  readonly zh: string
  readonly en: string
  /** What the paper is called that goes with it. */
  readonly paper: string
  /** Statute and number; 设计 where it is the gateway's own. */
  readonly article: string
  readonly within: Within
}

const house = (workingDays: number): Within => ({ by: 'house', workingDays })

/**
 * What a court still has to do by hand because of what happened in the gateway (事务性节点), each with its paper and its
 * article. Where an article only says 及时 or nothing, the days are the house's, and a court may set its own.
 */
export const taskKinds = {
  serve: {
    zh: '送达裁定书',
    en: 'Serve the ruling on a party',
    paper: '送达回证',
    article: '查扣冻规定第一条第一款、第二十八条第一款（办理期限由本系统设定）',
    within: house(5),
  },
  record: {
    zh: '制作查封笔录',
    en: 'Draw up the record of the seal',
    paper: '查封笔录',
    article: '查扣冻规定第十八条（办理期限由本系统设定）',
    within: house(3),
  },
  'post-notice': {
    zh: '张贴封条或者公告',
    en: 'Post the notice of the seal',
    paper: '查封公告',
    article: '查扣冻规定第七条第一款、第八条（办理期限由本系统设定）',
    within: house(5),
  },
  'tell-co-owner': {
    zh: '通知共有人',
    en: 'Tell the co-owners',
    paper: '通知书（共有人）',
    article: '查扣冻规定第十二条第一款（办理期限由本系统设定）',
    within: house(3),
  },
  'tell-mortgagee': {
    zh: '通知最高额抵押权人',
    en: 'Tell the holder of a mortgage for a maximum sum',
    paper: '通知书（最高额抵押权人）',
    article: '查扣冻规定第二十五条第一款（办理期限由本系统设定）',
    within: house(3),
  },
  'tell-last-day': {
    zh: '告知期限届满日',
    en: 'Tell the applicant on which day a control ends',
    paper: '期限届满日告知书',
    article: '财产保全规定第十八条；民诉法解释（2022）第四百八十五条第二款（办理期限由本系统设定）',
    within: house(5),
  },
  'tell-nothing-found': {
    zh: '告知未查到可供保全财产',
    en: 'Tell the applicant that nothing was found to preserve',
    paper: '未查询到可供保全财产告知书',
    article: '财产保全规定第十一条第三款（办理期限由本系统设定）',
    within: house(5),
  },
  'tell-findings': {
    zh: '告知财产查控结果',
    en: 'Tell the applicant what was found and held',
    paper: '财产查控结果告知书',
    article: '财产调查规定第十二条第三款；终本规定（法〔2016〕373号）第九条第二款（办理期限由本系统设定）',
    within: house(5),
  },
  'release-surplus': {
    zh: '解除超标的额部分',
    en: 'Release what is held beyond the ceiling',
    paper: '解除超标的额部分提示单',
    article: '查扣冻规定第十九条第一款',
    within: { by: 'same-day' },
  },
  resume: {
    zh: '审查恢复执行',
    en: 'Consider resuming the execution',
    paper: '恢复执行审查表',
    article: '终本规定（法〔2016〕373号）第九条第一款、第二款（办理期限由本系统设定）',
    within: house(5),
  },
  'ask-again': {
    zh: '人工发起终本后查询',
    en: 'Ask again by hand after termination',
    paper: '终本后财产查询提示单',
    article: '终本规定（法〔2016〕373号）第九条第二款（办理期限由本系统设定）',
    within: house(10),
  },
  'press-registry': {
    zh: '催办协助执行单位',
    en: 'Press a registry that is silent',
    paper: '催办函',
    article: '法释〔2013〕20号第四条第二款；民诉法第一百一十七条（办理期限由本系统设定）',
    within: house(1),
  },
  'answer-objection': {
    zh: '答复协助执行单位的书面异议',
    en: 'Answer the written objection of a registry',
    paper: '异议答复函',
    article: '法释〔2013〕20号第六条、第十条',
    within: { by: 'statute', days: 15 },
  },
  'lift-preservation': {
    zh: '审查解除保全申请',
    en: 'Decide on an application to lift a preservation',
    paper: '民事裁定书（解除保全用）',
    article: '财产保全规定第二十三条第二款、第四款',
    within: { by: 'statute', days: 5, urgentHours: 48 },
  },
  'renew-control': {
    zh: '办理续行',
    en: 'Extend a control before it ends',
    paper: '续行期限提示单',
    article: '民诉法解释（2022）第四百八十五条第二款；查扣冻规定第二十七条第一款；财产保全规定第十八条第一款',
    within: { by: 'last-day' },
  },
} as const satisfies Record<string, Entry>

export type TaskKind = keyof typeof taskKinds

/** What lets go is served by another article than what takes hold. */
const served = (article: string) => `查扣冻规定${article}（办理期限由本系统设定）`

/** The article a task stands on, where its measure is known. */
export function articleOf(kind: TaskKind, measure: MeasureKind | undefined): string {
  if (kind !== 'serve' || measure === undefined) return taskKinds[kind].article
  return served(measure === 'release' ? '第二十八条第一款' : '第一条第一款')
}

export const taskKindList = Object.keys(taskKinds) as [TaskKind, ...TaskKind[]]

/** Kinds that only tell an applicant something: one paper may tell them of several things of their case. */
export const toldTogether: readonly TaskKind[] = ['tell-findings', 'tell-last-day']

/** Whether two tasks may be done by one paper: both tell the applicant of one case, of the same day. */
export function isToldWith(one: Tellable, other: Tellable): boolean {
  const isAlike = one.caseId === other.caseId && one.kind === other.kind
  return toldTogether.includes(one.kind) && isAlike && toBeijingDate(one.raisedAt) === toBeijingDate(other.raisedAt)
}

type Tellable = { readonly caseId: string; readonly kind: TaskKind; readonly raisedAt: Date }

/** Kinds whose days a court may set for itself. */
export const houseKinds = taskKindList.filter((kind) => taskKinds[kind].within.by === 'house')

/** Working days of a court's own, in place of those above. */
export type TaskDays = Readonly<Partial<Record<TaskKind, number>>>

/** What a task is about, by ids alone: none of it names anybody. */
export type TaskAbout = {
  readonly request?: string
  readonly delivery?: string
  readonly control?: string
  readonly party?: string
  /** The last day of the control as it stood then; with another one the task is another. */
  readonly lastDay?: BeijingDate
  /** Which of the reminders it is: so many days before the end. */
  readonly daysBefore?: number
  /** Which letter to a silent registry it is, from the second on. */
  readonly letter?: number
}

/** What a task is called; a later letter says which one it is. */
export function taskName(
  kind: TaskKind,
  { letter }: Pick<TaskAbout, 'letter'>,
): { readonly zh: string; readonly en: string } {
  const { zh, en } = taskKinds[kind]
  return letter === undefined ? { zh, en } : { zh: `${zh}（第${letter}次）`, en: `${en} (letter ${letter})` }
}

/** Working days within which a registry is to answer the letter that presses it, as the letter itself says (设计). */
const daysToAnswerLetter = 3

/** When a letter that was sent at this moment has gone unanswered for as long as it gave. */
export function letterUnansweredFrom(sent: Date, calendar: WorkingCalendar): Date {
  return endOf(workingDaysAfter(toBeijingDate(sent), daysToAnswerLetter, calendar))
}

/** The calendar of the court, and its own days where it has set any. */
export type Reckoning = { readonly calendar: WorkingCalendar; readonly days?: TaskDays }

/**
 * The last moment for a task. Days are Beijing's; the day of the event is not counted, and a period that ends on a day
 * off ends on the next day worked (民诉法 第八十五条). Hours run on, whatever day it is; and before a control ends it must
 * be the last day on which anybody works.
 */
export function dueOf(
  kind: TaskKind,
  from: Date,
  { calendar, days }: Reckoning,
  { urgent, lastDay }: { readonly urgent?: boolean; readonly lastDay?: BeijingDate } = {},
): Date {
  const within: Within = taskKinds[kind].within
  const day = toBeijingDate(from)
  switch (within.by) {
    case 'statute':
      if (urgent && within.urgentHours !== undefined) return new Date(from.getTime() + within.urgentHours * 3_600_000)
      return endOf(nextWorkingDayFrom(addDays(day, within.days), calendar))
    case 'house':
      return endOf(workingDaysAfter(day, days?.[kind] ?? within.workingDays, calendar))
    case 'same-day':
      return endOf(nextWorkingDayFrom(day, calendar))
    case 'last-day':
      return endOf(lastWorkingDayBy(lastDay ?? day, calendar))
  }
}
