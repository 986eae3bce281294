import { html } from 'hono/html'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import { type DecisionView, viewDecisions } from '../../http/officer/decisions.ts'
import { say } from '../language.ts'
import type { Html } from '../layout.ts'
import { moment } from '../moment.ts'
import type { ConsoleParts } from '../parts.ts'
import { decisionLine } from './decision-line.ts'
import { deskWords as words } from './words.ts'

/** One version of a request: who submitted it and when, and what approvers said of it. */
export type PastVersion = {
  readonly row: RequestRow
  readonly maker: string
  readonly decisions: readonly DecisionView[]
}

/** How many versions are told of; the request page of an older one leads further back. */
const mostVersions = 5

/** What went before this decision, the newest first. Why something was sent back is for those on the case alone. */
export async function pastOf(
  gateway: Parts,
  people: ConsoleParts['people'],
  row: RequestRow,
  isMasked: boolean,
): Promise<readonly PastVersion[]> {
  const past: PastVersion[] = []
  for (let at: RequestRow | undefined = row; at && past.length < mostVersions; ) {
    const decisions = viewDecisions(await gateway.reads.approvals(at.id))
    past.push({
      row: at,
      maker: (await people.byId(at.maker, gateway.clock()))?.name ?? '—',
      decisions: isMasked ? decisions.map(({ comment: _, ...rest }) => rest) : decisions,
    })
    at = at.replaces === undefined ? undefined : await gateway.reads.request(at.replaces)
  }
  return past
}

export function historyPart(past: readonly PastVersion[]): Html {
  return html`<h3>${say(words.history)}</h3><ul>${past.map(
    ({ row, maker, decisions }, nth) =>
      html`${decisions.toReversed().map(decisionLine)}<li>${nth === 0 ? say(words.versionNow) : html`<a href="/requests/${row.id}">${say(words.versionPast)}</a>`} · ${maker} · ${moment(row.submittedAt)}</li>`,
  )}</ul>`
}
