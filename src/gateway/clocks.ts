import { addDays, toBeijingDate } from '../domain/beijing-date.ts'
import { endingOf, forgottenOn, horizonDays } from '../domain/control-ending.ts'
import { isAnswered } from '../domain/fold.ts'
import { letterUnansweredFrom } from '../domain/task.ts'
import { type TaskEvent, tasksRaisedBy } from '../domain/tasks-raised.ts'
import type { WorkingCalendar } from '../domain/working-day.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { EndingControl, SilentDelivery } from './ports/clocks.ts'
import type { CaseAct } from './ports/store.ts'
import { drop, ownerOf, raiseTasks, reckoningOf } from './raise-tasks.ts'
import { isVisited } from './visited.ts'

type Trouble = (fault: unknown) => void

const atOnce = 200

/**
 * Looks at the clock once: whatever has come due by now is raised, each once however many processes look, because the case
 * has each key once and is locked while it is asked. A case that fails holds up no other; what was wrong is thrown when all
 * have been seen to. Returns how many tasks were raised.
 */
export async function raiseDue(parts: Parts): Promise<number> {
  const troubles: unknown[] = []
  const onTrouble = (fault: unknown) => troubles.push(fault)
  const count = (await remind(parts, onTrouble)) + (await press(parts, onTrouble))
  if (troubles.length > 0) throw troubles[0]
  return count
}

/** No control ends unseen (invariant 12): computed by date from every control in force, and never from a flag. */
async function remind(parts: Parts, onTrouble: Trouble): Promise<number> {
  const today = toBeijingDate(parts.clock())
  const bounds = { until: addDays(today, horizonDays), since: forgottenOn(today), limit: atOnce }
  let count = 0
  let after: EndingControl['control'] | undefined
  for (;;) {
    const page = await parts.reads.endingControls({ ...bounds, ...(after && { after }) })
    for (const [holder, ids] of await missingIn(parts, page))
      count += await onCase(parts, holder, onTrouble, (act) => remindOf(parts, act, ids))
    after = page.at(-1)?.control
    if (page.length < atOnce) return count
  }
}

/** Which of these a case has not been reminded of yet: asked without a lock, so that a quiet day costs a few reads. */
async function missingIn(
  parts: Parts,
  page: readonly EndingControl[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { calendar } = reckoningOf(parts)
  const wanted = page.flatMap(({ control, holder: caseId }) => {
    const event = endingOf(control, parts.clock(), calendar)
    return event ? keysOf(parts, event).map((key) => ({ caseId, key, control: control.id })) : []
  })
  const known = await parts.reads.taskKeys(wanted)
  const missing = new Map<string, Set<string>>()
  for (const { caseId, key, control } of wanted)
    if (!known.has(`${caseId} ${key}`)) missing.set(caseId, (missing.get(caseId) ?? new Set()).add(control))
  return missing
}

const keysOf = (parts: Parts, event: TaskEvent): readonly string[] =>
  tasksRaisedBy(event, reckoningOf(parts)).map(({ key }) => key)

async function remindOf(parts: Parts, act: CaseAct, ids: ReadonlySet<string>): Promise<number> {
  const { calendar } = reckoningOf(parts)
  let count = 0
  for (const control of await act.controls()) {
    const event = ids.has(control.id) ? endingOf(control, parts.clock(), calendar) : undefined
    if (event && (await raiseUnseen(parts, act, event, control.delivery))) count += 1
  }
  return count
}

async function press(parts: Parts, onTrouble: Trouble): Promise<number> {
  const before = parts.clock()
  const { calendar } = reckoningOf(parts)
  let count = 0
  let after: string | undefined
  for (;;) {
    const page = await parts.reads.silentDeliveries({ before, limit: atOnce, ...(after && { after }) })
    for (const silent of page.filter((one) => isToBePressed(one, before, calendar)))
      count += await onCase(parts, silent.caseId, onTrouble, (act) => pressFor(parts, act, silent, before))
    after = page.at(-1)?.id
    if (page.length < atOnce) return count
  }
}

/** At once where nobody has written to it; again when the letter that was sent has gone unanswered for as long as it gave. */
function isToBePressed({ pressedAt }: SilentDelivery, now: Date, calendar: WorkingCalendar): boolean {
  return pressedAt === undefined || letterUnansweredFrom(pressedAt, calendar) <= now
}

async function pressFor(parts: Parts, act: CaseAct, { id, letters }: SilentDelivery, now: Date): Promise<number> {
  const delivery = await act.delivery(id)
  // It may have answered since we looked.
  if (!delivery || isAnswered(delivery.answer) || delivery.respondBy >= now) return 0
  // Nobody has been there with it yet: the two officers are late, and their desk says so.
  if (delivery.phase === 'ready' && isVisited(parts, delivery.registry)) return 0
  const event = { kind: 'registry-silent', at: now, delivery: id, letter: letters + 1 } as const
  return (await raiseUnseen(parts, act, event, id)) ? 1 : 0
}

/** Raises what the case has not seen, with an entry of its own: that somebody was told is what an auditor asks for. */
async function raiseUnseen(parts: Parts, act: CaseAct, event: TaskEvent, delivery: string): Promise<boolean> {
  if ((await act.tasks.known(keysOf(parts, event))).length > 0) return false
  const before = (await act.tasks.open()).filter((task) => isSameEnding(event, task.about))
  const entry = await noteOnCase(parts, act, { kind: 'task.raised', delivery, about: event.kind })
  const raised = await raiseTasks(parts, act, [event], { entry, owner: await ownerOf(act, delivery) })
  for (const task of before) await drop(parts, act, task, 'reminded-again', entry)
  return raised.length > 0
}

/** An earlier reminder of the same end says nothing that the later one does not. */
function isSameEnding(event: TaskEvent, about: { control?: string; daysBefore?: number }): boolean {
  return event.kind === 'control-ending' && about.control === event.control && about.daysBefore !== undefined
}

async function onCase(
  parts: Parts,
  caseId: string,
  onTrouble: Trouble,
  body: (act: CaseAct) => Promise<number>,
): Promise<number> {
  try {
    const count = await parts.store.act(caseId, body)
    return typeof count === 'number' ? count : 0
  } catch (fault) {
    onTrouble(fault)
    return 0
  }
}
