import { type Deed, refusalOn } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import type { TaskRow } from './ports/tasks.ts'

export type TaskCode = 'role-missing' | 'case-unknown' | 'not-on-case' | 'task-unknown' | 'task-ended'

type Named = Pick<TaskRow, 'id' | 'caseId'>

/**
 * Somebody on the case has done a task, or says that there is nothing to do; what was done stands in the note. Whoever did
 * it is in the log, and the task stays: it is ended once.
 */
export async function finishTask(
  parts: Parts,
  by: Person,
  task: Named,
  { outcome, note }: { readonly outcome: 'done' | 'dropped'; readonly note: string },
): Promise<{ kind: 'ended'; entry: string } | Refusal<TaskCode>> {
  return onOpenTask(parts, by, 'task.finish', task, async (act, { id, entry: raisedIn }) => {
    const message = await act.keep('task', Buffer.from(note))
    const kind = outcome === 'done' ? 'task.done' : 'task.dropped'
    const after = [{ rel: 'raised', jti: raisedIn }]
    const entry = await noteOnCase(parts, act, { kind, by, about: id, message, after })
    await act.tasks.end(id, { outcome, by: by.id, at: parts.clock(), entry }, message.id)
    return { kind: 'ended', entry }
  })
}

/** Gives a task to somebody else on the case: from here on it is theirs to see to. */
export async function handOverTask(
  parts: Parts,
  by: Person,
  task: Named,
  to: Person,
): Promise<{ kind: 'handed-over'; entry: string } | Refusal<TaskCode | 'owner-not-on-case'>> {
  return onOpenTask(parts, by, 'task.hand-over', task, async (act, { id }) => {
    if (refusalOn(to, 'task.finish', act.file)) return refuse('owner-not-on-case', 'owner')
    const entry = await noteOnCase(parts, act, { kind: 'task.handed-over', by, about: id })
    await act.tasks.handOver(id, to.id)
    return { kind: 'handed-over', entry }
  })
}

async function onOpenTask<Done, Code extends string>(
  parts: Parts,
  by: Person,
  deed: Deed,
  { id, caseId }: Named,
  body: (act: CaseAct, task: TaskRow) => Promise<Done | Refusal<Code>>,
): Promise<Done | Refusal<TaskCode | Code>> {
  const answer = await parts.store.act(caseId, async (act): Promise<Done | Refusal<TaskCode | Code>> => {
    const refused = refusalOn(by, deed, act.file)
    if (refused) return refused
    const task = await act.tasks.find(id)
    if (!task) return refuse('task-unknown')
    return task.ending ? refuse('task-ended') : body(act, task)
  })
  return isNoCase(answer) ? refuse('task-unknown') : answer
}

function isNoCase<T>(answer: T | { readonly kind: 'no-such-case' }): answer is { readonly kind: 'no-such-case' } {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'no-such-case'
}
