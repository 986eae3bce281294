import { html } from 'hono/html'
import { type CaseFile, caseStandings } from '../../domain/case-file.ts'
import type { CaseHit } from '../../gateway/ports/case-search.ts'
import type { AtDesk } from '../desk/door.ts'
import { findForm, mostHits } from '../desk/find-page.ts'
import { deskWords } from '../desk/words.ts'
import { listed, say } from '../language.ts'
import { alert, type Html, table } from '../layout.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { term } from '../terms.ts'
import { registrarPage } from './frame.ts'
import { type Check, waitingWords } from './waiting.ts'
import { registrarWords as words } from './words.ts'

/** What the desk of a registrar shows: no party stands on it. */
export type DeskShown = {
  readonly waiting: readonly Check[]
  readonly hasMoreWaiting: boolean
  readonly newest: readonly Omit<CaseFile, 'parties'>[]
  readonly older?: string
  readonly isLater: boolean
  /** What was looked for, and what was found. */
  readonly asked?: string
  readonly hits?: readonly CaseHit[]
}

/** What waits to be checked, for whoever looks and for others; the newest cases; and the way to a new one. */
export function deskPage(shown: DeskShown, at: AtDesk): Html {
  const { waiting, hasMoreWaiting, asked, hits, isLater } = shown
  const mine = waiting.filter(({ isOwn }) => !isOwn)
  const own = waiting.filter(({ isOwn }) => isOwn)
  const more = hasMoreWaiting ? onlyFirstOfMore(waiting.length) : ''
  const above = isLater
    ? ''
    : html`<p><a class="button" href="/registrar/new">${say(words.enterCase)}</a></p>
    <h3>${say(words.toCheck)} ${countOf(mine)}</h3>${more}${mine.length === 0 ? html`<p>${say(words.nothingToCheck)}</p>` : waitingTable(mine)}
    ${own.length === 0 ? '' : html`<h3>${say(words.own)} ${countOf(own)}</h3><p class="en">${say(words.ownHow)}</p>${waitingTable(own)}`}`
  const found = hits === undefined ? '' : foundPart(hits)
  const body = html`${findForm(asked, '/registrar')}${found}${above}${newestPart(shown)}`
  return registrarPage('/registrar', words.desk, body, at)
}

const countOf = (them: readonly Check[]): Html | string =>
  them.length === 0 ? '' : html`<span class="count">${them.length}</span>`

const linkTo = ({ id, number }: Pick<CaseFile, 'id' | 'number'>): Html =>
  html`<a class="nowrap" href="/registrar/cases/${id}">${number}</a>`

function waitingTable(them: readonly Check[]): Html {
  return table(
    [words.case, words.waits, words.maker, words.judge],
    them.map(({ file, makers }) => [linkTo(file), listed(waitingWords(file)), listed(makers), file.judge]),
  )
}

function foundPart(hits: readonly CaseHit[]): Html {
  if (hits.length === 0) return html`${alert({ title: words.notFound, next: words.notFoundNext })}`
  const more = hits.length > mostHits ? html`<p class="notice">${say(deskWords.moreHits)}</p>` : ''
  return html`<h3>${say(words.found)}</h3>${table(
    [words.case, words.standing, words.judge],
    hits.slice(0, mostHits).map((hit) => [linkTo(hit), term(caseStandings[hit.standing]), hit.judge]),
  )}${more}`
}

function newestPart({ newest, older }: DeskShown): Html {
  const rows = newest.map((file) => [
    linkTo(file),
    term(caseStandings[file.standing]),
    file.judge,
    file.team ?? '',
    file.confirmedBy
      ? html`<span class="word done">${say(words.confirmed)}</span>`
      : html`<span class="word wait">${say(words.waiting)}</span>`,
  ])
  const next = older ? html`<p><a href="/registrar?after=${older}">${say(words.older)}</a></p>` : ''
  return html`<h3>${say(words.newest)}</h3>${
    rows.length === 0
      ? html`<p>${say(words.noCases)}</p>`
      : table([words.case, words.standing, words.judge, words.team, words.confirmation], rows)
  }${next}`
}
