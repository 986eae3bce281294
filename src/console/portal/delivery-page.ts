import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import { answerWord } from '../../domain/fold.ts'
import { measures } from '../../domain/measure.ts'
import { type StatementKind, statementKinds } from '../../domain/statement.ts'
import type { PortalExchange } from '../../http/portal/exchange.ts'
import type { Outline, OutlineLine } from '../../http/portal/outline.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { button } from '../admin/frame.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, table, titled } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { portalFrame } from './page.ts'
import { portalWords as words } from './words.ts'

/** One delivery: each attempt with its result and how long it took, each statement, and how the messages are built. */
export function deliveryPage(
  { exchange, attempts, request, rendered, statements }: PortalExchange,
  trouble: Pick<ProblemEntry, 'title' | 'next'> | undefined,
  at: AtDesk,
): Html {
  const { id, registry, reference, measure, phase, answer, createdAt, respondBy } = exchange
  const waits = phase === 'ready' || phase === 'unknown' || phase === 'declined'
  const resend =
    waits && mayEver(at.person, 'delivery.resend')
      ? html`<p>${say(words.resendHow)}</p><p>${button(`/portal/${registry}/deliveries/${id}/resend`, words.resend, at.who.token, {}, false)}</p>`
      : phase === 'answered' && mayEver(at.person, 'delivery.resend')
        ? html`<p class="notice">${say(words.noResend)}</p>`
        : ''
  const body = html`${alert(trouble)}<p><a href="/portal/${registry}">${say(words.title)} · ${registry}</a></p>
    ${facts([
      [words.reference, html`<span class="code">${reference}</span>`],
      [words.measure, term(measures[measure])],
      [words.created, moment(createdAt)],
      [words.respondBy, moment(respondBy)],
      [words.phase, say(words.phases[phase])],
      [words.answer, term(answerWord(answer, measure))],
    ])}${resend}
    <h3>${say(words.attempts)}</h3>${attemptsTable(attempts)}
    <h3>${say(words.request)}</h3>${outlinePart(request)}
    ${rendered ? html`<h3>${say(words.rendered)}</h3>${outlinePart(rendered)}` : ''}
    <h3>${say(words.statements)}</h3>${statementsPart(statements)}
    <p class="en">${say(words.looked)}</p>`
  return portalFrame(titled(words.delivery, reference), body, at)
}

function attemptsTable(attempts: PortalExchange['attempts']): Html {
  if (attempts.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = attempts.map(({ number, act, at, outcome, detail, milliseconds }) => [
    String(number),
    say(words.acts[act as keyof typeof words.acts]),
    moment(at),
    html`<span class="code">${[outcome, detail].filter(Boolean).join(' · ') || '—'}</span>`,
    milliseconds === undefined ? '—' : lasted(milliseconds),
  ])
  return table([words.tries, words.act, words.at, words.outcome, words.took], rows)
}

function statementsPart(statements: PortalExchange['statements']): Html {
  if (statements.length === 0) return html`<p>${say(words.nothing)}</p>`
  return html`${statements.map(
    ({
      kind,
      grade,
      arrivedAt,
      milliseconds,
      message,
    }) => html`<section class="delivery"><h4>${term(statementKinds[kind as StatementKind])}</h4>
      ${facts([
        [words.at, moment(arrivedAt)],
        [words.after, lasted(milliseconds)],
        [words.grade, grade],
      ])}
      <h4>${say(words.message)}</h4>${message ? outlinePart(message) : html`<p>${say(words.sealed)}</p>`}</section>`,
  )}`
}

function outlinePart({ form, bytes, lines }: Outline): Html {
  const head = html`<p class="en">${form === 'opaque' ? say(words.opaque) : form.toUpperCase()} · ${bytes} ${say(words.bytes)}</p>`
  if (lines.length === 0) return head
  return html`${head}<pre class="bytes">${lines.map(lineOf).join('\n')}</pre>`
}

function lineOf({ depth, name, value, hidden, more }: OutlineLine): string {
  const said =
    more !== undefined
      ? ` ${more} ${say(words.furtherItems)}`
      : value !== undefined
        ? `: ${value}`
        : hidden === undefined
          ? ''
          : hidden === 0
            ? `: ${say(words.empty)}`
            : `: ‹${'●'.repeat(Math.min(hidden, 6))}› ${hidden} ${say(words.signs)}`
  return `${'  '.repeat(depth)}${name}${said}`
}

function lasted(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`
  const seconds = milliseconds / 1000
  if (seconds < 120) return `${seconds.toFixed(1)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
