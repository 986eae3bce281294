import { html } from 'hono/html'
import type { RevealCount } from '../../gateway/ports/reads.ts'
import type { RevealLine } from '../../http/audit/reveals.ts'
import { given } from '../../http/fields.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { aboutSaid } from './about.ts'
import { olderOf, type RevealDays } from './filters.ts'
import { kindWords } from './kinds.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords as words } from './words.ts'

export type RevealsShown = Named & {
  readonly asked: RevealDays
  readonly counts: readonly RevealCount[]
  readonly reveals: readonly RevealLine[]
}

/** As many of the busiest days of people as the page lists. */
export const countsOnAPage = 50

/** Who has seen what plainly, and the reasons they gave. */
export function revealsPage(shown: RevealsShown, { who, mark }: AtDesk): Html {
  const { asked, counts, reveals, people } = shown
  const older = olderOf(reveals)
  const rows = reveals.map((reveal) => revealRow(reveal, shown))
  const days = counts
    .slice(0, countsOnAPage)
    .map(({ person, day, count }) => [personLink(person, people), day, String(count)])
  const body = html`
    ${tabs('reveals')}
    <p>${say(words.revealsWhat)}</p>
    ${form(asked)}
    ${rows.length === 0 ? html`<p>${say(words.noReveals)}</p>` : table([words.time, words.who, words.kind, words.where, words.about, words.reason], rows)}
    ${older ? html`<p><a href="${addressOf({ ...asked, after: older })}">${say(words.older)}</a></p>` : ''}
    ${days.length > 0 ? html`<h3>${say(words.perDay)}</h3>${table([words.who, words.day, words.count], days)}` : ''}
    ${counts.length > countsOnAPage ? html`<p class="en">${say(words.busiest)}</p>` : ''}
    ${logged()}`
  return page(body, { title: words.reveals, who, mark, record: 'broad' })
}

function revealRow(line: RevealLine, named: Named): readonly (Html | string)[] {
  const { id, at, kind, person, caseId, about, delivery, reason } = line
  const { people, cases } = named
  const number = caseId && cases.get(caseId)
  return [
    html`<a href="/audit/entries/${id}">${moment(at)}</a>`,
    person ? personLink(person, people) : say(words.system),
    say(kindWords[kind]),
    number ? html`<a class="nowrap" href="/audit?case=${number}">${number}</a>` : '—',
    html`${aboutSaid(line, named) ?? about ?? ''} ${delivery ? html`<a href="/audit/exchanges/${delivery}">${say(words.openExchange)}</a>` : ''}`,
    reason ?? say(words.erased),
  ]
}

function personLink(person: string, people: Named['people']): Html {
  return html`<a href="${addressOf({ person })}">${people.get(person) ?? person}</a>`
}

function addressOf(asked: Partial<RevealDays>): string {
  return `/audit/reveals?${new URLSearchParams(given(asked) as Record<string, string>)}`
}

function form({ from, to, person, case: number }: RevealDays): Html {
  return html`<form action="/audit/reveals" class="wide filters"><div class="row">
    <p><label for="from">${say(words.from)}</label><input id="from" name="from" type="date" value="${from ?? ''}"></p>
    <p><label for="to">${say(words.to)}</label><input id="to" name="to" type="date" value="${to ?? ''}"></p>
    <p><label for="case">${say(words.case)}</label><input id="case" name="case" value="${number ?? ''}" maxlength="60" placeholder="（2024）津0116执3456号"></p>
    </div>${person ? html`<input type="hidden" name="person" value="${person}"><p>${say(words.only)}${say(words.ofPerson)}</p>` : ''}
    <p><button>${say(words.filter)}</button> <a href="/audit/reveals">${say(words.clear)}</a></p></form>`
}
