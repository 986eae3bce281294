import { html } from 'hono/html'
import { type CourtCode, courtName } from '../../domain/court.ts'
import type { Figure, Figures, OverdueRelease } from '../../gateway/ports/figures.ts'
import { type FiguresAsked, overdueAtOnce } from '../../http/audit/figures.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { barChart, lasting } from './bars.ts'
import { logged, tabs } from './log-page.ts'
import { auditWords as words } from './words.ts'

export type StatisticsShown = {
  readonly asked: FiguresAsked
  readonly figures: Figures & { readonly overdue: readonly OverdueRelease[] }
  /** The numbers of the cases of the overdue releases. */
  readonly cases: ReadonlyMap<string, string>
  readonly now?: Date
  /** The first day asked for is after the last. */
  readonly isWrong?: true
  readonly courts: readonly CourtCode[]
  readonly registries: ReadonlyMap<string, string>
}

/** How courts and registries are doing: pictures, and beneath each the numbers they are drawn from. */
export function statisticsPage(shown: StatisticsShown, { who, mark }: AtDesk): Html {
  const { asked, figures, courts, registries, isWrong } = shown
  if (isWrong)
    return page(
      html`${tabs('statistics')}<p class="alert" role="alert">${say(words.fromAfterTo)}</p>${form(asked, courts)}${logged()}`,
      { title: words.statistics, who, mark },
    )
  const body = html`
    ${tabs('statistics')}
    ${form(asked, courts)}
    <p>${say(words.counted)}</p>
    ${overduePart(shown)}
    ${part(words.byRegistry, words.registry, figures.ofRegistries, (code) => registries.get(code) ?? code)}
    ${part(words.byCourt, words.court, figures.ofCourts, (code) => courtName(code as CourtCode))}
    ${logged()}`
  return page(body, { title: words.statistics, who, mark, record: 'broad' })
}

/** Property that is held on though the court has let it go: each one by itself, never a number alone. */
function overduePart({ figures: { overdue }, cases, registries, now }: StatisticsShown): Html {
  const heading = html`<h3>${say(words.overdueReleases)}</h3>`
  if (overdue.length === 0 || !now) return html`${heading}<p>${say(words.noOverdueReleases)}</p>`
  const rows = overdue
    .slice(0, overdueAtOnce)
    .map(({ delivery, caseId, registry, createdAt, respondBy }) => [
      html`<a href="/audit/exchanges/${delivery}">${cases.get(caseId) ?? say(words.exchange)}</a>`,
      registries.get(registry) ?? registry,
      moment(createdAt),
      moment(respondBy),
      html`<span class="late">▲ ${lasting((now.getTime() - respondBy.getTime()) / 1000)}</span>`,
    ])
  const first = overdue.length > overdueAtOnce ? onlyFirstOfMore(overdueAtOnce, say(words.longestFirst)) : ''
  return html`${heading}${first}${table([words.where, words.registry, words.orderedAt, words.dueBy, words.lateFor], rows)}`
}

function part(title: Said, whose: Said, unordered: readonly Figure[], nameOf: (key: string) => string): Html {
  const heading = html`<h3>${say(title)}</h3>`
  // One order for the pictures and the tables: a line is found again by its place.
  const figures = slowestFirst(unordered)
  if (figures.length === 0) return html`${heading}<p>${say(words.noFigures)}</p>`
  const times = (member: 'answerTime' | 'releaseLag') =>
    figures.flatMap(({ key, [member]: seconds }) =>
      seconds === undefined ? [] : [{ name: nameOf(key), parts: [seconds], said: lasting(seconds) }],
    )
  const chart = (said: Said, member: 'answerTime' | 'releaseLag') =>
    times(member).length > 0 ? barChart(said, times(member)) : ''
  return html`${heading}
    ${chart(words.answerTime, 'answerTime')}
    ${chart(words.releaseLag, 'releaseLag')}
    ${table(
      carriedHeads(whose),
      figures.map((figure) => carried(figure, nameOf)),
    )}
    ${controlsPart(whose, figures, nameOf)}`
}

/** Whoever keeps us waiting longest stands first; then whoever takes longest to answer. */
function slowestFirst(figures: readonly Figure[]): readonly Figure[] {
  const wait = ({ longestWait = -1, answerTime = -1 }: Figure) => [longestWait, answerTime] as const
  return figures.toSorted((one, other) => wait(other)[0] - wait(one)[0] || wait(other)[1] - wait(one)[1])
}

/** In the order in which the parts of a bar stand beside each other. */
const controlStates = [
  ['inForce', words.inForce],
  ['waiting', words.queued],
  ['released', words.released],
  ['expired', words.expired],
  ['endedOtherwise', words.endedOtherwise],
] as const

function controlsPart(whose: Said, figures: readonly Figure[], nameOf: (key: string) => string): Html {
  const lines = figures.map((figure) => ({
    name: nameOf(figure.key),
    parts: controlStates.map(([state]) => figure[state]),
    said: controlStates
      .flatMap(([state, word]) => (figure[state] > 0 ? `${say(word)} ${figure[state]}` : []))
      .join(' · '),
  }))
  const held = lines.filter(({ parts }) => parts.some((part) => part > 0))
  if (held.length === 0) return html`<p>${say(words.noControls)}</p>`
  const states = controlStates.map(([, said]) => said)
  const rows = held.map(({ name, parts }) => [name, ...parts.map(counted)])
  return html`${barChart(words.controls, held, states)}${table([whose, ...states], rows)}`
}

/** A number of a column of numbers, which stand under each other at the right. */
const counted = (count: number): Html => html`<span class="sum">${count}</span>`

const carriedHeads = (whose: Said): readonly Said[] => [
  whose,
  words.deliveries,
  words.answered,
  words.unanswered,
  words.overdue,
  words.answerTime,
  words.releases,
  words.releaseLag,
]

function carried(figure: Figure, nameOf: (key: string) => string): readonly (Html | string)[] {
  const { key, deliveries, answered, unanswered, longestWait, overdue, answerTime, releases, releaseLag } = figure
  const time = (seconds: number | undefined) =>
    html`<span class="sum">${seconds === undefined ? '—' : lasting(seconds)}</span>`
  const late = overdue > 0 ? html`<span class="sum"><span class="late">! ${overdue}</span></span>` : counted(0)
  const silent =
    longestWait === undefined
      ? counted(0)
      : html`<span class="sum">${unanswered}</span> · ${say(words.longest)} ${lasting(longestWait)}`
  return [
    nameOf(key),
    counted(deliveries),
    counted(answered),
    silent,
    late,
    time(answerTime),
    counted(releases),
    time(releaseLag),
  ]
}

function form({ from, to, court }: FiguresAsked, courts: readonly CourtCode[]): Html {
  return html`<form action="/audit/statistics" class="wide filters"><div class="row">
    <p><label for="from">${say(words.from)}</label><input id="from" name="from" type="date" value="${from}" required></p>
    <p><label for="to">${say(words.to)}</label><input id="to" name="to" type="date" value="${to}" required></p>
    <p><label for="court">${say(words.court)}</label><select id="court" name="court"><option value="">${say(words.all)}</option>${courts.map((code) => html`<option value="${code}"${code === court ? html` selected` : ''}>${courtName(code)}</option>`)}</select></p>
    </div><p><button>${say(words.filter)}</button></p></form>`
}
