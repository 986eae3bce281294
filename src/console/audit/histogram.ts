import { html } from 'hono/html'
import { addDays, type BeijingDate, daysBetween } from '../../domain/beijing-date.ts'
import type { DayCount } from '../../gateway/ports/reads.ts'
import { say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import { auditWords as words } from './words.ts'

/** One bar: a day, or a month where there would be too many days to see; `from` and `to` are its first and last day. */
export type Bar = { readonly label: string; readonly from: string; readonly to: string; readonly count: number }

const mostBars = 92

/**
 * Every day from the first to the last, those without an entry too: a gap is what an auditor looks for. Where days would
 * be too many, months.
 */
export function barsOf(counts: readonly DayCount[], from?: BeijingDate, to?: BeijingDate): readonly Bar[] {
  const first = from ?? (counts[0]?.day as BeijingDate | undefined)
  const last = to ?? (counts.at(-1)?.day as BeijingDate | undefined)
  if (!first || !last || daysBetween(first, last) < 0) return []
  return daysBetween(first, last) < mostBars ? daysFrom(first, last, counts) : monthsOf(counts, last)
}

function daysFrom(first: BeijingDate, last: BeijingDate, counts: readonly DayCount[]): Bar[] {
  const known = new Map(counts.map(({ day, count }) => [day, count]))
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => {
    const day = addDays(first, at)
    return { label: day, from: day, to: day, count: known.get(day) ?? 0 }
  })
}

function monthsOf(counts: readonly DayCount[], last: BeijingDate): Bar[] {
  const sums = new Map<string, number>()
  const start = counts[0]?.day.slice(0, 7) ?? last.slice(0, 7)
  for (let month = start; month <= last.slice(0, 7); month = nextMonth(month)) sums.set(month, 0)
  for (const { day, count } of counts) sums.set(day.slice(0, 7), (sums.get(day.slice(0, 7)) ?? 0) + count)
  return [...sums].map(([month, count]) => {
    const end = addDays(`${nextMonth(month)}-01` as BeijingDate, -1)
    return { label: month, from: `${month}-01`, to: end, count }
  })
}

function nextMonth(month: string): string {
  const [year = 0, at = 0] = month.split('-').map(Number)
  return at === 12 ? `${year + 1}-01` : `${year}-${String(at + 1).padStart(2, '0')}`
}

const [wide, high] = [920, 120]

/** The bars, what they sum to, and the same as a table. Each bar and each line of the table leads to its period. */
export function histogram(bars: readonly Bar[], hrefOf: (bar: Bar) => string): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const inAll = bars.reduce((sum, { count }) => sum + count, 0)
  const step = wide / Math.max(1, bars.length)
  const drawn = bars.map((bar, at) => {
    const { label, count } = bar
    if (count === 0) return ''
    const height = Math.max(2, (high * count) / most)
    const told = `${label}: ${count} · ${say(words.narrow)}`
    // A low bar is hit by its whole column.
    return html`<a href="${hrefOf(bar)}" aria-label="${told}"><title>${told}</title><rect class="reach" x="${(at * step).toFixed(1)}" y="0" width="${step.toFixed(1)}" height="${high}"/><rect class="count" x="${(at * step + step * 0.1).toFixed(1)}" y="${(high - height).toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${height.toFixed(1)}"/></a>`
  })
  if (inAll === 0)
    return html`<figure class="chart"><figcaption>${say(words.histogram)} · ${say(words.noEntries)}</figcaption></figure>`
  const told = bars.filter(({ count }) => count > 0).reverse()
  return html`<figure class="chart">
    <figcaption>${say(words.histogram)} · ${say(words.inAll)} <b>${inAll}</b> · ${say(words.most)} <b>${most}</b></figcaption>
    <svg viewBox="0 0 ${wide} ${high}" preserveAspectRatio="none" role="group" aria-label="${say(words.histogram)}">${drawn}<line class="ground" x1="0" x2="${wide}" y1="${high}" y2="${high}"/></svg>
    <p class="ends"><span>${bars[0]?.label ?? ''}</span><span>${bars.at(-1)?.label ?? ''}</span></p>
    <details><summary>${say(words.byTime)}</summary>${table(
      [words.period, words.count],
      told.map((bar) => [
        html`<a class="nowrap" href="${hrefOf(bar)}">${bar.label}</a>`,
        html`<span class="sum">${bar.count}</span>`,
      ]),
    )}</details></figure>`
}
