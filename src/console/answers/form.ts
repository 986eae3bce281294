import { html } from 'hono/html'
import { type Asset, assetClasses, assetClassList } from '../../domain/asset.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { encumbranceKinds } from '../../domain/statement.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'
import type { Said } from '../../http/problems/entry.ts'
import { reasonCodes } from '../../signing/schemas.ts'
import { assetCell } from '../desk/results.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { term } from '../terms.ts'
import type { AnswerFields } from './read.ts'
import { answerWords as words } from './words.ts'

type Shown = Pick<CounterDelivery, 'measure' | 'request' | 'answered'>

/** How the fields are filled, and who fills them: a clerk from the books, or an officer from a paper. */
export type Filling = { readonly fields: AnswerFields; readonly from: 'books' | 'paper'; readonly rows?: number }

/** The fields of an answer, without the form around them: the same for a clerk and for an officer with a paper. */
export function answerFields(shown: Shown, filling: Filling): Html {
  const { fields, from, rows = 4 } = filling
  const { measure, answered, request } = shown
  const isInquiry = measure === 'inquire'
  const results = answered ? laterResults(measure) : firstResults(isInquiry, from)
  return html`${answered ? html`<p class="notice">${say(words.later)}</p>` : ''}
    <p>${select('result', words.result, [['', words.choose], ...results], fields)}</p>
    ${(request.targets ?? []).map(({ asset }, at) => targetPart(asset as Asset, at, shown, fields))}
    ${isInquiry ? holdingsPart(fields, rows, request.inquiry?.kinds ?? []) : ''}
    <fieldset><legend>${say(words.reason)}</legend><div class="row">
      <p>${select('reasonCode', words.reason, [['', words.nothingThere], ...Object.entries(reasonCodes)], fields)}</p>
      <p>${input('reasonText', words.reasonWords, fields, 'maxlength=500')}</p></div></fieldset>
    <p>${input('receiptNumber', words.receiptNumber, fields, 'maxlength=80')}</p>`
}

type Option = readonly [value: string, said: Said | string]

function firstResults(isInquiry: boolean, from: Filling['from']): readonly Option[] {
  return [
    isInquiry ? ['found', words.found] : ['by-target', words.byTarget],
    ['nothing', words.nothing],
    ['refused', words.refused],
    ['accepted', words.accepted],
    ...(from === 'paper' ? [['received', words.received] as const] : []),
  ]
}

function laterResults(measure: MeasureKind): readonly Option[] {
  if (measure === 'inquire') return [['corrected', words.corrected]]
  return [
    ['corrected', words.corrected],
    ['activated', words.activated],
    ...(measure === 'pre-seal' ? [['converted', words.converted] as const] : []),
    ['ended', words.ended],
  ]
}

function targetPart(asset: Asset, at: number, { measure, answered }: Shown, fields: AnswerFields): Html {
  const name = (field: string) => `t${at}.${field}`
  const money = measure === 'freeze' || measure === 'transfer' || measure === 'release' || measure === 'extend'
  const held = measure !== 'transfer' && measure !== 'convey'
  const sum = 'inputmode=decimal maxlength=24'
  return html`<fieldset><legend>${say(words.target)} ${at + 1}</legend><p>${assetCell(asset)}</p>
    <div class="row"><p>${select(name('outcome'), words.outcome, outcomes(measure, answered), fields)}</p>
      ${answered ? html`<p>${select(name('endedBy'), words.endedBy, endings, fields)}</p>` : ''}
      <p>${input(name('controlNo'), words.controlNo, fields, 'maxlength=80')}</p></div>
    ${
      money
        ? html`<div class="row"><p>${input(name('amount'), words.amount, fields, sum)}</p>
      ${measure === 'freeze' ? html`<p>${input(name('overQuota'), words.overQuota, fields, sum)}</p>` : ''}</div>`
        : ''
    }
    ${
      held
        ? html`<div class="row"><p>${input(name('from'), words.from, fields, 'type=date')}</p><p>${input(name('to'), words.to, fields, 'type=date')}</p>
      <p>${input(name('place'), words.place, fields, 'type=number min=1 max=999')}</p></div>`
        : ''
    }
    <p>${input(name('reason'), words.why, fields, 'maxlength=300')}</p></fieldset>`
}

