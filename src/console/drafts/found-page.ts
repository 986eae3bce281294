import { html } from 'hono/html'
import { measures } from '../../domain/measure.ts'
import type { AtDesk } from '../desk/door.ts'
import { ceilingBar } from '../desk/pictures.ts'
import { assetCell, encumbrancesCell, sum } from '../desk/results.ts'
import { deskWords } from '../desk/words.ts'
import { say } from '../language.ts'
import { facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import type { Found, FoundShown } from './found.ts'
import { objectionLine } from './objections.ts'
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
  const { caseId, found, ceiling, exposure, rest } = shown
  const body = html`${shown.isEmpty ? html`<div class="alert" role="alert"><p>${say(words.nothingTicked)}</p></div>` : ''}
    <p class="notice">${say(words.foundHow)}</p>
    ${ceilingBar({ ceiling, actual: exposure, sealed: noMoney })}
    ${facts([
      [deskWords.case, html`<a href="/cases/${caseId}">${shown.case}</a>`],
      [words.ceiling, sum(ceiling)],
      [words.exposure, sum(exposure)],
      [words.rest, sum(rest)],
    ])}
    ${found.length === 0 ? html`<p>${say(words.nothingFound)} <a href="/cases/${caseId}/inquiry">${say(deskWords.inquiry)}</a></p>` : formPart(shown, who.token)}
    <p class="en">${say(deskWords.looked)}</p>`
  return page(body, { title: titled(words.found, shown.case), who, mark })
}

const noMoney = '0.00' as FoundShown['rest']

function formPart({ caseId, found, nameOf, partyName, once }: FoundPageShown, token: string): Html {
  const heads = [words.may, words.whom, deskWords.registry, deskWords.asset, deskWords.amount, deskWords.encumbrances]
  return html`<form method="post" action="/cases/${caseId}/measures" class="wide">${tokenField(token)}<input type="hidden" name="once" value="${once}">
    ${table(
      heads,
      found.map((one) => [
        tickCell(one),
        partyName(one.party),
        nameOf(one.holding.registry),
        assetCell(one.holding.asset),
        'balance' in one.holding ? sum(one.holding.available ?? one.holding.balance, one.holding.currency) : '',
        encumbrancesCell(one.holding),
      ]),
    )}
    <p><button>${say(words.begin)}</button></p></form>`
}

function tickCell({ key, measure, against, isHeld }: Found): Html {
  if (isHeld) return html`<span class="word done">● ${say(words.heldAlready)}</span>`
  if (against)
    return html`<span class="word late">– ${say(words.mayNot)}${term(measures[measure])}</span><br>${objectionLine(against)}`
  return html`<label class="tick nowrap"><input type="checkbox" name="holding" value="${key}"> ${term(measures[measure])}</label>`
}
