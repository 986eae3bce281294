import { html } from 'hono/html'
import { isAssigned, mayEver, reachOf, refusalOn } from '../../domain/authority.ts'
import { type Measure, measures, targetsOf } from '../../domain/measure.ts'
import { formatMoney, renminbi, sumMoney, zeroMoney } from '../../domain/money.ts'
import type { Person } from '../../domain/person.ts'
import { taskName } from '../../domain/task.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestLine } from '../../gateway/ports/request-line.ts'
import type { TaskLine } from '../../gateway/ports/tasks.ts'
import { maskedSubjectsIn } from '../../http/masked-subjects.ts'
import type { Said } from '../../http/problems/entry.ts'
import { roundWrong } from '../errands/fields.ts'
import { errandsFor, type WaitingErrand } from '../errands/waiting.ts'
import { readAt, say } from '../language.ts'
import type { Html } from '../layout.ts'
import { deadline } from '../moment.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { term } from '../terms.ts'
import { casesTable } from './find-page.ts'
import { deskWords as words } from './words.ts'

/** What needs somebody today, in order of urgency. */
export type Todo = readonly {
  readonly title: Said
  readonly lines: readonly TodoLine[]
  /** Where all of them are, and whether that is more than these. */
  readonly all: string
  readonly hasMore: boolean
}[]

type TodoLine = { readonly href: string; readonly text: string; readonly due?: Date }

const most = 20

/** Silent registries and controls that end are tasks, by deadline; what waits for an approver or came back is a request. */
export async function todoOf(parts: Parts, person: Person): Promise<Todo> {
  const { reads } = parts
  const approving = mayEver(person, 'request.approve')
    ? await reads.requestLines({
        ...{ reach: reachOf(person, 'request.approve'), state: 'submitted' as const },
        ...{ decidableBy: person.id, limit: most + 1 },
      })
    : []
  const returned = mayEver(person, 'request.submit')
    ? await reads.requestLines({ reach: reachOf(person, 'request.list'), state: 'returned', limit: most + 1 })
    : []
  const gistOf = await gistsOf(parts, person, [...approving, ...returned])
  const lead =
    (to: string) =>
    (line: RequestLine): TodoLine => ({
      href: `/requests/${line.id}${to}`,
      text: [line.caseNumber, term(measures[line.measure]), ...gistOf(line)].join(' · '),
    })
  const tasks = mayEver(person, 'task.list')
    ? await reads.tasks({ reach: reachOf(person, 'task.list'), owner: person.id, limit: most + 1 })
    : []
  const errands = await errandsFor(parts, person)
  const carried = (step: WaitingErrand['step']): readonly TodoLine[] =>
    errands.filter((one) => one.step === step).map((one) => errandLine(one, parts))
  return [
    section(words.waiting, approving.map(lead('/review')), '/?state=submitted#requests'),
    { ...section(words.tasks, taskLines(tasks.slice(0, most)), '/tasks?mine=on'), hasMore: tasks.length > most },
    section(words.toSetOut, carried('set-out'), '/errands'),
    section(words.toEnter, carried('enter'), '/errands'),
    section(words.toCompare, carried('compare'), '/errands'),
    section(words.returned, returned.map(lead('')), '/?state=returned#requests'),
  ].filter(({ lines }) => lines.length > 0)
}

/** Whom a request is about, by a mask, and the sum it asks for; the sum to whoever is on the case alone. */
async function gistsOf(
  parts: Parts,
  person: Person,
  lines: readonly RequestLine[],
): Promise<(line: RequestLine) => readonly string[]> {
  const { reads } = parts
  const files = await reads.casesWith([...new Set(lines.map(({ caseId }) => caseId))])
  const own = new Set(files.flatMap((file) => (isAssigned(person, file) ? [file.id] : [])))
  const mine = lines.filter(({ caseId }) => own.has(caseId))
  const asked = await reads.measuresOf(mine.map(({ id }) => id))
  const subjectOf = maskedSubjectsIn(files)
  return ({ id, party }) => [subjectOf(party), statedIn(asked.get(id))].filter((one) => one !== undefined)
}

/** 1,280,000.00 元: what a measure states of money; nothing where it states none. */
function statedIn(measure: Measure | undefined): string | undefined {
  if (!measure) return undefined
  const total = sumMoney(targetsOf(measure).flatMap(({ amount }) => amount ?? []))
  if (total === zeroMoney) return undefined
  const currency = 'currency' in measure ? measure.currency : renminbi
  return `${formatMoney(total)} ${currency === renminbi ? say(words.yuan) : currency}`
}

