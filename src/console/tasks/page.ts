import { html } from 'hono/html'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { articleOf, type TaskKind, taskKindList, taskKinds } from '../../domain/task.ts'
import type { TaskView } from '../../http/officer/task-view.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { deskWords } from '../desk/words.ts'
import { readAt, say } from '../language.ts'
import { laterForm } from '../later/part.ts'
import { laterWords } from '../later/words.ts'
import { alert, facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { deadline, moment } from '../moment.ts'
import { type Matter, matterCell } from './matters.ts'
import { taskWords as words } from './words.ts'

/** Which tasks are asked for, as the address says it. */
export type TaskFilters = {
  readonly mine: boolean
  readonly ended: boolean
  readonly kind?: TaskKind
  readonly case?: string
}

/** A task with the name of whoever is to see to it, as far as that may be told. */
export type ShownTask = {
  readonly view: TaskView
  readonly owner: string
  readonly matter: Matter
  /** How many one paper can do, this one among them. */
  readonly together: number
}

export type TasksShown = {
  readonly tasks: readonly ShownTask[]
  readonly filters: TaskFilters
  readonly next?: string
  /** The case that was asked for is not there, or out of reach. */
  readonly isUnknown?: boolean
  readonly nameOf: (registry: string) => string
}

/** What has to be done by hand: the overdue first, then by deadline. */
export function tasksPage({ tasks, filters, next, isUnknown, nameOf }: TasksShown, { who, mark }: AtDesk): Html {
  const late = tasks.filter(({ view }) => view.overdue)
  const today = tasks.filter(({ view }) => !view.overdue && !filters.ended && isDueToday(view))
  const rest = tasks.filter((one) => !one.view.overdue && !today.includes(one))
  const body = html`${filterForm(filters)}
    ${isUnknown ? html`<p class="late" role="alert">${say(deskWords.notFound)}</p>` : ''}
    ${tasks.length === 0 ? html`<p>${say(isFiltered(filters) ? words.none : words.nothing)}</p>` : ''}
    ${late.length > 0 ? html`<h3>! ${say(words.overdue)} <span class="count">${late.length}</span></h3>${tasksTable(late, nameOf)}` : ''}
    ${today.length > 0 ? html`<h3>${say(words.today)} <span class="count calm">${today.length}</span></h3>${tasksTable(today, nameOf)}` : ''}
    ${rest.length > 0 ? html`<h3>${say(filters.ended ? words.closed : words.open)}</h3>${tasksTable(rest, nameOf)}` : ''}
    ${tasks.some(({ matter }) => matter.line) ? html`<p class="en">${say(deskWords.looked)}</p>` : ''}
    ${next ? html`<p><a href="/tasks?${addressOf(filters, next)}">${say(words.next)}</a></p>` : ''}`
  return page(body, { title: words.tasks, who, mark })
}

const isFiltered = ({ ended, kind, case: number }: TaskFilters): boolean =>
  ended || kind !== undefined || number !== undefined

/** A deadline is the end of its day, which is the first moment of the next. */
function isDueToday({ due }: TaskView): boolean {
  const now = readAt()
  return now !== undefined && toBeijingDate(new Date(new Date(due).getTime() - 1)) === toBeijingDate(now)
}

function addressOf({ mine, ended, kind, case: number }: TaskFilters, after: string): string {
  const said = { ...(mine && { mine: 'on' }), ...(ended && { ended: 'on' }), ...(kind && { kind }) }
  return new URLSearchParams({ ...said, ...(number && { case: number }), after }).toString()
}

function filterForm({ mine, ended, kind, case: number }: TaskFilters): Html {
  const box = (name: 'mine' | 'ended', on: boolean) =>
    html`<label class="tick"><input type="checkbox" name="${name}"${on ? ' checked' : ''}> ${say(words[name])}</label>`
  const option = (one: TaskKind) =>
    html`<option value="${one}"${one === kind ? ' selected' : ''}>${say(taskKinds[one])}</option>`
  return html`<form action="/tasks" class="wide"><div class="row">
    <p><label for="kind">${say(words.kind)}</label><select id="kind" name="kind"><option value="">${say(words.all)}</option>${taskKindList.map(option)}</select></p>
    <p><label for="case">${say(words.case)}</label><input id="case" name="case" value="${number ?? ''}" maxlength="60"></p>
    <div>${box('mine', mine)}${box('ended', ended)}</div></div>
    <p><button>${say(words.filter)}</button></p></form>`
}

function tasksTable(tasks: readonly ShownTask[], nameOf: TasksShown['nameOf']): Html {
  return table(
    [words.due, words.task, words.about, deskWords.case, words.owner, words.state],
    tasks.map(({ view, owner, matter, together }) => [
      deadline(view.due),
      html`<a href="/tasks/${view.id}">${say(view.kind)}</a>${together > 1 ? html`<br><span class="en">${together} ${say(words.oneForAll)}</span> <a href="/tasks/${view.id}/printout?together=on">${say(words.printTogether)}</a>` : ''}`,
      matterCell(matter, nameOf),
      html`<a class="nowrap" href="/cases/${view.caseId}">${view.case}</a>`,
      owner,
      stateWord(view),
    ]),
  )
}

/** Told by a shape and a word, so that colour only repeats it. */
function stateWord({ state, overdue }: TaskView): Html {
  if (state === 'done') return html`<span class="word done">● ${say(words.isDone)}</span>`
  if (state === 'dropped') return html`<span class="word">– ${say(words.isDropped)}</span>`
  return overdue
    ? html`<span class="late">! ${say(words.isOverdue)}</span>`
    : html`<span class="word wait">○ ${say(words.isOpen)}</span>`
}

export type TaskShown = ShownTask & {
  readonly endedBy?: string
  readonly mayFinish: boolean
  readonly mayHandOver: boolean
  readonly mayPrint: boolean
  readonly mayExtend: boolean
  /** The draft of the release that is proposed may be begun, once however often. */
  readonly release?: { readonly control: string; readonly once: string }
  readonly note?: string
  readonly nameOf: (registry: string) => string
  readonly trouble?: ProblemEntry | undefined
}

/** One task: what the law wants of it, its paper, and how it is ended. */
export function taskPage(shown: TaskShown, { who, mark }: AtDesk): Html {
  const { view, owner, trouble, together } = shown
  const { about } = view
  const matter = matterCell(shown.matter, shown.nameOf)
  const body = html`${alert(trouble)}
    ${view.isMasked ? html`<p class="notice">${say(deskWords.masked)}</p>` : ''}
    ${facts([
      [deskWords.case, html`<a href="/cases/${view.caseId}">${view.case}</a>`],
      [words.state, stateWord(view)],
      [words.due, deadline(view.due)],
      [words.article, articleOf(view.kind.code, shown.matter.measure)],
      [words.paper, view.paper],
      [words.owner, owner],
      [words.raised, moment(view.raisedAt)],
      ...(matter === '' ? [] : [[words.about, matter] as const]),
      ...(about.request
        ? [[words.comesFrom, html`<a href="/requests/${about.request}">${say(words.request)}</a>`] as const]
        : []),
      ...(about.lastDay ? [[words.lastDay, about.lastDay] as const] : []),
      ...(view.words === undefined ? [] : [[words.words, view.words] as const]),
    ])}
    ${shown.mayPrint ? html`<p><a class="button" href="/tasks/${view.id}/printout">${say(words.printout)}</a></p>${together > 1 ? html`<p><a class="button" href="/tasks/${view.id}/printout?together=on">${together} ${say(words.oneForAll)}</a></p>` : ''}` : ''}
    ${shown.mayExtend ? html`<p><a class="button" href="/tasks/${view.id}/extension">${say(words.extension)}</a></p>` : ''}
    ${releasePart(shown, who.token)}
    ${view.ending ? endingPart(shown) : formsPart(shown, who.token)}`
  return page(body, { title: titled(words.task, say(view.kind)), who, mark })
}

function releasePart({ view, release }: TaskShown, token: string): Html | string {
  if (!release) return ''
  const fields = html`<input type="hidden" name="surplus" value="on"><button>${say(laterWords.beginSurplus)}</button>`
  return html`<p>${laterForm('release', { caseId: view.caseId, token, ...release }, fields)}</p>`
}

function endingPart({ view, endedBy }: TaskShown): Html {
  const { ending } = view
  if (!ending) return html``
  return html`<h3>${say(words.ending)}</h3>${facts([
    [words.by, endedBy ?? ''],
    [words.closed, moment(ending.at)],
    [words.note, ending.note],
  ])}`
}

function formsPart({ view, mayFinish, mayHandOver, note, together }: TaskShown, token: string): Html {
  const finish = html`<h3>${say(words.note)}</h3>
    <form method="post" action="/tasks/${view.id}/outcome">${tokenField(token)}
      <p><label for="note">${say(words.note)}</label><textarea id="note" name="note" rows="4" maxlength="2000" required aria-describedby="how">${note ?? ''}</textarea></p>
      <p id="how" class="en">${say(words.noteHow)}</p>
      ${together > 1 ? html`<p><label class="tick"><input type="checkbox" name="together" value="on"> ${say(words.endTogether)} ${together - 1}</label></p>` : ''}
      <p><button name="outcome" value="done">${say(words.done)}</button>
      <button class="quiet" name="outcome" value="dropped">${say(words.dropped)}</button></p></form>`
  const hand = html`<h3>${say(words.handOver)}</h3>
    <form method="post" action="/tasks/${view.id}/owner">${tokenField(token)}
      <p><label for="owner">${say(words.handOverTo)}</label><input id="owner" name="owner" required maxlength="60" autocomplete="off"></p>
      <p><button class="quiet">${say(words.handOver)}</button></p></form>`
  return html`${mayFinish ? finish : ''}${mayHandOver ? hand : ''}`
}
