import type { BeijingDate } from '../domain/beijing-date.ts'
import { ceilingOf } from '../domain/ceiling.ts'
import { type Control, lastDayOf } from '../domain/control.ts'
import { isAnswered } from '../domain/fold.ts'
import { defaultCalendar } from '../domain/holidays.ts'
import { releaseProposal } from '../domain/release-proposal.ts'
import type { Reckoning } from '../domain/task.ts'
import { type MootReason, mootBy, mootReasons } from '../domain/task-moot.ts'
import { type RaisedTask, type TaskEvent, tasksRaisedBy } from '../domain/tasks-raised.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import type { TaskRow } from './ports/tasks.ts'

/** Who ends a task that nobody has to do any more. */
const gatewayItself = 'gateway'

/** Which entry of the log raises a task, and who is to see to it. */
export type Raising = { readonly entry: string; readonly owner: string; readonly words?: string }

/** The calendar and the days of this court; left out, what `domain/` says. */
export function reckoningOf({ reckoning }: Pick<Parts, 'reckoning'>): Reckoning {
  return reckoning ?? { calendar: defaultCalendar }
}

/**
 * Raises what these events leave to do, in the transaction of the act that brought them about: with the event there is
 * its task, and without it none. What the case was told before is there already and stays as it is.
 */
export async function raiseTasks(
  parts: Parts,
  act: CaseAct,
  events: readonly TaskEvent[],
  raising: Raising,
): Promise<readonly string[]> {
  const raised: string[] = []
  for (const event of events)
    for (const task of tasksRaisedBy(event, reckoningOf(parts))) {
      const row = rowOf(parts, act, event, task, raising)
      if (await act.tasks.raise(row, raising.words)) raised.push(row.id)
    }
  return raised
}

/** Whoever asked for the measure; where nobody here did, whoever entered the case. */
export async function ownerOf(act: CaseAct, delivery: string): Promise<string> {
  const row = await act.delivery(delivery)
  const request = row && (await act.request(row.request))
  return request?.maker ?? act.file.members[0] ?? act.file.enteredBy
}

function rowOf(
  parts: Parts,
  { file }: CaseAct,
  { kind: raisedBy, at: raisedAt }: TaskEvent,
  { key, kind, about, due }: RaisedTask,
  { entry, owner }: Raising,
): Omit<TaskRow, 'words' | 'ending'> {
  return { id: parts.newId(), caseId: file.id, key, kind, about, due, raisedAt, raisedBy, entry, owner }
}

/** Drops what has become moot by what was said, in its name: the entry of the statement is why. */
export async function dropMoot(parts: Parts, act: CaseAct, entry: string): Promise<void> {
  const open = await act.tasks.open()
  if (open.length === 0) return
  const controls = await act.controls()
  const answered = await answeredAmong(act, open)
  const surplus = surplusIn(act, controls, parts.clock()).map(({ control }) => control)
  for (const task of open) {
    const reason = mootBy(task, {
      controls,
      isAnswered: (delivery) => answered.has(delivery),
      isSurplus: (control) => surplus.includes(control),
    })
    const control = controls.find(({ id }) => id === task.about.control)
    if (reason) await drop(parts, act, task, reason, entry, control && lastDayOf(control))
  }
}

/** What of the freezes should be let go, now that the sum of the case is reached (查扣冻规定 第十九条第一款). */
export const surplusIn = ({ file }: CaseAct, controls: readonly Control[], now: Date) =>
  releaseProposal(controls, ceilingOf(file), now)

async function answeredAmong(act: CaseAct, open: readonly TaskRow[]): Promise<ReadonlySet<string>> {
  const answered = new Set<string>()
  for (const { kind, about } of open) {
    if (kind !== 'press-registry' || about.delivery === undefined) continue
    const delivery = await act.delivery(about.delivery)
    if (delivery && isAnswered(delivery.answer)) answered.add(delivery.id)
  }
  return answered
}

/** Ends a task in the gateway's own name; of one that was done by an extension it says until when the control goes on. */
export async function drop(
  parts: Parts,
  act: CaseAct,
  { id }: TaskRow,
  reason: MootReason,
  entry: string,
  until?: BeijingDate,
): Promise<void> {
  const isDone = reason === 'extended'
  const words = isDone && until ? `${mootReasons.extended}至 ${until}。` : mootReasons[reason]
  const note = await act.keep('task', Buffer.from(words))
  await act.tasks.end(
    id,
    { outcome: isDone ? 'done' : 'dropped', by: gatewayItself, at: parts.clock(), entry },
    note.id,
  )
}
