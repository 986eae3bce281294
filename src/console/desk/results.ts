import { html } from 'hono/html'
import { type Asset, assetClasses } from '../../domain/asset.ts'
import { formatMoney, type Money, zeroMoney } from '../../domain/money.ts'
import { type Encumbrance, effects, encumbranceWord } from '../../domain/statement.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { ShownHolding, ShownTarget } from '../../http/shown.ts'
import { say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import type { Latest } from './latest.ts'
import { deskWords as words } from './words.ts'

/** An asset in one cell: what it is, and the name its registry knows it by. */
export function assetCell(asset: Asset | undefined): Html {
  if (!asset) return html`<span class="en">—</span>`
  const names = [
    asset.account,
    asset.subAccount,
    asset.unitCode,
    asset.parcelCode,
    asset.presaleContractNo,
    asset.certNo,
  ]
  const told = [...names, asset.address].filter((name) => name !== undefined)
  return html`<span class="nowrap">${term(assetClasses[asset.class].zh)}</span>${told.map((name) => html`<br><span class="code">${name}</span>`)}`
}

/** A sum with its thousands apart, to the right, so that columns line up. */
export function sum(amount: Money | string | undefined, currency = 'CNY'): Html | string {
  if (amount === undefined) return ''
  return html`<span class="sum">${formatMoney(amount as Money)}${currency === 'CNY' ? '' : html` ${currency}`}</span>`
}

/** A sum that stands among other facts names its unit: 58,321.45 元. */
function moneyWord(amount: Money | undefined, currency: string | undefined): Html | string {
  if (amount === undefined) return ''
  return html`${sum(amount, currency)}${(currency ?? 'CNY') === 'CNY' ? ` ${say(words.yuan)}` : ''}`
}

/** An area with its thousands apart, its decimals as its registry told them: 3,200.00 平方米. */
export function areaWord(area: string): string {
  const grouped = /^\d+(\.\d+)?$/.test(area) ? area.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',') : area
  return `${grouped} ${say(words.squareMetres)}`
}

export function holdingsTable(holdings: readonly ShownHolding[]): Html {
  return table(
    [words.asset, words.whatOf, words.encumbrances],
    holdings.map((holding) => [assetCell(holding.asset), worthCell(holding), encumbrancesCell(holding)]),
  )
}

/** What was found in a case: of whom, where, and how it was told of last. */
export function latestTable(
  latest: readonly Latest[],
  nameOf: (registry: string) => string,
  partyName: (party: string) => string,
  ownOn: (holding: Latest['holding']) => readonly string[],
): Html {
  return table(
    [words.party, words.registry, words.asset, words.whatOf, words.encumbrances, words.latestAnswer],
    latest.map(({ holding, parties, toldAt }) => [
      parties.map(partyName).join('、'),
      nameOf(holding.registry),
      assetCell(holding.asset),
      worthCell(holding),
      burdenCell(holding, ownOn(holding)),
      toldAt ? moment(toldAt) : '',
    ]),
  )
}

/** What its registry told of a thing: the two sums of an account, the area, and how it is owned; as far as it is not masked. */
export function worthCell(holding: ShownHolding): Html | string {
  const { currency, share } = holding
  const told: readonly (readonly [Said, Html | string])[] = [
    [words.balance, 'balance' in holding ? moneyWord(holding.balance, currency) : ''],
    [words.available, 'available' in holding ? moneyWord(holding.available, currency) : ''],
    [words.area, 'area' in holding && holding.area ? areaWord(holding.area) : ''],
    [words.share, share ? say(words[share]) : ''],
  ]
  const lines = told.filter(([, value]) => value !== '')
  if (lines.length === 0 && !holding.isMasked) return ''
  const masked = holding.isMasked
    ? html`<span class="en">${say(words.worthMasked)}</span>${lines.length > 0 ? html`<br>` : ''}`
    : ''
  return html`${masked}${lines.map(([word, value], at) => html`${at > 0 ? html`<br>` : ''}<span class="nowrap"><span class="en">${say(word)}</span> ${value}</span>`)}`
}

/** What stood on it when it was told of, and what the case laid on it. */
function burdenCell(holding: ShownHolding, own: readonly string[]): Html | string {
  const others = holding.encumbrances.length > 0 || own.length === 0 ? encumbrancesCell(holding) : ''
  return own.length === 0 ? others : html`${others}<ul>${own.map((word) => html`<li>${term(word)}</li>`)}</ul>`
}

export function encumbrancesCell({ encumbrances }: ShownHolding): Html | string {
  if (encumbrances.length === 0) return say(words.none)
  const lines = encumbrances.map((one) => {
    const place = one.queuePlace === undefined ? '' : placeWord(one.queuePlace)
    const until = one.until === undefined ? '' : `${say(words.until)} ${one.until}`
    const [holder, amount] = 'holder' in one ? [one.holder, one.amount] : []
    const much = amount === undefined ? '' : `${formatMoney(amount)} ${say(words.yuan)}`
    return html`<li>${[term(encumbranceWord(one)), holder, much, place, until].filter(Boolean).join(' ')}</li>`
  })
  return html`<ul>${lines}</ul>`
}

export function targetsTable(targets: readonly ShownTarget[]): Html {
  return table(
    [words.asset, words.effect, words.amount, words.term, words.queue],
    targets.map((target) => [
      assetCell(target.asset),
      html`<span class="word ${target.effect}">${term(effects[target.effect])}</span>`,
      'amount' in target || 'overQuota' in target ? heldCell(target) : target.isMasked ? say(words.maskedHere) : '',
      target.term ? html`<span class="nowrap">${target.term.from} — ${target.term.to}</span>` : '',
      target.queuePlace === undefined ? '' : placeWord(target.queuePlace),
    ]),
  )
}

type Sums = {
  readonly amount?: string
  readonly overQuota?: string
  readonly netValue?: string
  readonly currency?: string
}

/**
 * The two amounts of a freeze, kept apart: what is really held, said to be where it is nothing or not all of it, and what waits
 * for money to come. Of a thing its net worth.
 */
export function heldCell({ amount, overQuota, netValue, currency }: Sums): Html {
  const waits = overQuota !== undefined && overQuota !== zeroMoney
  const lines = [
    amount !== undefined &&
      (waits || amount === zeroMoney
        ? html`<span class="en">${say(words.actual)}</span> ${sum(amount, currency)}`
        : sum(amount, currency)),
    waits && html`<span class="en">${say(words.overQuota)}</span> ${sum(overQuota, currency)}`,
    amount === undefined &&
      netValue !== undefined &&
      html`<span class="en">${say(words.netWorth)}</span> ${sum(netValue)}`,
  ].filter(Boolean)
  return html`${lines.map((line, at) => html`${at > 0 ? html`<br>` : ''}${line}`)}`
}

/** Where what waits stands: its place as quoted, and who stands before it; that its registry did not tell is said. */
export function queueCell(place: number | undefined, before: readonly Encumbrance[]): Html {
  const who = before.map(
    (right) =>
      html`<li>${[right.holder, right.case, term(encumbranceWord(right))].filter(Boolean).join(' ')}${right.until ? html` <span class="nowrap">${say(words.until)} ${right.until}</span>` : ''}</li>`,
  )
  const told = who.length > 0 ? html`<ul>${who}</ul>` : html`<br><span class="en">${say(words.beforeUntold)}</span>`
  return html`${place === undefined ? '' : placeWord(place)}${told}`
}

/** A quoted place in the queue. */
export function placeWord(place: number): string {
  return say({ zh: `第 ${place} 位`, en: `no. ${place}` })
}
