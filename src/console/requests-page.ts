import { html } from 'hono/html'
import { type Answer, isAnswered, statementWord } from '../domain/fold.ts'
import { measures } from '../domain/measure.ts'
import { type RequestState, requestStates } from '../domain/request.ts'
import { deliveryWord } from '../gateway/delivery-word.ts'
import type { Parts } from '../gateway/parts.ts'
import type { WordAbout } from '../gateway/ports/reads.ts'
import type { RequestLine } from '../gateway/ports/request-line.ts'
import { say } from './language.ts'
import { type Html, page, type Shown, table } from './layout.ts'
import { livePart, livePath } from './live/part.ts'
import { moment } from './moment.ts'
import { term } from './terms.ts'
import { tourWords } from './tour/words.ts'
import { words } from './words.ts'

/** What the list shows. Parties are in it by masks alone, and nothing that was found: only who said what kind of thing, and when. */
export type RequestsShown = {
  readonly requests: readonly RequestLine[]
  /** What registries said of them. */
  readonly told: readonly WordAbout[]
  readonly nameOf: (registry: string) => string
  readonly counter: Parts['counter']
  readonly now: Date
  readonly older?: string
  /** Where only those of one state are listed. */
  readonly state?: RequestState
  /** Who looks; in the demo's open page nobody. */
  readonly who?: Shown
  /** What stands above the list for whoever is signed in. */
  readonly above?: Html
  /** Whom a line is about, by a mask; left out where nobody in particular looks. */
  readonly subjectOf?: (party: string) => string | undefined
  /** Of what the list shows, where it is kept fresh. */
  readonly version?: string
  readonly demo: boolean
  /** Whether a newcomer can be shown the first steps. */
  readonly hasTour: boolean
  /** Whose copy of the page this is: the line of `http/watermark.ts`. */
  readonly mark: string
}

/** The list of requests, newest first. */
export function requestsPage({
  requests,
  told,
  nameOf,
  counter,
  now,
  older,
  state,
  who,
  above,
  mark,
  demo,
  hasTour,
  version,
  subjectOf,
}: RequestsShown): Html {
  const rows = requests.map((request) =>
    requestRow(request, told, { nameOf, counter, now, subjectOf, isLinked: who !== undefined }),
  )
  const heads = [
    words.time,
    words.case,
    ...(subjectOf ? [words.subject] : []),
    words.measure,
    words.state,
    words.answers,
  ]
  const body = html`
    ${demo ? html`<p class="notice">${say(words.demo)}</p>` : ''}
    ${hasTour ? html`<p><a class="button" href="/tour">${say(tourWords.start)}</a></p>` : ''}
    ${who ? '' : html`<p>${say(words.signInForMore)} <a href="/sign-in">${say(words.signIn)}</a></p>`}
    ${version === undefined ? '' : livePart('/version', version)}
    ${above ? html`${above}<h3 id="requests">${say(words.requests)}</h3>` : ''}
    ${state ? html`<p class="notice">${say(words.onlyState)} ${term(requestStates[state])} · <a href="/">${say(words.allRequests)}</a></p>` : ''}
    ${rows.length === 0 ? html`<p>${say(words.none)}</p>` : table(heads, rows)}
    ${subjectOf ? '' : html`<p>${say(words.noParty)}</p>`}
    ${older ? html`<p><a href="/?${state ? html`state=${state}&` : ''}after=${older}">${say(words.older)}</a></p>` : ''}
  `
  return page(body, {
    mark,
    ...(version !== undefined && { script: livePath }),
    ...(who && { who, title: words.desk }),
  })
}

function requestRow(
  { id, caseId, submittedAt, caseNumber, party, measure, state, deliveries }: RequestLine,
  told: readonly WordAbout[],
  {
    isLinked,
    subjectOf,
    ...by
  }: Pick<RequestsShown, 'nameOf' | 'counter' | 'now'> & {
    readonly isLinked: boolean
    readonly subjectOf: RequestsShown['subjectOf'] | undefined
  },
): readonly (Html | string)[] {
  const said = deliveries.map((delivery) => {
    const words = told.filter((word) => word.delivery === delivery.id)
    return html`<li>${answerOf({ ...delivery, measure }, words, by)}</li>`
  })
  const short = (text: string) => html`<span class="nowrap">${text}</span>`
  const linked = (text: string, href: string) =>
    isLinked ? html`<a class="nowrap" href="${href}">${text}</a>` : short(text)
  return [
    moment(submittedAt),
    linked(caseNumber, `/cases/${caseId}`),
    ...(subjectOf ? [subjectOf(party) ?? ''] : []),
    linked(term(measures[measure]), `/requests/${id}`),
    short(term(requestStates[state])),
    said.length > 0 ? html`<ul>${said}</ul>` : html`<span class="en">${say(words.notSent)}</span>`,
  ]
}

function answerOf(
  delivery: RequestLine['deliveries'][number] & Pick<RequestLine, 'measure'>,
  told: readonly WordAbout[],
  { nameOf, counter, now }: Pick<RequestsShown, 'nameOf' | 'counter' | 'now'>,
): Html {
  const late = !isAnswered(delivery.answer) && delivery.respondBy < now
  const said = told.map(
    ({ kind, grade, arrivedAt }) =>
      html`<li>${term(statementWord(kind, delivery.measure))} · ${say(words.grade)} ${grade} · ${moment(arrivedAt)}</li>`,
  )
  return html`${nameOf(delivery.registry)}：<span class="word ${tone(delivery.answer)}">${term(deliveryWord(delivery, { counter }))}</span>
    ${late ? html`<span class="late">${say(words.overdue)}</span>` : ''}
    ${said.length > 0 ? html`<ol>${said}</ol>` : ''}`
}

/** The colour only repeats what the word says. */
function tone(answer: Answer): 'done' | 'wait' | '' {
  if (answer === 'executed' || answer === 'nothing') return 'done'
  return answer === 'silent' || answer === 'waiting' ? 'wait' : ''
}
