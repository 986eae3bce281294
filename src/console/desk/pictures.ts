import { html } from 'hono/html'
import { type BeijingDate, daysBetween } from '../../domain/beijing-date.ts'
import type { Money } from '../../domain/money.ts'
import type { Html } from '../layout.ts'

/*
 * Pictures only repeat what stands in words beside them, so they are hidden from a screen reader. Drawn as SVG with
 * attributes, because the policy of the pages allows no inline style.
 */

/** How much of a term is over: a bar from its first day to its last, filled up to today. */
export function termBar(from: string, to: string, today: BeijingDate): Html {
  const whole = Math.max(1, daysBetween(from as BeijingDate, to as BeijingDate))
  const gone = Math.min(whole, Math.max(0, daysBetween(from as BeijingDate, today)))
  const width = (100 * gone) / whole
  const left = whole - gone
  const tone = left <= 30 ? 'bar late' : 'bar'
  return html`<svg class="${tone}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="whole" width="100" height="6"/><rect class="gone" width="${width.toFixed(1)}" height="6"/></svg>`
}

/** What is held against what may be: money really held, then things of known worth, then what is asked for, and the ceiling as a line. */
export function ceilingBar({
  ceiling,
  actual,
  sealed,
  pending,
}: {
  readonly ceiling: Money
  readonly actual: Money
  readonly sealed: Money
  readonly pending: Money
}): Html {
  const [most, money, things, asked] = [ceiling, actual, sealed, pending].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const whole = Math.max(most, money + things + asked, 1)
  const wide = (part: number) => ((100 * part) / whole).toFixed(2)
  return html`<svg class="bar sums" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="whole" width="100" height="8"/>
    <rect class="money" width="${wide(money)}" height="8"/>
    <rect class="things" x="${wide(money)}" width="${wide(things)}" height="8"/>
    <rect class="asked" x="${wide(money + things)}" width="${wide(asked)}" height="8"/>
    <line class="most" x1="${wide(most)}" x2="${wide(most)}" y1="0" y2="8"/>
  </svg>`
}
