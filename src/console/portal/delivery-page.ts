import { html } from 'hono/html'
import { mayEver } from '../../domain/authority.ts'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import { answerWord, statementWord } from '../../domain/fold.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import type { StatementKind } from '../../domain/statement.ts'
import type { PortalExchange } from '../../http/portal/exchange.ts'
import type { Outline, OutlineLine } from '../../http/portal/outline.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { button } from '../admin/frame.ts'
import { lasting } from '../audit/bars.ts'
import { outcomeSaid } from '../desk/attempt-said.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, table, titled } from '../layout.ts'
import { deadline, moment } from '../moment.ts'
import { term } from '../terms.ts'
import { portalFrame } from './page.ts'
import { phaseWords, portalWords as words } from './words.ts'

/** One delivery: each attempt with its result and how long it took, each statement, and how the messages are built. */
export function deliveryPage(
  { exchange, attempts, request, rendered, renderedRead, statements, by }: PortalExchange,
  name: string,
  trouble: Pick<ProblemEntry, 'title' | 'next'> | undefined,
  at: AtDesk,
): Html {
  const { id, registry, reference, measure, phase, answer, createdAt, respondBy } = exchange
  const isSent = by === 'push' || by === 'pull'
  const waits = isSent && (phase === 'ready' || phase === 'unknown' || phase === 'declined')
  const resend =
    waits && mayEver(at.person, 'delivery.resend')
      ? html`<p>${say(words.resendHow)}</p><p>${button(`/portal/${registry}/deliveries/${id}/resend`, words.resend, at.who.token, {}, false)}</p>`
      : isSent && phase === 'answered' && mayEver(at.person, 'delivery.resend')
        ? html`<p class="notice">${say(words.noResend)}</p>`
        : ''
  const body = html`${alert(trouble)}<p><a href="/portal/${registry}">${say(words.title)} · ${name}</a></p>
    ${facts([
      [words.reference, html`<span class="code">${reference}</span>`],
      [words.measure, term(measures[measure])],
      [words.created, moment(createdAt)],
      [words.respondBy, deadline(respondBy)],
      [words.phase, say(phaseWords[by ?? 'push'][phase])],
      [words.answer, term(answerWord(answer, measure))],
    ])}${resend}
    <h3>${say(words.attempts)}</h3>${attemptsTable(attempts)}
    <h3>${say(words.request)}</h3>${outlinePart(request)}
    ${rendered ? html`<h3>${say(words.rendered)}</h3>${besidePart(rendered, renderedRead)}` : ''}
    <h3>${say(words.statements)}</h3>${statementsPart(statements, measure)}
    <p class="en">${say(words.looked)}</p>`
  const of = [name, term(measures[measure]), toBeijingDate(new Date(createdAt))].join(' · ')
  return portalFrame(titled(words.delivery, of), body, at)
}

function attemptsTable(attempts: PortalExchange['attempts']): Html {
  if (attempts.length === 0) return html`<p>${say(words.nothing)}</p>`
  const rows = attempts.map(({ number, act, at, outcome, detail, milliseconds }) => [
    String(number),
    say(words.acts[act as keyof typeof words.acts]),
    moment(at),
    outcomeSaid({ outcome, detail }),
    milliseconds === undefined ? '—' : lasted(milliseconds),
  ])
  return table([words.tries, words.act, words.at, words.outcome, words.took], rows)
}

function statementsPart(statements: PortalExchange['statements'], measure: MeasureKind): Html {
  if (statements.length === 0) return html`<p>${say(words.nothing)}</p>`
  return html`${statements.map(
    ({
      kind,
      grade,
      arrivedAt,
      milliseconds,
      message,
      messageRead,
    }) => html`<section class="delivery"><h4>${term(statementWord(kind as StatementKind, measure))}</h4>
      ${facts([
        [words.at, moment(arrivedAt)],
        [words.after, lasted(milliseconds)],
        [words.grade, grade],
      ])}
      <h4>${say(words.message)}</h4>${message ? besidePart(message, messageRead) : html`<p>${say(words.sealed)}</p>`}</section>`,
  )}`
}

/** A message that is in code, decoded beside the raw. */
function besidePart(raw: Outline, read: readonly OutlineLine[] | undefined): Html {
  if (!read) return outlinePart(raw)
  const decoded = html`<pre class="bytes" tabindex="0">${read.map(lineOf).join('\n')}</pre>`
  return html`<div class="beside"><section><h4>${say(words.read)}</h4>${decoded}</section><section><h4>${say(words.raw)}</h4>${outlinePart(raw)}</section></div>`
}

function outlinePart({ form, bytes, lines }: Outline): Html {
  const head = html`<p class="en">${form === 'opaque' ? say(words.opaque) : form.toUpperCase()} · ${bytes} ${say(words.bytes)}</p>`
  if (lines.length === 0) return head
  return html`${head}<pre class="bytes" tabindex="0">${lines.map(lineOf).join('\n')}</pre>`
}

function lineOf(line: OutlineLine): string {
  const { depth, name, says } = line
  return `${'  '.repeat(depth)}${name}${says ? ` ${say(says)}` : ''}${saidOf(line)}`
}

function saidOf({ value, hidden, more, bytes }: OutlineLine): string {
  if (more !== undefined) return ` ${more} ${say(words.furtherItems)}`
  if (bytes !== undefined) return `: ${bytes} ${say(words.bytes)}`
  if (value !== undefined) return `: ${value}`
  if (hidden === undefined) return ''
  return hidden === 0 ? `: ${say(words.empty)}` : `: ‹${'●'.repeat(Math.min(hidden, 6))}› ${hidden} ${say(words.signs)}`
}

function lasted(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ${say(words.milliseconds)}` : lasting(milliseconds / 1000)
}
