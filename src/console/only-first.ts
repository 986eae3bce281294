import { html } from 'hono/html'
import type { Said } from '../http/problems/entry.ts'
import { say } from './language.ts'
import type { Html } from './layout.ts'

/** Says that a table or list is not all there is, and where the rest is; nothing where it is all. */
export function onlyFirst(shown: number, all: number, rest: Html | string = ''): Html | string {
  return shown >= all ? '' : html`<p class="notice">${say(onlyFirstOf(shown, all))}${rest ? html` · ${rest}` : ''}</p>`
}

/** The same where how many there are in all is not known, because counting them would cost more than it tells. */
export function onlyFirstOfMore(shown: number, rest: Html | string = ''): Html {
  return html`<p class="notice">${say(onlyFirstOfMany(shown))}${rest ? html` · ${rest}` : ''}</p>`
}

/** Which part of a list stands on its page: its lines `from` to `to`, counted from one. */
export function linesOf(from: number, to: number, all: number): Said {
  return { zh: `第 ${from}–${to} 条，共 ${all} 条`, en: `${from}–${to} of ${all}` }
}

function onlyFirstOf(shown: number, all: number): Said {
  return { zh: `仅显示前 ${shown} 条，共 ${all} 条`, en: `The first ${shown} of ${all}` }
}

function onlyFirstOfMany(shown: number): Said {
  return { zh: `仅显示前 ${shown} 条，还有更多`, en: `The first ${shown} alone; there are more` }
}
