import { html } from 'hono/html'
import { assetClasses } from '../../domain/asset.ts'
import type { SaidRow } from '../../gateway/batches/read-row.ts'
import type { AskableRegistry, BatchError } from '../../http/officer/batch-rows.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { language, say } from '../language.ts'
import { alert, type Html, page, table, tokenField } from '../layout.ts'
import { term } from '../terms.ts'
import { type BatchFields, carried, fieldsPart } from './form.ts'
import { batchWords as words } from './words.ts'

/** What the check of a list found; none before one was brought. */
export type Checked = {
  readonly rows: number
  readonly good: number
  readonly bad: number
  /** Rows whose question was asked within a week, and when. */
  readonly lately: readonly { readonly row: number; readonly askedOn: string }[]
  readonly errors: readonly BatchError[]
  /** What each row says, so that an error quotes it. */
  readonly said: readonly SaidRow[]
  readonly text: string
}

export type NewShown = {
  readonly fields: BatchFields
  readonly checked?: Checked
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
  readonly registries: readonly AskableRegistry[]
}

const mostErrors = 200
const mostRegistries = 200

/** The form of a batch, and, once a list was brought, what stands against it. */
export function newBatchPage({ fields, checked, trouble, registries }: NewShown, { who, mark }: AtDesk): Html {
  const isGood = checked !== undefined && checked.errors.length === 0
  const body = html`${alert(trouble)}
    <p class="notice">${say(words.onlyInquiries)}</p>
    ${checked ? checkedPart(checked, fields, who.token) : ''}
    ${isGood ? html`<p><a href="/batches/new">${say(words.back)}</a></p>` : listForm(fields, checked !== undefined, registries, who.token)}`
  return page(body, { title: words.another, who, mark })
}

/** A row names a registry by what stands here, so it stands where the list is written. */
function registriesPart(registries: readonly AskableRegistry[]): Html {
  const rest = registries.length - mostRegistries
  const rows = registries
    .slice(0, mostRegistries)
    .map(({ id, name, kinds }) => [
      html`<span class="code">${id}</span>`,
      name,
      kinds.map((kind) => term(assetClasses[kind].zh)).join(language() === 'zh' ? '、' : '; '),
    ])
  return html`<details><summary>${say(words.registryList)} <span class="count">${registries.length}</span></summary><p class="en">${say(words.exactly)}</p>
        ${table([words.registryCode, words.registryName, words.keeps], rows)}${rest > 0 ? html`<p>${rest} ${say(words.moreRegistries)}</p>` : ''}</details>`
}

function listForm(fields: BatchFields, again: boolean, registries: readonly AskableRegistry[], token: string): Html {
  const named = registries
    .slice(0, 2)
    .map(({ name }) => name)
    .join('、')
  return html`${again ? html`<h3>${say(words.checkAgain)}</h3>` : ''}<form method="post" action="/batches/check" enctype="multipart/form-data" class="wide">${tokenField(token)}<input type="hidden" name="once" value="${fields.once}">
      <fieldset><legend>${say(words.list)}</legend>
        <p>${say(words.how)}</p><p>${say(words.papers)}</p><p>${say(words.limits)}</p>
        <p class="papers"><a href="/batches/template.xlsx">${say(words.workbook)}</a> <a href="/batches/template">${say(words.template)}</a></p>
        ${registriesPart(registries)}
        <p class="en">${say(words.example)}</p><pre>案号,被执行人,协助执行单位,财产种类
（2026）津0116执3456号,张某某,${named},</pre>
        <p><label for="file">${say(words.file)}</label><input id="file" name="file" type="file" accept=".csv,.xlsx,text/csv"></p>
        <p><label for="rows">${say(words.paste)}</label><textarea id="rows" name="rows" rows="6">${`\n${fields.rows}`}</textarea></p></fieldset>
      ${fieldsPart(fields)}
      <p><button>${say(again ? words.checkAgain : words.check)}</button></p></form>`
}

function checkedPart(checked: Checked, fields: BatchFields, token: string): Html {
  const { rows, good, bad, lately, errors } = checked
  const isGood = errors.length === 0
  const counts = html`<p>${say(words.rowCount)} <strong>${rows}</strong> ${say(words.rows)} · ${say(words.good)} <strong>${good}</strong> · ${say(words.bad)} <strong>${bad}</strong>${lately.length > 0 ? html` · ${say(words.lately)} <strong>${lately.length}</strong>` : ''}</p>`
  return html`<section role="status"><h3>${say(words.checked)}</h3>${counts}
    <p class="${isGood ? 'word done' : 'late'}">${isGood ? `● ${say(words.allGood)}` : `× ${say(words.nothingKept)}`}</p>
    ${isGood ? startForm(checked, fields, token) : html`${rows > 0 ? correctedForm(checked, fields, token) : ''}${errorsPart(errors, checked.said)}`}</section>`
}

function startForm({ good, lately, text }: Checked, fields: BatchFields, token: string): Html {
  return html`<form method="post" action="/batches" enctype="multipart/form-data" class="wide">${tokenField(token)}${carried(fields, text)}
      ${latelyPart(lately)}
      <p><button>${say(words.start)}（${good} ${say(words.requests)}）</button></p></form>`
}

function correctedForm({ text }: Checked, fields: BatchFields, token: string): Html {
  return html`<form method="post" action="/batches/corrected" enctype="multipart/form-data" class="wide">${tokenField(token)}${carried(fields, text)}
      <p><button class="quiet">${say(words.corrected)}</button></p></form>`
}

/** What stood in the cell an error is about; who wrote the list sees it as they wrote it. */
function cellSaid(row: SaidRow | undefined, heading: string | undefined): string {
  if (!row) return ''
  if (heading === '协助执行单位') return row.registries.join('、')
  return heading === '财产种类' ? row.kinds.join('、') : ''
}

function errorsPart(errors: readonly BatchError[], said: readonly SaidRow[]): Html {
  const byRow = new Map(said.map((one) => [one.row, one]))
  const rowOf = (row: number | undefined) => (row === undefined ? undefined : byRow.get(row))
  const rest = errors.length - mostErrors
  const lines = errors
    .slice(0, mostErrors)
    .map(({ row, heading, title, next, askedOn }) => [
      row === undefined
        ? say(words.wholeList)
        : [row, rowOf(row)?.case, rowOf(row)?.subject].filter(Boolean).join(' · '),
      html`${heading ?? '—'}${cellSaid(rowOf(row), heading) ? html`<br>${cellSaid(rowOf(row), heading)}` : ''}`,
      html`<span class="late">× ${say(title)}</span>${askedOn ? html`<br><span class="en">${say(words.askedOn)} ${askedOn}</span>` : ''}`,
      next ? say(next) : '—',
    ])
  return html`<h3>${say(words.errors)} <span class="count">${errors.length}</span></h3>
    ${table([words.row, words.column, words.what, words.next], lines)}
    ${rest > 0 ? html`<p>${rest} ${say(words.moreErrors)}</p>` : ''}`
}

const mostLately = 50

function latelyPart(lately: Checked['lately']): Html | string {
  if (lately.length === 0) return ''
  const lines = lately.slice(0, mostLately).map(({ row, askedOn }) => [String(row), askedOn])
  return html`${table([words.row, words.askedOn], lines)}${lately.length > mostLately ? html`<p>${lately.length - mostLately} ${say(words.moreErrors)}</p>` : ''}
      <p><label class="tick"><input type="checkbox" name="again" value="on" required> ${say(words.again)}</label></p>`
}
