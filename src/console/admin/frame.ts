import { html } from 'hono/html'
import { type Deed, mayEver } from '../../domain/authority.ts'
import type { Person } from '../../domain/person.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page, tokenField } from '../layout.ts'
import { adminWords as words } from './words.ts'

/** The rooms of the administration, each for whoever may do its deed. */
const rooms = [
  ['/admin', words.overview, 'system.read'],
  ['/admin/people', words.people, 'person.list'],
  ['/admin/consents', words.consents, 'partner.list'],
  ['/admin/registries', words.registries, 'partner.list'],
  ['/admin/clients', words.clients, 'client.list'],
  ['/admin/rules', words.rules, 'system.read'],
  ['/admin/keys', words.keys, 'system.read'],
  ['/admin/health', words.health, 'system.read'],
  ['/admin/log', words.log, 'audit.system'],
  ['/audit/searches', words.searches, 'search.decide'],
  ['/portal', words.portal, 'portal.read'],
] as const satisfies readonly (readonly [string, Said, Deed])[]

export type Room = (typeof rooms)[number][0]

/** A page of the administration: the way to those rooms that are open to whoever looks, and where they are. */
export function adminPage(here: Room, title: Said, body: Html, { person, who, mark }: AtDesk): Html {
  return page(html`${tabs(here, person)}${body}`, { title, who, mark })
}

function tabs(here: Room, person: Person): Html {
  const open = rooms.filter(([, , deed]) => mayEver(person, deed))
  const links = open.map(([href, said], at) => {
    const link =
      href === here
        ? html`<a href="${href}" aria-current="page"><b>${say(said)}</b></a>`
        : html`<a href="${href}">${say(said)}</a>`
    return html`${at === 0 ? '' : ' · '}${link}`
  })
  return html`<nav class="tabs" aria-label="${say(words.title)}">${links}</nav>`
}

/** One button that sends a form; `fields` are hidden. */
export function button(
  action: string,
  said: Said,
  token: string,
  fields: Readonly<Record<string, string>> = {},
  isQuiet = true,
): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="${action}" class="inline">${tokenField(token)}${hidden}<button type="submit"${isQuiet ? html` class="quiet"` : ''}>${say(said)}</button></form>`
}

/** A choice among values, each with its words. */
export function choice(
  name: string,
  label: Said,
  values: readonly (readonly [value: string, text: string])[],
  chosen = '',
): Html {
  const options = values.map(
    ([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`,
  )
  return html`<p><label for="${name}">${say(label)}</label><select id="${name}" name="${name}">${options}</select></p>`
}

/** A line to be filled in. */
export function lineInput(name: string, label: Said, more: Html | string = ''): Html {
  return html`<p><label for="${name}">${say(label)}</label><input id="${name}" name="${name}" ${more}></p>`
}

/** An act that is opened first and then said why: two clicks and a reason, with no page between. */
export function reasonedAct(
  action: string,
  open: Said,
  act: Said,
  token: string,
  fields: Readonly<Record<string, string>> = {},
): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<details><summary>${say(open)}</summary>
    <form method="post" action="${action}">${tokenField(token)}${hidden}
      <label>${say(words.reason)}<textarea name="reason" rows="2" required minlength="5" maxlength="500"></textarea></label>
      <p class="en">${say(words.reasonHow)}</p><p><button type="submit">${say(act)}</button></p></form></details>`
}
