import { html } from 'hono/html'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'

/** One line of a chart: whose it is, how much of what, and the same in words. */
export type BarLine = { readonly name: string; readonly parts: readonly number[]; readonly said: string }

/** Lying bars, one a line, each part in a pattern of its own beside its word; the numbers stand next to them. */
export function barChart(title: Said, lines: readonly BarLine[], parts: readonly Said[] = []): Html {
  const whole = Math.max(...lines.map((line) => sumOf(line.parts)), 1e-9)
  const legend = parts.map(
    (said, at) =>
      html`<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="part${at}" width="10" height="10"/></svg> ${say(said)}</li>`,
  )
  return html`<figure class="chart bars"><figcaption>${say(title)}</figcaption>
    ${legend.length > 0 ? html`<ul class="legend">${legend}</ul>` : ''}
    <ul>${lines.map((line) => html`<li><span>${line.name}</span>${drawn(line, whole)}<span class="nowrap">${line.said}</span></li>`)}</ul></figure>`
}

function drawn({ parts }: BarLine, whole: number): Html {
  const wide = (count: number) => (1000 * count) / whole
  const rects = parts.map((count, at) => {
    const before = sumOf(parts.slice(0, at))
    return html`<rect class="part${at}" x="${wide(before).toFixed(1)}" width="${wide(count).toFixed(1)}" height="10"/>`
  })
  return html`<svg class="line" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${rects}</svg>`
}

function sumOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + part, 0)
}

/** A span of time as a person says it, fine enough that two bars of different length seldom carry the same number. */
export function lasting(seconds: number): string {
  const told = (count: number, unit: Said) => `${count.toFixed(count < 10 ? 2 : 1)} ${say(unit)}`
  if (seconds < 60) return told(seconds, units.second)
  if (seconds < 3600) return told(seconds / 60, units.minute)
  return seconds < 86_400 ? told(seconds / 3600, units.hour) : told(seconds / 86_400, units.day)
}

const units = {
  second: { zh: '秒', en: 's' },
  minute: { zh: '分', en: 'min' },
  hour: { zh: '小时', en: 'h' },
  day: { zh: '天', en: 'days' },
}