function section(title: Said, lines: readonly TodoLine[], all: string): Todo[number] {
  return { title, lines: lines.slice(0, most), all, hasMore: lines.length > most }
}

/** Several of one kind in one case are one line, which leads to all of them; it bears the day of the first. */
function taskLines(tasks: readonly TaskLine[]): readonly TodoLine[] {
  const alike = new Map<string, TaskLine[]>()
  for (const one of tasks) {
    const key = `${one.caseId} ${one.kind}`
    alike.set(key, [...(alike.get(key) ?? []), one])
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const { id, caseNumber, kind, about, due } = first
    if (others.length === 0)
      return [{ href: `/tasks/${id}`, text: `${caseNumber} · ${say(taskName(kind, about))}`, due }]
    const text = `${caseNumber} · ${say(taskName(kind, {}))}`
    const asked = new URLSearchParams({ mine: 'on', kind, case: caseNumber })
    return [{ href: `/tasks?${asked}`, text: `${text} × ${others.length + 1}`, due }]
  })
}

/** What went wrong in the round before stands in the line: 第2轮，控制编号不符. */
function errandLine(errand: WaitingErrand, { counter }: Parts): TodoLine {
  const { id, registry, caseNumber, subject, respondBy, round, fields } = errand
  const wrong = fields.length > 0 ? ` · ${roundWrong(round, fields)}` : ''
  const name = counter(registry)?.registry.name ?? registry
  return {
    href: `/errands/${id}`,
    text: `${caseNumber}${subject ? ` · ${subject}` : ''} · ${name}${wrong}`,
    due: respondBy,
  }
}

export function todoPart(todo: Todo): Html {
  if (todo.length === 0) return html`<p>${say(words.nothingWaits)}</p>`
  return html`${todo.map(({ title, lines, all, hasMore }) => {
    const rest = hasMore ? onlyFirstOfMore(lines.length, html`<a href="${all}">${say(words.allOfThem)}</a>`) : ''
    return html`<section class="todo"><h3>${say(title)} <span class="count">${lines.length}${hasMore ? '+' : ''}</span></h3>${rest}
      <ul>${lines.map(todoLine)}</ul></section>`
  })}`
}

function todoLine({ href, text, due }: TodoLine): Html {
  const now = readAt()
  const isLate = due !== undefined && now !== undefined && due <= now
  const late = isLate ? html` <span class="late">! ${say(words.late)}</span>` : ''
  const by = due ? html` · ${say(words.due)} ${deadline(due)}${late}` : ''
  return html`<li><a href="${href}">${text}</a>${by}</li>`
}

const mostCases = 10

/** The newest cases within reach, so that nobody has to know a number by heart. */
export async function casesPart({ reads }: Parts, person: Person): Promise<Html | string> {
  const files = await reads.cases(reachOf(person, 'case.list'), { limit: mostCases + 1 })
  if (files.length === 0) return ''
  const more = files.length > mostCases ? onlyFirstOfMore(mostCases, say(words.findOthers)) : ''
  return html`<h3>${say(words.cases)}</h3>${more}${casesTable(files.slice(0, mostCases), (file) => mayEver(person, 'request.submit') && !refusalOn(person, 'request.submit', file))}`
}

/** The ways from the desk to what is worked on there, each for whoever may do anything on it. */
export function waysPart(person: Person): Html | string {
  const ways = [
    mayEver(person, 'results.read') ? html`<a class="button" href="/renewals">${say(words.renewals)}</a> ` : '',
    mayEver(person, 'task.list') ? html`<a class="button" href="/tasks">${say(words.tasks)}</a> ` : '',
    mayEver(person, 'errand.list') ? html`<a class="button" href="/errands">${say(words.errands)}</a> ` : '',
    mayEver(person, 'batch.keep') ? html`<a class="button" href="/batches">${say(words.batches)}</a> ` : '',
    mayEver(person, 'draft.keep') ? html`<a class="button" href="/drafts">${say(words.drafts)}</a> ` : '',
    mayEver(person, 'case.enter') ? html`<a class="button" href="/registrar">${say(words.registrar)}</a> ` : '',
  ]
  return ways.every((way) => way === '') ? '' : html`<p>${ways}</p>`
}
