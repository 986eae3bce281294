import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import { courtName, courts } from '../../domain/court.ts'
import type { HeldRole, Person } from '../../domain/person.ts'
import { type Role, roleList, roles } from '../../domain/role.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, type Html, table, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import { adminPage, choice, lineInput } from './frame.ts'
import { adminWords as words } from './words.ts'

export type PeopleShown = {
  readonly people: readonly Person[]
  readonly registries: ReadonlyMap<string, string>
  readonly court?: string
  readonly role?: Role
  /** The courts whose people may be looked at; undefined for all. */
  readonly span?: readonly string[]
  readonly after?: string
  readonly next?: string
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
}

/** The people of the gateway with the roles that count now, page by page. */
export function peoplePage(shown: PeopleShown, at: AtDesk): Html {
  const { people, trouble, after, next } = shown
  const rows = people.map(({ id, username, name, court, holds }) => [
    html`<a href="/admin/people/${id}">${username}</a>`,
    name,
    court ? courtName(court) : '—',
    holds.length === 0
      ? say(words.noRole)
      : html`<ul>${holds.map((held) => html`<li>${heldWords(held, shown.registries)}</li>`)}</ul>`,
  ])
  const body = html`${alert(trouble)}
    ${filterForm(shown)}
    ${rows.length === 0 ? html`<p>${say(words.noPeople)}</p>` : table([words.username, words.name, words.court, words.role], rows)}
    <p>${after ? html`<a href="${address(shown)}">${say(words.first)}</a> ` : ''}${next ? html`<a href="${address(shown, next)}">${say(words.more)}</a>` : ''}</p>
    ${mayEver(at.person, 'person.register') ? registerForm(at.who.token, shown.span) : html`<p class="notice">${say(words.readOnly)}</p>`}`
  return adminPage('/admin/people', words.people, body, at)
}

/** A role and where it counts; a registry by its name, where that is known. */
export function heldWords(
  { role, court, team, registry }: HeldRole,
  registries: ReadonlyMap<string, string> = new Map(),
): string {
  const where = [court && courtName(court), team, registry && (registries.get(registry) ?? registry)]
    .flatMap((part) => part ?? [])
    .join(' ')
  return `${term(roles[role])} · ${where || say(words.everywhere)}`
}

/** The courts somebody may choose among. */
export function courtChoices(span: readonly string[] | undefined): readonly (readonly [string, string])[] {
  return courts.filter(({ code }) => span?.includes(code) ?? true).map(({ code, name }) => [code, name])
}

export const roleChoices = (): readonly (readonly [string, string])[] =>
  roleList.map((role) => [role, term(roles[role])])

function filterForm({ court, role, span }: PeopleShown): Html {
  return html`<form action="/admin/people" class="wide filters"><div class="row">
    ${choice('court', words.court, [['', say(words.allCourts)], ...courtChoices(span)], court)}
    ${choice('role', words.role, [['', say(words.allRoles)], ...roleChoices()], role)}
    </div><p><button>${say(words.filter)}</button> <a href="/admin/people">${say(words.clear)}</a></p></form>`
}

function registerForm(token: string, span: readonly string[] | undefined): Html {
  const none: readonly (readonly [string, string])[] = span ? [] : [['', '—']]
  return html`<h3>${say(words.register)}</h3><p>${say(words.registerHow)}</p>
    <form method="post" action="/admin/people" class="wide">${tokenField(token)}<div class="row">
    ${lineInput('username', words.username, html`required maxlength="64" pattern="[a-z0-9][a-z0-9._\\-]{1,63}" title="${say(words.usernameHow)}" autocapitalize="none" autocomplete="off"`)}
    ${lineInput('name', words.name, html`required maxlength="100" autocomplete="off"`)}
    ${choice('newCourt', words.court, [...none, ...courtChoices(span)])}
    </div><p><button>${say(words.register)}</button></p></form>`
}

function address({ court, role }: PeopleShown, after?: string): string {
  const said = new URLSearchParams({ ...(court && { court }), ...(role && { role }), ...(after && { after }) })
  return `/admin/people${said.size > 0 ? `?${said}` : ''}`
}
