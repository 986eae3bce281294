import { html } from 'hono/html'
import { anomalyKinds, anomalyOutcomeList, anomalyOutcomes, type LoggedAct } from '../../domain/anomaly.ts'
import type { FoundAnomaly } from '../../gateway/find-anomalies.ts'
import { daysOf, grownSince, type ListedAnomaly } from '../../gateway/list-anomalies.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { casesOf, spanOf, stateWord, whoOf } from './anomalies-page.ts'
import { anomalyWords as words } from './anomaly-words.ts'
import { kindWords } from './kinds.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords } from './words.ts'

export type AnomalyShown = Named & {
  readonly anomaly: FoundAnomaly
  /** The same as a list has it. */
  readonly line: ListedAnomaly
  /** The entries it rests on, as they stand in the log, by their ids; the first of them where there are many. */
  readonly entries: ReadonlyMap<string, PlacedEntry>
  readonly trouble?: ProblemEntry | undefined
}

/** One anomaly: its rule, the entries it rests on, and what came of looking into it. */
export function anomalyPage(shown: AnomalyShown, { who, mark, person }: AtDesk): Html {
  const { anomaly, line, trouble } = shown
  const { why, ...name } = anomalyKinds[anomaly.kind]
  const grown = grownSince(anomaly)
  const body = html`
    ${tabs('below')}
    ${alert(trouble)}
    ${grown > 0 ? html`<p class="alert" role="alert">${say(words.since)} ${grown} ${say(words.lookAgain)}</p>` : ''}
    ${facts([
      [words.rule, say(name)],
      [words.why, say(why)],
      [words.when, spanOf(line)],
      [words.who, whoOf(line, shown)],
      [words.cases, casesOf(line, shown)],
      ...(anomaly.median === undefined ? [] : [[words.median, String(anomaly.median)] as const]),
      [words.state, stateWord(line)],
    ])}
    <h3>${say(words.restsOn)} <span class="count">${anomaly.entries.length}</span></h3>
    ${table(
      [auditWords.time, auditWords.kind, auditWords.who, auditWords.where, auditWords.openExchange],
      anomaly.entries.filter(({ entry }) => shown.entries.has(entry)).map((act) => entryRow(act, shown)),
    )}
    <h3>${say(words.marks)}</h3>
    ${marksPart(shown)}
    ${anomaly.people.includes(person.id) ? html`<p class="notice">${say(words.ownMatter)}</p>` : markForm(line, who.token)}
    ${logged()}`
  return page(body, { title: words.anomaly, who, mark })
}

function entryRow({ entry, at }: LoggedAct, { entries, people, cases }: AnomalyShown): readonly (Html | string)[] {
  const row = entries.get(entry)
  const number = row?.caseId && cases.get(row.caseId)
  return [
    html`<a href="/audit/entries/${entry}">${moment(at)}</a>`,
    row ? say(kindWords[row.kind]) : '—',
    row?.person ? (people.get(row.person) ?? row.person) : say(auditWords.system),
    number ? html`<a class="nowrap" href="/audit?case=${number}">${number}</a>` : '—',
    row?.delivery ? html`<a href="/audit/exchanges/${row.delivery}">${say(auditWords.openExchange)}</a>` : '—',
  ]
}

function marksPart({ anomaly: { marks }, people }: AnomalyShown): Html {
  if (marks.length === 0) return html`<p>${say(words.noMarks)}</p>`
  return table(
    [auditWords.time, words.outcome, words.by, words.note],
    marks.map(({ at, outcome, by, note, entry }) => [
      html`<a href="/audit/entries/${entry}">${moment(at)}</a>`,
      say(anomalyOutcomes[outcome]),
      people.get(by) ?? by,
      note,
    ]),
  )
}

function markForm(anomaly: ListedAnomaly, token: string): Html {
  const { from, to } = daysOf(anomaly)
  const radio = (one: (typeof anomalyOutcomeList)[number]) =>
    html`<label class="tick"><input type="radio" name="outcome" value="${one}" required> ${say(anomalyOutcomes[one])}</label>`
  return html`<form method="post" action="/audit/anomalies/${anomaly.id}">${tokenField(token)}
    <input type="hidden" name="from" value="${from}"><input type="hidden" name="to" value="${to}"><input type="hidden" name="kind" value="${anomaly.kind}">
    <fieldset><legend>${say(words.outcome)}</legend>${anomalyOutcomeList.map(radio)}</fieldset>
    <p><label for="note">${say(words.note)}</label><textarea id="note" name="note" rows="3" required maxlength="2000" aria-describedby="how"></textarea></p>
    <p id="how" class="en">${say(words.noteHow)}</p>
    <p><button>${say(words.mark)}</button></p></form>`
}
