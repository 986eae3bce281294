import { html } from 'hono/html'
import { type CourtCode, courtName } from '../../domain/court.ts'
import { measures } from '../../domain/measure.ts'
import { requestStates } from '../../domain/request.ts'
import { idTypes } from '../../domain/subject.ts'
import type { ResultView } from '../../http/audit/searches.ts'
import type { ViewName } from '../../ledger/record.ts'
import type { AtDesk } from '../desk/door.ts'
import { colon, listed, say } from '../language.ts'
import { facts, type Html, page, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { onlyFirst } from '../only-first.ts'
import { term } from '../terms.ts'
import { viewWords } from './about-words.ts'
import { kindWords } from './kinds.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { lookedAtSaid } from './looked-words.ts'
import { searchWords as words } from './search-words.ts'
import { auditWords } from './words.ts'

/** From where on the looks and the requests are shown; each page is a run of its own, and in the log. */
export type ResultFrom = { readonly after?: string | undefined; readonly request?: string | undefined }

export type ResultShown = Named & { readonly result: ResultView; readonly from: ResultFrom }

/** As many looks, and as many requests, as one page lists. */
const atOnce = 25

const mostEntries = 500
const personHeads = [words.who, words.times, words.cases, words.first, words.last]
const lookHeads = [words.when, words.who, words.kind, words.where, words.why, words.groundOfRequest]

/** Who looked at somebody, and why: the looks first, because that is what was asked; then every request with its ground. */
export function searchResultPage(shown: ResultShown, { who, mark }: AtDesk): Html {
  const { cases, requests, entries } = shown.result
  const { from } = shown
  // What the gateway did by itself stands below, with the request it belongs to.
  const ofPeople = entries.filter(({ person }) => person !== undefined)
  const done = ofPeople.filter((entry) => !isOversight(entry))
  const oversight = ofPeople.filter(isOversight)
  const each = [...new Set(done.flatMap(({ person }) => person ?? []))].map((person) => ({
    person,
    own: done.filter((entry) => entry.person === person),
  }))
  const looks = pageOf(done, from.after)
  const asked = pageOf(requests, from.request)
  const body = html`
    ${tabs('below')}
    ${head(shown)}
    <p class="notice">${say(words.resultWhat)} <span class="at-desk">${say(words.toPrint)}</span></p>
    ${severalNames(cases)}
    <h3>${say(words.requests)} <span class="count">${requests.length}</span></h3>
    ${
      requests.length === 0
        ? html`<p>—</p>`
        : table(
            [words.when, words.who, words.measure, words.where, words.ground, words.exchanges],
            asked.shown.map((request) => requestRow(request, shown)),
          )
    }
    ${older(shown, { ...from, request: asked.next }, asked.next)}
    <h3>${say(words.cases)} <span class="count">${cases.length}</span></h3>
    ${cases.length === 0 ? html`<p>${say(words.noCases)}</p>` : table([words.where, words.court, words.parties], cases.map(caseRow))}
    <h3>${say(words.byPerson)} <span class="count">${each.length}</span></h3>
    ${
      each.length === 0
        ? html`<p>${say(words.nobody)}</p>`
        : table(
            personHeads,
            each.map((one) => personRow(one, shown)),
          )
    }
    <h3>${say(words.looks)} <span class="count">${done.length}</span></h3>
    ${
      done.length === 0
        ? html`<p>—</p>`
        : table(
            lookHeads,
            looks.shown.map((entry) => lookRow(entry, shown)),
          )
    }
    ${older(shown, { ...from, after: looks.next }, looks.next)}
    ${entries.length >= mostEntries ? html`<p class="en">${say(words.many)}</p>` : ''}
    ${oversightPart(oversight, shown)}
    ${logged()}`
  return page(body, { title: words.result, who, mark, record: 'broad' })
}

function pageOf<One extends { readonly id: string }>(all: readonly One[], after: string | undefined) {
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  const shown = all.slice(from, from + atOnce)
  return { shown, next: from + atOnce < all.length ? shown.at(-1)?.id : undefined }
}

function older({ result }: ResultShown, from: ResultFrom, next: string | undefined): Html | string {
  if (next === undefined) return ''
  const asked = new URLSearchParams(
    Object.entries(from).flatMap(([name, id]): [string, string][] => (id ? [[name, id]] : [])),
  )
  return html`<p class="on-screen"><a href="/audit/searches/${result.search.id}?${asked}">${say(auditWords.older)}</a></p>`
}

/** For whom this is, masked, and by whose leave. */
function head({ people, result: { search } }: ResultShown): Html {
  const { idType, idNumber, name, reason, askedBy, askedAt, decidedBy, decidedAt, expiresAt } = search
  const named = (id: string) => people.get(id) ?? id
  return facts([
    [words.sought, html`${name ?? ''} ${term(idTypes[idType])} <span class="code">${idNumber}</span>`],
    [words.searchReason, reason],
    [words.by, html`${named(askedBy)} · ${moment(askedAt)}`],
    [words.consentedBy, decidedBy && decidedAt ? html`${named(decidedBy)} · ${moment(decidedAt)}` : '—'],
    [words.until, moment(expiresAt)],
  ])
}

/** One number under several names may be of several people: whoever answers a complaint has to compare them. */
function severalNames(cases: ResultView['cases']): Html | string {
  const names = [...new Set(cases.flatMap(({ parties }) => parties.map(({ name }) => name)))]
  if (names.length < 2) return ''
  const list = listed(names)
  return html`<p class="notice late">${say({ zh: `同一证件号码登记有不同姓名：${list}，请核对`, en: `One number stands under several names: ${list}. Compare them.` })}</p>`
}

/** An auditor's own looks are no work on a case: they stand apart, so that they do not look like it. */
function isOversight({ kind, about, reason }: ResultView['entries'][number]): boolean {
  if (kind === 'audit.viewed' || kind === 'bundle.exported') return true
  // An officer looks among their own cases without giving a reason; exact bytes are an auditor's alone.
  return (kind === 'search.run' && reason !== undefined) || (about?.startsWith('exchange:') ?? false)
}

function oversightPart(looks: ResultView['entries'], shown: ResultShown): Html | string {
  if (looks.length === 0) return ''
  const rows = looks.slice(0, atOnce).map((entry) => lookRow(entry, shown))
  return html`<h3>${say(words.oversight)} <span class="count">${looks.length}</span></h3>
    <p>${say(words.oversightWhat)}</p>
    ${onlyFirst(rows.length, looks.length)}
    ${table(lookHeads, rows)}`
}

/** A look for which nobody had to give a reason is told by what was opened; a request by what its maker wanted it for. */
function purposeOf(entry: ResultView['entries'][number], asked: string | undefined): string {
  const { kind, request, delivery } = entry
  if (kind === 'request.submitted' || kind === 'request.approved' || kind === 'delivery.created') return asked ?? '—'
  if (entry.view) return say(viewWords[entry.view.of as ViewName] ?? words.openedCase)
  const at = lookedAtSaid(entry.about)
  if (at !== undefined) return at
  if (kind !== 'results.viewed') return '—'
  return say((request ?? delivery) ? words.openedRequest : words.openedCase)
}

function personRow(
  { person, own }: { readonly person: string; readonly own: ResultView['entries'] },
  { people, result }: ResultShown,
): readonly (Html | string)[] {
  const cases = [...new Set(own.flatMap(({ caseId }) => caseId ?? []))]
  const [last, first] = [own[0], own.at(-1)]
  return [
    html`<b class="nowrap">${people.get(person) ?? person}</b>`,
    String(own.length),
    cases.length === 0 ? '—' : html`${cases.map((id, at) => html`${at > 0 ? html`<br>` : ''}${caseLink(id, result)}`)}`,
    first ? moment(first.at) : '—',
    last ? moment(last.at) : '—',
  ]
}

function lookRow(entry: ResultView['entries'][number], { people, result }: ResultShown): readonly (Html | string)[] {
  const { id, at, kind, person, caseId, request, reason } = entry
  const about = result.requests.find((one) => one.id === request)
  return [
    html`<a href="/audit/entries/${id}">${moment(at)}</a>`,
    html`<b class="nowrap">${(person && people.get(person)) ?? person ?? ''}</b>`,
    say(kindWords[kind]),
    caseLink(caseId, result),
    reason ?? purposeOf(entry, about?.purpose),
    html`${about ? html`${term(measures[about.measure])} · ${groundOf(about)}` : '—'}${entry.delivery ? html` <a href="/audit/exchanges/${entry.delivery}">${say(words.exchanges)}</a>` : ''}`,
  ]
}

function requestRow(request: ResultView['requests'][number], shown: ResultShown): readonly (Html | string)[] {
  const { caseId, measure, state, maker, submittedAt, deliveries } = request
  const links = deliveries.map(
    ({ id, registry }, at) =>
      html`${at > 0 ? html`<br>` : ''}<a href="/audit/exchanges/${id}">${shown.registries.get(registry) ?? registry}</a>`,
  )
  return [
    moment(submittedAt),
    html`<span class="nowrap">${shown.people.get(maker) ?? maker}</span>`,
    html`${term(measures[measure])} <span class="nowrap">${term(requestStates[state])}</span>`,
    caseLink(caseId, shown.result),
    groundOf(request),
    deliveries.length === 0 ? '—' : html`${links}`,
  ]
}

function groundOf({ measure, statute, purpose, documents }: ResultView['requests'][number]): Html {
  return html`${statute ?? '—'}${purpose ? html`<br>${say(measure === 'inquire' ? words.purpose : words.aim)}${colon()}${purpose}` : ''}${documents.length > 0 ? html` <span class="en">${listed(documents.map((one) => term(one)))}</span>` : ''}`
}

function caseLink(caseId: string | undefined, { cases }: ResultView): Html | string {
  const number = cases.find(({ id }) => id === caseId)?.number
  return number ? html`<a class="nowrap" href="/audit?case=${number}">${number}</a>` : '—'
}

function caseRow({ number, court, parties }: ResultView['cases'][number]): readonly (Html | string)[] {
  return [
    html`<a class="nowrap" href="/audit?case=${number}">${number}</a>`,
    courtName(court as CourtCode),
    html`${parties.map(({ name, idNumber }, at) => html`${at > 0 ? html`<br>` : ''}${name} <span class="code">${idNumber}</span>`)}`,
  ]
}
