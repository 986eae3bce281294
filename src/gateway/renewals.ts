import { type Deed, reachOf, refusalOn } from '../domain/authority.ts'
import { addDays, type BeijingDate, compareDates, toBeijingDate } from '../domain/beijing-date.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { isAnswered } from '../domain/fold.ts'
import { targetsOf } from '../domain/measure.ts'
import type { Person } from '../domain/person.ts'
import type { Parts } from './parts.ts'
import type { Ending, EndingPage } from './ports/clocks.ts'
import type { RequestLine } from './ports/request-line.ts'
import type { ControlRow, RequestRow } from './ports/rows.ts'

const atOnce = 200

/** What ran out so lately that it may still be news to somebody. */
const hindsightDays = 30

/** Counting goes no further: what is more is told as more. */
export const countedAtMost = 1000

/** Which page of the controls that end: within so many days, or however late; after the last one seen. */
export type EndingsAsked = {
  readonly days?: number
  readonly after?: NonNullable<EndingPage['after']>
  readonly limit: number
}

/** A page of them, whether there is another, and how many end within the days asked for and after them. */
export type Endings = {
  readonly page: readonly Ending[]
  readonly hasMore: boolean
  readonly count: number
  readonly later: number
}

/**
 * The controls in force whose last day comes within so many days, or has just passed, of cases within reach (invariant 12):
 * the first to end first. Computed by date, like the reminders, whether it was made here or brought in from a list.
 */
export async function endingWithin(
  { reads, clock }: Pick<Parts, 'reads' | 'clock'>,
  person: Person,
  deed: Deed,
  { days, after, limit }: EndingsAsked,
): Promise<Endings> {
  const today = toBeijingDate(clock())
  const reach = reachOf(person, deed)
  const until = days === undefined ? undefined : addDays(today, days)
  const span = { reach, since: addDays(today, -hindsightDays), ...(until && { until }) }
  const most = countedAtMost + 1
  const count = await reads.countEndings({ ...span, most })
  const areFew = count <= countedAtMost
  const found = await reads.endingsByDay({ ...span, areFew, limit: limit + 1, ...(after && { after }) })
  return {
    page: found.slice(0, limit),
    hasMore: found.length > limit,
    count,
    later: until ? await reads.countEndings({ reach, since: addDays(until, 1), most }) : 0,
  }
}

/**
 * How far the extension of a control has come. `unasked`: nobody was reminded yet; `prepared`: it is written and lacks its
 * papers; `waiting`: for an approver; `sent`: its registry owes an answer.
 */
export type RenewalState =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'prepared'; readonly task: string }
  | { readonly kind: 'waiting' | 'sent' | 'returned' | 'refused'; readonly request: string; readonly task?: string }

/** `drafts` counts the extensions that are still being written in its case, for whoever may read them. */
export type Renewal = Ending & { readonly file: CaseFile; readonly state: RenewalState; readonly drafts: number }

/** The same with the case of each and how far its extension is; of a case that is out of reach nothing is told. */
export async function renewalsOf(
  parts: Parts,
  person: Person,
  deed: Deed,
  endings: readonly Ending[],
): Promise<readonly Renewal[]> {
  const ids = [...new Set(endings.map(({ holder }) => holder))]
  const files = (await parts.reads.casesWith(ids)).filter((file) => !refusalOn(person, deed, file))
  const known = new Map(
    await Promise.all(files.map(async (file) => [file.id, { file, ...(await doneIn(parts, person, file)) }] as const)),
  )
  return endings.flatMap((ending) => {
    const held = known.get(ending.holder)
    return held ? [{ ...ending, file: held.file, state: stateOf(parts, ending, held), drafts: held.drafts }] : []
  })
}

type Extension = { readonly line: RequestLine; readonly row: RequestRow }
type Done = {
  readonly tasks: ReadonlyMap<string, string>
  readonly extensions: readonly Extension[]
  readonly drafts: number
}

/** The reminders of a case that are open, and its extensions, the newest first. */
async function doneIn({ reads }: Parts, person: Person, { id: caseId }: CaseFile): Promise<Done> {
  const reach = reachOf(person, 'task.list')
  const tasks = await reads.tasks({ reach, caseId, kind: 'renew-control', limit: atOnce })
  const mine = { reach: reachOf(person, 'draft.read'), caseId, state: 'open' as const, limit: atOnce }
  const drafts = (await reads.draftLines(mine)).filter(({ measure }) => measure === 'extend').length
  const lines = await reads.requestLines({ caseId, limit: atOnce })
  const asked = lines.filter(({ measure, state }) => measure === 'extend' && state !== 'withdrawn')
  const extensions = await Promise.all(
    asked.map(async (line) => {
      const row = await reads.request(line.id)
      return row ? [{ line, row }] : []
    }),
  )
  return {
    tasks: new Map(tasks.flatMap(({ id, about }) => (about.control ? [[about.control, id] as const] : []))),
    extensions: extensions.flat(),
    drafts,
  }
}

function stateOf(
  parts: Pick<Parts, 'assetRef'>,
  { control, lastDay }: Ending,
  { tasks, extensions }: Done,
): RenewalState {
  const task = tasks.get(control.id)
  const last = extensions.find(({ row }) => goesOnFrom(parts, row, control, lastDay))
  if (!last) return task ? { kind: 'prepared', task } : { kind: 'unasked' }
  return { kind: howFar(last), request: last.line.id, ...(task && { task }) }
}

/** Whether a request extends this control beyond the day on which it ends now. */
export function goesOnFrom(
  { assetRef }: Pick<Parts, 'assetRef'>,
  { asked: { measure } }: RequestRow,
  { delivery, controlNo, assetRef: ref }: ControlRow,
  lastDay: BeijingDate,
): boolean {
  if (measure.kind !== 'extend') return false
  const isIt = measure.parent.delivery
    ? measure.parent.delivery === delivery
    : controlNo !== undefined && measure.parent.controlNo === controlNo
  const isLater = measure.term.kind === 'months' || compareDates(measure.term.to, lastDay) > 0
  return isIt && isLater && targetsOf(measure).some(({ asset }) => assetRef(asset) === ref)
}

function howFar({ line: { state, deliveries } }: Extension): 'waiting' | 'sent' | 'returned' | 'refused' {
  if (state === 'submitted') return 'waiting'
  if (state !== 'approved') return 'returned'
  return deliveries.every(({ answer }) => isAnswered(answer)) ? 'refused' : 'sent'
}