const endings: readonly Option[] = [
  ['', words.choose],
  ['released', words.released],
  ['expired', words.expired],
  ['disposed', words.disposed],
]

function outcomes(measure: MeasureKind, answered: boolean): readonly Option[] {
  const first: Option = ['', answered ? words.unchanged : words.choose]
  const rest: readonly Option[] = [
    ['waiting', words.waiting],
    ['none', words.none],
  ]
  if (answered) return [first, ['effective', words.done], ['ended', words.ended], ...rest]
  const part: readonly Option[] = measure === 'release' ? [['part', words.partly]] : []
  const queued = measure === 'freeze' || measure === 'seal' || measure === 'pre-seal'
  return [first, ['done', words.done], ...part, ...rest.filter(([value]) => queued || value !== 'waiting')]
}

function holdingsPart(fields: AnswerFields, rows: number, kinds: readonly string[]): Html {
  return html`<h4>${say(words.holdings)}</h4>${Array.from({ length: rows }, (_, at) => holdingPart(fields, at, kinds))}
    <p><button class="quiet" name="more" value="${rows + 4}" formnovalidate>${say(words.moreRows)}</button></p>`
}

function holdingPart(fields: AnswerFields, at: number, kinds: readonly string[]): Html {
  const name = (field: string) => `h${at}.${field}`
  const classes = assetClassList.map((one): Option => [one, term(assetClasses[one].zh)])
  const asked = assetClassList.find((one) => kinds.includes(one)) ?? 'deposit'
  const naming = asked === 'deposit' ? 'account' : asked === 'land' ? 'parcelCode' : 'unitCode'
  const usual = { [name('class')]: asked, [name('naming')]: naming, ...fields }
  const namings = (['account', 'unitCode', 'parcelCode', 'certNo'] as const).map((one): Option => [one, words[one]])
  const rights = Object.entries(encumbranceKinds).map(([kind, zh]): Option => [kind, term(zh)])
  const sum = 'inputmode=decimal maxlength=24'
  return html`<fieldset><legend>${say(words.holding)} ${at + 1}</legend>
    <div class="row"><p>${select(name('class'), words.kind, classes, usual)}</p><p>${select(name('naming'), words.naming, namings, usual)}</p>
      <p>${input(name('number'), words.number, fields, 'maxlength=80')}</p></div>
    <div class="row"><p>${input(name('balance'), words.balance, fields, sum)}</p><p>${input(name('available'), words.available, fields, sum)}</p>
      <p>${input(name('address'), words.address, fields, 'maxlength=300')}</p><p>${input(name('area'), words.area, fields, 'maxlength=40')}</p></div>
    <div class="row"><p>${select(name('right'), words.right, [['', words.nothingThere], ...rights], fields)}</p><p>${input(name('holder'), words.holder, fields, 'maxlength=200')}</p>
      <p>${input(name('rightAmount'), words.amount, fields, sum)}</p><p>${input(name('until'), words.until, fields, 'type=date')}</p></div></fieldset>`
}

/** A field with its label. `more` are attributes of ours, each without a space in it. */
export function input(name: string, said: Said, fields: AnswerFields, more = ''): Html {
  const attributes = more
    .split(' ')
    .filter(Boolean)
    .map((one) => one.split('='))
  const told = attributes.map(([key, value]) => html` ${key}="${value ?? key}"`)
  return html`<label for="${name}">${say(said)}</label><input id="${name}" name="${name}" value="${fields[name] ?? ''}"${told}>`
}

export function select(name: string, said: Said, options: readonly Option[], fields: AnswerFields): Html {
  const one = ([value, text]: Option) =>
    html`<option value="${value}"${fields[name] === value ? ' selected' : ''}>${typeof text === 'string' ? term(text) : say(text)}</option>`
  return html`<label for="${name}">${say(said)}</label><select id="${name}" name="${name}">${options.map(one)}</select>`
}
