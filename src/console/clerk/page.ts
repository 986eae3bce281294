import { html } from 'hono/html'
import { measures } from '../../domain/measure.ts'
import { type CounterView, counterLinesAtOnce } from '../../http/clerk/view.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page, table } from '../layout.ts'
import { moment } from '../moment.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { term } from '../terms.ts'
import { clerkWords as words } from './words.ts'

export type ClerkShown = {
  readonly waiting: readonly CounterView[]
  readonly answered: readonly CounterView[]
  readonly nameOf: (registry: string) => string
  /** The clerk's role names no registry that is answered here. */
  readonly isNowhere: boolean
}

/** What waits at the clerk's registry, urgent and oldest first; parties are masked until a request is opened. */
export function clerkPage({ waiting, answered, nameOf, isNowhere }: ClerkShown, { who, mark }: AtDesk): Html {
  const lines = (them: readonly CounterView[]) => counterTable(them, (id) => `/clerk/deliveries/${id}`, nameOf)
  const body = html`${isNowhere ? html`<p class="notice">${say(words.noRegistry)}</p>` : ''}
    <h3>${say(words.waiting)} ${waiting.length > 0 ? html`<span class="count">${waiting.length}</span>` : ''}</h3>
    ${waiting.length === 0 ? html`<p>${say(words.nothingWaits)}</p>` : lines(waiting)}
    <h3>${say(words.answered)}</h3><p class="en">${say(words.seenFor)}</p>
    ${answered.length === 0 ? html`<p>${say(words.noneAnswered)}</p>` : lines(answered)}`
  return page(body, { title: words.desk, who, mark })
}

/** A list of deliveries to registries without a system; one that is full says that there may be more. */
export function counterTable(
  lines: readonly CounterView[],
  hrefOf: (id: string) => string,
  nameOf: (registry: string) => string,
): Html {
  const heads: readonly Said[] = [words.case, words.subject, words.registry, words.measure, words.state, words.dueBy]
  const more = lines.length >= counterLinesAtOnce ? onlyFirstOfMore(lines.length, say(words.othersLater)) : ''
  return html`${more}${table(
    heads,
    lines.map((line) => [
      html`<a class="nowrap" href="${hrefOf(line.id)}">${line.case}</a>${line.urgent ? html` <span class="late">! ${say(words.urgent)}</span>` : ''}`,
      line.subject ?? '',
      nameOf(line.registry),
      term(measures[line.measure]),
      html`<span class="word">${term(line.answer.zh)}</span>`,
      html`${moment(line.respondBy)}${line.overdue ? html` <span class="late nowrap">! ${say(words.overdue)}</span>` : ''}`,
    ]),
  )}`
}
