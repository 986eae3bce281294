import { html } from 'hono/html'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { formatMoney, renminbi } from '../../domain/money.ts'
import type { AtDesk } from '../desk/door.ts'
import { caseMoneyPart } from '../desk/money-part.ts'
import { assetCell, encumbrancesCell, worthCell } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { type Found, type FoundShown, mayTake } from './found.ts'
import { objectionLine, toRelease } from './objections.ts'
import { draftWords as words } from './words.ts'

export type FoundPageShown = FoundShown & {
  readonly caseId: string
  readonly case: string
  readonly nameOf: (registry: string) => string
  readonly partyName: (party: string) => string
  readonly once: string
  readonly isEmpty?: boolean
}

/** What was found, to be ticked and held: what may not be says why. */
export function foundPage(shown: FoundPageShown, { who, mark }: AtDesk): Html {
  const { caseId, found, money } = shown
  const body = html`${shown.isEmpty ? html`<div class="alert" role="alert"><p>${say(words.nothingTicked)}</p></div>` : ''}
    <p class="notice">${say(words.foundHow)}</p>
    ${facts([[deskWords.case, html`<a href="/cases/${caseId}">${shown.case}</a>`]])}
    ${caseMoneyPart(money)}
    ${found.length === 0 ? html`<p>${say(words.nothingFound)} <a href="/cases/${caseId}/inquiry">${say(deskWords.inquiry)}</a></p>` : formPart(shown, who.token)}
    <p class="en">${say(deskWords.looked)}</p>`
  return page(body, { title: titled(words.found, shown.case), who, mark })
}

const noMoney = '0.00' as FoundShown['rest']

function formPart({ caseId, found, nameOf, partyName, once }: FoundPageShown, token: string): Html {
  const heads = [words.may, words.whom, deskWords.registry, deskWords.asset, deskWords.whatOf, deskWords.encumbrances]
  return html`<form method="post" action="/cases/${caseId}/measures" class="wide">${tokenField(token)}<input type="hidden" name="once" value="${once}">
    ${table(
      heads,
      found.map((one) => [
        tickCell(one, caseId),
        one.parties.map(partyName).join('、'),
        html`${nameOf(one.holding.registry)}${one.toldAt ? html`<br><span class="en">${say(words.toldAt)} ${moment(one.toldAt)}</span>` : ''}`,
        assetCell(one.holding.asset),
        worthCell(one.holding),
        encumbrancesCell(one.holding),
      ]),
    )}
    <p><button>${say(words.begin)}</button></p></form>`
}

function tickCell(one: Found, caseId: string): Html {
  const { key, measure, against, held } = one
  const noted = held === undefined ? '' : html`<span class="word long done">● ${heldWord(one)}</span><br>`
  if (mayTake(one))
    return html`${noted}<label class="tick nowrap"><input type="checkbox" name="holding" value="${key}"> ${held ? say(words.freezeMore) : takingWord(one)}</label>${underWayPart(one)}`
  if (held && held.kind !== 'sum') return html`<span class="word long done">● ${heldWord(one)}</span>`
  const no = held ? say(words.noMore) : html`${say(words.mayNot)}${term(measures[measure])}`
  return html`${noted}<span class="word late">– ${no}</span>${against ? html`<br>${objectionLine(against)} ${toRelease(against, caseId)}` : ''}`
}

/** 本案已提交查封，待审批: it may be asked for once more, by who knows that it was. */
function underWayPart({ underWay }: Found): Html | string {
  if (!underWay) return ''
  const { id, measure, state } = underWay
  const awaited = say(state === 'submitted' ? words.awaitsApproval : words.awaitsAnswer)
  return html`<br><a class="word long wait" href="/requests/${id}">! ${say(words.askedAlready)}${term(measures[measure])}${awaited}</a>`
}

/** 将为轮候查封: where another court was first, what we take waits behind it. Of an account only what is left counts. */
export function takingWord({ measure, holding }: Pick<Found, 'measure' | 'holding'>): string {
  return isBehind(holding) ? waitingWord(measure) : term(measures[measure])
}

/** Another court was first. Of an account only what is left counts. */
export function isBehind(holding: Found['holding']): boolean {
  const isLeft = 'available' in holding && holding.available !== undefined && holding.available !== noMoney
  return !isLeft && holding.encumbrances.some(({ kind }) => others.includes(kind))
}

/** 将为轮候查封, 将为轮候预查封, 将为轮候冻结. */
export function waitingWord(measure: MeasureKind): string {
  if (measure === 'pre-seal') return say(words.waitsToPreSeal)
  return say(measure === 'freeze' ? words.waitsToFreeze : words.waitsToSeal)
}

const others: readonly string[] = ['freeze', 'seal', 'pre-seal', 'waiting-seal']

/** 本案已冻结 50,000.00，可追加冻结: what is held, and whether more may be. */
function heldWord(one: Found): string {
  const { held, holding } = one
  if (held?.kind === 'waiting') return say(words.waitsAlready)
  if (held?.kind !== 'sum') return say(words.heldAlready)
  const currency = holding.currency === undefined || holding.currency === renminbi ? '' : ` ${holding.currency}`
  return `${say(words.frozenAlready)} ${formatMoney(held.amount)}${currency}${mayTake(one) ? say(words.mayFreezeMore) : ''}`
}
