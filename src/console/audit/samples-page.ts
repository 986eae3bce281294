import { html } from 'hono/html'
import { addDays, toBeijingDate } from '../../domain/beijing-date.ts'
import { type CourtCode, courtName } from '../../domain/court.ts'
import { mostSampled, sampleWhatList, sampleWhats } from '../../domain/sample.ts'
import type { Sample } from '../../gateway/ports/samples.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { sampleWords as words } from './sample-words.ts'
import { auditWords } from './words.ts'

export type SamplesShown = Named & {
  readonly samples: readonly Sample[]
  /** How many items of each are not judged. */
  readonly left: ReadonlyMap<string, number>
  readonly courts: readonly CourtCode[]
  readonly now: Date
  readonly older?: string
  readonly isWrong?: true
}

/** The samples of the courts one audits, those that were announced and never drawn too; and the form for a new one. */
export function samplesPage(shown: SamplesShown, { who, mark }: AtDesk): Html {
  const { samples, older, isWrong } = shown
  const rows = samples.map((sample) => row(sample, shown))
  const body = html`
    ${tabs('samples')}
    ${isWrong ? alert({ title: words.wrong, next: words.wrongNext }) : ''}
    <p>${say(words.what)}</p>
    ${rows.length === 0 ? html`<p>${say(words.none)}</p>` : table([words.at, words.court, words.kind, words.period, words.drawnOf, words.by, words.state], rows)}
    ${older ? html`<p><a href="/audit/samples?after=${older}">${say(auditWords.older)}</a></p>` : ''}
    ${form(shown, who.token)}
    ${logged()}`
  return page(body, { title: words.samples, who, mark, record: 'broad' })
}

function row(sample: Sample, { people, left }: SamplesShown): readonly (Html | string)[] {
  const { id, court, what, from, to, size, announcedBy, announcedAt, drawn } = sample
  return [
    html`<a href="/audit/samples/${id}">${moment(announcedAt)}</a>`,
    courtName(court as CourtCode),
    say(sampleWhats[what]),
    html`<span class="nowrap">${from}</span> – <span class="nowrap">${to}</span>`,
    drawn ? `${Math.min(size, drawn.population)} / ${drawn.population}` : '—',
    people.get(announcedBy) ?? announcedBy,
    stateWord(sample, left.get(id) ?? 0),
  ]
}

/** Told by a shape and a word, so that colour only repeats it; `left` is how many items are not judged. */
export function stateWord({ drawn, signedOff }: Pick<Sample, 'drawn' | 'signedOff'>, left: number): Html {
  if (signedOff) return html`<span class="word done">● ${say(words.done)}</span>`
  if (drawn && left === 0) return html`<span class="word wait">○ ${say(words.toSign)}</span>`
  return drawn
    ? html`<span class="word wait">○ ${say(words.open)}</span>`
    : html`<span class="late">! ${say(words.notDrawn)}</span>`
}

function form({ courts, now }: SamplesShown, token: string): Html {
  const to = toBeijingDate(now)
  return html`<h3>${say(words.newOne)}</h3><form method="post" action="/audit/samples" class="wide filters">${tokenField(token)}<div class="row">
    <p><label for="court">${say(words.court)}</label><select id="court" name="court">${courts.map((code) => html`<option value="${code}">${courtName(code)}</option>`)}</select></p>
    <p><label for="what">${say(words.kind)}</label><select id="what" name="what">${sampleWhatList.map((what) => html`<option value="${what}">${say(sampleWhats[what])}</option>`)}</select></p>
    <p><label for="from">${say(auditWords.from)}</label><input id="from" name="from" type="date" value="${addDays(to, -30)}" required></p>
    <p><label for="to">${say(auditWords.to)}</label><input id="to" name="to" type="date" value="${to}" required></p>
    <p><label for="size">${say(words.size)}</label><input id="size" name="size" type="number" min="1" max="${mostSampled}" value="10" required></p>
    </div><p><button>${say(words.announce)}</button></p></form>`
}
