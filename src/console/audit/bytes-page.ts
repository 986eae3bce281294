import { html } from 'hono/html'
import { roles } from '../../domain/role.ts'
import type { ExchangeView } from '../../http/audit/views.ts'
import type { Told } from '../../relay/port.ts'
import { requestClaims } from '../../signing/claims/request.ts'
import { readCompact } from '../../signing/compact.ts'
import type { AtDesk } from '../desk/door.ts'
import { listed, say } from '../language.ts'
import { facts, type Html, page } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'
import { gradeWords } from './exchange-page.ts'
import { logged, tabs } from './log-page.ts'
import { auditWords as words } from './words.ts'

/** Decodes a message of a dialect that hides its values in a code of its own; undefined where it can be read as it is. */
type Telling = (message: Uint8Array) => Told | undefined

/** An exchange down to its bytes, for the reason that was given: in this answer and nowhere else. */
export function bytesPage(view: ExchangeView, entry: string, tell: Telling, { who, mark }: AtDesk): Html {
  const { delivery, subject, request, rendered, statements } = view
  const body = html`
    ${tabs('below')}
    <p class="notice">${say(words.plain)}</p>
    ${facts([
      [words.exchange, html`<a class="code" href="/audit/exchanges/${delivery.id}">${delivery.reference}</a>`],
      [words.revealed, html`<a class="code" href="/audit/entries/${entry}">${entry}</a>`],
      [words.subject, subject ? html`${subject.name} <span class="code">${subject.idNumber}</span>` : '—'],
    ])}
    ${request ? requestPart(request) : ''}
    ${rendered ? html`<h3>${say(words.rendered)}</h3>${besideRead(rendered, tell)}` : ''}
    ${statements.map((statement) => statementPart(statement, tell))}
    ${logged()}`
  return page(body, { title: words.exchange, who, mark, record: 'tall' })
}

/** Why, by the request's own claims; then all it says, and the signed text itself. */
function requestPart(jws: string): Html {
  const raw = readCompact(jws)?.claims
  const claims = requestClaims.safeParse(raw)
  return html`
    <h3>${say(words.why)}</h3>
    ${claims.success ? whyOf(claims.data) : ''}
    <h3>${say(words.requestClaims)}</h3>${exactly(JSON.stringify(raw, null, 1))}
    <h3>${say(words.requestBytes)}</h3>${exactly(jws)}`
}

function whyOf({ basis, officers, approvals }: ReturnType<typeof requestClaims.parse>): Html {
  const lines = approvals.map(({ name, role, at }) => html`<li>${name} · ${roleName(role)} · ${moment(at)}</li>`)
  return facts([
    [words.statute, basis.statute],
    [words.purpose, basis.purpose],
    [words.officers, listed(officers.map(({ name }) => name))],
    [words.approvals, lines.length > 0 ? html`<ul>${lines}</ul>` : '—'],
  ])
}

function statementPart(statement: ExchangeView['statements'][number], tell: Telling): Html {
  const { zh, grade, arrivedAt, message, receipt, isSealed } = statement
  return html`<section class="delivery"><h4>${term(zh)} · ${say(words.grade)} ${grade} ${say(gradeWords[grade])} · ${moment(arrivedAt)}</h4>
    ${isSealed ? html`<p class="late">${say(words.sealed)}</p>` : ''}
    ${message ? html`<h4>${say(words.message)}</h4>${besideRead(message, tell)}${claimsIn(textOf(message))}` : ''}
    ${receipt ? html`<h4>${say(words.receipt)}</h4>${exactly(receipt)}` : ''}</section>`
}

/** A message that is a JWS is shown as what it says, too. */
function claimsIn(text: string): Html | string {
  const claims = readCompact(text)?.claims
  return claims === undefined ? '' : exactly(JSON.stringify(claims, null, 1))
}

/** The exact text, and beside it the same decoded, where it is in code. */
function besideRead(base64: string, tell: Telling): Html {
  const told = tell(Buffer.from(base64, 'base64'))
  const exact = exactly(textOf(base64))
  if (!told) return exact
  const read = exactly(linesOf(told, 0).join('\n'))
  return html`<div class="beside"><section><h4>${say(words.decoded)}</h4>${read}</section><section><h4>${say(words.asSent)}</h4>${exact}</section></div>`
}

function linesOf({ name, says, values, children }: Told, depth: number): string[] {
  const named = (of: string, means: Told['says'], at: number) =>
    `${'  '.repeat(at)}${of}${means ? ` ${say(means)}` : ''}`
  const told = values.map(({ name: of, says: means, text, bytes }) => {
    const value = bytes === undefined ? (text ?? '') : `${bytes} ${say(words.bytes)}`
    return `${named(of, means, depth + 1)}: ${value}`
  })
  return [named(name, says, depth), ...told, ...children.flatMap((child) => linesOf(child, depth + 1))]
}

const exactly = (text: string): Html => html`<pre class="bytes" tabindex="0">${text}</pre>`

/** Text where the bytes are text in UTF-8; otherwise the bytes, sixteen a line. */
function textOf(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, at) => bytes.subarray(at * 16, at * 16 + 16))
  return lines
    .map(
      (line, at) =>
        `${(at * 16).toString(16).padStart(6, '0')}  ${[...line].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`,
    )
    .join('\n')
}

function roleName(role: string): string {
  return role in roles ? term(roles[role as keyof typeof roles]) : role
}
