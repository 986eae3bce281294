import { html } from 'hono/html'
import type { BeijingDate } from '../../domain/beijing-date.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { ShownHolding, ShownTarget } from '../../http/shown.ts'
import { answerFields } from '../answers/form.ts'
import { select } from '../answers/inputs.ts'
import type { AnswerFields } from '../answers/read.ts'
import { requestPart, signedPart, statementsPart } from '../answers/request-part.ts'
import { answerWords } from '../answers/words.ts'
import type { AtDesk } from '../desk/door.ts'
import { holdingsTable, targetsTable } from '../desk/results.ts'
import type { Trouble } from '../form-trouble.ts'
import { say } from '../language.ts'
import { alert, type Html, page, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { clerkWords as words } from './words.ts'

export type DeliveryShown = {
  readonly view: CounterDelivery
  readonly fields: AnswerFields
  readonly rows?: number
  readonly once: string
  readonly today: BeijingDate
  readonly trouble?: ProblemEntry | Trouble | undefined
}

/** One request at the clerk's desk: what the court asks, what was stated of it, and what is to be done next. */
export function deliveryPage(shown: DeliveryShown, { who, mark }: AtDesk): Html {
  const { view, trouble } = shown
  const isTaken = view.statements.length > 0
  const holdings = view.holdings as unknown as readonly ShownHolding[]
  const targets = view.targets as unknown as readonly ShownTarget[]
  const body = html`<p><a href="/clerk">${say(words.desk)}</a></p>${alert(trouble)}
    ${trouble ? '' : keptPart(view)}${isTaken ? '' : takePart(view, who.token)}
    ${requestPart(view, (sha256) => `/clerk/deliveries/${view.id}/documents/${sha256}`)}
    ${statementsPart(view)}
    ${holdings.length > 0 ? holdingsTable(holdings) : ''}${targets.length > 0 ? targetsTable(targets) : ''}
    ${isTaken ? answerPart(shown, who.token) : ''}
    ${signedPart(view)}<p class="en">${say(answerWords.looked)}</p>`
  return page(body, { title: titled(words.delivery, view.request.case), who, mark })
}

function takePart({ id }: CounterDelivery, token: string): Html {
  return html`<section class="notice"><p>${say(words.takeHow)}</p>
    <form method="post" action="/clerk/deliveries/${id}/reception">${tokenField(token)}<button>${say(words.take)}</button></form></section>`
}

/** That the last word arrived, and stands: the first thing a clerk looks for once it was said. */
function keptPart({ statements }: CounterDelivery): Html | string {
  const last = statements.findLast(({ kind }) => kind !== 'received')
  if (!last) return ''
  return html`<p class="notice" role="status"><strong>${say(words.kept)} ${moment(last.arrivedAt)}</strong> · <span class="word">${term(last.zh)}</span></p>`
}

/** Taken up, it is answered; answered, it is corrected, which is rare and folded away. */
function answerPart(shown: DeliveryShown, token: string): Html {
  const { view, fields, trouble } = shown
  if (!view.answered) return html`<h3>${say(words.toAnswer)}</h3>${answerFormPart(shown, token)}`
  const isBegun = trouble !== undefined || Object.keys(fields).length > 0
  return html`<details${isBegun ? ' open' : ''}><summary>${say(words.toCorrect)}</summary>${answerFormPart(shown, token)}</details>`
}

/** The file is sent along, and kept also when a field was wrong. */
function answerFormPart({ view, fields, rows, once, today }: DeliveryShown, token: string): Html {
  const { request, receipts } = view
  const kept = receipts.map(({ sha256 }, at) => [sha256, `${at + 1} · ${sha256.slice(0, 8)}`] as const)
  return html`<form method="post" action="/clerk/deliveries/${view.id}/answer" enctype="multipart/form-data" class="wide">${tokenField(token)}
      <input type="hidden" name="once" value="${once}"><input type="hidden" name="case" value="${request.case}">
      <input type="hidden" name="name" value="${request.subject.name}"><input type="hidden" name="idNumber" value="${request.subject.idNumber}">
      ${answerFields(view, { fields, from: 'books', today, ...(rows !== undefined && { rows }) })}
      <fieldset><legend>${say(answerWords.receipt)}</legend>
        <p><label for="file">${say(words.receiptFile)}</label><input id="file" name="file" type="file" accept="application/pdf,image/jpeg,image/png"></p>
        ${kept.length > 0 ? html`<p>${select('receipt', words.receiptKept, [['', words.noReceipt], ...kept], fields)}</p>` : ''}</fieldset>
      <p class="en">${say(words.final)}</p><p><button>${say(words.submit)}</button></p></form>`
}
