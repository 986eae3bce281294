import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import { courtName } from '../../domain/court.ts'
import { type Grant, operator, type Person, standingOfGrant } from '../../domain/person.ts'
import type { Account, Factor } from '../../gateway/ports/accounts.ts'
import type { Session } from '../../gateway/ports/roster.ts'
import type { AskedGrant } from '../../gateway/roster/grants.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { accountWords } from '../account/words.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, table, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { adminPage, button, choice, lineInput } from './frame.ts'
import { logWords } from './log-words.ts'
import { courtChoices, heldWords, roleChoices } from './people-page.ts'
import { adminWords as words } from './words.ts'

export type PersonShown = {
  readonly person: Person
  readonly account: Pick<Account, 'mustChange' | 'hash'> | undefined
  readonly lockedUntil?: Date
  readonly grants: readonly Grant[]
  /** Roles that wait for a second person's word. */
  readonly asked: readonly AskedGrant[]
  readonly sessions: readonly Session[]
  readonly factors: readonly Factor[]
  /** The names of those who gave grants. */
  readonly names: ReadonlyMap<string, string>
  readonly registries: readonly (readonly [code: string, name: string])[]
  readonly span?: readonly string[]
  readonly now: Date
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
}

/** One person: what they hold, how they sign in, where they are signed in; and, for who may, what is done about it. */
export function personPage(shown: PersonShown, at: AtDesk): Html {
  const { person, trouble } = shown
  const isOwn = person.id === at.person.id
  const mayKeep = mayEver(at.person, 'account.keep') && !isOwn
  const notice = isOwn ? words.own : mayKeep ? undefined : words.readOnly
  const body = html`${alert(trouble)}${notice ? html`<p class="notice">${say(notice)}</p>` : ''}
    ${facts([
      [words.name, person.name],
      [words.username, person.username],
      [words.court, person.court ? courtName(person.court) : '—'],
    ])}
    ${mayEver(at.person, 'audit.system') ? html`<p><a href="/admin/log?person=${person.id}">${say(logWords.ofPerson)}</a></p>` : ''}
    <h3>${say(words.grants)}</h3>${shown.asked.map((one) => html`<p class="notice">○ ${say(words.grantWaits)} <a href="/admin/consents">${heldWords(one)}</a></p>`)}${grantsPart(shown, at, mayKeep)}
    <h3>${say(words.account)}</h3>${accountPart(shown, at, mayKeep)}
    <h3>${say(words.sessions)}</h3>${sessionsPart(shown, at, mayKeep)}
    <h3>${say(words.factors)}</h3>${factorsPart(shown, at, mayKeep)}`
  return adminPage('/admin/people', titled(words.person, person.name), body, at)
}

const standings = {
  counts: { zh: '有效', en: 'counts' },
  'not-yet': { zh: '未开始', en: 'not yet' },
  over: { zh: '已终止', en: 'over' },
  'not-attested': { zh: '逾期未复核，暂不生效', en: 'not attested: does not count' },
} as const

function grantsPart({ person, grants, names, registries, span, now }: PersonShown, { who }: AtDesk, mayKeep: boolean) {
  const rows = grants.map((grant) => {
    const standing = standingOfGrant(grant, now)
    const fields = { grant: grant.id }
    const act =
      mayKeep && standing !== 'over'
        ? html`${button(`/admin/people/${person.id}/grants/attest`, words.attest, who.token, fields)} ${button(`/admin/people/${person.id}/grants/end`, words.end, who.token, fields)}`
        : '—'
    const word = html`<span class="${standing === 'counts' ? 'word done' : standing === 'over' ? 'word' : 'late'}">${say(standings[standing])}</span>`
    const given = grant.givenBy === operator.id ? say(logWords.operator) : (names.get(grant.givenBy) ?? grant.givenBy)
    return [
      heldWords(grant, new Map(registries)),
      word,
      moment(grant.from),
      moment(grant.until),
      moment(grant.attestBy),
      given,
      act,
    ]
  })
  const heads = [words.role, words.standing, words.from, words.until, words.attestBy, words.givenBy, words.action]
  const list = rows.length === 0 ? html`<p>${say(words.noRole)}</p>` : table(heads, rows)
  return mayKeep ? html`${list}${giveForm(person, who.token, registries, span)}` : list
}

function giveForm(
  { id, court }: Person,
  token: string,
  registries: PersonShown['registries'],
  span: readonly string[] | undefined,
): Html {
  const none = ['', '—'] as const
  return html`<form method="post" action="/admin/people/${id}/grants" class="wide">${tokenField(token)}<fieldset><legend>${say(words.give)}</legend>
    <p>${say(words.giveHow)}</p><div class="row">
    ${choice('role', words.role, roleChoices())}
    ${choice('court', words.court, [none, ...courtChoices(span)], court)}
    ${lineInput('team', words.team, html`maxlength="100" placeholder="${say(words.optional)}"`)}
    ${choice('registry', words.registry, [none, ...registries])}
    ${lineInput('until', words.until, html`type="date"`)}
    </div><p><button>${say(words.give)}</button></p></fieldset></form>`
}

function accountPart({ person, account, lockedUntil }: PersonShown, { who }: AtDesk, mayKeep: boolean): Html {
  const password = account?.hash === undefined ? say(words.noPassword) : say(words.hasPassword)
  const acts = mayKeep
    ? html`<p>${lockedUntil ? button(`/admin/people/${person.id}/unlock`, words.unlock, who.token, {}, false) : ''}
        ${button(`/admin/people/${person.id}/password`, words.newPassword, who.token)}</p><p class="en">${say(words.newPasswordHow)}</p>`
    : ''
  return html`${facts([
    [words.password, account?.mustChange ? html`${password} · ${say(words.mustChange)}` : password],
    [
      words.lock,
      lockedUntil
        ? html`<span class="late">${say(words.lockedUntil)} ${moment(lockedUntil)}</span>`
        : say(words.notLocked),
    ],
  ])}${acts}`
}

function sessionsPart({ person, sessions }: PersonShown, { who }: AtDesk, mayKeep: boolean): Html {
  if (sessions.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = sessions.map(({ id, carrier, method, second, openedAt, seenAt }) => [
    `${say(accountWords[carrier])} · ${say(accountWords.method[method])}`,
    say(second ? words.yes : words.no),
    moment(openedAt),
    moment(seenAt),
    mayKeep ? button(`/admin/people/${person.id}/sessions/end`, words.end, who.token, { session: id }) : '—',
  ])
  return html`${table([words.how, words.second, words.opened, words.seen, words.action], rows)}
    ${mayKeep ? html`<p>${button(`/admin/people/${person.id}/sessions/end`, words.endAll, who.token)}</p>` : ''}`
}

function factorsPart({ person, factors }: PersonShown, { who }: AtDesk, mayKeep: boolean): Html {
  if (factors.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = factors.map(({ id, kind, label, setAt, confirmedAt }) => [
    say(accountWords[kind]),
    label ?? '—',
    moment(setAt),
    say(confirmedAt ? words.confirmed : words.notConfirmed),
    mayKeep ? button(`/admin/people/${person.id}/factors/remove`, words.remove, who.token, { factor: id }) : '—',
  ])
  return table([words.how, words.label, words.setAt, words.standing, words.action], rows)
}
