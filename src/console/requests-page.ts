import { html } from 'hono/html'
import { formatBeijing } from '../domain/beijing-date.ts'
import { type Answer, isAnswered, statementWord } from '../domain/fold.ts'
import { measures } from '../domain/measure.ts'
import { requestStates } from '../domain/request.ts'
import { deliveryWord } from '../gateway/delivery-word.ts'
import type { Exchange, RequestLine } from '../gateway/ports/reads.ts'
import { watermarkOver } from './watermark.ts'
import { words } from './words.ts'

type Html = ReturnType<typeof html>
type ShownRequest = RequestLine & { readonly exchanges: readonly Exchange[] }

/** What the list shows. No party is in it, and nothing that was found: only who said what kind of thing, and when. */
export type RequestsShown = {
  readonly requests: readonly ShownRequest[]
  readonly nameOf: (registry: string) => string
  readonly now: Date
  readonly older?: string
  /** Whose copy of the page this is: the line of `http/watermark.ts`. */
  readonly viewer: string
}

/** The list of requests, newest first. */
export function requestsPage({ requests, nameOf, now, older, viewer }: RequestsShown): Html {
  const rows = requests.map((request) => requestRow(request, nameOf, now))
  const head = [words.time, words.case, words.measure, words.state, words.answers].map(
    ({ zh, en }) => html`<th scope="col">${zh} <span class="en" lang="en">${en}</span></th>`,
  )
  const body = html`
    <p class="notice">${words.demo.zh}<br><span class="en" lang="en">${words.demo.en}</span></p>
    ${
      rows.length === 0
        ? html`<p>${words.none.zh} <span class="en" lang="en">${words.none.en}</span></p>`
        : html`<div class="table"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
    }
    ${older ? html`<p><a href="/?after=${older}">${words.older.zh}</a></p>` : ''}
  `
  return page(body, viewer)
}

/** Where pages are not open: what to use instead. */
export function closedPage(): Html {
  return page(html`
    <h2>${words.closed.zh}</h2>
    <p class="en" lang="en">${words.closed.en}</p>
    <p>${words.closedHow.zh} <a href="/docs">/docs</a><br><span class="en" lang="en">${words.closedHow.en}</span></p>
  `)
}

function requestRow(
  { submittedAt, caseNumber, measure, state, exchanges }: ShownRequest,
  nameOf: RequestsShown['nameOf'],
  now: Date,
): Html {
  const said = exchanges.map((exchange) => html`<li>${answerOf(exchange, nameOf, now)}</li>`)
  return html`<tr>
    <td>${moment(submittedAt)}</td>
    <td class="nowrap">${caseNumber}</td>
    <td class="nowrap">${measures[measure]}</td>
    <td class="nowrap">${requestStates[state]}</td>
    <td>${said.length > 0 ? html`<ul>${said}</ul>` : html`<span class="en">${words.notSent.zh}</span>`}</td>
  </tr>`
}

function answerOf({ delivery, statements }: Exchange, nameOf: RequestsShown['nameOf'], now: Date): Html {
  const late = !isAnswered(delivery.answer) && delivery.respondBy < now
  const told = statements.map(
    ({ statement, grade, arrivedAt }) =>
      html`<li>${statementWord(statement.kind, delivery.measure)} · ${words.grade.zh} ${grade} · ${moment(arrivedAt)}</li>`,
  )
  return html`${nameOf(delivery.registry)}：<span class="word ${tone(delivery.answer)}">${deliveryWord(delivery)}</span>
    ${late ? html`<span class="late">${words.overdue.zh}</span>` : ''}
    ${told.length > 0 ? html`<ol>${told}</ol>` : ''}`
}

/** The colour only repeats what the word says. */
function tone(answer: Answer): 'done' | 'wait' | '' {
  if (answer === 'executed' || answer === 'nothing') return 'done'
  return answer === 'silent' || answer === 'waiting' ? 'wait' : ''
}

function moment(at: Date): Html {
  return html`<time datetime="${at.toISOString()}">${formatBeijing(at)}</time>`
}

function page(body: Html, viewer?: string): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${words.title.zh} ${words.title.en}</title>
  <link rel="stylesheet" href="/console.css">
</head>
<body>
  <header>
    <h1>${words.title.zh} <span class="en" lang="en">${words.title.en}</span></h1>
    <p>${words.subtitle.zh} <span class="en" lang="en">${words.subtitle.en}</span></p>
  </header>
  <main>${body}</main>
  <footer>
    <p>${words.beijing.zh} <span class="en" lang="en">${words.beijing.en}</span></p>
    ${viewer === undefined ? '' : html`<p class="whose">${viewer}</p>`}
    <p><a href="/docs">${words.docs.zh}</a> · <a href="/docs/errors">${words.errors.zh}</a> · <a href="/log/checkpoint">${words.log.zh}</a></p>
  </footer>
  ${viewer === undefined ? '' : watermarkOver(viewer)}
</body>
</html>`
}
