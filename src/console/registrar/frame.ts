import { html } from 'hono/html'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page } from '../layout.ts'
import { registrarWords as words } from './words.ts'

const rooms = [
  ['/registrar', words.desk],
  ['/registrar/new', words.enterCase],
] as const

/** A page of the registrars' desk, with the ways that lead from each to the others. */
export function registrarPage(here: string, title: Said, body: Html, { who, mark }: AtDesk): Html {
  const links = rooms.map(([href, said], at) => {
    const current = href === here ? html` aria-current="page"` : ''
    return html`${at === 0 ? '' : ' · '}<a href="${href}"${current}>${href === here ? html`<b>${say(said)}</b>` : say(said)}</a>`
  })
  return page(html`<nav class="tabs" aria-label="${say(words.desk)}">${links}</nav>${body}`, { title, who, mark })
}
