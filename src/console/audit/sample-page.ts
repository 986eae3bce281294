import { html } from 'hono/html'
import { type CourtCode, courtName } from '../../domain/court.ts'
import { measures } from '../../domain/measure.ts'
import { sampleVerdictList, sampleVerdicts, sampleWhats } from '../../domain/sample.ts'
import type { SampleItemAbout, SampleView } from '../../http/audit/sample-views.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { colon, listed, say } from '../language.ts'
import { alert, facts, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { sampleWords as words } from './sample-words.ts'
import { stateWord } from './samples-page.ts'
import { auditWords } from './words.ts'

export type SampleShown = Pick<Named, 'people'> & {
  readonly view: SampleView
  /** By name, who may sign it off: they audit the court and judged none of it. */
  readonly signers: readonly string[]
  readonly trouble?: ProblemEntry | undefined
}

/** One sample: how it was drawn, every item with its verdict, and who signs for the whole. */
export function samplePage({ view, people, signers, trouble }: SampleShown, { who, mark, person }: AtDesk): Html {
  const { id, court, what, from, to, items, population, signedOff } = view
  const isDrawn = population !== undefined
  const name = (person: string) => people.get(person) ?? person
  const left = items.filter(({ verdict, isSealed }) => !verdict && !isSealed).length
  const state = { ...(isDrawn && { drawn: {} as never }), ...(signedOff && { signedOff: {} as never }) }
  const body = html`
    ${tabs('below')}
    ${alert(trouble)}
    ${facts([
      [words.court, courtName(court as CourtCode)],
      [words.kind, say(sampleWhats[what])],
      [words.period, `${from} – ${to}`],
      [words.state, stateWord(state, left)],
      [words.by, html`${name(view.announcedBy)} · ${moment(view.announcedAt)}`],
      [words.announced, html`<a class="code" href="/audit/entries/${view.entry}">${view.entry}</a>`],
      ...(isDrawn
        ? [
            [words.items, `${items.length} / ${say(words.population)} ${population}`] as const,
            [words.sum, sumOf(items)] as const,
          ]
        : []),
      ...(signedOff
        ? [
            [
              words.signedBy,
              html`${name(signedOff.by)} · ${moment(signedOff.at)} · <a href="/audit/entries/${signedOff.entry}">${say(auditWords.entry)}</a>`,
            ] as const,
          ]
        : []),
    ])}
    ${isDrawn ? drawnPart(view, name, left, { me: person.id, token: who.token, signers }) : drawForm(id, who.token)}
    ${logged()}`
  return page(body, { title: words.sample, who, mark, record: 'broad' })
}

function drawForm(id: string, token: string): Html {
  return html`<form method="post" action="/audit/samples/${id}/draw">${tokenField(token)}<p>${say(words.drawWhat)}</p><p><button>${say(words.draw)}</button></p></form>`
}

function drawnPart(
  view: SampleView,
  name: (person: string) => string,
  left: number,
  { me, token, signers }: { readonly me: string; readonly token: string; readonly signers: readonly string[] },
): Html {
  const { id, items, seed, populationSha256, signedOff } = view
  const hasJudged = items.some(({ verdict, earlier }) => verdict?.by === me || earlier.some(({ by }) => by === me))
  const sign = hasJudged
    ? html`<p class="notice">${say(words.youJudged)}</p>`
    : html`<form method="post" action="/audit/samples/${id}/sign-off">${tokenField(token)}<p>${say(words.signOffWhat)}</p>
    <p><button>${say(words.signOff)}</button></p></form>`
  return html`<h3>${say(words.items)} <span class="count calm">${items.length}</span></h3>
    ${table(
      [words.position, words.id, words.case, words.person, words.registry, words.verdict, words.note, words.judgedBy],
      items.map((item) => itemRow(id, item, name)),
    )}
    ${signedOff ? '' : html`<p>${say(words.maySign)}${colon()}${signers.length > 0 ? listed(signers) : html`<span class="late">▲ ${say(words.nobodySigns)}</span>`}</p>`}
    ${signedOff ? '' : left > 0 ? html`<p>${say(words.leftToJudge)} <b>${left}</b></p>` : sign}
    <p><a class="button" href="/audit/samples/${id}/printout">${say(words.printout)}</a></p>
    <section class="delivery"><h3>${say(words.howDrawn)}</h3><p>${say(words.howWhat)}</p>
      <h4>${say(words.seed)}</h4><pre class="bytes" tabindex="0">${seed ?? ''}</pre>
      ${facts([[words.digest, html`<span class="code">${populationSha256 ?? ''}</span>`]])}
      <p><a href="/audit/samples/${id}/population">${say(words.ids)}</a></p><p class="en">${say(words.idsHow)}</p></section>`
}

function itemRow(
  sample: string,
  { position, item, about, verdict, isSealed }: SampleView['items'][number],
  name: (person: string) => string,
): readonly (Html | string)[] {
  return [
    String(position),
    isSealed ? say(words.sealed) : html`<a class="code" href="/audit/samples/${sample}/items/${position}">${item}</a>`,
    about?.case ? html`<span class="nowrap">${about.case}</span>` : '—',
    about?.person ? name(about.person) : '—',
    aboutWords(about),
    verdictWord(verdict?.verdict),
    verdict?.note ?? '',
    verdict ? html`${name(verdict.by)} · ${moment(verdict.at)}` : '',
  ]
}

/** Registry, measure and reference, as far as an item has them. */
function aboutWords(about: SampleItemAbout | undefined): Html | string {
  const { registry, registryName = registry, measure, reference } = about ?? {}
  if (!registryName && !reference) return '—'
  return html`${registryName ?? ''}${measure ? html` · ${term(measures[measure])}` : ''}${reference ? html` <span class="code">${reference}</span>` : ''}`
}

export function verdictWord(verdict: keyof typeof sampleVerdicts | undefined): Html {
  if (verdict === undefined) return html`<span class="word wait">○ ${say(words.notJudged)}</span>`
  const said = say(sampleVerdicts[verdict])
  return verdict === 'proper'
    ? html`<span class="word done">● ${said}</span>`
    : html`<span class="late">${verdict === 'improper' ? '✕' : '!'} ${said}</span>`
}

function sumOf(items: SampleView['items']): string {
  return sampleVerdictList
    .map((code) => `${say(sampleVerdicts[code])} ${items.filter(({ verdict }) => verdict?.verdict === code).length}`)
    .join(' · ')
}
