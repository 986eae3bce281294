import { html } from 'hono/html'
import type { CounterView } from '../../http/clerk/view.ts'
import { counterTable } from '../clerk/page.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { type Html, page } from '../layout.ts'
import { errandWords as words } from './words.ts'

export type ErrandsShown = {
  readonly waiting: readonly CounterView[]
  readonly answered: readonly CounterView[]
  readonly stageOf: (line: CounterView) => string
  readonly answeredAt: (id: string) => Date | undefined
  /** What a place is called, where it is and when it is open. */
  readonly whereOf: (registry: string) => Html | string
}

/** The errands of one's cases, urgent and oldest first. */
export function errandsPage(shown: ErrandsShown, { who, mark }: AtDesk): Html {
  const { waiting, answered, stageOf, answeredAt, whereOf } = shown
  const by = { hrefOf: (id: string) => `/errands/${id}`, whereOf }
  const body = html`<p>${say(words.intro)}</p>
    <h3>${say(words.waiting)} ${waiting.length > 0 ? html`<span class="count">${waiting.length}</span>` : ''}</h3>
    ${waiting.length === 0 ? html`<p>${say(words.none)}</p>` : counterTable(waiting, { ...by, stateOf: stageOf })}
    <h3>${say(words.answered)}</h3>
    ${answered.length === 0 ? html`<p>${say(words.noneAnswered)}</p>` : counterTable(answered, { ...by, answeredAt })}`
  return page(body, { title: words.errands, who, mark })
}
