import { html } from 'hono/html'
import type { Asset } from '../../domain/asset.ts'
import type { Objection } from '../../domain/draft.ts'
import { documentKinds } from '../../domain/legal-basis.ts'
import { releaseGroundList, releaseGrounds } from '../../domain/measure.ts'
import type { ControlRow } from '../../gateway/ports/rows.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import type { Said } from '../../http/problems/entry.ts'
import { assetCell } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { colon, say } from '../language.ts'
import { standsPart } from '../later/stands.ts'
import { type Html, tokenField } from '../layout.ts'
import { statuteField } from '../statute-field.ts'
import { term } from '../terms.ts'
import { isTermed, type Written } from './content.ts'
import { anchorOf, type Noting, objectionsAt, type Place, toRelease } from './objections.ts'
import { type Papers, untickedNote } from './papers.ts'
import { draftWords as words } from './words.ts'

/** What the form of a draft is filled from. */
export type FormShown = {
  readonly id: string
  readonly view: CaseView
  readonly written: Written
  readonly registries: readonly { readonly id: string; readonly name: string }[]
  readonly documents: readonly DocumentLine[]
  readonly objections: readonly Objection[]
  readonly papers: Papers
  /** The controls it stands on, as they are now. */
  readonly under: readonly ControlRow[]
  readonly nameOf: (registry: string) => string
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
  const part = placed(shown)
  return html`<form id="${formId}" method="post" action="/drafts/${id}" class="wide">${tokenField(token)}<input type="hidden" name="entry" value="${shown.entry}"><fieldset class="bare"${isOwn ? '' : ' disabled'}>
    ${objectionsAt('top', objections, notingOf(shown))}
    ${standsPart(shown.under, shown.nameOf)}
    ${part('party', words.whom, partiesPart(view, written))}
    ${part('registries', words.where, html`${shown.registries.map((one) => choice('checkbox', 'registries', one.id, written.registries.includes(one.id), one.name))}`)}
    ${kind === 'inquire' ? '' : part('targets', words.targets, targetsPart(shown))}
    ${isTermed(kind) ? part('term', words.term, termPart(written)) : ''}
    ${kind === 'release' ? part('ground', words.ground, groundPart(written)) : ''}
    ${part('basis', words.basis, basisPart(shown))}
    ${part('officers', deskWords.officers, html`${[0, 1].map((at) => officerPart(written, at))}${line('phone', say(deskWords.phone), written.contact.phone)}`)}
    ${part('reasons', words.reasons, html`${line('excessReason', say(words.excessReason), written.excessReason)}${line('restrictedReason', say(words.restrictedReason), written.restrictedReason)}${line('urgentReason', say(words.urgentReason), written.urgentReason)}`)}
    ${isOwn ? html`<p><button>${say(words.save)}</button> <button class="quiet" name="then" value="upload">${say(words.saveAndUpload)}</button></p>` : ''}</fieldset></form>`
}

/** One part of the form under its name, with what stands against it. */
function placed(shown: FormShown) {
  const noting = notingOf(shown)
  return (place: Place, said: Said, body: Html) =>
    html`<fieldset id="${anchorOf(place)}"><legend>${say(said)}</legend>${objectionsAt(place, shown.objections, noting)}${body}</fieldset>`
}

/** What is said beside an objection: the paper that is there already, and the way to what can be given up. */
export function notingOf({ view, written, papers }: FormShown): Noting {
  return (one) => html`${untickedNote(one, written.measure.kind, papers)}${toRelease(one, view.id)}`
}

function partiesPart({ parties }: CaseView, written: Written): Html {
  const mayBeAsked = parties.filter(({ confirmed, role }) => confirmed && role !== 'applicant')
  return html`${mayBeAsked.map(({ id, name, idNumber }) =>
    choice('radio', 'party', id, written.party === id, html`${name} <span class="code">${idNumber}</span>`),
  )}`
}

function basisPart({ documents, written, papers, isOwn }: FormShown): Html {
  const { statute, purpose } = written.basis
  const needed = papers.needed.map((kind) => term(documentKinds[kind])).join('、')
  return html`${needed ? html`<p>${say(words.papersNeeded)}${colon()}${needed}</p>` : ''}
      ${documents.length === 0 ? html`<p>${say(deskWords.basisNone)}</p>` : documents.map((one) => choice('checkbox', 'documents', one.sha256, hasPaper(written, one), `${term(one.zh)} ${one.number}`))}
      ${isOwn ? html`<p class="en">${say(words.uploadHow)}</p>` : ''}
      ${statuteField(say(words.statute), statute, false)}${line('purpose', say(words.purpose), purpose)}`
}

const hasPaper = ({ basis }: Written, { sha256 }: DocumentLine) => basis.documents.some((one) => one.sha256 === sha256)

function targetsPart(shown: FormShown): Html {
  const { view, written, objections } = shown
  const { kind, targets } = written.measure
  const noting = notingOf(shown)
  if (targets.length === 0)
    return html`<p>${say(words.noTargets)}</p><p><a href="/cases/${view.id}/measures">${say(words.toFound)}</a></p>`
  return html`${targets.map((one, at) => targetPart(one, at, kind, objectionsAt(`target-${at}`, objections, noting)))}`
}

const rights = ['equity', 'securities', 'fund']
const things = ['movable', 'land', 'real-estate']

/** What the sums of a target are called where they are not what is to be held. */
const inPlace: Readonly<Record<string, { readonly amount?: Said; readonly quantity?: Said }>> = {
  release: { amount: words.releasedAmount, quantity: words.releasedQuantity },
  transfer: { amount: words.movedAmount },
}

function targetPart(
  { asset, amount, quantity, value }: Written['measure']['targets'][number],
  at: number,
  kind: string,
  against: Html | string,
): Html {
  const isSealed = kind === 'seal' || kind === 'pre-seal'
  const isRight = rights.includes(asset.class)
  const named = { ...words, ...inPlace[kind] }
  const input = (name: 'amount' | 'quantity' | 'value', said: string, isAsked: boolean) =>
    isAsked
      ? html`<p><label for="${name}-${at}">${say(named[name])}</label><input id="${name}-${at}" name="${name}" value="${said}" maxlength="40" inputmode="${name === 'quantity' ? 'text' : 'decimal'}"></p>`
      : html`<input type="hidden" name="${name}" value="${said}">`
  return html`<div class="field" id="${anchorOf(`target-${at}`)}">${against}<div class="row">
    <div>${choice('checkbox', 'keep', String(at), true, say(words.keep))}${assetCell(asset as Asset)}</div>
    ${input('amount', amount, !isRight && !things.includes(asset.class))}${input('quantity', quantity, isRight)}${input('value', value, isSealed)}</div></div>`
}

function termPart({ measure: { term } }: Written): Html {
  return html`<p class="en">${say(words.termHow)}</p>
    <div class="row">${line('months', say(words.months), term.months === undefined ? '' : String(term.months))}${line('from', say(words.from), term.from)}${line('to', say(words.to), term.to)}</div>`
}

function groundPart({ measure: { ground } }: Written): Html {
  return html`<p><label for="ground">${say(words.ground)}</label><select id="ground" name="ground"><option value="">${say(words.chooseGround)}</option>${releaseGroundList.map((one) => html`<option value="${one}"${one === ground ? ' selected' : ''}>${term(releaseGrounds[one])}</option>`)}</select></p>`
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
