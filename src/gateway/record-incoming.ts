import { refusalOn } from '../domain/authority.ts'
import { toBeijingDate } from '../domain/beijing-date.ts'
import { isPreservation } from '../domain/case-type.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { TaskEvent } from '../domain/tasks-raised.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import { raiseTasks } from './raise-tasks.ts'

/**
 * What came to the court on paper and starts a clock: a registry's written objection (法释〔2013〕20号 第六条), or an
 * application to lift a preservation (财产保全规定 第二十三条). `words` is what it says, or where it is filed.
 */
export type Incoming = { readonly receivedAt: Date; readonly words: string } & (
  | { readonly kind: 'objection'; readonly delivery: string }
  | { readonly kind: 'lift-application'; readonly party: string; readonly urgent: boolean }
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

/**
 * Somebody on the case records what came in, and its task is there with the deadline of the law, counted from the day on
 * which the court had it. The same paper recorded twice is one.
 */
export async function recordIncoming(
  parts: Parts,
  by: Person,
  caseId: string,
  incoming: Incoming,
): Promise<{ kind: 'recorded'; task: string; entry: string } | Refusal<IncomingCode>> {
  if (incoming.receivedAt > parts.clock()) return refuse('incoming-in-future', 'receivedAt')
  const answer = await parts.store.act(
    caseId,
    async (act): Promise<{ kind: 'recorded'; task: string; entry: string } | Refusal<IncomingCode>> => {
      const refused = refusalOn(by, 'incoming.record', act.file)
      if (refused) return refused
      const event = await eventOf(act, incoming)
      if (isRefusal(event)) return event
      const message = await act.keep('task', Buffer.from(incoming.words))
      const entry = await noteOnCase(parts, act, { kind: 'task.raised', by, about: event.kind, message })
      const [task] = await raiseTasks(parts, act, [event], { entry, owner: by.id, words: message.id })
      return task === undefined ? refuse('incoming-recorded') : { kind: 'recorded', task, entry }
    },
  )
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
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
    case 'lift-application': {
      const { party, urgent } = incoming
      if (!isPreservation(act.file.number)) return refuse('incoming-not-preservation', 'kind')
      const isParty = act.file.parties.some(({ id }) => id === party)
      return isParty ? { kind: 'lift-asked', at, party, paper, urgent } : refuse('subject-not-a-party', 'party')
    }
  }
}
