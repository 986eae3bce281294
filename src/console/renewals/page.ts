import { html } from 'hono/html'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import type { measures } from '../../domain/measure.ts'
import { countedAtMost } from '../../gateway/renewals.ts'
import { catalogue } from '../../http/problem-catalogue.ts'
import type { AtDesk } from '../desk/door.ts'
import { measureWord } from '../desk/measure-word.ts'
import { termBar } from '../desk/pictures.ts'
import { assetCell, placeWord, sum } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { type Html, page, table, tokenField } from '../layout.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import type { Outcome } from './many.ts'
import type { RenewalsShown, ShownRenewal, ShownWaiting, Window } from './shown.ts'
import { renewalWords as words } from './words.ts'

/** So many days ahead a page may look; the reminders themselves begin thirty days before. */
export const windows = [7, 15, 30, 60, 90, 180, 365, 'all'] as const satisfies readonly Window[]

type About = {
  readonly nameOf: (registry: string) => string
  readonly now: Date
  /** Made for each button of the page: pressed twice it is one draft. */
  readonly newId: () => string
  /** What became of those that were ticked, after they were sent. */
  readonly outcomes?: readonly Outcome[]
}

/** 续封工作台: what ends and when, how far each extension is, and those that wait for an approver. */
export function renewalsPage(
  shown: RenewalsShown,
  { nameOf, now, newId, outcomes }: About,
  { who, mark }: AtDesk,
): Html {
  const body = html`
    ${outcomes ? outcomesPart(outcomes) : ''}
    ${shown.mayApprove ? waitingPart(shown, nameOf, who.token) : ''}
    ${windowForm(shown)}
    <p class="en">${say(words.whence)}</p>
    ${shown.renewals.length === 0 ? html`<p>${say(words.none)}</p>` : byDay(shown.renewals).map((group) => dayPart(group, { nameOf, now, newId }, who.token))}
    ${shown.next ? html`<p><a href="/renewals?days=${shown.days}&after=${encodeURIComponent(shown.next)}">${say(words.next)}</a></p>` : ''}
    <p class="en">${say(deskWords.looked)}</p>`
  return page(body, { title: words.renewals, who, mark })
}

function windowForm({ days, count, later }: RenewalsShown): Html {
  const option = (one: Window) =>
    html`<option value="${one}"${one === days ? ' selected' : ''}>${windowWord(one)}</option>`
  return html`<form action="/renewals" class="find"><label for="days">${say(words.window)}</label>
    <div class="row"><select id="days" name="days">${windows.map(option)}</select><button>${say(words.show)}</button></div>
    <p>${counted(count)}${later > 0 ? html` · ${say(words.later)} ${counted(later)}` : ''}</p></form>`
}

function windowWord(days: Window): string {
  if (days === 'all') return say(words.all)
  return days === 365 ? say(words.year) : `${days} ${say(words.days)}`
}

const counted = (count: number): Html =>
  count === 0
    ? html`0 ${say(words.count)}`
    : html`<span class="count">${count > countedAtMost ? `${countedAtMost}+` : count}</span> ${say(words.count)}`

function byDay(renewals: readonly ShownRenewal[]): readonly (readonly [ShownRenewal, ...ShownRenewal[]])[] {
  const days = new Map<string, [ShownRenewal, ...ShownRenewal[]]>()
  for (const one of renewals) {
    const known = days.get(one.lastDay)
    if (known) known.push(one)
    else days.set(one.lastDay, [one])
  }
  return [...days.values()]
}

function dayPart(group: readonly [ShownRenewal, ...ShownRenewal[]], about: About, token: string): Html {
  const { nameOf, now } = about
  const [{ lastDay, left }] = group
  return html`<section><h3><time datetime="${lastDay}">${lastDay}</time> · ${leftWord(left)} · ${group.length} ${say(words.count)}</h3>
    ${table(
      [deskWords.case, words.control, deskWords.asset, deskWords.queue, words.lastDay, words.extension],
      group.map((one) => [
        html`<a class="nowrap" href="/cases/${one.caseId}">${one.case}</a>`,
        controlCell(one.line, nameOf),
        assetCell(one.line.asset),
        queueCell(one.line),
        html`${one.lastDay} · ${leftWord(left)}${typeof one.line.from === 'string' ? termBar(one.line.from, one.lastDay, toBeijingDate(now)) : ''}`,
        html`${stateCell(one)}${earlyForm(one, about, token)}${draftsLink(one)}`,
      ]),
    )}</section>`
}

type Line = ShownRenewal['line']

function controlCell(line: Line, nameOf: About['nameOf']): Html {
  const paper = line.paper === undefined ? '' : html`<br><span class="en">${say(words.paper)} ${line.paper}</span>`
  const origin = line.origin ? html` <span class="word">${say(words.imported)}</span>` : ''
  const amount = typeof line.amount === 'string' ? html`<br>${sum(line.amount)}` : ''
  return html`${measureWord(line.measure as keyof typeof measures, line.assetClass)}${origin}<br>${nameOf(line.registry)}${paper}${amount}`
}

