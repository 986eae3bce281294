import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import { courtName } from '../../domain/court.ts'
import type { Grant, Person } from '../../domain/person.ts'
import { roles } from '../../domain/role.ts'
import type { Factor } from '../../gateway/ports/accounts.ts'
import type { Session } from '../../gateway/ports/roster.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { Viewer } from '../browser.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { newPasswordFields } from '../sign-in/pages.ts'
import { term } from '../terms.ts'
import { accountWords as words } from './words.ts'

/** Everything a person may see of their own account. */
export type AccountShown = {
  readonly viewer: Viewer
  readonly grants: readonly Grant[]
  readonly factors: readonly Factor[]
  readonly sessions: readonly Session[]
  readonly hasPassword: boolean
  /** Policy wants a second factor for a role of theirs, and this session has none. */
  readonly factorWanted: boolean
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
}

export function accountPage(shown: AccountShown): Html {
  const { viewer, trouble, factorWanted, hasPassword } = shown
  const { person, token } = viewer
  return page(
    html`${alert(trouble)}
    ${factorWanted ? html`<p class="notice">${say(words.factorWanted)}</p>` : ''}
    ${facts([
      [words.name, person.name],
      [words.username, person.username],
      [words.court, person.court ? courtName(person.court) : '—'],
    ])}
    ${rooms(person)}
    <h3>${say(words.roles)}</h3>${grantsTable(shown)}
    <h3>${say(words.factor)}</h3>${factorSection(shown)}
    <h3>${say(words.sessions)}</h3>${sessionsTable(shown)}
    ${hasPassword ? html`<h3>${say(words.password)}</h3>${passwordSection(token)}` : ''}
    <h3>${say(words.token)}</h3>${tokenSection(token)}`,
    { title: words.title, who: { name: person.name, token } },
  )
}

/** The way to where somebody works who has nothing to do with requests. */
function rooms(person: Person): Html {
  const ways = [
    mayEver(person, 'audit.read') ? html`<a class="button" href="/audit">${say(words.audit)}</a> ` : '',
    mayEver(person, 'system.read') ? html`<a class="button" href="/admin">${say(words.administration)}</a> ` : '',
    mayEver(person, 'portal.read') ? html`<a class="button" href="/portal">${say(words.portal)}</a> ` : '',
    mayEver(person, 'case.enter') ? html`<a class="button" href="/registrar">${say(words.registrar)}</a> ` : '',
  ]
  return html`<p>${ways}</p>`
}

function grantsTable({ grants }: AccountShown): Html {
  if (grants.length === 0) return html`<p>${say(words.noRoles)}</p>`
  const rows = grants.map(({ role, court, team, registry, until, attestBy }) => {
    const where = [court && courtName(court), team, registry].filter(Boolean).join(' ') || say(words.everywhere)
    return [term(roles[role]), where, moment(until), moment(attestBy)]
  })
  return table([words.role, words.where, words.until, words.attestBy], rows)
}

function factorSection({ factors, viewer: { token, session } }: AccountShown): Html {
  const confirmed = factors.filter(({ confirmedAt }) => confirmedAt)
  const lines = confirmed.map(
    ({ kind, label, setAt }) => html`<li>${say(words[kind])} ${label ?? ''} ${moment(setAt)}</li>`,
  )
  const hasTotp = confirmed.some(({ kind }) => kind === 'totp')
  const list = lines.length > 0 ? html`<ul>${lines}</ul>` : html`<p>${say(words.noFactor)}</p>`
  const forms = hasTotp
    ? html`<form method="post" action="/account/totp/remove">${tokenField(token)}
        <p><label for="removeCode">${say(words.code)}</label>
          <input id="removeCode" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required></p>
        <p><button type="submit" class="quiet">${say(words.remove)}</button></p></form>`
    : html`<form method="post" action="/account/totp">${tokenField(token)}<p><button type="submit">${say(words.enrol)}</button></p></form>`
  return html`${list}${session.second ? html`<p>${say(words.factorShown)}</p>` : ''}${forms}`
}

function sessionsTable({ sessions, viewer: { token, session: mine } }: AccountShown): Html {
  const rows = sessions.map(({ id, carrier, method, openedAt, seenAt }) => {
    const end =
      id === mine.id
        ? say(words.thisOne)
        : html`<form method="post" action="/account/sessions/end" class="inline">${tokenField(token)}<input type="hidden" name="session" value="${id}"><button type="submit" class="quiet">${say(words.end)}</button></form>`
    const how = html`${say(words[carrier])} · ${say(words.method[method])}`
    return [how, moment(openedAt), moment(seenAt), end]
  })
  return table([words.how, words.opened, words.seen, words.end], rows)
}

function passwordSection(token: string): Html {
  return html`<form method="post" action="/account/password">${tokenField(token)}
    <p><label for="current">${say(words.current)}</label>
      <input id="current" name="current" type="password" autocomplete="current-password" required></p>
    ${newPasswordFields()}
    <p><button type="submit">${say(words.password)}</button></p></form>`
}

function tokenSection(token: string): Html {
  return html`<p>${say(words.tokenHow)}</p><form method="post" action="/account/token">${tokenField(token)}
    <p><label for="hours">${say(words.hours)}</label>
      <input id="hours" name="hours" type="number" min="1" max="12" value="8" required></p>
    <p><button type="submit">${say(words.issue)}</button></p></form>`
}
