import { refusalOn } from '../domain/authority.ts'
import { toBeijingDate } from '../domain/beijing-date.ts'
import { isPreservation } from '../domain/case-type.ts'
import { isInForce, lastDayOf } from '../domain/control.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { askedInTime } from '../domain/reminder.ts'
import type { TaskEvent } from '../domain/tasks-raised.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import { raiseTasks } from './raise-tasks.ts'

/**
 * What came to the court on paper and starts a clock: a registry's written objection (法释〔2013〕20号 第六条), an
 * application to lift a preservation (财产保全规定 第二十三条), or one to let a control go on (第十八条). `words` is what it
 * says, or where it is filed.
 */
export type Incoming = { readonly receivedAt: Date; readonly words: string } & (
  | { readonly kind: 'objection'; readonly delivery: string }
  | { readonly kind: 'lift-application'; readonly party: string; readonly urgent: boolean }
  | { readonly kind: 'renewal-application'; readonly control: string }
)

export type IncomingCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'incoming-in-future'
  | 'incoming-recorded'
  | 'incoming-not-preservation'
  | 'delivery-unknown'
  | 'subject-not-a-party'
  | 'control-not-running'

/** `isLate`: it came within the seven days before the end, and whoever asked bears what comes of it. */
export type Recorded = {
  readonly kind: 'recorded'
  readonly task: string
  readonly entry: string
  readonly isLate: boolean
}

/**
 * Somebody on the case records what came in, and its task is there with the deadline of the law, counted from the day on
 * which the court had it. The same paper recorded twice is one.
 */
export async function recordIncoming(
  parts: Parts,
  by: Person,
  caseId: string,
  incoming: Incoming,
): Promise<Recorded | Refusal<IncomingCode>> {
  if (incoming.receivedAt > parts.clock()) return refuse('incoming-in-future', 'receivedAt')
  const answer = await parts.store.act(caseId, async (act): Promise<Recorded | Refusal<IncomingCode>> => {
    const refused = refusalOn(by, 'incoming.record', act.file)
    if (refused) return refused
    const event = await eventOf(act, incoming)
    if (isRefusal(event)) return event
    const message = await act.keep('task', Buffer.from(incoming.words))
    const entry = await noteOnCase(parts, act, { kind: 'task.raised', by, about: event.kind, message })
    const [task] = await raiseTasks(parts, act, [event], { entry, owner: by.id, words: message.id })
    return task === undefined
      ? refuse('incoming-recorded')
      : { kind: 'recorded', task, entry, isLate: isLate(act, event) }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/** 财产保全规定 第十八条第一款: a preservation goes on when it is asked for seven days before its end. */
function isLate({ file }: CaseAct, event: TaskEvent): boolean {
  if (event.kind !== 'renewal-asked' || !isPreservation(file.number)) return false
  return !askedInTime(toBeijingDate(event.at), event.lastDay)
}

async function eventOf(act: CaseAct, incoming: Incoming): Promise<TaskEvent | Refusal<IncomingCode>> {
  const at = incoming.receivedAt
  const paper = toBeijingDate(at)
  switch (incoming.kind) {
    case 'objection': {
      const { delivery } = incoming
      const known = await act.delivery(delivery)
      return known ? { kind: 'registry-objected', at, delivery, paper } : refuse('delivery-unknown', 'delivery')
    }
    case 'renewal-application': {
      const control = (await act.controls()).find(({ id }) => id === incoming.control)
      const lastDay = control && isInForce(control, at) ? lastDayOf(control) : undefined
      if (!control || !lastDay) return refuse('control-not-running', 'control')
      return { kind: 'renewal-asked', at, control: control.id, delivery: control.delivery, lastDay }
    }
    case 'lift-application': {
      const { party, urgent } = incoming
      if (!isPreservation(act.file.number)) return refuse('incoming-not-preservation', 'kind')
      const isParty = act.file.parties.some(({ id }) => id === party)
      return isParty ? { kind: 'lift-asked', at, party, paper, urgent } : refuse('subject-not-a-party', 'party')
    }
  }
}
