import { html } from 'hono/html'
import { type CourtCode, courtName } from '../../domain/court.ts'
import type { Grant, Person } from '../../domain/person.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import type { DayCount, PlacedEntry } from '../../gateway/ports/reads.ts'
import { viewedIn } from '../../gateway/viewed.ts'
import type { Said } from '../../http/problems/entry.ts'
import { recordKinds } from '../../ledger/record.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { aboutSaid, kindOf, whoSaid } from './about.ts'
import { anomalyWords } from './anomaly-words.ts'
import { addressWith, type Filters, type LogField, olderOf, type Typed } from './filters.ts'
import { barsOf, histogram } from './histogram.ts'
import { kindWords } from './kinds.ts'
import { sampleWords } from './sample-words.ts'
import { searchWords } from './search-words.ts'
import { type Waiting, waitingPart } from './waiting.ts'
import { auditWords as words } from './words.ts'

/** What stands beside the ids of an entry, so that a person can read it: staff, cases and registries, by id. */
export type Named = {
  readonly people: ReadonlyMap<string, string>
  readonly cases: ReadonlyMap<string, string>
  readonly registries: ReadonlyMap<string, string>
  /** The grants that entries are about, and what second persons were asked for. */
  readonly grants?: ReadonlyMap<string, Grant>
  readonly consents?: ReadonlyMap<string, Pick<Consent, 'kind' | 'about'>>
}

export type LogShown = Named & {
  readonly filters: Filters
  readonly entries: readonly PlacedEntry[]
  readonly counts: readonly DayCount[]
  /** The courts whose entries this auditor may see. */
  readonly courts: readonly CourtCode[]
  readonly trouble?: TroubleShown
  readonly waiting: Waiting
}

/** Somebody of the staff who may be meant by a name. */
export type Meant = Pick<Person, 'id' | 'name' | 'username'> & { readonly court?: CourtCode | undefined }

/** What was wrong with what was filled in: it stays as it was, and whatever could be meant is offered. */
export type TroubleShown = {
  readonly what: keyof typeof troubles
  readonly typed: Typed
  readonly fields: readonly LogField[]
  readonly offered?: readonly (readonly [what: string | Meant, address: string])[]
}

/** The log, newest first, by what the address says. */
export function logPage(shown: LogShown, at: AtDesk): Html {
  const { filters, entries, counts } = shown
  const older = olderOf(entries)
  const rows = entries.map((entry) => entryRow(entry, shown))
  const body = html`
    ${tabs('log')}
    ${waitingPart(shown.waiting)}
    <p><a class="button" href="/audit/searches">${say(searchWords.whoLooked)}</a></p>
    ${shown.trouble ? troubleSaid(shown.trouble) : ''}
    ${foldedForm(shown, at.who.token)}
    ${narrowed(filters, shown)}
    ${histogram(barsOf(counts, filters.from, filters.to), ({ from, to }) => addressWith(filters, { from, to }))}
    ${rows.length === 0 ? html`<p>${say(words.none)}</p>` : table(heads, rows)}
    <p class="on-screen">${filters.after ? html`<a href="${addressWith(filters, {})}">${say(words.newest)}</a> · ` : ''}${older ? html`<a href="${addressWith(filters, { after: older })}">${say(words.older)}</a>` : ''}</p>
    ${logged()}`
  return page(body, { title: words.log, who: at.who, mark: at.mark, record: 'broad' })
}

/** Which fields are meant, before what to do about them. */
function withFields(named: readonly Said[], next: Said): Said {
  const { zh, en } = words.whichField
  return {
    zh: `${zh}${named.map((one) => one.zh).join('、')}。${next.zh}`,
    en: `${en}${named.map((one) => one.en).join(', ')}. ${next.en}`,
  }
}

const troubles = {
  wrong: { title: words.wrong, next: words.wrongNext },
  unknown: { title: words.unknown, next: words.unknownUnfiltered },
  unknownAlone: { title: words.unknown, next: words.unknownNext },
  nobody: { title: words.nobodySo, next: words.nobodyNext },
  noNumber: { title: words.wrong, next: words.numberNext },
  manyPeople: { title: words.manyPeople, next: words.chooseOne },
  manyCases: { title: words.manyCases, next: words.chooseOne },
} as const

