import { html } from 'hono/html'
import { type CaseFile, caseStandings, partyRoles } from '../../domain/case-file.ts'
import { continuations } from '../../domain/case-line.ts'
import { courtName } from '../../domain/court.ts'
import { idTypes } from '../../domain/subject.ts'
import type { CaseView, PartyView } from '../../http/officer/case-view.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { sum } from '../desk/results.ts'
import type { Trouble } from '../form-trouble.ts'
import { listed, say } from '../language.ts'
import { alert, facts, type Html, table, titled, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import { changeForms, type Refilled } from './change-forms.ts'
import { registrarPage } from './frame.ts'
import { waitingWords } from './waiting.ts'
import { registrarWords as words } from './words.ts'

/** A case as a registrar compares it with paper: whole where it waits, and who entered and confirmed it. */
export type CheckShown = {
  readonly file: CaseFile
  /** The parties as the officer API shows them to whoever looks. */
  readonly view: CaseView
  readonly nameOf: (person: string) => string
  readonly usernames: readonly string[]
  /** The number of the case it continues, where that may be said. */
  readonly earlier?: string | undefined
  readonly mayConfirm: boolean
  /** What is to be confirmed, as it is on this page. */
  readonly seen: string
  /** The id of whoever looks: what they entered themselves and nobody confirmed, they correct. */
  readonly me: string
  readonly trouble?: Trouble | undefined
  readonly refilled?: Refilled | undefined
}

/** Everything that was entered, what of it waits and for whom, and what may be changed. */
export function checkPage(shown: CheckShown, at: AtDesk): Html {
  const { file, view, trouble } = shown
  const isMasked = view.parties.some((party) => party.isMasked)
  const changes =
    file.source === undefined ? changeForms(shown, at.who.token) : html`<p class="notice">${say(words.signed)}</p>`
  const body = html`${alert(trouble)}${waitingNotice(shown)}
    ${facts(factsOf(shown))}${mayCorrect(shown, file) ? html`<p><a href="/registrar/cases/${file.id}/correction">${say(words.correctCase)}</a></p>` : ''}
    <h3>${say(words.parties)}</h3>${isMasked ? html`<p class="notice">${say(words.masked)}</p>` : ''}${partiesPart(shown)}
    ${shown.mayConfirm ? confirmPart(shown, at.who.token) : ''}
    ${changes}<p class="en">${say(words.byApi)} <a href="/docs/api/officer-cases">${say(words.api)}</a></p>`
  return registrarPage('', titled(waitingWords(file).length > 0 ? words.check : words.about, file.number), body, at)
}

/** What waits, and who has to do something about it. */
function waitingNotice({ file, mayConfirm }: CheckShown): Html {
  const waits = waitingWords(file)
  if (waits.length === 0) return html`<p>${say(words.allConfirmed)}</p>`
  const isLineAlone = waits.length === 1 && file.continues !== undefined && !file.continues.confirmedBy
  const who = mayConfirm ? words.compare : isLineAlone ? words.lineConfirms : words.otherConfirms
  return html`<p class="notice"><b>${say(words.waits)}</b>：${listed(waits)}。${say(who)}</p>`
}

function mayCorrect(
  { file, me }: CheckShown,
  { confirmedBy, enteredBy }: Pick<CaseFile, 'confirmedBy' | 'enteredBy'>,
): boolean {
  return file.source === undefined && confirmedBy === undefined && enteredBy === me
}

function factsOf({ file, nameOf, earlier }: CheckShown): (readonly [Said, Html | string])[] {
  const { standing, terminatedOn, standingAsked, continues, team, members, isSealed } = file
  const told = (said: Said, value: Html | string | undefined) => (value ? [[said, value] as const] : [])
  return [
    [words.case, file.number],
    [words.court, courtName(file.court)],
    [words.standing, standingWord(standing, terminatedOn)],
    ...told(words.standingAsked, standingAsked && askedWord(standingAsked, nameOf)),
    [words.claim, sum(file.claim)],
    [words.costs, sum(file.costs)],
    ...told(words.lateInterest, file.lateInterest && sum(file.lateInterest)),
    ...told(words.fulfilled, file.fulfilled && sum(file.fulfilled)),
    [words.judge, file.judge],
    ...told(words.team, team),
    ...told(isSealed ? words.secretFor : words.assigned, listed(members.map(nameOf))),
    ...told(words.continues, continues && lineWord(continues, earlier, nameOf)),
    [words.maker, nameOf(file.enteredBy)],
    [words.confirmer, file.confirmedBy ? nameOf(file.confirmedBy) : waitingWord()],
  ]
}

const waitingWord = (): Html => html`<span class="word wait">${say(words.waiting)}</span>`

const standingWord = (standing: CaseFile['standing'], on: string | undefined): string =>
  `${term(caseStandings[standing])}${on ? ` ${on}` : ''}`

function askedWord(asked: NonNullable<CaseFile['standingAsked']>, nameOf: CheckShown['nameOf']): Html {
  return html`${standingWord(asked.standing, asked.terminatedOn)} · ${say(words.maker)} ${nameOf(asked.by)} ${waitingWord()}`
}

function lineWord(
  { as, enteredBy, confirmedBy }: NonNullable<CaseFile['continues']>,
  earlier: string | undefined,
  nameOf: CheckShown['nameOf'],
): Html {
  return html`${earlier ?? ''} · ${term(continuations[as])} · ${say(words.maker)} ${nameOf(enteredBy)} ${confirmedBy ? '' : waitingWord()}`
}

function partiesPart(shown: CheckShown): Html {
  const { view, file } = shown
  if (view.parties.length === 0) return html`<p>${say(words.noParties)}</p>`
  const makerOf = new Map(file.parties.map(({ id, enteredBy }) => [id, enteredBy]))
  const open = file.parties.filter((party) => mayCorrect(shown, party)).map(({ id }) => id)
  return table(
    [words.role, words.name, words.kind, words.idType, words.idNumber, words.maker, words.confirmation],
    view.parties.map((party) => [
      term(partyRoles[party.role]),
      party.name,
      say(words[party.kind]),
      term(idTypes[party.idType]),
      numberCell(party),
      shown.nameOf(makerOf.get(party.id) ?? ''),
      html`${party.confirmed ? html`<span class="word done">${say(words.confirmed)}</span>` : waitingWord()}${open.includes(party.id) ? html` <a href="/registrar/cases/${file.id}/parties/${party.id}">${say(words.correct)}</a>` : ''}`,
    ]),
  )
}

function numberCell({ idNumber, legacyIdNumber }: PartyView): Html {
  const legacy = legacyIdNumber ? html`<br><span class="code">${legacyIdNumber}</span>` : ''
  return html`<span class="code">${idNumber}</span>${legacy}`
}

function confirmPart({ file, seen }: CheckShown, token: string): Html {
  return html`<form method="post" action="/registrar/cases/${file.id}/confirmation">${tokenField(token)}<input type="hidden" name="seen" value="${seen}">
    <p><label class="tick"><input type="checkbox" name="compared" value="on" required> ${say(words.compared)}</label></p>
    <p><button>${say(words.confirm)}</button></p></form>`
}
