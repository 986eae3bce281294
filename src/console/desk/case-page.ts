import { html } from 'hono/html'
import { type BeijingDate, daysBetween, toBeijingDate } from '../../domain/beijing-date.ts'
import { partyRoles } from '../../domain/case-file.ts'
import type { CaseNumber } from '../../domain/case-number.ts'
import { isPreservation } from '../../domain/case-type.ts'
import { heldOf } from '../../domain/ceiling.ts'
import { type DocumentKind, documentKindList, documentKinds } from '../../domain/legal-basis.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { compareMoney, formatMoney, type Money } from '../../domain/money.ts'
import { requestStates } from '../../domain/request.ts'
import { type Encumbrance, effects } from '../../domain/statement.ts'
import type { RequestLine } from '../../gateway/ports/request-line.ts'
import type { CaseView } from '../../http/officer/case-view.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import type { ControlLine } from '../../http/officer/result-view.ts'
import type { Said } from '../../http/problems/entry.ts'
import { bracketed, colon, say } from '../language.ts'
import { waysPart } from '../later/part.ts'
import type { Ways } from '../later/ways.ts'
import { laterWords } from '../later/words.ts'
import { facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { onlyFirst, onlyFirstOfMore } from '../only-first.ts'
import { term } from '../terms.ts'
import type { AtDesk } from './door.ts'
import type { Latest } from './latest.ts'
import { listedOf, type Matrix, matrixTable } from './matrix.ts'
import { measureWord } from './measure-word.ts'
import { type CaseMoney, caseMoneyPart } from './money-part.ts'
import { termBar } from './pictures.ts'
import { assetCell, heldCell, latestTable, placeWord, queueCell } from './results.ts'
import { deskWords as words } from './words.ts'

/** What the page of a case shows: each part as the officer API gives it, masked where that is. */
export type CaseShown = {
  readonly view: CaseView
  readonly registries: readonly { readonly id: string; readonly name: string }[]
  /** What a registry is called, live or not. */
  readonly nameOf: (registry: string) => string
  readonly matrix: Matrix
  readonly money: CaseMoney
  /** Cases of its line that are out of reach: what they hold is in no sum. */
  readonly hidden: number
  readonly controls: readonly ControlLine[]
  /** What may be begun on each; nothing for who writes no requests in the case. */
  readonly ways: Ways
  /** Made for each button of the page: pressed twice it is one draft. */
  readonly newId: () => string
  /** Whose property a delivery was about, as far as it is of this case. */
  readonly ownerOf: (delivery: string) => string | undefined
  /** Who stands before a control that waits. */
  readonly before: (control: string) => readonly Encumbrance[]
  readonly holdings: readonly Latest[]
  /** What the case itself laid on a thing that was found. */
  readonly ownOn: (holding: Latest['holding']) => readonly string[]
  readonly requests: readonly RequestLine[]
  /** Where the next page of them begins, while there is one; and whether this is a later one. */
  readonly olderRequests: string | undefined
  readonly isLater: boolean
  readonly documents: readonly DocumentLine[]
  readonly now: Date
  readonly isMine: boolean
  readonly mayBind: boolean
  /** The page for which a paper is fetched, and the kind that it lacks. */
  readonly back: string | undefined
  readonly lacks: DocumentKind | undefined
  /** The paper that was uploaded just now. */
  readonly stored: string | undefined
}

/** A case on one page: whom it is against, what was asked where, what was found, what is held and for how long. */
export function casePage(shown: CaseShown, { who, mark }: AtDesk): Html {
  const { view, nameOf, controls, holdings, requests, isMine } = shown
  const partyName = (id: string) => view.parties.find((party) => party.id === id)?.name ?? ''
  const debtors = view.parties.filter(({ role }) => role === 'debtor' || role === 'preserved')
  const body = html`
    ${isMine ? '' : html`<p class="notice">${say(words.masked)}</p>`}
    ${facts([
      [words.standing, `${term(view.standing.zh)}${view.confirmed ? '' : bracketed(say(words.unconfirmed))}`],
      [words.judge, view.judge],
      [words.claim, html`<span class="nowrap">${formatMoney(view.claim as Money)}</span>`],
    ])}
    ${isMine ? html`<p><a class="button" href="/cases/${view.id}/inquiry">${say(words.inquiry)}</a> <a class="button" href="/cases/${view.id}/measures">${say(words.takeFound)}</a></p>` : ''}
    ${isMine ? papersPart(view.id, who.token, shown.mayBind) : ''}
    <h3>${say(words.parties)}</h3>${partiesTable(view)}
    <h3>${say(words.matrix)}</h3><p class="en">${say(words.newestOfEach)}</p>${matrixPart(
      debtors.map(({ id, name }) => ({ id, name })),
      shown,
    )}
    <h3>${say(words.sums)}</h3>${sums(shown)}
    <h3 id="controls">${say(words.controls)}</h3>${controls.length === 0 ? html`<p>${say(words.noControls)}</p>` : controlsTable(shown, who.token)}
    <h3>${say(words.holdings)}</h3>${holdings.length === 0 ? html`<p>${say(words.noHoldings)}</p>` : latestTable(holdings, nameOf, partyName, shown.ownOn)}
    <h3 id="requests">${say(words.requests)}</h3>${requests.length === 0 ? html`<p>${say(words.noRequests)}</p>` : requestsTable(shown)}${requestsRest(shown)}
    <h3 id="documents">${say(words.documents)}</h3>${documentsPart(shown, who.token)}
    <p class="en">${say(words.looked)}</p>`
  return page(body, { title: titled(words.case, view.number), who, mark })
}

type Axis = Parameters<typeof matrixTable>[0]

/** Where there are too many registries, those that were asked and who else there is. */
function matrixPart(parties: Axis, { registries, nameOf, matrix, view, isMine }: CaseShown): Html {
  const { shown, left } = listedOf(registries, matrix, nameOf)
  const ask = isMine ? html` · <a href="/cases/${view.id}/inquiry">${say(words.inquiry)}</a>` : ''
  const rest = html`<details><summary>${say(words.notAskedElsewhere)} <span class="count">${left.length}</span></summary><p>${left.map(({ name }) => name).join('、')}${ask}</p></details>`
  return html`${matrixTable(parties, shown, matrix)}${left.length > 0 ? html`${onlyFirst(shown.length, shown.length + left.length)}${rest}` : ''}`
}

/** The ways to the requests that are not on this page. */
function requestsRest({ view, requests, olderRequests, isLater }: CaseShown): Html | string {
  const back = isLater ? html`<a href="/cases/${view.id}#requests">${say(words.newestRequests)}</a>` : ''
  if (!olderRequests) return isLater ? html`<p>${back}</p>` : ''
  const older = html`<a href="/cases/${view.id}?after=${olderRequests}#requests">${say(words.earlierRequests)}</a>`
  return isLater ? html`<p>${back} · ${older}</p>` : onlyFirstOfMore(requests.length, older)
}

/** What can be printed of the case, and what its applicant may follow. */
function papersPart(caseId: string, token: string, mayBind: boolean): Html {
  const link = (said: Said, path: string) => html`<a href="/cases/${caseId}/${path}">${say(said)}</a>`
  return html`<p class="papers">${link(words.overview, 'overview')} ${link(words.findings, 'findings')} ${link(words.exhaustion, 'exhaustion')} ${link(words.timeline, 'timeline')} ${link(words.progress, 'progress')}</p>
    ${mayBind ? html`<form method="post" action="/cases/${caseId}/binder">${tokenField(token)}<p><button class="quiet">${say(words.binder)}</button></p></form>` : ''}`
}

function partiesTable({ parties }: CaseView): Html {
  return table(
    [words.role, words.name, words.number],
    parties.map(({ role, name, idNumber, confirmed }) => [
      term(partyRoles[role]),
      html`${name}${confirmed ? '' : html` <span class="late">${say(words.unconfirmed)}</span>`}`,
      html`<span class="code">${idNumber}</span>`,
    ]),
  )
}

function sums({ view, money, hidden }: CaseShown): Html {
  const { ceiling, controlled } = money
  const isFull = compareMoney(heldOf(controlled), ceiling) >= 0 && compareMoney(ceiling, '0.00' as Money) > 0
  return html`${caseMoneyPart(money)}
    ${isPreservation(view.number as CaseNumber) ? '' : html`<p class="en">${say(words.ceilingIs)}${bracketed(madeUpOf(view))}</p>`}
    ${controlled.unknown.length > 0 ? html`<p>${say(words.unknownWorth)}${colon()}${controlled.unknown.length}</p>` : ''}
    ${hidden > 0 ? html`<p class="notice">${say(words.hiddenCases)}：${hidden}</p>` : ''}
    ${isFull ? html`<p class="late">${say(words.exceeds)}</p>` : ''}`
}

/** The sums the ceiling is made of: 1,280,000.00＋15,200.00. */
function madeUpOf({ claim, costs, lateInterest, fulfilled }: CaseView): string {
  const told = (sign: string, amount: string | undefined) => (amount ? `${sign}${formatMoney(amount as Money)}` : '')
  return [told('', claim), told('＋', costs), told('＋', lateInterest), told('－', fulfilled)].join('')
}

function controlsTable({ controls, ways, newId, ownerOf, nameOf, view, now, before }: CaseShown, token: string): Html {
  const ownerName = (id: string | undefined) => view.parties.find((party) => party.id === id)?.name ?? ''
  const today = toBeijingDate(now)
  const heads = [words.party, words.measureOf, words.registry, words.asset, words.effect, words.term]
  return table(
    [...heads, words.amount, ...(ways.size > 0 ? [laterWords.later] : [])],
    controls.map((control) => [
      ownerName(ownerOf(control.delivery)),
      measureWord(control.measure as MeasureKind, control.assetClass),
      nameOf(control.registry),
      assetCell(control.asset),
      html`<span class="word ${control.inForce ? 'done' : 'wait'}">${control.inForce ? '●' : '○'} ${term(effects[control.effect])}</span> ${queueOf(control, before)}`,
      termCell(control, today),
      heldCell(control as Parameters<typeof heldCell>[0]),
      ...(ways.size > 0
        ? [waysPart(ways.get(control.id) ?? [], { caseId: view.id, control: control.id, token }, newId)]
        : []),
    ]),
  )
}

/** Whoever is not on the case sees the place alone. */
function queueOf({ id, effect, queuePlace, isMasked }: ControlLine, before: CaseShown['before']): Html | string {
  const place = typeof queuePlace === 'number' ? queuePlace : undefined
  if (effect === 'waiting' && !isMasked) return queueCell(place, before(id))
  return place === undefined ? '' : placeWord(place)
}

function termCell({ from, to }: ControlLine, today: BeijingDate): Html | string {
  if (typeof from !== 'string' || typeof to !== 'string') return ''
  const left = Math.max(0, daysBetween(today, to as BeijingDate))
  return html`<span class="nowrap">${from} — ${to}</span><br><span class="ago">${say(words.daysLeft)} ${left}</span>${termBar(from, to, today)}`
}

function requestsTable({ requests, view: { parties }, nameOf }: CaseShown): Html {
  return table(
    [words.submitted, words.party, words.request, words.registry, words.state],
    requests.map(({ id, party, measure, state, submittedAt, deliveries }) => [
      moment(submittedAt),
      parties.find((one) => one.id === party)?.name ?? '',
      html`<a href="/requests/${id}">${term(measures[measure])}</a>`,
      deliveries.map(({ registry }) => nameOf(registry)).join('、') || '—',
      term(requestStates[state]),
    ]),
  )
}

function documentsPart(shown: CaseShown, token: string): Html {
  const { view, documents, isMine } = shown
  const stored = documents.find(({ sha256 }) => sha256 === shown.stored)
  const rows = documents.map(({ zh, number, sha256, seal }) => [
    html`<a href="/cases/${view.id}/documents/${sha256}">${term(zh)}</a>`,
    number,
    seal ? say(seal) : '',
  ])
  const told = stored
    ? html`<p class="notice" role="status">${say(words.uploaded)}：${term(stored.zh)} ${stored.number}</p>`
    : ''
  return html`${told}${rows.length > 0 ? table([words.kind, words.documentNumber, words.seal], rows) : html`<p>${say(words.basisNone)}</p>`}
    ${isMine ? uploadForm(shown, token) : ''}`
}

function uploadForm({ view, back, lacks }: CaseShown, token: string): Html {
  const kindOption = (kind: DocumentKind) =>
    html`<option value="${kind}"${kind === lacks ? ' selected' : ''}>${term(documentKinds[kind])}</option>`
  return html`<form id="upload" method="post" action="/cases/${view.id}/documents" enctype="multipart/form-data">${tokenField(token)}${back ? html`<input type="hidden" name="back" value="${back}"><p class="notice">${say(words.backAfter)} <a href="${back}">${say(words.backWithout)}</a></p>` : ''}
    <p><label for="kind">${say(words.kind)}</label><select id="kind" name="kind" required>${documentKindList.map(kindOption)}</select></p>
    <p><label for="number">${say(words.documentNumber)}</label><input id="number" name="number" required maxlength="120" aria-describedby="number-how" placeholder="（2026）津0116执3456号之一"> <span id="number-how" class="en">${say(words.documentNumberHow)}</span></p>
    <p><label for="file">${say(words.file)}</label><input id="file" name="file" type="file" accept="application/pdf" required></p>
    <p><button>${say(words.upload)}</button></p></form>`
}
