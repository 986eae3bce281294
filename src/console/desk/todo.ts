import { html } from 'hono/html'
import { mayEver, reachOf } from '../../domain/authority.ts'
import { caseStandings } from '../../domain/case-file.ts'
import { measures } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import { taskKinds } from '../../domain/task.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestLine } from '../../gateway/ports/reads.ts'
import type { Said } from '../../http/problems/entry.ts'
import { roundWrong } from '../errands/fields.ts'
import { errandsFor, type WaitingErrand } from '../errands/waiting.ts'
import { say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import { deadline } from '../moment.ts'
import { term } from '../terms.ts'
import { deskWords as words } from './words.ts'

/** What needs somebody today, in order of urgency. */
export type Todo = readonly { readonly title: Said; readonly lines: readonly TodoLine[] }[]

type TodoLine = { readonly href: string; readonly text: string; readonly due?: Date }

const most = 20

/** Silent registries and controls that end are tasks, by deadline; what waits for an approver or came back is a request. */
export async function todoOf(parts: Parts, person: Person): Promise<Todo> {
  const { reads } = parts
  const lead =
    (to: string) =>
    ({ id, caseNumber, measure }: RequestLine): TodoLine => ({
      href: `/requests/${id}${to}`,
      text: `${caseNumber} · ${term(measures[measure])}`,
    })
  const approving = mayEver(person, 'request.approve')
    ? await reads.requestLines({ reach: reachOf(person, 'request.approve'), state: 'submitted', limit: most })
    : []
  const returned = mayEver(person, 'request.submit')
    ? await reads.requestLines({ reach: reachOf(person, 'request.list'), state: 'returned', limit: most })
    : []
  const tasks = mayEver(person, 'task.list')
    ? await reads.tasks({ reach: reachOf(person, 'task.list'), owner: person.id, limit: most })
    : []
  const taskLines = tasks.map(({ id, caseNumber, kind, due }) => ({
    href: `/tasks/${id}`,
    text: `${caseNumber} · ${say(taskKinds[kind])}`,
    due,
  }))
  const errands = await errandsFor(parts, person)
  const carried = (step: WaitingErrand['step']): readonly TodoLine[] =>
    errands.filter((one) => one.step === step).map((one) => errandLine(one, parts))
  return [
    { title: words.waiting, lines: approving.map(lead('/review')) },
    { title: words.tasks, lines: taskLines },
    { title: words.toSetOut, lines: carried('set-out') },
    { title: words.toEnter, lines: carried('enter') },
    { title: words.toCompare, lines: carried('compare') },
    { title: words.returned, lines: returned.map(lead('')) },
  ].filter(({ lines }) => lines.length > 0)
}

/** What went wrong in the round before stands in the line: 第2轮，控制编号不符. */
function errandLine(errand: WaitingErrand, { counter }: Parts): TodoLine {
  const { id, registry, caseNumber, respondBy, round, fields } = errand
  const wrong = fields.length > 0 ? ` · ${roundWrong(round, fields)}` : ''
  const name = counter(registry)?.registry.name ?? registry
  return { href: `/errands/${id}`, text: `${caseNumber} · ${name}${wrong}`, due: respondBy }
}

export function todoPart(todo: Todo): Html {
  if (todo.length === 0) return html`<p>${say(words.nothingWaits)}</p>`
  return html`${todo.map(
    ({ title, lines }) => html`<section class="todo"><h3>${say(title)} <span class="count">${lines.length}</span></h3>
      <ul>${lines.map(todoLine)}</ul></section>`,
  )}`
}

function todoLine({ href, text, due }: TodoLine): Html {
  const by = due ? html` · ${say(words.due)} ${deadline(due)}` : ''
  return html`<li><a href="${href}">${text}</a>${by}</li>`
}

/** The newest cases within reach, so that nobody has to know a number by heart. */
export async function casesPart({ reads }: Parts, person: Person): Promise<Html | string> {
  const files = await reads.cases(reachOf(person, 'case.list'), { limit: 10 })
  if (files.length === 0) return ''
  const rows = files.map(({ id, number, standing, judge }) => [
    html`<a class="nowrap" href="/cases/${id}">${number}</a>`,
    term(caseStandings[standing]),
    judge,
  ])
  return html`<h3>${say(words.cases)}</h3>${table([words.case, words.standing, words.judge], rows)}`
}

/** Finds a case by its number; a number names no person, so it may stand in an address. */
export function findForm(unknown: string | undefined): Html {
  return html`<form action="/find" class="find"><label for="number">${say(words.find)}</label>
    <div class="row"><input id="number" name="number" value="${unknown ?? ''}" placeholder="（2024）津0116执3456号" required maxlength="60"><button>${say(words.findButton)}</button></div>
    ${unknown === undefined ? '' : html`<p class="late" role="alert">${say(words.notFound)}</p>`}</form>`
}

/** The ways from the desk to what is worked on there, each for whoever may do anything on it. */
export function waysPart(person: Person): Html | string {
  const ways = [
    mayEver(person, 'results.read') ? html`<a class="button" href="/renewals">${say(words.renewals)}</a> ` : '',
    mayEver(person, 'task.list') ? html`<a class="button" href="/tasks">${say(words.tasks)}</a> ` : '',
    mayEver(person, 'errand.list') ? html`<a class="button" href="/errands">${say(words.errands)}</a> ` : '',
    mayEver(person, 'batch.keep') ? html`<a class="button" href="/batches">${say(words.batches)}</a> ` : '',
    mayEver(person, 'draft.keep') ? html`<a class="button" href="/drafts">${say(words.drafts)}</a> ` : '',
  ]
  return ways.every((way) => way === '') ? '' : html`<p>${ways}</p>`
}
