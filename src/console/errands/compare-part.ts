import { html } from 'hono/html'
import type { ErrandView } from '../../http/errands/view.ts'
import { say } from '../language.ts'
import { type Html, table, tokenField } from '../layout.ts'
import { fieldLines } from './fields.ts'
import { errandWords as words } from './words.ts'

/** The scan beside what both entered, field by field; only the third sees this, and both ends of it are a deed of theirs. */
export function comparePart(view: ErrandView, agreed: object, token: string): Html {
  const scan = view.receipts.at(-1)
  const rows = fieldLines(agreed).map(({ path, name, value }) => [
    name,
    html`<span class="code">${value}</span>`,
    html`<label class="tick nowrap"><input type="checkbox" name="fields" value="${path}"> ${say(words.wrong)}</label>`,
  ])
  return html`<h3>${say(words.compare)}</h3><p>${say(words.compareHow)}</p>
    <div class="${scan?.mediaType.startsWith('image/') ? 'beside' : ''}"><div>${scan ? scanShown(view.id, scan) : html`<p class="late">${say(words.noScan)}</p>`}</div>
    <form method="post" action="/errands/${view.id}/comparison" class="wide">${tokenField(token)}<input type="hidden" name="scan" value="${scan?.sha256 ?? ''}">
      ${table([words.field, words.value, words.wrong], rows)}
      ${view.receivedEarly ? earlyPart() : ''}
      <p>${scan ? html`<button name="same" value="yes">${say(words.same)}</button>` : ''} <button class="quiet" name="same" value="no">${say(words.sendBack)}</button></p></form></div>`
}

/** A time that cannot be true is neither taken over nor mended: whoever reads it says that it does stand on the paper. */
export function earlyPart(): Html {
  return html`<div class="notice"><p><strong>${say(words.early)}</strong></p>
      <p><label class="tick"><input type="checkbox" name="early" value="yes"> ${say(words.earlyChecked)}</label></p></div>`
}

/** A picture is shown where it is compared; a PDF is opened beside it. */
function scanShown(id: string, { sha256, mediaType }: ErrandView['receipts'][number]): Html {
  const href = `/errands/${id}/scans/${sha256}`
  if (!mediaType.startsWith('image/'))
    return html`<p>${say(words.scanIsPdf)}</p><p><a class="button" href="${href}" target="_blank" rel="noopener">${say(words.openScan)}（PDF）</a></p>`
  const link = html`<p><a href="${href}" target="_blank" rel="noopener">${say(words.openScan)}</a></p>`
  return html`<img class="scan" src="${href}" alt="${say(words.scanAlt)}">${link}`
}
