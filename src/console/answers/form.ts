import { html } from 'hono/html'
import type { Asset } from '../../domain/asset.ts'
import type { BeijingDate } from '../../domain/beijing-date.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'
import { reasonCodes } from '../../signing/schemas.ts'
import { assetCell } from '../desk/results.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { holdingsPart } from './holdings.ts'
import { input, type Option, select } from './inputs.ts'
import type { AnswerFields } from './read.ts'
import { usualFields } from './usual.ts'
import { answerWords as words } from './words.ts'

type Shown = Pick<CounterDelivery, 'measure' | 'request' | 'answered' | 'targets'>

/** How the fields are filled, and who fills them: a clerk from the books, or an officer from a paper. */
export type Filling = { readonly fields: AnswerFields; readonly rows?: number } & (
  | { readonly from: 'books'; readonly today: BeijingDate }
  | { readonly from: 'paper' }
)

/** The fields of an answer, without the form around them: the same for a clerk and for an officer with a paper. */
export function answerFields(shown: Shown, filling: Filling): Html {
  const { from, rows } = filling
  const fields = from === 'books' ? { ...usualFields(shown, filling.today), ...filling.fields } : filling.fields
  const { measure, answered, request } = shown
  const isInquiry = measure === 'inquire'
  const results = answered ? laterResults(measure) : firstResults(isInquiry, from)
  return html`${answered ? html`<p class="notice">${say(words.later)}</p>` : ''}
    <p>${select('result', words.result, [['', words.choose], ...results], fields, true)}</p>
    ${(request.targets ?? []).map(({ asset }, at) => targetPart(asset as Asset, at, shown, fields))}
    ${isInquiry ? holdingsPart(fields, rows, request.inquiry?.kinds ?? []) : ''}
    <fieldset><legend>${say(words.reason)}</legend><div class="row">
      <p>${select('reasonCode', words.reason, [['', words.nothingThere], ...Object.entries(reasonCodes)], fields)}</p>
      <p>${input('reasonText', words.reasonWords, fields, 'maxlength=500')}</p></div></fieldset>
    <p>${input('receiptNumber', words.receiptNumber, fields, 'maxlength=80')}</p>`
}

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

function targetPart(asset: Asset, at: number, { measure, answered, request }: Shown, fields: AnswerFields): Html {
  const name = (field: string) => `t${at}.${field}`
  const money = measure === 'freeze' || measure === 'transfer' || measure === 'release' || measure === 'extend'
  const held = measure !== 'transfer' && measure !== 'convey'
  const counted = request.targets?.[at]?.quantity !== undefined
  const sum = 'inputmode=decimal maxlength=24'
  return html`<fieldset><legend>${say(words.target)} ${at + 1}</legend><p>${assetCell(asset)}</p>
    <div class="row"><p>${select(name('outcome'), words.outcome, outcomes(measure, answered), fields)}</p>
      ${answered ? html`<p>${select(name('endedBy'), words.endedBy, endings, fields)}</p>` : ''}
      <p>${input(name('controlNo'), words.controlNo, fields, 'maxlength=80')}</p></div>
    ${
      money
        ? html`<div class="row"><p>${input(name('amount'), words.amount, fields, sum)}</p>
      ${measure === 'freeze' ? html`<p>${input(name('overQuota'), words.overQuota, fields, sum)}</p>` : ''}
      ${counted ? html`<p>${input(name('quantity'), words.quantity, fields, 'maxlength=40')}</p>` : ''}</div>`
        : ''
    }
    ${measure === 'transfer' || measure === 'convey' ? '' : html`<p class="en">${say(words.whenHeld)}</p>`}
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
