import { html } from 'hono/html'
import { caseStandings } from '../../domain/case-file.ts'
import type { CaseHit } from '../../gateway/ports/case-search.ts'
import { listed, say } from '../language.ts'
import { type Html, page, type Shown, table } from '../layout.ts'
import { term } from '../terms.ts'
import { deskWords as words } from './words.ts'

/** More than this many are not gone through: a longer part of the number is quicker. */
export const mostHits = 20

/** The cases whose number has the part that was asked for; one more than are shown says that there are more, and none what to do next. */
export function findPage(
  asked: string,
  hits: readonly CaseHit[],
  { who, mark }: { readonly who: Shown; readonly mark: string },
  mayAsk: (hit: CaseHit) => boolean,
): Html {
  const told =
    hits.length > 0
      ? casesTable(hits.slice(0, mostHits), mayAsk)
      : html`<div class="alert" role="alert"><p>${say(words.notFound)}</p><p>${say(words.notFoundNext)}</p></div>`
  const body = html`${findForm(asked)}${told}
    ${hits.length > mostHits ? html`<p class="notice">${say(words.moreHits)}</p>` : ''}`
  return page(body, { title: words.find, who, mark })
}

/** Finds cases by their number or a part of it; a number names no person, so it may stand in an address. */
export function findForm(asked = '', action: '/find' | '/registrar' = '/find'): Html {
  return html`<form action="${action}" class="find"><label for="number">${say(words.find)}</label>
    <div class="row"><input id="number" name="number" value="${asked}" placeholder="${listed(['3456', '（2024）津0116执3456号'])}" required maxlength="60"><button>${say(words.findButton)}</button></div></form>`
}

/** Cases by number, without anybody's name; for whoever may ask in one, the way to the form stands beside it. */
export function casesTable<File extends CaseHit>(files: readonly File[], mayAsk?: (file: File) => boolean): Html {
  const asks = mayAsk !== undefined && files.some(mayAsk)
  return table(
    [words.case, words.standing, words.judge, ...(asks ? [words.begin] : [])],
    files.map((file) => [
      html`<a class="nowrap" href="/cases/${file.id}">${file.number}</a>`,
      term(caseStandings[file.standing]),
      file.judge,
      ...(asks
        ? [mayAsk(file) ? html`<a class="button" href="/cases/${file.id}/inquiry">${say(words.startInquiry)}</a>` : '']
        : []),
    ]),
  )
}
