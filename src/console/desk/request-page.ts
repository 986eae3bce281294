import { html } from 'hono/html'
import { targetsOf } from '../../domain/measure.ts'
import type { AttemptRow } from '../../gateway/ports/rows.ts'
import type { DeliveryView, RequestView, StatementView } from '../../http/officer/views.ts'
import { provesPlace } from '../../http/printouts/delivered.tsx'
import type { Said } from '../../http/problems/entry.ts'
import { qrCode } from '../account/qr.ts'
import { say } from '../language.ts'
import { facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { livePart, livePath } from '../live/part.ts'
import { deadline, moment } from '../moment.ts'
import { term } from '../terms.ts'
import { type Agreement, agreementPart } from './approvals-part.ts'
import { outcomeSaid } from './attempt-said.ts'
import { decisionLine } from './decision-line.ts'
import type { AtDesk } from './door.ts'
import { measureWord } from './measure-word.ts'
import { type Ground, groundPart } from './request-ground.ts'
import { holdingsTable, targetsTable } from './results.ts'
import { deskWords as words } from './words.ts'

/** What the page of a request shows: the view is the one the officer API gives, masked where that is. */
export type RequestShown = {
  readonly view: RequestView
  readonly nameOf: (registry: string) => string
  readonly ground: Ground
  /** What was tried, by the id of its delivery. */
  readonly attempts: ReadonlyMap<string, readonly AttemptRow[]>
  readonly version: string
  /** Where this page is, for a phone. */
  readonly address: string
  /** Of a request that waits. */
  readonly agreement: Agreement | undefined
  readonly mayDecide: boolean
  readonly mayWithdraw: boolean
  readonly mayCorrect: boolean
  /** Registries that have to be visited. */
  readonly isVisited: (registry: string) => boolean
}

/** A request from its first word to its last. */
export function requestPage(shown: RequestShown, { who, mark }: AtDesk): Html {
  const { view, mayDecide, mayWithdraw, mayCorrect, attempts, version } = shown
  const { asked } = shown.ground
  const waits = view.state.code === 'submitted' || !view.answered
  const body = html`
    ${view.isMasked ? html`<p class="notice">${say(words.masked)}</p>` : ''}
    ${facts([
      [words.case, html`<a href="/cases/${view.caseId}">${view.case}</a>`],
      [
        words.request,
        html`${measureWord(view.measure, asked && targetsOf(asked.measure)[0]?.asset.class)} · <span class="word">${term(view.state.zh)}</span> · ${moment(view.submittedAt)}`,
      ],
    ])}
    ${view.state.code === 'submitted' ? html`<p class="notice">${say(words.awaits)}</p>` : ''}${agreementPart(shown.agreement)}
    ${groundPart(shown.ground)}
    ${waits ? livePart(`/requests/${view.id}/version`, version) : ''}
    ${mayDecide ? html`<p><a class="button" href="/requests/${view.id}/review">${say(words.toReview)}</a></p>` : ''}
    ${mayWithdraw ? html`<form method="post" action="/requests/${view.id}/withdrawal">${tokenField(who.token)}<button class="quiet">${say(words.withdraw)}</button></form>` : ''}
    ${mayCorrect ? html`<form method="post" action="/requests/${view.id}/correction">${tokenField(who.token)}<button>${say(words.correct)}</button></form>` : ''}
    ${view.decisions.length > 0 ? html`<h3>${say(words.approvals)}</h3><ul>${view.decisions.map(decisionLine)}</ul>` : ''}
    <h3>${say(words.deliveries)}</h3>
    ${view.deliveries.length === 0 ? html`<p>${say(words.noDeliveries)}</p>` : view.deliveries.map((one) => delivery(one, shown, attempts.get(one.id) ?? []))}
    ${view.deliveries.length === 0 ? '' : html`<p class="en">${say(words.grades)}</p>`}
    <details><summary>${say(words.onPhone)}</summary>${qrCode(shown.address, say(words.onPhone))}</details>
    <p class="en">${say(words.looked)}</p>`
  return page(body, { title: titled(words.request, view.case), who, mark, ...(waits && { script: livePath }) })
}

function delivery(
  view: DeliveryView,
  { view: { measure }, nameOf, isVisited }: RequestShown,
  attempts: readonly AttemptRow[],
): Html {
  const { holdings, targets, statements } = view
  return html`<section class="delivery">
    <h4>${nameOf(view.registry)} <span class="word ${view.answered ? 'done' : 'wait'}">${term(view.answer.zh)}</span>
      ${view.overdue ? html`<span class="late">${say(words.overdue)}</span>` : ''}</h4>
    ${facts([
      [words.reference, html`<span class="code">${view.reference}</span>`],
      [words.received, view.receivedAt ? moment(view.receivedAt) : '—'],
      [words.dueBy, deadline(view.respondBy)],
    ])}
    ${isVisited(view.registry) ? html`<p><a href="/errands/${view.id}">${say(words.errands)}</a></p>` : ''}
    ${statements.length > 0 ? html`<p><a href="/deliveries/${view.id}/service">${say(provesPlace(measure) ? words.serviceAndPlace : words.service)}</a></p>` : ''}
    ${holdings.length > 0 ? holdingsTable(holdings) : ''}
    ${targets.length > 0 ? targetsTable(targets) : ''}
    ${statements.length > 0 ? statementsTable(view.id, statements) : ''}
    ${attempts.length > 0 ? html`<details><summary>${say(words.attempts)} ${attempts.length}</summary>${attemptsTable(attempts)}</details>` : ''}
  </section>`
}

/** Every try at handing it over, by number; the bytes are the same each time. */
function attemptsTable(attempts: readonly AttemptRow[]): Html {
  return table(
    [words.number, words.act, words.attempt, words.outcome],
    attempts.map(({ number, at, act, outcome, detail }) => [
      String(number),
      moment(at),
      say(attemptWords[act]),
      outcomeSaid({ outcome, detail }),
    ]),
  )
}

export const attemptWords: Readonly<Record<AttemptRow['act'], Said>> = {
  deliver: { zh: '发送', en: 'handed over' },
  fetched: { zh: '被领取', en: 'fetched' },
  status: { zh: '查询状态', en: 'asked what became of it' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
}

function statementsTable(deliveryId: string, statements: readonly StatementView[]): Html {
  return table(
    [words.statements, words.grade, words.arrived, words.receipt, words.proof],
    statements.map(({ zh, grade, arrivedAt, reason, sealedReceipt, entry }) => [
      html`${term(zh)}${reason ? html`<br><span class="en">${reason.text}</span>` : ''}`,
      grade,
      moment(arrivedAt),
      sealedReceipt
        ? html`<a href="/deliveries/${deliveryId}/receipts/${sealedReceipt.sha256}">${say(words.receipt)}</a>`
        : '',
      html`<a href="/proofs/${entry}">${say(words.fetchProof)}</a>`,
    ]),
  )
}