const queueCell = ({ queuePlace }: Line): string => (typeof queuePlace === 'number' ? placeWord(queuePlace) : '—')

function leftWord(left: number): Html {
  if (left < 0) return html`<span class="late">× ${say(words.ended)} ${-left} ${say(words.day)}</span>`
  if (left === 0) return html`<span class="late">! ${say(words.today)}</span>`
  return html`<span class="${left <= 7 ? 'late' : 'nowrap'}">${left <= 7 ? '! ' : ''}${say(words.left)} ${left} ${say(words.day)}</span>`
}

/** Told by a shape and a word: ○ nothing yet, ◐ on its way, × came back. */
function stateCell({ state, mayPrepare }: ShownRenewal): Html {
  switch (state.kind) {
    case 'unasked':
      return html`<span class="en">○ ${say(words.unasked)}</span>`
    case 'prepared':
      return mayPrepare
        ? html`<a class="word wait" href="/tasks/${state.task}/extension">◔ ${say(words.prepared)}</a>`
        : html`<span class="word wait">◔ ${say(words.preparedFor)}</span>`
    case 'waiting':
    case 'sent':
      return html`<a class="word" href="/requests/${state.request}">◐ ${say(words[state.kind])}</a>`
    case 'returned':
    case 'refused':
      return html`<a class="word late" href="/requests/${state.request}">× ${say(words[state.kind])}</a>`
  }
}

/** What is not written yet may be begun before the reminder, by the same rules, as a draft. */
function earlyForm({ state, mayPrepare, line, caseId }: ShownRenewal, { newId }: About, token: string): Html | string {
  if (state.kind !== 'unasked' || !mayPrepare) return ''
  return html`<form method="post" action="/cases/${caseId}/extension">${tokenField(token)}<input type="hidden" name="control" value="${line.id}"><input type="hidden" name="once" value="${newId()}"><button class="quiet">${say(words.early)}</button></form>`
}

function draftsLink({ drafts, case: number }: ShownRenewal): Html | string {
  if (drafts === 0) return ''
  return html`<br><a href="/drafts?case=${encodeURIComponent(number)}">${say(words.drafts)} ${drafts}</a>`
}

function waitingPart({ waiting, waitingIsCut }: RenewalsShown, nameOf: About['nameOf'], token: string): Html {
  const all = html`<a href="/?state=submitted#requests">${say(deskWords.allOfThem)}</a>`
  const more = waitingIsCut ? onlyFirstOfMore(waiting.length, all) : ''
  if (waiting.length === 0) return html`${more}`
  return html`<section><h3>${say(words.toApprove)} <span class="count">${waiting.length}</span></h3>
    <p>${say(words.toApproveHow)}</p>${more}
    <form method="post" action="/renewals/approvals" class="wide">${tokenField(token)}
    ${table(
      [deskWords.case, words.control, deskWords.asset, deskWords.queue, words.lastDay, words.goesOnTo, words.look],
      waiting.map((one) => [
        tickCell(one),
        one.line ? controlCell(one.line, nameOf) : '—',
        assetCell(one.line?.asset),
        one.line ? queueCell(one.line) : '—',
        one.lastDay === undefined || one.left === undefined ? '—' : html`${one.lastDay} · ${leftWord(one.left)}`,
        one.until ?? '—',
        html`<a href="/requests/${one.request}/review">${say(words.look)}</a>`,
      ]),
    )}
    <p><button>${say(words.approveTicked)}</button></p></form></section>`
}

function tickCell({ isOwn, request, case: number }: ShownWaiting): Html {
  if (isOwn) return html`<span class="nowrap">${number}</span><br><span class="en">${say(words.own)}</span>`
  return html`<label class="tick nowrap"><input type="checkbox" name="request" value="${request}"> ${number}</label>`
}

function outcomesPart(outcomes: readonly Outcome[]): Html {
  const rows = outcomes.map((one) => [
    html`<a href="/requests/${one.request}">${one.case ?? say(words.request)}</a>`,
    outcomeCell(one),
  ])
  return html`<section role="status"><h3>${say(words.results)}</h3>
    ${rows.length === 0 ? html`<p>${say(words.noneTicked)}</p>` : table([deskWords.case, words.results], rows)}</section>`
}

function outcomeCell(one: Outcome): Html {
  if (one.kind !== 'refused') return html`<span class="word done">● ${say(words[one.kind])}</span>`
  const { title, next } = catalogue[one.code]
  return html`<span class="late">× ${say(words.notDone)}：${say(title)}</span><br><span class="en">${say(next)}</span>`
}
