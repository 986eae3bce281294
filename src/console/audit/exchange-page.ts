import { html } from 'hono/html'
import type { MeasureKind } from '../../domain/measure.ts'
import { measures } from '../../domain/measure.ts'
import type { AttemptRow } from '../../gateway/ports/rows.ts'
import { entriesOfExchange } from '../../http/audit/asked.ts'
import type { ExchangeView } from '../../http/audit/views.ts'
import { outcomeSaid } from '../desk/attempt-said.ts'
import type { AtDesk } from '../desk/door.ts'
import { attemptWords } from '../desk/request-page.ts'
import { holdingsTable, targetsTable } from '../desk/results.ts'
import { say } from '../language.ts'
import { facts, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { onlyFirstOfMore } from '../only-first.ts'
import { term } from '../terms.ts'
import { aboutSaid } from './about.ts'
import { kindWords } from './kinds.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords as words } from './words.ts'

/** An exchange as the API shows it to an auditor: masked, before a reason was given. */
export type ExchangeShown = Named & {
  readonly view: ExchangeView
  readonly measure: MeasureKind
  readonly case: string
  /** The entries around it, the oldest first: who asked, who let it go, what was tried, what came, who looked. */
  readonly around: ExchangeView['entries']
  /** A reason that was too short to be one. */
  readonly isShort?: true
}

export function exchangePage(shown: ExchangeShown, { who, mark }: AtDesk): Html {
  const { delivery } = shown.view
  const body = html`
    ${tabs('below')}
    ${shown.isShort ? html`<p class="alert" role="alert">${say(words.reasonShort)}</p>` : ''}
    ${exchangePart(shown)}
    <section class="delivery on-screen"><p>${say(words.masked)}</p>
      ${reasonForm(`/audit/exchanges/${delivery.id}/bytes`, 'reveal', who.token)}
      <p>${say(words.exportWhat)}</p>
      <pre class="bytes" tabindex="0">writ verify *-${delivery.registry}-*-${delivery.id.slice(-8)}.bundle.json</pre>
      <p class="en">${say(words.writFrom)}</p>
      ${reasonForm(`/audit/exchanges/${delivery.id}/evidence`, 'export', who.token)}</section>
    ${logged()}`
  return page(body, { title: words.exchange, who, mark, record: 'broad' })
}

/** All of an exchange that is shown without a reason. */
export function exchangePart(shown: ExchangeShown): Html {
  const { view, measure, around } = shown
  const looks = around.filter(({ kind }) => kind === 'audit.viewed')
  const done = around.filter(({ kind }) => kind !== 'audit.viewed')
  const { delivery, subject, attempts, holdings, targets, statements } = view
  return html`
    ${facts([
      [words.where, html`<a href="/audit?case=${shown.case}">${shown.case}</a>`],
      [words.registry, shown.registries.get(delivery.registry) ?? delivery.registry],
      [
        words.request,
        html`<a href="/audit?request=${delivery.request}">${term(measures[measure])} · ${shown.case}</a>`,
      ],
      [words.reference, html`<span class="code">${delivery.reference}</span>`],
      [words.subject, subject ? html`${subject.name} <span class="code">${subject.idNumber}</span>` : '—'],
    ])}
    <h3>${say(words.people)}</h3>
    ${aroundTable(done, shown)}
    ${view.entries.length >= entriesOfExchange ? onlyFirstOfMore(around.length, html`<a href="/audit?delivery=${delivery.id}">${say(words.allEntries)}</a>`) : ''}
    <h3>${say(words.attempts)}</h3>
    ${attempts.length === 0 ? html`<p>—</p>` : table([words.time, words.act, words.outcome, words.ended], attempts.map(attemptRow))}
    <h3>${say(words.statements)}</h3>
    ${statements.length === 0 ? html`<p>—</p>` : table([words.arrived, words.kind, words.grade, words.digest], statements.map(statementRow))}
    ${holdings.length > 0 ? html`<h3>${say(words.found)}</h3>${holdingsTable(holdings)}` : ''}
    ${targets.length > 0 ? html`<h3>${say(words.targets)}</h3>${targetsTable(targets)}` : ''}
    ${looks.length > 0 ? html`<details><summary>${say(words.ownLooks)} <span class="count calm">${looks.length}</span></summary>${aroundTable(looks, shown)}</details>` : ''}`
}

function reasonForm(action: string, what: 'reveal' | 'export', token: string): Html {
  return html`<form method="post" action="${action}">${tokenField(token)}
    <p><label for="${what}">${say(words.reason)}</label><input id="${what}" name="reason" required minlength="5" maxlength="500" aria-describedby="${what}-how"></p>
    <p id="${what}-how" class="en">${say(words.reasonShort)}</p>
    <p><button>${say(words[what])}</button></p></form>`
}

function aroundTable(entries: ExchangeView['entries'], named: Named): Html {
  return table(
    [words.time, words.kind, words.who, words.about],
    entries.map((entry) => aroundRow(entry, named)),
  )
}

function aroundRow(entry: ExchangeView['entries'][number], named: Named): readonly (Html | string)[] {
  const { id, at, kind, person, about } = entry
  return [
    html`<a href="/audit/entries/${id}">${moment(at)}</a>`,
    say(kindWords[kind]),
    person ? (named.people.get(person) ?? person) : say(words.system),
    aboutSaid(entry, named) ?? (about ? html`<span class="code">${about}</span>` : ''),
  ]
}

function attemptRow({
  at,
  act,
  outcome,
  detail,
  endedAt,
}: ExchangeView['attempts'][number]): readonly (Html | string)[] {
  return [
    moment(at),
    say(attemptWords[act as AttemptRow['act']]),
    outcomeSaid({ outcome, detail }),
    endedAt ? moment(endedAt) : '—',
  ]
}

function statementRow({
  arrivedAt,
  zh,
  grade,
  entry,
  isSealed,
  payloadSha256,
}: ExchangeView['statements'][number]): readonly (Html | string)[] {
  return [
    html`<a href="/audit/entries/${entry}">${moment(arrivedAt)}</a>`,
    isSealed ? html`${term(zh)} <span class="late">${say(words.sealed)}</span>` : term(zh),
    html`<b>${grade}</b> ${say(gradeWords[grade])}`,
    html`<span class="code">${payloadSha256}</span>`,
  ]
}

export const gradeWords = {
  A: { zh: '单位签名', en: 'signed by the registry' },
  B: { zh: '认证通道', en: 'over its authenticated channel' },
  C: { zh: '纸质回执', en: 'from paper, compared' },
} as const
