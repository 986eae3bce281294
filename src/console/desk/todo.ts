import { html } from 'hono/html'
import { mayEver, reachOf } from '../../domain/authority.ts'
import { caseStandings } from '../../domain/case-file.ts'
import { isAnswered } from '../../domain/fold.ts'
import { measures } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestLine } from '../../gateway/ports/reads.ts'
import type { Said } from '../../http/problems/entry.ts'
import { both, type Html, table } from '../layout.ts'
import { deskWords as words } from './words.ts'

/** What needs somebody today, in order of urgency. */
export type Todo = readonly { readonly title: Said; readonly lines: readonly TodoLine[] }[]

type TodoLine = RequestLine & { readonly href: string }

const most = 20

export async function todoOf({ reads, clock }: Parts, person: Person): Promise<Todo> {
  const now = clock()
  const reach = reachOf(person, 'request.list')
  const lead = (to: string) => (line: RequestLine) => ({ ...line, href: `/requests/${line.id}${to}` })
  const open = await reads.requestLines({ reach, state: 'approved', limit: 200 })
  const silent = open.filter(({ deliveries }) =>
    deliveries.some(({ answer, respondBy }) => !isAnswered(answer) && respondBy < now),
  )
  const approving = mayEver(person, 'request.approve')
    ? await reads.requestLines({ reach: reachOf(person, 'request.approve'), state: 'submitted', limit: most })
    : []
  const returned = mayEver(person, 'request.submit')
    ? await reads.requestLines({ reach, state: 'returned', limit: most })
    : []
  return [
    { title: words.waiting, lines: approving.map(lead('/review')) },
    { title: words.returned, lines: returned.map(lead('')) },
    { title: words.overdue, lines: silent.slice(0, most).map(lead('')) },
  ].filter(({ lines }) => lines.length > 0)
}

export function todoPart(todo: Todo): Html {
  if (todo.length === 0) return html`<p>${both(words.nothingWaits)}</p>`
  return html`${todo.map(
    ({ title, lines }) => html`<section class="todo"><h3>${both(title)} <span class="count">${lines.length}</span></h3>
      <ul>${lines.map((line) => html`<li><a href="${line.href}">${line.caseNumber} · ${measures[line.measure]}</a></li>`)}</ul></section>`,
  )}`
}

/** The newest cases within reach, so that nobody has to know a number by heart. */
export async function casesPart({ reads }: Parts, person: Person): Promise<Html | string> {
  const files = await reads.cases(reachOf(person, 'case.list'), { limit: 10 })
  if (files.length === 0) return ''
  const rows = files.map(({ id, number, standing, judge }) => [
    html`<a class="nowrap" href="/cases/${id}">${number}</a>`,
    caseStandings[standing],
    judge,
  ])
  return html`<h3>${both(words.cases)}</h3>${table([words.case, words.standing, words.judge], rows)}`
}

/** Finds a case by its number; a number names no person, so it may stand in an address. */
export function findForm(unknown: string | undefined): Html {
  return html`<form action="/find" class="find"><label for="number">${both(words.find)}</label>
    <div class="row"><input id="number" name="number" value="${unknown ?? ''}" placeholder="（2024）津0116执3456号" required maxlength="60"><button>${both(words.findButton)}</button></div>
    ${unknown === undefined ? '' : html`<p class="late" role="alert">${both(words.notFound)}</p>`}</form>`
}
