import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import type { Grant } from '../../domain/person.ts'
import type { HealthLine } from '../../http/health/look.ts'
import type { AtDesk } from '../desk/door.ts'
import { colon, say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { healthTable } from './facts-page.ts'
import { adminPage } from './frame.ts'
import { heldWords } from './people-page.ts'
import { adminWords as words } from './words.ts'

export type OverviewShown = {
  readonly lines: readonly HealthLine[]
  /** How many registries wait for a second person's word. */
  readonly consents: number
  /** How many searches for people wait for a word of whoever looks, where they may give one. */
  readonly searches?: number
  /** Of whoever may look at grants: those to be attested soon, and whose they are. */
  readonly grants?: readonly Grant[]
  readonly holders?: ReadonlyMap<string, string>
}

/** What of the administration needs somebody today, as far as whoever looks has to do with it. */
export function overviewPage({ lines, consents, searches, grants, holders }: OverviewShown, at: AtDesk): Html {
  const notWell = lines.filter(({ standing }) => standing !== 'well')
  const body = html`<p class="notice">${say(words.separated)}</p>
    <p>${say(words.yours)}${colon()}${at.person.holds.map((held) => heldWords(held)).join('；')}</p>
    <h3>${say(words.notWell)}</h3>
    ${notWell.length === 0 ? html`<p><span class="word done">● ${say(words.allWell)}</span></p>` : healthTable(notWell)}
    ${mayEver(at.person, 'partner.list') ? html`<h3>${say(words.waiting)}</h3><p><a href="/admin/consents">${say(words.consents)} <span class="count${consents === 0 ? ' calm' : ''}">${consents}</span></a></p>` : ''}
    ${searches === undefined ? '' : html`<h3>${say(words.searchesWaiting)}</h3><p><a href="/audit/searches">${say(words.searches)} <span class="count${searches === 0 ? ' calm' : ''}">${searches}</span></a></p>`}
    ${grants ? html`<h3>${say(words.dueGrants)}</h3>${grantsTable(grants, holders ?? new Map())}` : ''}`
  return adminPage('/admin', words.title, body, at)
}

function grantsTable(grants: readonly Grant[], holders: ReadonlyMap<string, string>): Html {
  if (grants.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = grants.map((grant) => [
    html`<a href="/admin/people/${grant.person}">${holders.get(grant.person) ?? grant.person}</a>`,
    heldWords(grant),
    moment(grant.attestBy),
  ])
  return table([words.person, words.role, words.attestBy], rows)
}
