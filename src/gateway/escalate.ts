import { refusalOn } from '../domain/authority.ts'
import { isTimeForNext, nextToCall } from '../domain/duty.ts'
import { changesSomething } from '../domain/measure.ts'
import type { Person } from '../domain/person.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Escalation } from './ports/duty.ts'
import type { RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

/** True for a request that somebody on duty has to be called for: an inquiry leaves at once by itself. */
export function isUrgent({ asked: { urgentReason, measure } }: Pick<RequestRow, 'asked'>): boolean {
  return (urgentReason ?? '').trim() !== '' && changesSomething(measure.kind)
}

/**
 * Calls the next for an urgent request: the approvers on duty one after the other, then the 执行局长. Being called gives
 * nobody a right, and takes none from anybody: whoever may approve still may, and nothing leaves before somebody has.
 * Undefined where there is nobody else to call.
 */
export async function callNext(
  parts: Parts,
  act: CaseAct,
  row: RequestRow,
): Promise<Omit<Escalation, 'personName'> | undefined> {
  const at = parts.clock()
  const called = await act.urgency.escalations(row.id)
  const decided = (await act.approvals(row.id)).map(({ person }) => person)
  const mayDecide = (person: Person) =>
    person.id !== row.maker &&
    !decided.includes(person.id) &&
    refusalOn(person, 'request.approve', act.file) === undefined
  const idsOf = (people: readonly Person[]) => people.filter(mayDecide).map(({ id }) => id)
  const next = nextToCall(idsOf(await act.urgency.onDuty(at)), idsOf(await act.urgency.directors(at)), called)
  if (!next) return undefined
  const step = called.length + 1
  const kept = await act.keep('escalation', Buffer.from(JSON.stringify({ ...next, step })))
  const entry = await noteOnCase(parts, act, {
    kind: 'request.escalated',
    request: row.id,
    about: next.person,
    message: kept,
    after: [{ rel: 'request', jti: row.entry }],
  })
  const escalation = { ...next, id: parts.newId(), request: row.id, step, at, entry }
  await act.urgency.add(escalation)
  return escalation
}

/**
 * One round over the urgent requests that still wait: whoever was called fifteen minutes ago and has not decided is not
 * waited for any longer. Any process may go round, and several at once: each looks again under the lock of the case, so
 * nobody is called twice; what fell due while none was running is made good by the first step, and not by several at once.
 */
export async function escalateDue(parts: Parts): Promise<number> {
  let called = 0
  for (const { request, caseId, calledAt } of await parts.reads.urgentWaiting()) {
    if (!isTimeForNext(calledAt, parts.clock())) continue
    const answer = await parts.store.act(caseId, async (act) => {
      const row = await act.request(request)
      const last = (await act.urgency.escalations(request)).at(-1)
      if (row?.state !== 'submitted' || !isUrgent(row)) return { kind: 'decided' as const }
      if (!isTimeForNext(last?.at, parts.clock())) return { kind: 'called' as const }
      return { kind: (await callNext(parts, act, row)) ? ('next' as const) : ('nobody' as const) }
    })
    if (answer.kind === 'next') called += 1
  }
  return called
}
