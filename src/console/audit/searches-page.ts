import { html } from 'hono/html'
import { idTypeList, idTypes } from '../../domain/subject.ts'
import type { SearchLine } from '../../http/audit/searches.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { adminPage, reasonedAct } from '../admin/frame.ts'
import { adminWords } from '../admin/words.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { searchWords as words } from './search-words.ts'
import { auditWords } from './words.ts'

export type SearchesShown = Pick<Named, 'people'> & {
  readonly searches: readonly SearchLine[]
  readonly now: Date
  readonly mayAsk: boolean
  /** May see the auditor's other pages too. */
  readonly mayRead: boolean
  readonly isWrong?: true
  /** Where the next page begins, while there is one; and whether this is a later one. */
  readonly older?: string
  readonly isLater: boolean
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
  /** What was sent and not taken, to be corrected where it stands. */
  readonly typed?: TypedSearch
}

export type TypedSearch = {
  readonly idType: string
  readonly idNumber: string
  readonly name: string
  readonly reason: string
}

/** Asking to look for a person, deciding on what others have asked, and the way to one's own results. */
export function searchesPage(shown: SearchesShown, at: AtDesk): Html {
  const { who, mark, person } = at
  const { searches, now, isWrong, trouble } = shown
  const isOpen = ({ decision, expiresAt }: SearchLine) => !decision && new Date(expiresAt) > now
  const waiting = searches.filter((one) => isOpen(one) && one.askedBy !== person.id)
  const rest = searches.filter((one) => !waiting.includes(one))
  const body = html`
    ${shown.mayRead ? tabs('searches') : ''}
    ${isWrong ? alert({ title: words.wrong, next: words.wrongNext }) : alert(trouble)}
    <p>${say(words.what)}</p>
    ${waiting.length > 0 ? html`<h3>${say(words.waiting)} <span class="count">${waiting.length}</span></h3>${waiting.map((one) => decisionPart(one, shown, who.token))}` : ''}
    ${shown.mayAsk ? form(who.token, shown.typed) : ''}
    ${rest.length === 0 && waiting.length > 0 ? '' : html`<h3>${say(words.asked)}</h3>`}
    ${
      rest.length === 0 && waiting.length > 0
        ? ''
        : rest.length === 0
          ? html`<p>${say(words.none)}</p>`
          : table(
              [words.at, words.by, words.idNumber, words.reason, words.decision],
              rest.map((one) => row(one, shown, person.id)),
            )
    }
    <p>${shown.isLater ? html`<a href="/audit/searches">${say(auditWords.newest)}</a>` : ''}${shown.isLater && shown.older ? ' · ' : ''}${shown.older ? html`<a href="/audit/searches?after=${shown.older}">${say(auditWords.older)}</a>` : ''}</p>
    ${logged()}`
  // The audit administrator comes from the administration, and has no other room of an auditor's.
  return shown.mayRead
    ? page(body, { title: words.whoLooked, who, mark })
    : adminPage('/audit/searches', words.whoLooked, body, at)
}

function decisionPart(
  { id, askedBy, askedAt, idType, idNumber, reason }: SearchLine,
  { people }: SearchesShown,
  token: string,
): Html {
  return html`<section class="delivery">${facts([
    [words.by, html`${people.get(askedBy) ?? askedBy} · ${moment(askedAt)}`],
    [words.idNumber, html`${term(idTypes[idType])} <span class="code">${idNumber}</span>`],
    [words.reason, reason],
  ])}
    <form method="post" action="/audit/searches/${id}/decision">${tokenField(token)}
      <p><button name="decision" value="allow">${say(words.allow)}</button></p></form>
    ${reasonedAct(`/audit/searches/${id}/decision`, adminWords.refuseOpen, words.refuse, token, { decision: 'refuse' })}</section>`
}

function row(line: SearchLine, { people, now }: SearchesShown, me: string): readonly (Html | string)[] {
  const { id, askedBy, askedAt, idNumber, reason, decision, decidedBy, expiresAt } = line
  const isUsable = decision === 'allowed' && askedBy === me && new Date(expiresAt) > now
  const by = decidedBy ? html` · ${people.get(decidedBy) ?? decidedBy}` : ''
  return [
    moment(askedAt),
    people.get(askedBy) ?? askedBy,
    html`<span class="code">${idNumber}</span>`,
    reason,
    html`${decisionWord(line, me)}${by}${isUsable ? html` · <a href="/audit/searches/${id}">${say(words.open)}</a>` : ''}`,
  ]
}

/** Told by a shape and a word, so that colour only repeats it. */
function decisionWord({ decision, askedBy }: SearchLine, me: string): Html {
  if (decision === 'allowed') return html`<span class="word done">● ${say(words.allowed)}</span>`
  if (decision === 'refused') return html`<span class="late">✕ ${say(words.refused)}</span>`
  return html`<span class="word wait">○ ${say(askedBy === me ? words.mine : words.undecided)}</span>`
}

function form(token: string, typed: TypedSearch | undefined): Html {
  const option = (one: (typeof idTypeList)[number]) =>
    html`<option value="${one}"${one === typed?.idType ? html` selected` : ''}>${term(idTypes[one])}</option>`
  return html`<form method="post" action="/audit/searches" class="wide" autocomplete="off">${tokenField(token)}<div class="row">
    <p><label for="idType">${say(words.idType)}</label><select id="idType" name="idType">${idTypeList.map(option)}</select></p>
    <p><label for="idNumber">${say(words.idNumber)}</label><input id="idNumber" name="idNumber" value="${typed?.idNumber ?? ''}" required maxlength="60" autocomplete="off" spellcheck="false"></p>
    <p><label for="name">${say(words.name)}</label><input id="name" name="name" value="${typed?.name ?? ''}" maxlength="200" autocomplete="off"></p></div>
    <p><label for="reason">${say(words.reason)}</label><input id="reason" name="reason" value="${typed?.reason ?? ''}" required minlength="5" maxlength="500" aria-describedby="how"></p>
    <p id="how" class="en">${say(words.reasonHow)}</p>
    <p><button>${say(words.ask)}</button></p></form>`
}