const labels = {
  ...{ from: words.from, to: words.to, kind: words.kind, court: words.court, registry: words.registry },
  ...{ case: words.case, who: words.who },
} as const

/** The same form when what was asked for cannot be read, or is not there. */
export function logTrouble(
  what: keyof typeof troubles,
  shown: Pick<LogShown, 'courts' | 'registries'>,
  { who, mark }: AtDesk,
  { typed, fields }: { readonly typed: Typed; readonly fields: readonly LogField[] } = { typed: {}, fields: [] },
): Html {
  const form = filterForm(typed, shown, who.token, new Set(fields))
  return page(html`${tabs('log')}${troubleSaid({ what, typed, fields })}${form}`, { title: words.log, who, mark })
}

function troubleSaid({ what, fields, offered = [] }: TroubleShown): Html {
  const named = [...new Set(fields)].flatMap((field) => (field in labels ? [labels[field as keyof typeof labels]] : []))
  const { title, next } = troubles[what]
  const said = { title, next: named.length === 0 ? next : withFields(named, next) }
  const ways = offered.map(
    ([one, address]) => html`<li><a href="${address}">${typeof one === 'string' ? one : meantSaid(one)}</a></li>`,
  )
  return html`${alert(said)}${ways.length > 0 ? html`<ul>${ways}</ul>` : ''}`
}

function meantSaid({ name, username, court }: Meant): Html {
  return html`${name} <span class="code">${username}</span>${court ? ` ${courtName(court)}` : ''}`
}

export const logged = (): Html => html`<p class="notice on-screen">${say(words.logged)}</p>`

const ways = {
  log: [words.log, '/audit'],
  anomalies: [anomalyWords.anomalies, '/audit/anomalies'],
  samples: [sampleWords.samples, '/audit/samples'],
  searches: [searchWords.searches, '/audit/searches'],
  reveals: [words.reveals, '/audit/reveals'],
  statistics: [words.statistics, '/audit/statistics'],
} as const satisfies Record<string, readonly [Said, string]>

/** The ways between the auditor's pages; `below` is a page that one of them leads to. */
export function tabs(here: keyof typeof ways | 'below'): Html {
  const tab = (name: string, [said, href]: readonly [Said, string]) =>
    name === here ? html`<b aria-current="page">${say(said)}</b>` : html`<a href="${href}">${say(said)}</a>`
  const all = Object.entries(ways).map(([name, way], at) => html`${at > 0 ? ' · ' : ''}${tab(name, way)}`)
  return html`<nav class="tabs" aria-label="${say(words.log)}">${all}</nav>`
}

const heads = [words.time, words.kind, words.who, words.where, words.registry, words.place] as const

/** Acts whose kind alone says too little: a line tells what they are about, too. */
const toldWith =
  /^(audit\.viewed|results\.viewed|document\.viewed|access\.refused|(grant|consent|person|password)\..+)$/

function entryRow(entry: PlacedEntry, shown: LogShown): readonly (Html | string)[] {
  const { id, at, kind, person, caseId, caseSeq, registry, delivery, index } = entry
  const { cases, registries, filters } = shown
  const view = kind === 'audit.viewed' ? viewedIn(entry.leaf) : undefined
  const about = toldWith.test(kind) ? aboutSaid({ ...entry, view }, shown) : undefined
  const number = caseId && cases.get(caseId)
  return [
    html`<a href="/audit/entries/${id}">${moment(at)}</a>`,
    html`${kindOf(entry)}${about === undefined ? '' : html`<br><span class="en">${about}</span>`}`,
    person ? html`<a href="${addressWith(filters, { person })}">${whoSaid(person, shown)}</a>` : say(words.system),
    number
      ? html`<a class="nowrap" href="${addressWith(filters, { case: number })}">${number}</a> <span class="en">#${caseSeq}</span>`
      : '—',
    registry || delivery
      ? html`${registry ? (registries.get(registry) ?? registry) : ''}${delivery ? html` <a href="/audit/exchanges/${delivery}">${say(words.openExchange)}</a>` : ''}`
      : '—',
    index === undefined
      ? html`<span class="word wait">○ ${say(words.waiting)}</span>`
      : html`<span class="sum">${index}</span>`,
  ]
}

