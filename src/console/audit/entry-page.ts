import { html } from 'hono/html'
import { type CourtCode, courtName } from '../../domain/court.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import { viewedIn } from '../../gateway/viewed.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { facts, type Html, page } from '../layout.ts'
import { moment } from '../moment.ts'
import { aboutSaid, kindOf, whoSaid } from './about.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords as words } from './words.ts'

/** One entry: what the columns say, the leaf that alone is evidence, and its proof checked where it is looked at. */
export function entryPage(
  entry: PlacedEntry,
  named: Named,
  { who, mark }: AtDesk,
  others: readonly PlacedEntry[] = [],
): Html {
  const { id, index } = entry
  const body = html`
    ${tabs('below')}
    ${entryFacts(entry, named)}
    ${otherWords(others, named)}
    <section id="check" class="delivery" data-entry="${id}"${index === undefined ? '' : html` data-index="${index}"`}>
      <h3>${say(words.check)}</h3>
      <p>${say(words.checkWhat)}</p>
      <form hidden><p><label for="known">${say(words.known)}</label><input id="known" name="known" maxlength="300" autocomplete="off" spellcheck="false"></p>
        <p><button>${say(words.checkNow)}</button></p></form>
      <noscript><p class="notice">${say(words.checkByHand)}</p></noscript>
      <div class="outcome" role="status"></div>
      <ol class="steps" aria-live="polite" aria-label="${say(words.steps)}"></ol>
      <p><a href="/audit/entries/${id}/proof">${say(words.proof)}</a></p>
    </section>
    <h3>${say(words.leaf)}</h3>
    <pre id="leaf" class="bytes" tabindex="0">${Buffer.from(entry.leaf).toString('latin1')}</pre>
    ${logged()}`
  return page(body, { title: words.entry, who, mark, script: '/check-entry.js', record: 'tall' })
}

/** The asking and the word of a second person lead to each other. */
function otherWords(others: readonly PlacedEntry[], named: Named): Html | string {
  if (others.length === 0) return ''
  const ways = others.map(
    (other) =>
      html`<li><a href="/audit/entries/${other.id}">${kindOf(other)}</a> · ${whoSaid(other.person, named)} · ${moment(other.at)}</li>`,
  )
  return html`<h3>${say(words.sameMatter)}</h3><ul>${ways}</ul>`
}

/** What the columns say of an entry. */
export function entryFacts(entry: PlacedEntry, named: Named): Html {
  const { id, at, kind, index, person, court, caseId, caseSeq, request, delivery, registry, about, payload } = entry
  const code = (text: string | undefined) => (text === undefined ? '—' : html`<span class="code">${text}</span>`)
  const said = aboutSaid({ kind, about, view: viewedIn(entry.leaf) }, named)
  const number = caseId && named.cases.get(caseId)
  return facts([
    [words.kind, kindOf(entry)],
    [words.time, moment(at)],
    [words.who, person ? html`${whoSaid(person, named)} <span class="code">${person}</span>` : say(words.system)],
    [words.court, court ? courtName(court as CourtCode) : '—'],
    [words.where, number ? html`<a href="/audit?case=${number}">${number}</a>` : '—'],
    [words.caseSeq, caseSeq === undefined ? '—' : String(caseSeq)],
    [words.registry, registry ? (named.registries.get(registry) ?? registry) : '—'],
    [words.request, request ? html`<a class="code" href="/audit?request=${request}">${request}</a>` : '—'],
    [words.exchange, delivery ? html`<a class="code" href="/audit/exchanges/${delivery}">${delivery}</a>` : '—'],
    [
      words.about,
      said === undefined ? code(about) : html`${said}${about ? html` <span class="code">${about}</span>` : ''}`,
    ],
    [words.payload, payload === undefined ? say(words.no) : say(words.yes)],
    [words.place, index === undefined ? html`<span class="word wait">○ ${say(words.waiting)}</span>` : String(index)],
    [words.id, code(id)],
    [words.leafHash, code(Buffer.from(entry.leafHash).toString('base64'))],
  ])
}
