import { html } from 'hono/html'
import {
  type AnomalyKind,
  anomalyKindList,
  anomalyKinds,
  anomalyOutcomeList,
  anomalyOutcomes,
} from '../../domain/anomaly.ts'
import { type CourtCode, courtName } from '../../domain/court.ts'
import { daysOf, type FoundAnomaly } from '../../gateway/find-anomalies.ts'
import { type AnomalyFilters, stateOf } from '../../http/audit/anomalies.ts'
import { given } from '../../http/fields.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { anomalyWords as words } from './anomaly-words.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords } from './words.ts'

export type AnomaliesShown = Named & {
  readonly filters: AnomalyFilters
  readonly anomalies: readonly FoundAnomaly[]
  readonly isCut: boolean
  readonly courts: readonly CourtCode[]
}

/** As many of one rule as a page lists. */
export const mostOfRule = 40

/** What is worth a look, rule by rule, the latest first; each rule says why. */
export function anomaliesPage(shown: AnomaliesShown, { who, mark }: AtDesk): Html {
  const { filters, anomalies, isCut } = shown
  const found = anomalyKindList.flatMap((kind) => {
    const own = anomalies.filter((one) => one.kind === kind)
    return own.length > 0 ? [[kind, own] as const] : []
  })
  const body = html`
    ${tabs('anomalies')}
    <p>${say(words.what)}</p>
    ${form(shown)}
    ${isCut ? html`<p class="alert" role="alert">${say(words.cut)}</p>` : ''}
    ${found.length === 0 ? html`<p>${say(words.none)}</p>` : overview(found, filters)}
    ${found.map(([kind, own]) => rulePart(kind, own, shown))}
    ${logged()}`
  return page(body, { title: words.anomalies, who, mark })
}

type OfRule = readonly [AnomalyKind, readonly FoundAnomaly[]]

function overview(found: readonly OfRule[], filters: AnomalyFilters): Html {
  const open = (own: readonly FoundAnomaly[]) => own.filter((one) => stateOf(one) === 'new').length
  const rows = found.map(([kind, own]) => [
    html`<a href="${addressOf({ ...filters, kind })}">${say(anomalyKinds[kind])}</a>`,
    String(own.length),
    String(open(own)),
  ])
  return table([words.rule, words.number, words.new], rows)
}

function rulePart(kind: AnomalyKind, own: readonly FoundAnomaly[], shown: AnomaliesShown): Html {
  const { why, ...name } = anomalyKinds[kind]
  const heads = [words.when, words.who, words.cases, words.count, words.state]
  return html`<section><h3>${say(name)} <span class="count">${own.length}</span></h3>
    <p>${say(why)}</p>
    ${own.length > mostOfRule ? html`<p class="en">${say(words.more)} ${own.length}</p>` : ''}
    ${table(
      heads,
      own.slice(0, mostOfRule).map((one) => row(one, shown)),
    )}</section>`
}

function row(anomaly: FoundAnomaly, named: Named): readonly (Html | string)[] {
  const { entries, median } = anomaly
  return [
    html`<a href="${pathOf(anomaly)}">${spanOf(anomaly)}</a>`,
    whoOf(anomaly, named),
    casesOf(anomaly, named),
    html`${entries.length}${median === undefined ? '' : html` <span class="en nowrap">${say(words.median)} ${median}</span>`}`,
    stateWord(anomaly),
  ]
}

/** Where one of them is looked into: its days stand in the address, because it is found anew each time. */
export function pathOf(anomaly: FoundAnomaly): string {
  return `/audit/anomalies/${anomaly.id}?${new URLSearchParams({ ...daysOf(anomaly), kind: anomaly.kind })}`
}

export function spanOf({ entries }: FoundAnomaly): Html {
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return html`—`
  return entries.length === 1 ? moment(first.at) : html`${moment(first.at)} – ${moment(last.at)}`
}

export function whoOf({ people, registry }: FoundAnomaly, named: Named): Html | string {
  if (people.length === 0) return registry ? (named.registries.get(registry) ?? registry) : say(auditWords.system)
  return html`${people.map((id, at) => html`${at > 0 ? '、' : ''}<a href="/audit?person=${id}">${named.people.get(id) ?? id}</a>`)}`
}

export function casesOf({ cases }: FoundAnomaly, named: Named): Html | string {
  if (cases.length === 0) return '—'
  return html`${cases.map((id, at) => {
    const number = named.cases.get(id)
    return html`${at > 0 ? html`<br>` : ''}${number ? html`<a class="nowrap" href="/audit?case=${number}">${number}</a>` : '—'}`
  })}`
}

/** Told by a shape and a word, so that colour only repeats it. */
export function stateWord(anomaly: FoundAnomaly): Html {
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
