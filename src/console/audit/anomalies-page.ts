import { html } from 'hono/html'
import { anomalyKindList, anomalyKinds, anomalyOutcomeList, anomalyOutcomes } from '../../domain/anomaly.ts'
import { type CourtCode, courtName } from '../../domain/court.ts'
import { daysOf, type ListedAnomalies, type ListedAnomaly, stateOf } from '../../gateway/list-anomalies.ts'
import { type AnomalyFilters, placeOf } from '../../http/audit/anomalies.ts'
import { given } from '../../http/fields.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { grownSince, anomalyWords as words } from './anomaly-words.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords } from './words.ts'

export type AnomaliesShown = Named & {
  readonly filters: AnomalyFilters
  readonly told: ListedAnomalies
  readonly courts: readonly CourtCode[]
}

/** As many as a page lists. */
export const anomaliesOnAPage = 50
/** As many cases as a line names. */
export const casesOnALine = 5

/** What is worth a look: how much by each rule, and the anomalies, the latest first; of one rule, with why it matters. */
export function anomaliesPage(shown: AnomaliesShown, { who, mark }: AtDesk): Html {
  const { filters, told } = shown
  const { anomalies, tally, isCut, asOf } = told
  const { after: _, fresh: __, ...first } = filters
  const next = placeOf(told)
  const body = html`
    ${tabs('anomalies')}
    <p>${say(words.what)}</p>
    ${form(shown)}
    ${asOf ? html`<p class="notice">${say(words.asOf)} ${moment(asOf)} · <a href="${addressOf({ ...first, fresh: '1' })}">${say(words.again)}</a></p>` : ''}
    ${isCut ? html`<p class="alert" role="alert">${say(words.cut)}</p>` : ''}
    ${tally.length === 0 ? html`<p>${say(words.none)}</p>` : overview(tally, first)}
    ${filters.kind ? html`<p>${say(anomalyKinds[filters.kind].why)}</p>` : ''}
    ${anomalies.length === 0 ? '' : list(shown)}
    <p>${filters.after ? html`<a href="${addressOf(first)}">${say(words.latest)}</a>` : ''}${filters.after && next ? ' · ' : ''}${next ? html`<a href="${addressOf({ ...filters, after: next })}">${say(words.earlier)}</a>` : ''}</p>
    ${logged()}`
  return page(body, { title: words.anomalies, who, mark, record: 'broad' })
}

function overview(tally: ListedAnomalies['tally'], filters: AnomalyFilters): Html {
  const sum = (of: ListedAnomalies['tally']) => of.reduce((total, { count }) => total + count, 0)
  const rows = anomalyKindList.flatMap((kind) => {
    const own = tally.filter((one) => one.kind === kind)
    if (own.length === 0) return []
    const name = html`<a href="${addressOf({ ...filters, kind })}">${say(anomalyKinds[kind])}</a>`
    return [[name, String(sum(own)), String(sum(own.filter(({ state }) => state === 'new')))]]
  })
  return table([words.rule, words.number, words.new], rows)
}

function list(shown: AnomaliesShown): Html {
  const rows = shown.told.anomalies.map((one) => row(one, shown))
  return html`<h3>${say(words.list)}</h3>${table(heads, rows)}`
}

const heads = [words.when, words.rule, words.who, words.cases, words.count, words.state] as const

function row(anomaly: ListedAnomaly, named: Named): readonly (Html | string)[] {
  const { kind, count, median } = anomaly
  return [
    html`<a href="${pathOf(anomaly)}">${spanOf(anomaly)}</a>`,
    say(anomalyKinds[kind]),
    whoOf(anomaly, named),
    casesOf(anomaly, named),
    html`${count}${median === undefined ? '' : html` <span class="en nowrap">${say(words.median)} ${median}</span>`}`,
    stateWord(anomaly),
  ]
}

/** Where one of them is looked into: its days stand in the address, because it is found anew each time. */
export function pathOf(anomaly: ListedAnomaly): string {
  return `/audit/anomalies/${anomaly.id}?${new URLSearchParams({ ...daysOf(anomaly), kind: anomaly.kind })}`
}

export function spanOf({ first, last, count }: ListedAnomaly): Html {
  return count === 1 ? moment(first) : html`${moment(first)} – ${moment(last)}`
}

export function whoOf({ people, registry }: ListedAnomaly, named: Named): Html | string {
  if (people.length === 0) return registry ? (named.registries.get(registry) ?? registry) : say(auditWords.system)
  return html`${people.map((id, at) => html`${at > 0 ? '、' : ''}<a href="/audit?person=${id}">${named.people.get(id) ?? id}</a>`)}`
}

export function casesOf(anomaly: ListedAnomaly, named: Named): Html | string {
  const { cases, caseCount } = anomaly
  if (cases.length === 0) return '—'
  const shown = cases.slice(0, casesOnALine)
  const more = caseCount - shown.length
  return html`${shown.map((id, at) => {
    const number = named.cases.get(id)
    return html`${at > 0 ? html`<br>` : ''}${number ? html`<a class="nowrap" href="/audit?case=${number}">${number}</a>` : '—'}`
  })}${more > 0 ? html`<br><a href="${pathOf(anomaly)}">${say(words.moreCases)} ${more}</a>` : ''}`
}

/** Told by a shape and a word, so that colour only repeats it; what was said before stands beside what came since. */
export function stateWord(anomaly: ListedAnomaly): Html {
  const { grown, marks } = anomaly
  const [last] = marks
  if (last && grown > 0)
    return html`<span class="late">! ${say(grownSince(grown))}</span><br><span class="en">${say(words.before)}${say(anomalyOutcomes[last.outcome])}</span>`
  const state = stateOf(anomaly)
  if (state === 'new') return html`<span class="late">! ${say(words.new)}</span>`
  const done = state === 'open' ? '○' : '●'
  return html`<span class="word ${state === 'open' ? 'wait' : 'done'}">${done} ${say(anomalyOutcomes[state])}</span>`
}

function addressOf(filters: AnomalyFilters): string {
  return `/audit/anomalies?${new URLSearchParams(given(filters) as Record<string, string>)}`
}

function form({ filters: { from, to, court, kind, state }, courts }: AnomaliesShown): Html {
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : ''}>${text}</option>`
  return html`<form action="/audit/anomalies" class="wide filters"><div class="row">
    <p><label for="from">${say(auditWords.from)}</label><input id="from" name="from" type="date" value="${from}" required></p>
    <p><label for="to">${say(auditWords.to)}</label><input id="to" name="to" type="date" value="${to}" required aria-describedby="span"></p>
    <p><label for="court">${say(auditWords.court)}</label><select id="court" name="court">${option('', say(words.all), court)}${courts.map((code) => option(code, courtName(code), court))}</select></p>
    <p><label for="kind">${say(words.rule)}</label><select id="kind" name="kind">${option('', say(words.allRules), kind)}${anomalyKindList.map((one) => option(one, say(anomalyKinds[one]), kind))}</select></p>
    <p><label for="state">${say(words.state)}</label><select id="state" name="state">${option('', say(words.all), state)}${option('new', say(words.new), state)}${anomalyOutcomeList.map((one) => option(one, say(anomalyOutcomes[one]), state))}</select></p>
    </div><p id="span" class="en">${say(words.shortened)}</p><p><button>${say(auditWords.filter)}</button> <a href="/audit/anomalies">${say(auditWords.clear)}</a></p></form>`
}
