import { addDays, type BeijingDate, compareDates, toBeijingDate } from './beijing-date.ts'
import type { CaseFile } from './case-file.ts'
import type { MeasureKind } from './measure.ts'

/**
 * The nodes of an enforcement that its applicant is shown (执行公开): that something was done and when, never what was
 * found, where, or of whom.
 */
export const progressNodes = {
  filed: { zh: '案件已录入并经核对', en: 'the case was entered and confirmed' },
  inquired: { zh: '已开展财产查询', en: 'property was inquired after' },
  controlled: { zh: '已采取控制措施', en: 'property was put under control' },
  extended: { zh: '已续行控制措施', en: 'controls were extended' },
  released: { zh: '已解除控制措施', en: 'controls were released' },
  transferred: { zh: '已扣划案款', en: 'money was transferred' },
  conveyed: { zh: '过户文书已送达', en: 'papers of conveyance were served' },
  terminated: { zh: '终结本次执行程序', en: 'this enforcement procedure was terminated' },
} as const

export type ProgressNode = keyof typeof progressNodes

/**
 * One node on one day; of inquiries, how many registries were asked and how many have answered, each once: one that owes an answer
 * about any debtor has not.
 */
export type Progress = {
  readonly node: ProgressNode
  readonly on: BeijingDate
  readonly asked?: number
  readonly answered?: number
}

/** A request as far as progress tells of it: its measure, which registries were asked and which have answered, and when the last of them spoke. */
export type Stage = {
  readonly measure: MeasureKind
  readonly asked: readonly string[]
  readonly answered: readonly string[]
  readonly isDone: boolean
  readonly askedAt: Date
  readonly lastWord?: Date
}

/**
 * A link may be handed on, and whoever learns that an inquiry was answered knows what comes next. So an inquiry is shown
 * once something is under control after it, or this many days have gone by.
 */
export const inquiryShownAfterDays = 10

const nodeOf: Readonly<Record<MeasureKind, ProgressNode>> = {
  inquire: 'inquired',
  freeze: 'controlled',
  seal: 'controlled',
  'pre-seal': 'controlled',
  extend: 'extended',
  release: 'released',
  transfer: 'transferred',
  convey: 'conveyed',
}

/**
 * What is shown of a case, oldest first. A measure is shown when it was executed and never before: what is on its way would
 * warn whom it is to reach. What fell on one day is one node.
 */
export function progressOf(
  file: Pick<CaseFile, 'terminatedOn'>,
  filedAt: Date | undefined,
  stages: readonly Stage[],
  today: BeijingDate,
): readonly Progress[] {
  const told = stages.flatMap((stage) => toldOf(stage) ?? [])
  const controlled = told.filter(({ node }) => node === 'controlled')
  const isSafe = ({ on }: Pick<Told, 'on'>): boolean =>
    compareDates(addDays(on, inquiryShownAfterDays), today) <= 0 ||
    controlled.some((control) => compareDates(control.on, on) >= 0)
  const owing = owingIn(stages.filter((stage) => isSafe({ on: toBeijingDate(stage.lastWord ?? stage.askedAt) })))
  const nodes: Told[] = [
    ...(filedAt ? [{ node: 'filed' as const, on: toBeijingDate(filedAt) }] : []),
    ...told.filter((one) => one.node !== 'inquired' || isSafe(one)),
    ...(file.terminatedOn ? [{ node: 'terminated' as const, on: file.terminatedOn }] : []),
  ]
  return grouped(nodes)
    .map((told) => onOneDay(told, owing))
    .sort((one, other) => compareDates(one.on, other.on))
}

type Told = Pick<Progress, 'node' | 'on'> & Partial<Pick<Stage, 'asked' | 'answered'>>

function toldOf({ measure, asked, answered, isDone, lastWord }: Stage): Told | undefined {
  if (!lastWord) return undefined
  const on = toBeijingDate(lastWord)
  if (measure === 'inquire') return answered.length > 0 ? { node: 'inquired', on, asked, answered } : undefined
  return isDone ? { node: nodeOf[measure], on } : undefined
}

function grouped(nodes: readonly Told[]): (readonly [Told, ...Told[]])[] {
  const byDay = new Map<string, [Told, ...Told[]]>()
  for (const one of nodes) {
    const key = `${one.on} ${one.node}`
    const others = byDay.get(key)
    if (others) others.push(one)
    else byDay.set(key, [one])
  }
  return [...byDay.values()]
}

/** Who has not answered every inquiry of the case that may be shown by now. */
function owingIn(stages: readonly Stage[]): ReadonlySet<string> {
  const inquiries = stages.filter(({ measure }) => measure === 'inquire')
  return new Set(inquiries.flatMap(({ asked, answered }) => asked.filter((one) => !answered.includes(one))))
}

/** A registry that was asked twice is one registry. */
function onOneDay([first, ...others]: readonly [Told, ...Told[]], owing: ReadonlySet<string>): Progress {
  const { node, on } = first
  if (node !== 'inquired') return { node, on }
  const asked = new Set([first, ...others].flatMap((one) => one.asked ?? []))
  return { node, on, asked: asked.size, answered: [...asked].filter((one) => !owing.has(one)).length }
}

/** A case number as its applicant knows it again and nobody else learns it: of the serial only the last digit. */
export function maskCaseNumber(number: string): string {
  return number.replace(/(\d+)(?=(?:之\S+)?号)/, (serial) => `${'*'.repeat(serial.length - 1)}${serial.slice(-1)}`)
}
