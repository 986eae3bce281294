import { html } from 'hono/html'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import { recordKinds } from '../../ledger/record.ts'
import { kindWords } from '../audit/kinds.ts'
import { say } from '../language.ts'
import { type Html, page, table, titled } from '../layout.ts'
import { moment } from '../moment.ts'
import type { AtDesk } from './door.ts'
import { deskWords as words } from './words.ts'

/** Acts, not looks: who has looked is for the auditor. */
export const actKinds = recordKinds.filter((kind) => !/\.viewed$|^subject\.revealed$|^search\.|^access\./.test(kind))

export type TimelineShown = {
  readonly caseId: string
  readonly number: string
  readonly entries: readonly PlacedEntry[]
  readonly people: ReadonlyMap<string, string>
  readonly nameOf: (registry: string) => string
  /** Which measure about whom a request is, the names as this viewer has them; and what a paper is called. */
  readonly aboutOf: (entry: PlacedEntry) => string
  readonly older?: string
}

/** Every act of a case in one line of time, the newest first, each with its place in the log. */
export function timelinePage(shown: TimelineShown, { who, mark }: AtDesk): Html {
  const { caseId, number, entries, older } = shown
  const heads = [words.act, words.what, words.about, words.byWhom, words.registry, words.leaf]
  const back = html`<p><a href="/cases/${caseId}">${say(words.backToCase)}</a></p>`
  const body = html`${back}${entries.length === 0 ? html`<p>${say(words.noActs)}</p>` : html`${table(heads, entries.map(row(shown)))}<p class="en">${say(words.numbersHow)}</p>`}
    ${older ? html`<p><a href="/cases/${caseId}/timeline?after=${older}">${say(words.olderActs)}</a></p>` : ''}
    ${back}`
  return page(body, { title: titled(words.timeline, number), who, mark })
}

function row({ people, nameOf, aboutOf }: TimelineShown) {
  return (entry: PlacedEntry): readonly (Html | string)[] => {
    const { at, kind, person, request, registry, index, caseSeq } = entry
    return [
      moment(at),
      request ? html`<a href="/requests/${request}">${say(kindWords[kind])}</a>` : say(kindWords[kind]),
      aboutOf(entry),
      person ? (people.get(person) ?? '—') : say(words.byGateway),
      registry ? nameOf(registry) : '',
      html`<span class="sum">#${caseSeq}${index === undefined ? '' : ` · ${index}`}</span>`,
    ]
  }
}
