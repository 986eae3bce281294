import { html } from 'hono/html'
import { measures } from '../../domain/measure.ts'
import type { WordAbout } from '../../gateway/ports/reads.ts'
import { type CounterView, counterLinesAtOnce } from '../../http/clerk/view.ts'
import type { AtDesk } from '../desk/door.ts'
import { listed, say } from '../language.ts'
import { type Html, page, table } from '../layout.ts'
import { deadline, moment } from '../moment.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { term } from '../terms.ts'
import { clerkWords as words } from './words.ts'

export type ClerkShown = {
  readonly waiting: readonly CounterView[]
  readonly answered: readonly CounterView[]
  readonly answeredAt: (id: string) => Date | undefined
  readonly nameOf: (registry: string) => string
  /** The registries of the clerk's role. */
  readonly own: readonly string[]
  /** None of them is answered here. */
  readonly isNowhere: boolean
  /** Officers of the court go to all of them. */
  readonly isVisited: boolean
}

/** What waits at the clerk's registry, urgent and oldest first; parties are masked until a request is opened. */
export function clerkPage(shown: ClerkShown, { who, mark }: AtDesk): Html {
  const { waiting, answered, answeredAt, nameOf, own, isNowhere, isVisited } = shown
  const by = { hrefOf: (id: string) => `/clerk/deliveries/${id}`, whereOf: nameOf }
  const lines = (them: readonly CounterView[]) => counterTable(them, by)
  const portal = own.length > 0 ? html` <a href="/portal">${say(words.toPortal)}</a>` : ''
  const nowhere = isVisited ? say(words.visited) : html`${say(words.noRegistry)}${portal}`
  const body = html`${isNowhere ? html`<p class="notice">${nowhere}</p>` : ''}
    ${own.length > 0 ? html`<p>${say(words.ofYours)}${listed(own.map(nameOf))}</p>` : ''}
    <h3>${say(words.waiting)} ${waiting.length > 0 ? html`<span class="count">${waiting.length}</span>` : ''}</h3>
    ${waiting.length === 0 ? html`<p>${say(words.nothingWaits)}</p>` : lines(waiting)}
    <h3>${say(words.answered)}</h3><p class="en">${say(words.seenFor)}</p>
    ${answered.length === 0 ? html`<p>${say(words.noneAnswered)}</p>` : counterTable(answered, { ...by, answeredAt })}`
  return page(body, { title: words.desk, who, mark })
}

type CounterCells = {
  readonly hrefOf: (id: string) => string
  readonly whereOf: (registry: string) => Html | string
  /** Where the state is told otherwise than by what the registry said. */
  readonly stateOf?: (line: CounterView) => string
  /** Of what was answered, when; else the list says by when it has to be. */
  readonly answeredAt?: (id: string) => Date | undefined
}

/** When each of them was answered last, by what was said of it. */
export function lastWords(said: readonly WordAbout[]): (id: string) => Date | undefined {
  const at = new Map(said.flatMap((one) => (one.kind === 'received' ? [] : [[one.delivery, one.arrivedAt] as const])))
  return (id) => at.get(id)
}

/** A list of deliveries to registries without a system; one that is full says that there may be more. */
export function counterTable(
  lines: readonly CounterView[],
  { hrefOf, whereOf, stateOf, answeredAt }: CounterCells,
): Html {
  const last = answeredAt ? words.answeredAt : words.dueBy
  const heads = [words.case, words.subject, words.registry, words.measure, words.state, last]
  const more = lines.length >= counterLinesAtOnce ? onlyFirstOfMore(lines.length, say(words.othersLater)) : ''
  return html`${more}${table(
    heads,
    lines.map((line) => [
      html`<a class="nowrap" href="${hrefOf(line.id)}">${line.case}</a>${line.urgent ? html` <span class="late">! ${say(words.urgent)}</span>` : ''}`,
      line.subject ?? '',
      whereOf(line.registry),
      term(measures[line.measure]),
      html`<span class="word">${stateOf ? stateOf(line) : term(line.answer.zh)}</span>`,
      answeredAt
        ? answeredCell(answeredAt(line.id))
        : html`${deadline(line.respondBy)}${line.overdue ? html` <span class="late nowrap">! ${say(words.overdue)}</span>` : ''}`,
    ]),
  )}`
}

function answeredCell(at: Date | undefined): Html | string {
  return at ? moment(at) : ''
}
