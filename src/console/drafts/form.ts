import { html } from 'hono/html'
import type { Asset } from '../../domain/asset.ts'
import type { Objection } from '../../domain/draft.ts'
import { releaseGroundList, releaseGrounds } from '../../domain/measure.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import { assetCell } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { type Html, tokenField } from '../layout.ts'
import { statuteField } from '../statute-field.ts'
import { term } from '../terms.ts'
import { isTermed, type Written } from './content.ts'
import { objectionsAt, type Place } from './objections.ts'
import { draftWords as words } from './words.ts'

/** What the form of a draft is filled from. */
export type FormShown = {
  readonly id: string
  readonly view: CaseView
  readonly written: Written
  readonly registries: readonly { readonly id: string; readonly name: string }[]
  readonly documents: readonly DocumentLine[]
  readonly objections: readonly Objection[]
  readonly isOwn: boolean
  /** The saving that is shown: what was saved since is not submitted unseen. */
  readonly entry: string
}

/** By which the button that submits, and stands below the preview, belongs to this form. */
export const formId = 'draft-form'

/** Every field of a request as far as it is written, with what stands against it beside it. */
export function formPart(shown: FormShown, token: string): Html {
  const { id, view, isOwn, objections, written } = shown
  const { kind } = written.measure
  const against = (place: Place) => objectionsAt(place, objections)
  return html`<form id="${formId}" method="post" action="/drafts/${id}" class="wide">${tokenField(token)}<input type="hidden" name="entry" value="${shown.entry}"><fieldset class="bare"${isOwn ? '' : ' disabled'}>
    ${against('top')}
    <fieldset><legend>${say(words.whom)}</legend>${against('party')}${view.parties
      .filter(({ confirmed, role }) => confirmed && role !== 'applicant')
      .map((party) =>
        choice(
          'radio',
          'party',
          party.id,
          written.party === party.id,
          html`${party.name} <span class="code">${party.idNumber}</span>`,
        ),
      )}</fieldset>
    <fieldset><legend>${say(words.where)}</legend>${against('registries')}${shown.registries.map((one) => choice('checkbox', 'registries', one.id, written.registries.includes(one.id), one.name))}</fieldset>
    ${kind === 'inquire' ? '' : targetsPart(shown)}
    ${isTermed(kind) ? termPart(written, against('term')) : ''}
    ${kind === 'release' ? groundPart(written) : ''}
    <fieldset id="basis"><legend>${say(words.basis)}</legend>${against('basis')}
      ${shown.documents.length === 0 ? html`<p>${say(deskWords.basisNone)}</p>` : shown.documents.map((one) => choice('checkbox', 'documents', one.sha256, hasPaper(written, one), `${term(one.zh)} ${one.number}`))}
      ${isOwn ? html`<p class="en">${say(words.uploadHow)}</p>` : ''}
      ${statuteField(say(words.statute), written.basis.statute, false)}${line('purpose', say(words.purpose), written.basis.purpose)}</fieldset>
    <fieldset><legend>${say(deskWords.officers)}</legend>${against('officers')}${[0, 1].map((at) => officerPart(written, at))}${line('phone', say(deskWords.phone), written.contact.phone)}</fieldset>
    <fieldset><legend>${say(words.reasons)}</legend>${against('reasons')}
      ${line('excessReason', say(words.excessReason), written.excessReason)}${line('restrictedReason', say(words.restrictedReason), written.restrictedReason)}${line('urgentReason', say(words.urgentReason), written.urgentReason)}</fieldset>
    ${isOwn ? html`<p><button>${say(words.save)}</button> <button class="quiet" name="then" value="upload">${say(words.saveAndUpload)}</button></p>` : ''}</fieldset></form>`
}

const hasPaper = ({ basis }: Written, { sha256 }: DocumentLine) => basis.documents.some((one) => one.sha256 === sha256)

function targetsPart({ view, written, objections }: FormShown): Html {
  const { kind, targets } = written.measure
  const against = (place: Place) => objectionsAt(place, objections)
  const found = html`<p><a href="/cases/${view.id}/measures">${say(words.toFound)}</a></p>`
  return html`<fieldset><legend>${say(words.targets)}</legend>${against('targets')}
    ${targets.length === 0 ? html`<p>${say(words.noTargets)}</p>${found}` : targets.map((one, at) => targetPart(one, at, kind, against(`target-${at}`)))}</fieldset>`
}

const rights = ['equity', 'securities', 'fund']
const things = ['movable', 'land', 'real-estate']

function targetPart(
  { asset, amount, quantity, value }: Written['measure']['targets'][number],
  at: number,
  kind: string,
  against: Html | string,
): Html {
  const isSealed = kind === 'seal' || kind === 'pre-seal'
  const isRight = rights.includes(asset.class)
  const input = (name: 'amount' | 'quantity' | 'value', said: string, isAsked: boolean) =>
    isAsked
      ? html`<p><label for="${name}-${at}">${say(words[name])}</label><input id="${name}-${at}" name="${name}" value="${said}" maxlength="40" inputmode="${name === 'quantity' ? 'text' : 'decimal'}"></p>`
      : html`<input type="hidden" name="${name}" value="${said}">`
  return html`<div class="field">${against}<div class="row">
    <div>${choice('checkbox', 'keep', String(at), true, say(words.keep))}${assetCell(asset as Asset)}</div>
    ${input('amount', amount, !isRight && !things.includes(asset.class))}${input('quantity', quantity, isRight)}${input('value', value, isSealed)}</div></div>`
}

function termPart({ measure: { term } }: Written, against: Html | string): Html {
  return html`<fieldset><legend>${say(words.term)}</legend>${against}<p class="en">${say(words.termHow)}</p>
    <div class="row">${line('months', say(words.months), term.months === undefined ? '' : String(term.months))}${line('from', say(words.from), term.from)}${line('to', say(words.to), term.to)}</div></fieldset>`
}

function groundPart({ measure: { ground } }: Written): Html {
  return html`<p><label for="ground">${say(words.ground)}</label><select id="ground" name="ground">${releaseGroundList.map((one) => html`<option value="${one}"${one === ground ? ' selected' : ''}>${releaseGrounds[one]}</option>`)}</select></p>`
}

function officerPart({ officers }: Written, at: number): Html {
  const one = officers[at] ?? { name: '', workCertificate: '', dutyCertificate: '' }
  const nth = at + 1
  return html`<div class="row">${line(`name${nth}`, say(deskWords.officerName), one.name)}${line(`work${nth}`, say(deskWords.workCertificate), one.workCertificate)}${line(`duty${nth}`, say(deskWords.dutyCertificate), one.dutyCertificate)}</div>`
}

function choice(type: 'radio' | 'checkbox', name: string, value: string, isOn: boolean, text: Html | string): Html {
  return html`<label class="tick"><input type="${type}" name="${name}" value="${value}"${isOn ? ' checked' : ''}> ${text}</label>`
}

function line(name: string, label: string, value: string): Html {
  return html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}" maxlength="500"></p>`
}
