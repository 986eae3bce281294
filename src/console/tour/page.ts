import { html } from 'hono/html'
import { type Answer, fold, isAnswered } from '../../domain/fold.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Report } from '../../evidence/verify.ts'
import { deliveryWord } from '../../gateway/delivery-word.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import { catalogue, isProblemCode } from '../../http/problem-catalogue.ts'
import { withIds } from '../../http/shown.ts'
import { assetCell, holdingsTable, targetsTable } from '../desk/results.ts'
import { say } from '../language.ts'
import { alert, type Html, page, type Shown, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import type { TourShown } from './port.ts'
import { tourWords as words } from './words.ts'

export type TourPage = {
  readonly shown: TourShown
  readonly gateway: Pick<Parts, 'counter' | 'assetRef'>
  readonly token: string
  readonly mark: string
  /** Who is signed in meanwhile; the steps are not theirs. */
  readonly who?: Shown | undefined
  readonly refused?: Refusal
  readonly proved?: { readonly report: Report; readonly files: number }
}

/** Whether a registry still owes an answer that is worth waiting for here. */
function isOwed(told: TourShown['inquiry']): boolean {
  return told?.exchanges.some(({ delivery }) => !isAnswered(delivery.answer)) ?? false
}

/** A newcomer's first three steps on one page, each with what came of it. */
export function tourPage({ shown, gateway, token, mark, who, refused, proved }: TourPage): Html {
  const { inquiry, freeze, next } = shown
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code
  const waits = isOwed(inquiry) || isOwed(freeze)
  const trouble = refused && isProblemCode(refused.code) ? catalogue[refused.code] : undefined
  const button = (step: string, text: string) =>
    html`<form method="post" action="/tour/${step}">${tokenField(token)}<button>${text}</button></form>`
  const target = next && html`<p>${say(words.target)}：${nameOf(next.registry)} ${assetCell(next.holding.asset)}</p>`
  const body = html`${alert(trouble)}<p>${say(words.lead)}</p>
    ${waits ? html`<p class="notice" role="status">${say(words.waiting)}</p>` : ''}
    <section class="delivery"><h3>${nth(1)} ${say(words.inquire)} ${doneMark(inquiry !== undefined && !isOwed(inquiry))}</h3>
      <p>${say(words.inquireHow)}</p>${inquiry ? answers(inquiry.exchanges, gateway) : button('inquiry', say(words.inquireDo))}</section>
    <section class="delivery"><h3>${nth(2)} ${say(words.freeze)} ${doneMark(freeze !== undefined && !isOwed(freeze))}</h3>
      <p>${say(words.freezeHow)}</p>${freeze ? answers(freeze.exchanges, gateway) : next ? html`${target}${button('freeze', say(words.freezeDo))}` : html`<p>${say(words.freezeFirst)}</p>`}</section>
    <section class="delivery"><h3>${nth(3)} ${say(words.prove)} ${doneMark(proved?.report.verdict === 'ok')}</h3>
      <p>${say(words.proveHow)}</p>${proved ? provedPart(proved) : ''}${inquiry ? button('proof', say(words.proveDo)) : html`<p>${say(words.proveFirst)}</p>`}</section>
    ${proved ? html`<p class="notice">${say(words.after)}</p>` : ''}
    <p>${who ? '' : html`<a class="button" href="/sign-in">${say(words.signIn)}</a> `}<a href="/">${say(words.list)}</a></p>`
  return page(body, { title: words.title, mark, ...(who && { who }), ...(waits && { refreshSeconds: 2 }) })
}

const nth = (step: number): string => say({ zh: `第 ${step} 步`, en: `Step ${step}:` })

function doneMark(isDone: boolean): Html | string {
  return isDone ? html`<span class="word done">● ${say(words.done)}</span>` : ''
}

function answers(exchanges: readonly Exchange[], gateway: TourPage['gateway']): Html {
  return html`${exchanges.map(({ delivery, statements }) => {
    const told = fold(
      statements.flatMap(({ statement, isSealed }) => (isSealed ? [] : [statement])),
      delivery.measure,
    )
    const holdings = withIds(gateway, delivery.id, told.holdings)
    const targets = withIds(gateway, delivery.id, told.targets)
    return html`<div><h4>${gateway.counter(delivery.registry)?.registry.name ?? delivery.registry} <span class="word ${tone(delivery.answer)}">${term(deliveryWord(delivery, gateway))}</span></h4>
      ${holdings.length > 0 ? holdingsTable(holdings) : ''}${targets.length > 0 ? targetsTable(targets) : ''}</div>`
  })}`
}

function tone(answer: Answer): string {
  return isAnswered(answer) ? 'done' : 'wait'
}

function provedPart({ report, files }: NonNullable<TourPage['proved']>): Html {
  const failed = report.checks.filter(({ status }) => status === 'failed')
  const holds = report.verdict === 'ok'
  return html`<p><span class="${holds ? 'word done' : 'late'}">${holds ? '✓' : '✗'} ${say(holds ? words.holds : words.fails)}</span>：${report.checks.length} ${say(words.checks)} ${files}${failed.length > 0 ? html`；${failed.length} ${say(words.failed)}` : ''}</p>`
}
