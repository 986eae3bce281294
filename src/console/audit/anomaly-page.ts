import { html } from 'hono/html'
import { anomalyKinds, anomalyOutcomeList, anomalyOutcomes, type LoggedAct } from '../../domain/anomaly.ts'
import type { FoundAnomaly } from '../../gateway/find-anomalies.ts'
import { daysOf, type ListedAnomaly } from '../../gateway/list-anomalies.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import type { ProblemEntry, Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, table, tokenField } from '../layout.ts'
import { moment } from '../moment.ts'
import { linesOf } from '../only-first.ts'
import { casesOf, pathOf, spanOf, stateWord, whoOf } from './anomalies-page.ts'
import { grownSince, anomalyWords as words } from './anomaly-words.ts'
import { kindWords } from './kinds.ts'
import { logged, type Named, tabs } from './log-page.ts'
import { auditWords } from './words.ts'

export type AnomalyShown = Named & {
  readonly anomaly: FoundAnomaly
  /** The same as a list has it. */
  readonly line: ListedAnomaly
  /** The entries of this part, as they stand in the log, by their ids. */
  readonly entries: ReadonlyMap<string, PlacedEntry>
  /** Which part of them: the newest are the first. */
  readonly part: number
  readonly trouble?: Pick<ProblemEntry, 'title' | 'next'> | undefined
  /** What was filled in, where it was not taken. */
  readonly typed?: { readonly outcome: string; readonly note: string } | undefined
}

/** As many of the entries an anomaly rests on as stand on a page. */
const entriesOnAPage = 100

/** The entries of a part of its list, the newest first. */
export function partOf({ entries }: FoundAnomaly, part: number): readonly LoggedAct[] {
  return [...entries].reverse().slice((part - 1) * entriesOnAPage, part * entriesOnAPage)
}

/** One anomaly: its rule, the entries it rests on, and what came of looking into it. */
export function anomalyPage(shown: AnomalyShown, { who, mark, person }: AtDesk): Html {
  const { anomaly, line, trouble } = shown
  const { why, ...name } = anomalyKinds[anomaly.kind]
  const body = html`
    ${tabs('below')}
    ${alert(trouble)}
    ${line.grown > 0 ? alert({ title: grownSince(line.grown), next: words.lookAgain }) : ''}
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
      partOf(anomaly, shown.part).map((act) => entryRow(act, shown)),
    )}
    ${partsOf(shown)}
    <h3>${say(words.marks)}</h3>
    ${marksPart(shown)}
    ${anomaly.people.includes(person.id) ? html`<p class="notice">${say(words.ownMatter)}</p>` : markForm(line, who.token, shown.typed)}
    ${logged()}`
  return page(body, { title: words.anomaly, who, mark, record: 'broad' })
}

/** Where there are more entries than a page holds: which these are, and the ways to the others. */
function partsOf({ anomaly: { entries }, line, part }: AnomalyShown): Html | string {
  const all = entries.length
  if (all <= entriesOnAPage) return ''
  const last = Math.min(part * entriesOnAPage, all)
  const way = (to: number, said: Said) => html` · <a href="${pathOf(line)}&part=${to}">${say(said)}</a>`
  return html`<p class="notice">${say(linesOf((part - 1) * entriesOnAPage + 1, last, all))}${part > 1 ? way(part - 1, words.newerEntries) : ''}${last < all ? way(part + 1, words.olderEntries) : ''}</p>`
}

function entryRow(act: LoggedAct, { entries, people, cases, anomaly }: AnomalyShown): readonly (Html | string)[] {
  const { entry, at } = act
  const [verdict] = anomaly.marks
  const isNew = verdict !== undefined && at > verdict.at
  const row = entries.get(entry)
  const number = row?.caseId && cases.get(row.caseId)
  return [
    html`<a href="/audit/entries/${entry}">${moment(at)}</a>${isNew ? html` <span class="late">! ${say(words.newSince)}</span>` : ''}`,
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

/** `count` is how many entries the page has shown: a verdict is of what somebody has seen. */
function markForm(anomaly: ListedAnomaly, token: string, typed?: AnomalyShown['typed']): Html {
  const { from, to } = daysOf(anomaly)
  const radio = (one: (typeof anomalyOutcomeList)[number]) =>
    html`<label class="tick"><input type="radio" name="outcome" value="${one}" required${typed?.outcome === one ? html` checked` : ''}> ${say(anomalyOutcomes[one])}</label>`
  return html`<form method="post" action="/audit/anomalies/${anomaly.id}">${tokenField(token)}
    <input type="hidden" name="from" value="${from}"><input type="hidden" name="to" value="${to}"><input type="hidden" name="kind" value="${anomaly.kind}"><input type="hidden" name="count" value="${anomaly.count}">
    <fieldset><legend>${say(words.outcome)}</legend>${anomalyOutcomeList.map(radio)}</fieldset>
    <p><label for="note">${say(words.note)}</label><textarea id="note" name="note" rows="3" required maxlength="2000" aria-describedby="how">${typed?.note ?? ''}</textarea></p>
    <p id="how" class="en">${say(words.noteHow)}</p>
    <p><button>${say(words.mark)}</button></p></form>`
}
