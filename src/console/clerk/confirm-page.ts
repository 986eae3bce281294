import { html } from 'hono/html'
import type { MeasureKind } from '../../domain/measure.ts'
import type { AnswerFields } from '../answers/read.ts'
import { answerWords } from '../answers/words.ts'
import type { AtDesk } from '../desk/door.ts'
import { fieldLines } from '../errands/fields.ts'
import { errandWords } from '../errands/words.ts'
import { say } from '../language.ts'
import { type Html, page, table, titled, tokenField } from '../layout.ts'
import { clerkWords as words } from './words.ts'

export type Confirming = {
  readonly id: string
  readonly case: string
  readonly measure: MeasureKind
  /** What would be kept, as it was read. */
  readonly answer: object
  /** The form, to be sent on as it is or to be filled in again. */
  readonly fields: AnswerFields
}

/** An answer read over before it is given, because it cannot be taken back. */
export function confirmPage({ id, case: number, measure, answer, fields }: Confirming, { who, mark }: AtDesk): Html {
  const rows = fieldLines(answer, measure).map(({ name, value }) => [name, html`<span class="code">${value}</span>`])
  const kept = Object.entries(fields).flatMap(([name, value]) =>
    name === 'more' || name === 'confirmed' ? [] : html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const receipt = fields.receipt ? html`<p>${say(answerWords.receipt)}：${say(words.withReceipt)}</p>` : ''
  const body = html`<p><a href="/clerk">${say(words.desk)}</a></p><h3>${say(words.confirm)}</h3>
    <p class="notice">${say(words.confirmHow)}</p>
    ${table([errandWords.field, errandWords.value], rows)}${receipt}
    <form method="post" action="/clerk/deliveries/${id}/answer">${tokenField(who.token)}${kept}
      <p><button name="confirmed" value="yes">${say(words.confirmed)}</button> <button class="quiet" name="more" value="1">${say(words.change)}</button></p></form>`
  return page(body, { title: titled(words.delivery, number), who, mark })
}
