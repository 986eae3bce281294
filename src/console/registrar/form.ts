import { html } from 'hono/html'
import { caseStandings, partyRoles } from '../../domain/case-file.ts'
import { idTypes } from '../../domain/subject.ts'
import type { Said } from '../../http/problems/entry.ts'
import { input, type Option, select } from '../answers/inputs.ts'
import { colon, say } from '../language.ts'
import { type Html, tokenField } from '../layout.ts'
import { type EntryFields, mostRows, rowsIn, type Wrongs } from './read.ts'
import { registrarWords as words } from './words.ts'

/** A form as it was sent, and what is wrong with it beside each field. */
export type Filled = { readonly fields: EntryFields; readonly wrongs: Wrongs }

/** Nothing is filled in yet. */
export const blank: Filled = { fields: {}, wrongs: new Map() }

/** A line of the form with what is wrong with it below, which whoever hears the page is told at the field. */
export function line(name: string, said: Said, { fields, wrongs }: Filled, more = ''): Html {
  const wrong = wrongs.has(name) ? ` aria-invalid=true aria-describedby=${wrongId(name)}` : ''
  return html`<p>${input(name, said, fields, `${more}${wrong}`)}${wrongAt(name, wrongs)}</p>`
}

/** A choice of the form, with what is wrong with it below. */
export function choice(name: string, said: Said, options: readonly Option[], { fields, wrongs }: Filled): Html {
  return html`<p>${select(name, said, options, fields)}${wrongAt(name, wrongs)}</p>`
}

const wrongId = (name: string): string => `${name}-wrong`

function wrongAt(name: string, wrongs: Wrongs): Html | string {
  const wrong = wrongs.get(name)
  if (!wrong) return ''
  return html` <span id="${wrongId(name)}"><span class="late">× ${say(wrong.title)}</span> ${say(wrong.next)}</span>`
}

/** At the head of a form that came back: which fields, by their names and rows, so that none of them is overlooked. */
function wrongPart({ wrongs }: Filled): Html | string {
  if (wrongs.size === 0) return ''
  const lines = [...wrongs].map(
    ([name, { title }]) => html`<li><a href="#${name}">${placeOf(name)}</a>${colon()}${say(title)}</li>`,
  )
  return html`<div class="alert" role="alert"><p>${say(words.wrong)}</p><ul>${lines}</ul><p>${say(words.wrongNext)}</p></div>`
}

type Named = keyof typeof words

/** What a field is called: 当事人 2 · 证件号码. */
function placeOf(name: string): string {
  const [, row, field] = /^p(\d+)\.(.+)$/.exec(name) ?? []
  const said = (one: string) => (one === 'number' ? say(words.case) : one in words ? say(words[one as Named]) : one)
  return row === undefined || field === undefined
    ? said(name)
    : `${say(words.party)} ${Number(row) + 1} · ${said(field)}`
}

const optionsOf = (them: Readonly<Record<string, string>>): readonly Option[] => Object.entries(them)
const kinds: readonly Option[] = [
  ['', words.choose],
  ['person', words.person],
  ['organisation', words.organisation],
]
const roles: readonly Option[] = [['', words.choose], ...optionsOf(partyRoles)]
const papers: readonly Option[] = [['', words.choose], ...optionsOf(idTypes)]
export const standings: readonly Option[] = optionsOf(caseStandings)

