import { html } from 'hono/html'
import { type RowOutcome, rowOutcomeList } from '../../domain/batch.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { mostExported } from '../../http/officer/batch-export.ts'
import type { BatchRowView, BatchView } from '../../http/officer/batch-view.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { facts, type Html, page, table, tokenField } from '../layout.ts'
import { outcomeWords, stateWords, batchWords as words } from './words.ts'

const refreshSeconds = 10

/** One's own batches, newest first. */
export function batchesPage(batches: readonly BatchView[], next: string | undefined, { who, mark }: AtDesk): Html {
  const lines = batches.map((view) => [
    html`<a class="nowrap" href="/batches/${view.id}">${formatBeijing(new Date(view.startedAt))}</a>`,
    html`<span class="word">${say(stateWords[view.state.code])}</span>`,
    `${view.rows} ${say(words.rows)}`,
    countsLine(view),
  ])
  const body = html`<p class="notice">${say(words.onlyInquiries)}</p>
    <p><a class="button" href="/batches/new">${say(words.another)}</a></p>
    ${batches.length === 0 ? html`<p>${say(words.none)}</p>` : table([words.startedAt, words.state, words.rowCount, words.outcome], lines)}
    ${next ? html`<p><a href="/batches?after=${next}">${say(words.older)}</a></p>` : ''}`
  return page(body, { title: words.batches, who, mark })
}

function countsLine({ counts }: BatchView): Html {
  const some = rowOutcomeList.filter((one) => counts[one] > 0)
  return html`${some.map((one) => html`<span class="nowrap">${say(outcomeWords[one])} ${counts[one]}</span> `)}`
}

export type BatchShown = {
  readonly view: BatchView
  readonly rows: readonly BatchRowView[]
  readonly next?: number
  readonly nameOf: (registry: string) => string
}

/** A batch and what has come of its rows until now. */
export function batchPage(shown: BatchShown, { who, mark }: AtDesk): Html {
  const { view } = shown
  const isRunning = view.state.code === 'running'
  const body = html`${progressPart(view)}
    ${isRunning ? html`<p class="en">${say(words.refreshes)}</p>` : ''}
    ${holdForms(view, who.token)}
    ${exportPart(view)}
    ${rowsPart(shown)}`
  return page(body, { title: words.batch, who, mark, ...(isRunning && { refreshSeconds }) })
}

function progressPart({ state, rows, startedAt, endedAt, counts, secondsLeft }: BatchView): Html {
  const isUnderWay = state.code === 'running'
  const done = rows - counts.waiting - counts.stopped
  return html`${facts([
    [words.state, html`<span class="word">${say(stateWords[state.code])}</span>`],
    [words.startedAt, formatBeijing(new Date(startedAt))],
    ...(endedAt ? [[words.endedAt, formatBeijing(new Date(endedAt))] as const] : []),
    [words.progress, `${say(words.submitted)} ${done} / ${rows}`],
    ...(isUnderWay ? [[words.left, leftWord(secondsLeft)] as const] : []),
  ])}${progressBar(counts, rows)}<p class="en">${say(words.silence)}</p>`
}

function leftWord(seconds: number | undefined): string {
  if (seconds === undefined) return say(words.unknown)
  if (seconds < 60) return `${say(words.about)} ${seconds} ${say(words.seconds)}`
  if (seconds < 3600) return `${say(words.about)} ${Math.ceil(seconds / 60)} ${say(words.minutes)}`
  return `${say(words.about)} ${(seconds / 3600).toFixed(1)} ${say(words.hours)}`
}

/** How each outcome is drawn, and the shape that goes with its word: a colour alone tells nothing. */
const drawn: Readonly<Record<RowOutcome, { readonly part: string; readonly shape: string }>> = {
  found: { part: 'part2', shape: '●' },
  nothing: { part: 'part0', shape: '○' },
  declined: { part: 'part3', shape: '×' },
  silent: { part: 'part3', shape: '!' },
  sent: { part: 'part1', shape: '◐' },
  refused: { part: 'part3', shape: '×' },
  stopped: { part: 'part4', shape: '—' },
  waiting: { part: 'part4', shape: '◌' },
}

/** Repeats in a picture what stands in words under it. */
function progressBar(counts: BatchView['counts'], rows: number): Html {
  const order = Object.keys(drawn) as RowOutcome[]
  let before = 0
  const rects = order.map((one) => {
    const x = before
    const width = (1000 * counts[one]) / Math.max(rows, 1)
    before += width
    const part = one === 'waiting' || one === 'stopped' ? 'whole' : drawn[one].part
    return html`<rect class="${part}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="8"/>`
  })
  const legend = order.map(
    (one) =>
      html`<li><span class="nowrap">${drawn[one].shape} ${say(outcomeWords[one])} <strong>${counts[one]}</strong></span></li>`,
  )
  return html`<figure class="chart"><svg class="bar sums" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">${rects}</svg><ul class="legend">${legend}</ul></figure>`
}

function holdForms({ id, state }: BatchView, token: string): Html | string {
  if (state.code !== 'running' && state.code !== 'paused') return ''
  const form = (path: 'pause' | 'resumption' | 'stop', label: string, quiet: boolean) =>
    html`<form method="post" action="/batches/${id}/${path}" class="inline">${tokenField(token)}<button${quiet ? html` class="quiet"` : ''}>${label}</button></form> `
  const first =
    state.code === 'running' ? form('pause', say(words.pause), false) : form('resumption', say(words.resume), false)
  return html`<p>${first}${form('stop', say(words.stop), true)}</p><p class="en">${say(words.stopHow)}</p>`
}

function exportPart({ id, rows }: BatchView): Html {
  const parts = Array.from({ length: Math.ceil(rows / mostExported) }, (_, at) => at)
  return html`<h3>${say(words.results)}</h3><ul>${parts.map((at) => {
    const from = parts.length > 1 ? ` · ${at * mostExported + 1} ${say(words.exportPart)}` : ''
    return html`<li><a href="/batches/${id}/export?part=${at}">${say(words.export)}${from}</a></li>`
  })}</ul><p class="en">${say(words.exported)}</p>`
}

function rowsPart({ view, rows, next, nameOf }: BatchShown): Html {
  return html`<h3>${say(words.list)}</h3>${table(
    [words.row, words.case, words.party, words.registries, words.outcome, words.request],
    rows.map((row) => rowCells(row, nameOf)),
  )}${next === undefined ? '' : html`<p><a href="/batches/${view.id}?after=${next}">${say(words.more)}</a></p>`}`
}

function rowCells(row: BatchRowView, nameOf: BatchShown['nameOf']): (Html | string)[] {
  const { code } = row.outcome
  const tone = code === 'found' || code === 'nothing' ? 'done' : code === 'sent' ? 'wait' : ''
  const isBad = drawn[code].part === 'part3'
  const why = row.refused ? html`<br><span class="en">${say(row.refused.title)}：${say(row.refused.next)}</span>` : ''
  const outcome = html`<span class="${isBad ? 'late' : `word ${tone}`}">${drawn[code].shape} ${say(outcomeWords[code])}</span>${why}`
  if (row.caseId === undefined) return [String(row.row), say(words.outOfReach), '—', '—', outcome, '—']
  return [
    String(row.row),
    html`<a class="nowrap" href="/cases/${row.caseId}">${row.case ?? ''}</a>`,
    row.party?.name ?? '—',
    (row.registries ?? []).map(nameOf).join('、'),
    outcome,
    row.request ? html`<a href="/requests/${row.request}">${say(words.look)}</a>` : '—',
  ]
}