/** The filters, folded while nothing but days narrows the list: whoever reads the log comes to its entries first. */
function foldedForm(shown: LogShown, token: string): Html {
  const { filters, trouble } = shown
  const { from, to, after: _, ...narrow } = filters
  const isOpen = trouble !== undefined || Object.values(narrow).some((value) => value !== undefined)
  const days = [from, to].filter(Boolean).join(' – ')
  const form = filterForm(trouble?.typed ?? filters, shown, token, new Set(trouble?.fields))
  return html`<details${isOpen ? html` open` : ''}><summary>${say(words.filter)}${days ? ` · ${days}` : ''}</summary>${form}</details>`
}

function filterForm(
  filters: Typed,
  { courts, registries }: Pick<LogShown, 'courts' | 'registries'>,
  token: string,
  wrong: ReadonlySet<LogField> = new Set(),
): Html {
  const bad = (field: LogField) => (wrong.has(field) ? html` aria-invalid="true"` : '')
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`
  const kept = (['person', 'request', 'delivery'] as const).map((name) =>
    filters[name] ? html`<input type="hidden" name="${name}" value="${filters[name]}">` : '',
  )
  return html`<form method="post" action="/audit" class="wide filters">${tokenField(token)}<div class="row">
    <p><label for="from">${say(words.from)}</label><input id="from" name="from" type="date" value="${filters.from ?? ''}"${bad('from')}></p>
    <p><label for="to">${say(words.to)}</label><input id="to" name="to" type="date" value="${filters.to ?? ''}"${bad('to')}></p>
    <p><label for="kind">${say(words.kind)}</label><select id="kind" name="kind">${option('', say(words.allKinds), filters.kind ?? '')}${recordKinds.map((kind) => option(kind, `${say(kindWords[kind])}`, filters.kind))}</select></p>
    <p><label for="court">${say(words.court)}</label><select id="court" name="court">${option('', say(words.all), filters.court ?? '')}${courts.map((code) => option(code, courtName(code), filters.court))}</select></p>
    <p><label for="registry">${say(words.registry)}</label><select id="registry" name="registry">${option('', say(words.all), filters.registry ?? '')}${[...registries].map(([code, name]) => option(code, name, filters.registry))}</select></p>
    <p><label for="case">${say(words.case)}</label><input id="case" name="case" value="${filters.case ?? ''}" maxlength="60" placeholder="3456"${bad('case')}></p>
    <p><label for="who">${say(words.who)}</label><input id="who" name="who" value="${filters.who ?? ''}" maxlength="60" autocomplete="off" spellcheck="false" placeholder="${say(words.nameOrUsername)}"${bad('who')}></p>
    </div><p><label class="tick"><input type="checkbox" name="without" value="audit.viewed"${filters.without ? html` checked` : ''}> ${say(words.withoutLooks)}</label></p>${kept}<p><button>${say(words.filter)}</button> <button class="quiet" name="day" value="today">${say(words.today)}</button> <a href="/audit">${say(words.clear)}</a></p></form>`
}

/** What narrows the list without a field of its own, each to be taken away again. */
function narrowed(filters: Filters, { people }: Named): Html | string {
  const { person, request, delivery, ...rest } = filters
  const lines = [
    ...(person
      ? [
          line(
            html`${people.get(person) ?? person} ${say(words.ofPerson)}`,
            addressWith({ ...rest, request, delivery }, {}),
          ),
        ]
      : []),
    ...(request ? [line(say(words.ofRequest), addressWith({ ...rest, person, delivery }, {}))] : []),
    ...(delivery ? [line(say(words.ofDelivery), addressWith({ ...rest, person, request }, {}))] : []),
  ]
  return lines.length === 0 ? '' : html`<ul>${lines}</ul>`
}

function line(what: Html | string, without: string): Html {
  return html`<li>${say(words.only)} ${what} · <a href="${without}">${say(words.takeAway)}</a></li>`
}