/** The whole form of a new case: what the API takes, and nothing else. */
export function caseForm(filled: Filled, token: string): Html {
  return html`${wrongPart(filled)}<form method="post" action="/registrar/new" class="wide">${tokenField(token)}
    <fieldset><legend>${say(words.about)}</legend>
      <div class="row">${line('number', words.case, filled, 'maxlength=60 required placeholder=（2026）津0116执3456号')}${line('judge', words.judge, filled, 'maxlength=100 required')}${line('team', words.team, filled, 'maxlength=60')}</div>
      <p class="en">${say(words.teamHow)}</p>
      <div class="row">${choice('standing', words.standing, standings, filled)}${line('terminatedOn', words.terminatedOn, filled, 'type=date')}</div></fieldset>
    ${sumsPart(filled)}
    ${partyRows(filled)}
    <fieldset><legend>${say(words.secret)}</legend>
      <p><label class="tick"><input type="checkbox" name="sealed" value="on"${filled.fields.sealed ? ' checked' : ''}> ${say(words.sealed)}</label></p>
      <p class="en">${say(words.membersHow)}</p>
      <div class="row">${line('members', words.members, filled, 'maxlength=1000')}${line('reason', words.reason, filled, 'maxlength=500')}</div></fieldset>
    <p><button name="step" value="enter">${say(words.enter)}</button></p></form>`
}

/** The form that corrects what was entered of a case itself. */
export function sumsForm(caseId: string, filled: Filled, token: string): Html {
  return html`${wrongPart(filled)}<p class="en">${say(words.correctHow)}</p>
    <form method="post" action="/registrar/cases/${caseId}/correction" class="wide">${tokenField(token)}
    ${sumsPart(filled)}${line('judge', words.judge, filled, 'maxlength=100 required')}
    <p><button>${say(words.correct)}</button> ${backTo(caseId)}</p></form>`
}

const backTo = (caseId: string): Html => html`<a href="/registrar/cases/${caseId}">${say(words.back)}</a>`

/** The form that corrects one party. */
export function partyForm({ caseId, party }: { caseId: string; party: string }, filled: Filled, token: string): Html {
  const action = `/registrar/cases/${caseId}/parties/${party}`
  return html`${wrongPart(filled)}<form method="post" action="${action}" class="wide">${tokenField(token)}
    ${partyRow(0, filled)}<p><button>${say(words.correct)}</button> ${backTo(caseId)}</p></form>`
}

function sumsPart(filled: Filled): Html {
  const sum = 'inputmode=decimal maxlength=40'
  return html`<fieldset><legend>${say(words.sums)}</legend><p class="en">${say(words.sumsHow)}</p>
      <div class="row">${line('claim', words.claim, filled, `${sum} required`)}${line('costs', words.costs, filled, sum)}</div>
      <div class="row">${line('lateInterest', words.lateInterest, filled, sum)}${line('fulfilled', words.fulfilled, filled, sum)}</div></fieldset>`
}

/** The form of parties that are added to a case. */
export function partiesForm(caseId: string, filled: Filled, token: string): Html {
  return html`${wrongPart(filled)}<form method="post" action="/registrar/cases/${caseId}/parties" class="wide">${tokenField(token)}
    ${partyRows(filled)}<p><button name="step" value="enter">${say(words.add)}</button> ${backTo(caseId)}</p></form>`
}

function partyRows(filled: Filled): Html {
  const rows = rowsIn(filled.fields)
  const more =
    rows < mostRows
      ? html`<p><button class="quiet" name="step" value="row" formnovalidate>${say(words.moreRows)}</button></p>`
      : ''
  return html`<h3>${say(words.parties)}</h3><p class="en">${say(words.partiesHow)}</p><input type="hidden" name="rows" value="${rows}">
    ${Array.from({ length: rows }, (_, at) => partyRow(at, filled))}${more}`
}

function partyRow(at: number, filled: Filled): Html {
  const name = (field: 'role' | 'kind' | 'name' | 'idType' | 'idNumber' | 'legacyIdNumber') => `p${at}.${field}`
  return html`<fieldset><legend>${say(words.party)} ${at + 1}</legend>
    <div class="row">${choice(name('role'), words.role, roles, filled)}${choice(name('kind'), words.kind, kinds, filled)}${line(name('name'), words.name, filled, 'maxlength=200')}</div>
    <div class="row">${choice(name('idType'), words.idType, papers, filled)}${line(name('idNumber'), words.idNumber, filled, 'maxlength=40 autocomplete=off')}${line(name('legacyIdNumber'), words.legacyIdNumber, filled, 'maxlength=15 autocomplete=off inputmode=numeric')}</div></fieldset>`
}
