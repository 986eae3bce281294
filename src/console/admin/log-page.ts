import { html } from 'hono/html'
import { type CourtCode, courtName } from '../../domain/court.ts'
import type { PlacedEntry, RevealCount } from '../../gateway/ports/reads.ts'
import { isOfCase, viewedIn } from '../../gateway/viewed.ts'
import type { SystemPart } from '../../http/audit/system.ts'
import { given } from '../../http/fields.ts'
import { aboutSaid, kindOf, viewSaid, whoSaid } from '../audit/about.ts'
import { olderOf } from '../audit/filters.ts'
import type { Named } from '../audit/log-page.ts'
import { auditWords } from '../audit/words.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, type Html, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { adminPage } from './frame.ts'
import { partWords, logWords as words } from './log-words.ts'

/** Which part of the log, of which days, of whom; a person stands in an address by their id. */
export type ActsAsked = {
  readonly of: SystemPart
  readonly from: string
  readonly to: string
  readonly person?: string | undefined
  readonly after?: string | undefined
}

export type ActsShown = Named & {
  readonly asked: ActsAsked
  readonly entries: readonly PlacedEntry[]
  readonly counts: readonly RevealCount[]
}

/** As many of the busiest days of people as the page lists. */
export const actCountsOnAPage = 50

/** What administrators, auditors and everybody who signs in did, for the administrator who reviews it. */
export function actsPage(shown: ActsShown, at: AtDesk): Html {
  const { asked, entries } = shown
  const older = olderOf(entries)
  const heads = [
    auditWords.time,
    auditWords.kind,
    auditWords.who,
    auditWords.court,
    words.of,
    auditWords.place,
  ] as const
  const body = html`<p class="notice">${say(words.what)}</p>
    ${partsOf(asked)}
    ${form(asked, shown)}
    ${
      entries.length === 0
        ? html`<p>${say(words.none)}</p>`
        : table(
            heads,
            entries.map((entry) => row(entry, shown)),
          )
    }
    ${older ? html`<p><a href="${addressOf({ ...asked, after: older })}">${say(auditWords.older)}</a></p>` : ''}
    ${countsPart(shown)}
    <p class="notice">${say(auditWords.logged)}</p>`
  return adminPage('/admin/log', words.title, body, at)
}

/** The same where an address asks for days that are none. */
export function actsTrouble(at: AtDesk): Html {
  const trouble = alert({ title: words.wrong, next: words.wrongNext })
  return adminPage('/admin/log', words.title, html`${trouble}<p><a href="/admin/log">${say(words.title)}</a></p>`, at)
}

function partsOf({ of, from, to, person }: ActsAsked): Html {
  const ways = (Object.keys(partWords) as SystemPart[]).map((part, at) => {
    const said = say(partWords[part])
    const way =
      part === of
        ? html`<b aria-current="page">${said}</b>`
        : html`<a href="${addressOf({ of: part, from, to, person })}">${said}</a>`
    return html`${at > 0 ? ' · ' : ''}${way}`
  })
  return html`<nav class="tabs" aria-label="${say(words.title)}">${ways}</nav>`
}

function row(entry: PlacedEntry, shown: ActsShown): readonly (Html | string)[] {
  const { at, person, court, index } = entry
  return [
    moment(at),
    kindOf(entry),
    person ? personLink(person, shown) : say(auditWords.system),
    court ? courtName(court as CourtCode) : '—',
    aboutOf(entry, shown),
    index === undefined ? html`<span class="word wait">○ ${say(auditWords.waiting)}</span>` : String(index),
  ]
}

/** A person or a registry by name, a grant by whose and what it is; a session or a key by the id it has in the log. */
function aboutOf({ about, registry, kind, leaf }: PlacedEntry, shown: ActsShown): Html | string {
  const { people, registries } = shown
  const inCase = html`<span class="en">${say(words.onCase)}</span>`
  if (kind === 'subject.revealed' || kind === 'bundle.exported' || kind === 'portal.viewed')
    return html`${registry ? html`${registries.get(registry) ?? registry} ` : ''}${inCase}`
  const view = viewedIn(leaf)
  if (view) return html`${viewSaid(view, shown)}${isOfCase(leaf) ? html` ${inCase}` : ''}`
  const name = (about && people.get(about)) ?? (registry && (registries.get(registry) ?? registry))
  const said = aboutSaid({ kind, about }, shown)
  if (name)
    return html`${name}${about && !people.has(about) ? html` ${said ?? html`<span class="code">${about}</span>`}` : ''}`
  if (said !== undefined) return said
  return about === undefined ? '—' : html`<span class="code">${about}</span>`
}

function personLink(person: string, shown: ActsShown): Html {
  const { after: _, ...asked } = shown.asked
  return html`<a href="${addressOf({ ...asked, person })}">${whoSaid(person, shown)}</a>`
}

function countsPart(shown: ActsShown): Html | string {
  const { counts } = shown
  if (counts.length === 0) return ''
  const rows = counts
    .slice(0, actCountsOnAPage)
    .map(({ person, day, count }) => [personLink(person, shown), day, String(count)])
  return html`<h3>${say(words.perDay)}</h3>
    ${counts.length > rows.length ? onlyFirstOfMore(rows.length, say(auditWords.busiest)) : ''}
    ${table([auditWords.who, auditWords.day, auditWords.count], rows)}`
}

function addressOf(asked: Partial<ActsAsked>): string {
  return `/admin/log?${new URLSearchParams(given(asked) as Record<string, string>)}`
}

function form({ of, from, to, person }: ActsAsked, { people }: Named): Html {
  const only = person
    ? html`<input type="hidden" name="person" value="${person}"><p>${say(auditWords.only)} ${people.get(person) ?? person} ${say(auditWords.ofPerson)} · <a href="${addressOf({ of, from, to })}">${say(words.everyone)}</a></p>`
    : ''
  return html`<form action="/admin/log" class="wide filters"><input type="hidden" name="of" value="${of}"><div class="row">
    <p><label for="from">${say(auditWords.from)}</label><input id="from" name="from" type="date" value="${from}" required></p>
    <p><label for="to">${say(auditWords.to)}</label><input id="to" name="to" type="date" value="${to}" required></p>
    </div>${only}<p><button>${say(auditWords.filter)}</button></p></form>`
}
