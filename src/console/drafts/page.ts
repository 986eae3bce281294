import { html } from 'hono/html'
import { type Asset, assetClasses } from '../../domain/asset.ts'
import { draftStates } from '../../domain/draft.ts'
import { measures } from '../../domain/measure.ts'
import type { DraftLine, DraftRow } from '../../gateway/ports/drafts.ts'
import type { Preview } from '../../gateway/preview-request.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { measureWord } from '../desk/measure-word.ts'
import { deskWords } from '../desk/words.ts'
import { colon, say } from '../language.ts'
import { alert, facts, type Html, page, table, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { type FormShown, formId, formPart, notingOf } from './form.ts'
import { anchorOf, objectionLine, placeOf, placeWord } from './objections.ts'
import { type CaseSums, factsPart, messagePart, submitWord } from './preview.ts'
import { draftWords as words } from './words.ts'

/** Whom and what a draft is about, by masks alone, as lists are. */
export type DraftGist = { readonly subject: string | undefined; readonly assets: readonly Asset[] }

export type DraftsShown = {
  readonly drafts: readonly DraftLine[]
  readonly gistOf: (draft: string) => DraftGist
  /** So many were begun just now, one for each measure on each party. */
  readonly begun?: number
  readonly case?: string
  readonly isUnknown?: boolean
  readonly next?: string
}

/** Drafts, the newest first; of what they say the masks alone are in the list. */
export function draftsPage(shown: DraftsShown, { who, mark }: AtDesk): Html {
  const { drafts, case: number, isUnknown, next, begun } = shown
  const query = new URLSearchParams({ ...(number && { case: number }), ...(next && { after: next }) })
  const told =
    begun === undefined
      ? ''
      : html`<p class="notice" role="status">${say(words.begun)} ${begun} ${say(words.begunHow)}</p>`
  const body = html`${told}<p>${say(words.listed)}</p>
    <form action="/drafts" class="find"><label for="case">${say(deskWords.case)}</label>
      <div class="row"><input id="case" name="case" value="${number ?? ''}" maxlength="60"><button>${say(words.show)}</button></div></form>
    ${isUnknown ? html`<p class="late" role="alert">${say(deskWords.notFound)}</p>` : ''}
    ${drafts.length === 0 ? html`<p>${say(words.none)}</p>` : draftsTable(shown)}
    ${next ? html`<p><a href="/drafts?${query.toString()}">${say(words.next)}</a></p>` : ''}`
  return page(body, { title: words.drafts, who, mark })
}

function draftsTable({ drafts, gistOf }: DraftsShown): Html {
  return table(
    [words.savedAt, deskWords.case, words.measure, words.whom, words.targets, words.objections, words.replaces],
    drafts.map(({ id, caseId, caseNumber, measure, savedAt, objections, replaces }) => [
      moment(savedAt),
      html`<a class="nowrap" href="/cases/${caseId}">${caseNumber}</a>`,
      html`<a href="/drafts/${id}">${measure ? term(measures[measure]) : say(words.unchosen)}</a>`,
      gistOf(id).subject ?? '',
      html`${gistOf(id).assets.map((asset, at) => html`${at > 0 ? html`<br>` : ''}${assetLine(asset)}`)}`,
      objections.length === 0 ? '' : html`<span class="late">× ${objections.length} ${say(words.count)}</span>`,
      replaces ? html`<a href="/requests/${replaces}">${say(deskWords.request)}</a>` : '',
    ]),
  )
}

/** A thing in one line: what it is, and one name of it. */
function assetLine({ class: of, account, unitCode, parcelCode, presaleContractNo, certNo, address }: Asset): Html {
  const name = account ?? unitCode ?? parcelCode ?? presaleContractNo ?? certNo ?? address ?? ''
  return html`<span class="nowrap">${term(assetClasses[of].zh)} <span class="code">${name}</span></span>`
}

export type DraftShown = FormShown & {
  readonly row: DraftRow
  readonly preview?: Preview
  /** What its case may hold and holds; of an inquiry it says nothing. */
  readonly sums: CaseSums | undefined
  readonly trouble?: { readonly title: Said; readonly next: Said } | undefined
  /** It was submitted just now and came back with its objections. */
  readonly isRefused?: boolean
  /** It was to be submitted, but said something else than had been shown. */
  readonly isChanged?: boolean
}

/** A draft: what was written, what stands against it, and what would be signed of it. */
export function draftPage(shown: DraftShown, { who, mark }: AtDesk): Html {
  const { row, view, isOwn, trouble } = shown
  const isOpen = row.state === 'open'
  const body = html`${alert(trouble)}${shown.isRefused ? refusedPart(shown) : ''}
    ${facts([
      [deskWords.case, html`<a href="/cases/${view.id}">${view.number}</a>`],
      [
        words.measure,
        row.measure ? measureWord(row.measure, shown.written.measure.targets[0]?.asset.class) : say(words.unchosen),
      ],
      [words.savedAt, html`${moment(row.savedAt)} · ${term(draftStates[row.state])}`],
      ...(row.replaces ? [[words.replaces, requestLink(row.replaces)] as const] : []),
      ...(row.request ? [[words.became, requestLink(row.request)] as const] : []),
    ])}
    ${isOpen ? openPart(shown, who.token) : html`<p class="notice">${say(words.closed)}</p>`}
    ${isOpen && !isOwn ? html`<p class="notice">${say(words.ofAnother)}</p>` : ''}
    <p class="en">${say(deskWords.looked)}</p>`
  return page(body, { title: titled(words.draft, view.number), who, mark })
}

function openPart(shown: DraftShown, token: string): Html {
  const { isOwn, preview } = shown
  return html`${shown.sums ? factsPart(preview, shown.sums) : ''}${formPart(shown, token)}
    <section id="preview"><h3>${say(words.preview)}</h3>
    ${shown.isChanged ? html`<p class="notice" role="status">${say(words.changed)}</p>` : ''}
    ${againstPart(shown)}
    ${preview && preview.messages.length > 0 ? html`<p>${say(words.previewHow)}</p>${preview.messages.map((one) => messagePart(one, shown.nameOf))}` : ''}</section>
    ${isOwn ? actsPart(shown, token) : ''}`
}

/** What came back, at the head of the page, each with the way to its place. */
function refusedPart({ objections }: DraftShown): Html {
  const lines = objections.map(
    (one) =>
      html`<li><a href="#${anchorOf(placeOf(one.field))}">${placeWord(one)}</a>${colon()}${objectionLine(one)}</li>`,
  )
  return html`<div class="alert" role="alert"><p>${say(words.notSubmitted)}</p><ul>${lines}</ul></div>`
}

function againstPart(shown: DraftShown): Html {
  const { objections } = shown
  const noting = notingOf(shown)
  if (objections.length === 0) return html`<p><span class="word done">● ${say(words.ready)}</span></p>`
  return html`<p>${say(words.notYet)}</p><ul>${objections.map((one) => html`<li>${placeWord(one)} ${objectionLine(one)} ${noting(one)}</li>`)}</ul>`
}

function actsPart({ id, row, preview }: DraftShown, token: string): Html {
  return html`<p class="en">${say(words.submitHow)}</p>
    <p><button form="${formId}" name="then" value="submit">${submitWord(row.measure, preview)}</button></p>
    <form method="post" action="/drafts/${id}/discard">${tokenField(token)}<button class="quiet">${say(words.discard)}</button></form>`
}

const requestLink = (id: string) => html`<a href="/requests/${id}">${say(deskWords.request)}</a>`
