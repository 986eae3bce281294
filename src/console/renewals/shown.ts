import { isAssigned, mayEver, reachOf, refusalOn } from '../../domain/authority.ts'
import { daysBetween, parseDate, toBeijingDate } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { lastDayOf } from '../../domain/control.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { ControlRow, RequestRow } from '../../gateway/ports/rows.ts'
import { endingWithin, goesOnFrom, type RenewalState, renewalsOf } from '../../gateway/renewals.ts'
import type { ControlLine } from '../../http/officer/result-view.ts'
import { controlLines } from '../desk/control-lines.ts'
import type { AtDesk } from '../desk/door.ts'

/** One control that ends: its case, what it is on, and how far its extension has come. */
export type ShownRenewal = {
  readonly caseId: string
  readonly case: string
  readonly line: ControlLine
  readonly lastDay: string
  readonly left: number
  readonly state: RenewalState
  /** Extensions that are still being written in its case. */
  readonly drafts: number
  /** Whether whoever looks may give the extension its papers. */
  readonly mayPrepare: boolean
}

/** One extension that waits for an approver. */
export type ShownWaiting = {
  readonly request: string
  readonly caseId: string
  readonly case: string
  readonly isOwn: boolean
  readonly line?: ControlLine
  readonly lastDay?: string
  readonly left?: number
  /** Left out where the request is masked. */
  readonly until?: string
}

/** So many days ahead, or all there are. */
export type Window = number | 'all'

export type RenewalsShown = {
  readonly days: Window
  readonly renewals: readonly ShownRenewal[]
  readonly waiting: readonly ShownWaiting[]
  /** More requests wait than were gone through for these. */
  readonly waitingIsCut: boolean
  readonly mayApprove: boolean
  readonly count: number
  /** How many end after the days asked for. */
  readonly later: number
  readonly next?: string
}

const atOnce = 20
const waitingAtOnce = 200

/** What the page shows, masked for each case the person is not on; for every case in it there is an entry that it was looked at. */
export async function renewalsShown(
  gateway: Parts,
  at: AtDesk,
  { days, after }: { readonly days: Window; readonly after?: string },
): Promise<RenewalsShown> {
  const from = after === undefined ? undefined : placeIn(after)
  const asked = { limit: atOnce, ...(days !== 'all' && { days }), ...(from && { after: from }) }
  const { page, hasMore, count, later } = await endingWithin(gateway, at.person, 'results.read', asked)
  const renewals = await renewalsOf(gateway, at.person, 'results.read', page)
  const mayApprove = mayEver(at.person, 'request.approve')
  const { waiting, isCut } = mayApprove ? await waitingFor(gateway, at) : { waiting: [], isCut: false }
  const held = [...renewals, ...waiting.flatMap(({ control, file }) => (control ? [{ control, file }] : []))]
  const lineOf = await controlLines(gateway, at, held)
  const last = page.at(-1)
  return {
    days,
    mayApprove,
    ...{ count, later },
    renewals: renewals.map(({ control, file, lastDay, state, drafts }) => ({
      ...{ caseId: file.id, case: file.number, line: lineOf(control, file), lastDay, state, drafts },
      left: daysBetween(toBeijingDate(gateway.clock()), lastDay),
      mayPrepare: !refusalOn(at.person, 'request.submit', file),
    })),
    waitingIsCut: isCut,
    waiting: waiting.map((one) => viewWaiting(gateway, at, one, lineOf)),
    ...(last && hasMore && { next: `${last.lastDay}.${last.control.caseId}.${last.control.id}` }),
  }
}

type WaitingList = { readonly waiting: readonly Waiting[]; readonly isCut: boolean }

/** Where a page goes on, as an address says it; anything else is the beginning. */
function placeIn(text: string) {
  const [, day = '', caseId = '', id = ''] = /^([\d-]{10})\.([0-9a-f-]{36})\.([!-~]{1,200})$/.exec(text) ?? []
  const lastDay = parseDate(day)
  return isRefusal(lastDay) ? undefined : { lastDay, caseId, id }
}

type Waiting = { readonly row: RequestRow; readonly file: CaseFile; readonly control?: ControlRow }

/** Of the requests that wait the newest are gone through; `isCut` says that there are more. */
async function waitingFor({ reads, assetRef }: Parts, { person }: AtDesk): Promise<WaitingList> {
  const reach = reachOf(person, 'request.approve')
  const lines = await reads.requestLines({ reach, state: 'submitted', limit: waitingAtOnce })
  const asked = lines.filter(({ measure }) => measure === 'extend')
  const files = await reads.casesWith([...new Set(asked.map(({ caseId }) => caseId))])
  const found = await Promise.all(
    asked.map(async ({ id, caseId }) => {
      const file = files.find((one) => one.id === caseId)
      const row = await reads.request(id)
      if (!file || !row || refusalOn(person, 'request.approve', file)) return []
      const held = await reads.controls(...(file.line ?? [file.id]))
      const control = held.find((one) => {
        const lastDay = lastDayOf(one)
        return lastDay !== undefined && goesOnFrom({ assetRef }, row, one, lastDay)
      })
      return [{ row, file, ...(control && { control }) }]
    }),
  )
  return { waiting: found.flat(), isCut: lines.length === waitingAtOnce }
}

function viewWaiting(
  gateway: Parts,
  { person }: AtDesk,
  { row, file, control }: Waiting,
  lineOf: Awaited<ReturnType<typeof controlLines>>,
): ShownWaiting {
  const { measure } = row.asked
  const lastDay = control && lastDayOf(control)
  const until = measure.kind === 'extend' && measure.term.kind === 'dates' ? measure.term.to : undefined
  return {
    request: row.id,
    caseId: file.id,
    case: file.number,
    isOwn: row.maker === person.id,
    ...(control && { line: lineOf(control, file) }),
    ...(lastDay && { lastDay, left: daysBetween(toBeijingDate(gateway.clock()), lastDay) }),
    ...(until && isAssigned(person, file) && { until }),
  }
}
