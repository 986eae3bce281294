import { html } from 'hono/html'
import { endOf, formatBeijing, toBeijingDate } from '../domain/beijing-date.ts'
import type { Said } from '../http/problems/entry.ts'
import { language, readAt, say } from './language.ts'
import type { Html } from './layout.ts'

const units: readonly (readonly [seconds: number, one: Said, many: Said])[] = [
  [86_400, { zh: '天', en: 'day' }, { zh: '天', en: 'days' }],
  [3600, { zh: '小时', en: 'hour' }, { zh: '小时', en: 'hours' }],
  [60, { zh: '分钟', en: 'minute' }, { zh: '分钟', en: 'minutes' }],
]

/** A moment in Beijing time, and beside it how far it lies from the moment of the page. */
export function moment(at: Date | string): Html {
  const instant = new Date(at)
  const now = readAt()
  const ago = now ? html` <span class="ago">${relative(instant, now)}</span>` : ''
  return html`<time datetime="${instant.toISOString()}">${formatBeijing(instant)}</time>${ago}`
}

/** A deadline: a day that ends is named by itself, not by the first moment of the next. */
export function deadline(at: Date | string): Html {
  const instant = new Date(at)
  const day = toBeijingDate(new Date(instant.getTime() - 1))
  if (endOf(day).getTime() !== instant.getTime()) return moment(instant)
  const now = readAt()
  const ago = now ? html` <span class="ago">${relative(instant, now)}</span>` : ''
  return html`<time datetime="${instant.toISOString()}">${day} 24:00</time>${ago}`
}

/** `3 天前`, `2 小时后`, `刚刚`: the largest unit that is full. */
function relative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000
  const [size, one, many] = units.find(([unit]) => Math.abs(seconds) >= unit) ?? []
  if (size === undefined || !one || !many) return say({ zh: '刚刚', en: 'now' })
  const count = Math.floor(Math.abs(seconds) / size)
  const span = `${count} ${say(count === 1 ? one : many)}`
  if (language() === 'zh') return seconds < 0 ? `${span}前` : `${span}后`
  return seconds < 0 ? `${span} ago` : `in ${span}`
}
