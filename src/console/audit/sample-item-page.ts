import { html } from 'hono/html'
import { type SampleVerdict, sampleVerdictList, sampleVerdicts } from '../../domain/sample.ts'
import type { SampleView } from '../../http/audit/sample-views.ts'
import type { ProblemEntry, Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, type Html, page, table, titled, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { checklist, type SampleGround, samplesGround } from './sample-ground.ts'
import { verdictWord } from './sample-page.ts'
import { sampleWords as words } from './sample-words.ts'

export type ItemShown = Pick<Named, 'people'> & {
  readonly view: SampleView
  readonly item: SampleView['items'][number]
  /** The exchange or the entry, as an auditor's page of it shows it. */
  readonly content: Html
  readonly trouble?: ProblemEntry | undefined
  /** What was typed and refused: it is not typed twice. */
  readonly typed?: { readonly verdict: SampleVerdict; readonly note: string } | undefined
  /** The item that was judged just before this one was opened. */
  readonly judged?: number | undefined
  /** It is the reader's own act, and another auditor judges it. */
  readonly isOwn: boolean
  /** Of an entry: who made it, and how near they were to its case. */
  readonly looker: Html | string
  /** On what an exchange rests. */
  readonly ground?: SampleGround | undefined
}

/** One item of a sample: what it is, masked; the verdicts on it; and the form for one. */
export function sampleItemPage(shown: ItemShown, { who, mark }: AtDesk): Html {
  const { view, item, content, trouble, people, typed, judged, ground, isOwn, looker } = shown
  const { position, verdict, earlier } = item
  const verdicts = [...(verdict ? [verdict] : []), ...earlier.toReversed()]
  const rows = verdicts.map(({ verdict: word, by, at, note, entry }) => [
    html`<a href="/audit/entries/${entry}">${moment(at)}</a>`,
    verdictWord(word),
    people.get(by) ?? by,
    note ?? '',
  ])
  const open = nextOpen(view, position)
  const body = html`
    ${tabs('below')}
    ${alert(trouble)}
    ${judged ? html`<p class="notice" role="status">${say(nthJudged(judged))}</p>` : ''}
    <p><a href="/audit/samples/${view.id}">${say(words.back)}</a>${open ? html` · <a href="/audit/samples/${view.id}/items/${open.position}">${say(words.next)}</a>` : ''} · <a href="#verdict">${say(words.verdict)} ↓</a></p>
    ${ground ? html`<h3>${say(words.ground)}</h3>${samplesGround(ground)}` : ''}
    ${view.what === 'exchanges' && item.item ? html`<p><a href="/audit/exchanges/${item.item}">${say(words.openExchange)}</a> · <a href="/audit/exchanges/${item.item}#reveal">${say(words.openBytes)}</a></p>` : ''}
    ${looker ? html`<h3>${say(words.looker)}</h3>${looker}` : ''}
    ${content}
    ${checklist(view.what)}
    <h3 id="verdict">${say(words.verdict)}</h3>
    ${rows.length === 0 ? html`<p>${verdictWord(undefined)}</p>` : table([words.judgedAt, words.verdict, words.judgedBy, words.note], rows)}
    ${view.signedOff ? '' : isOwn ? html`<p class="notice">${say(words.ownMatter)}</p>` : verdictForm(view.id, item, who.token, typed)}
    ${logged()}`
  return page(body, { title: titled(words.item, `${position} / ${view.items.length}`), who, mark, record: 'broad' })
}

/** The next item without a verdict: after this one, or from the beginning. */
export function nextOpen({ items }: SampleView, position: number): SampleView['items'][number] | undefined {
  const open = items.filter((one) => one.position !== position && !one.verdict && !one.isSealed)
  return open.find((one) => one.position > position) ?? open[0]
}

function verdictForm(
  sample: string,
  { position }: SampleView['items'][number],
  token: string,
  typed: ItemShown['typed'],
): Html {
  const radio = (one: (typeof sampleVerdictList)[number]) =>
    html`<label class="tick"><input type="radio" name="verdict" value="${one}"${one === typed?.verdict ? html` checked` : ''} required> ${say(sampleVerdicts[one])}</label>`
  return html`<form method="post" action="/audit/samples/${sample}/items/${position}/verdict">${tokenField(token)}
    <fieldset><legend>${say(words.verdict)}</legend>${sampleVerdictList.map(radio)}</fieldset>
    <p><label for="note">${say(words.note)}</label><textarea id="note" name="note" rows="3" maxlength="2000" aria-describedby="how">${typed?.note ?? ''}</textarea></p>
    <p id="how" class="en">${say(words.noteHow)}</p>
    <p><button>${say(words.judge)}</button></p></form>`
}

const nthJudged = (position: number): Said => ({
  zh: `第 ${position} ${words.judgedNow.zh}`,
  en: `Item ${position}: ${words.judgedNow.en}`,
})
