import { refusalOn } from '../domain/authority.ts'
import { type ConfirmedField, unconfirmed } from '../domain/confirm.ts'
import { checkKeeper } from '../domain/fund-account.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { approvalsFor } from './approvals-needed.ts'
import { deliver } from './deliver.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { ApprovalRow, RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { nextLook } from './repeat.ts'
import { check, type SubmitCode } from './submit.ts'

export type DecideCode =
  | SubmitCode
  | 'request-unknown'
  | 'request-not-waiting'
  | 'approver-is-maker'
  | 'approved-already'
  | 'director-needed'
  | 'comment-missing'
  | 'approval-fields-unconfirmed'
  | 'not-the-maker'
  | 'role-missing'
  | 'not-on-case'

/** `seconded` is a word that counts but is not the last one needed: the request goes on waiting. */
export type Decided = { readonly kind: 'approved' | 'seconded' | 'returned' | 'withdrawn'; readonly entry: string }

/**
 * An approver lets a measure go out. Never its maker (invariant 8), checked here and nowhere else; the ground is
 * checked once more, because the case may have been closed since the officer wrote. Where the matrix asks for more than one,
 * each is somebody else, and nothing leaves before the last of them. `confirmed` are the fields this one compared with the
 * papers, of a measure for which that is asked.
 */
export async function approve(
  parts: Parts,
  approver: Person,
  request: { readonly id: string; readonly caseId: string },
  confirmed: readonly ConfirmedField[] = [],
): Promise<Decided | Refusal<DecideCode>> {
  const decided = await onWaiting(parts, approver, request, async (act, row) => {
    const admitted = await check(parts, act, row.asked, row.id)
    if (isRefusal(admitted)) return admitted
    const keeps = checkKeeper(approver, row.asked, admitted.facts.fundAccounts)
    if (keeps) return keeps
    const given = (await act.approvals(row.id)).filter(({ decision }) => decision === 'approved')
    if (given.some(({ person }) => person === approver.id)) return refuse('approved-already')
    const unread = unconfirmed(row.asked.measure, confirmed, parts.papers.confirm)
    if (unread) return unread
    const needed = approvalsFor(parts, act.file, row.asked, admitted.facts)
    const isLast = given.length + 1 >= needed.count
    const role = roleOn(approver, act)
    const isDirected = [...given.map((word) => word.role), role].includes('enforcement-director')
    if (isLast && needed.director && !isDirected) return refuse('director-needed')
    const at = parts.clock()
    await act.addApproval({
      id: parts.newId(),
      request: row.id,
      decision: 'approved',
      person: approver.id,
      personName: approver.name,
      role,
      ...(confirmed.length > 0 && { confirmed }),
      at,
    })
    const entry = await noteOnCase(parts, act, {
      kind: 'request.approved',
      by: approver,
      request: row.id,
      after: [{ rel: 'request', jti: row.entry }],
      ...(confirmed.length > 0 && { message: await act.keep('confirmation', namesOf(confirmed)) }),
    })
    if (!isLast) return { kind: 'seconded', entry }
    await act.moveRequest(row.id, 'submitted', 'approved')
    const before = given.map(({ personName: name, role: as, at: then }) => ({ name, role: as, at: then }))
    const approvals = [...before, { name: approver.name, role, at }]
    const gone = await deliver(parts, act, row, admitted, approvals)
    if (isRefusal(gone)) return gone
    const { repeatUntil: until } = row.asked
    if (until) await act.repeating.begin({ request: row.id, until, nextAt: nextLook(parts) })
    return { kind: 'approved', entry }
  })
  if (decided.kind === 'approved') parts.wake()
  return decided
}

/** Who is the 执行局长 of the case's court decides as that, whatever else they are. */
function roleOn({ holds }: Person, { file }: CaseAct): ApprovalRow['role'] {
  const isDirector = holds.some(({ role, court }) => role === 'enforcement-director' && court === file.court)
  return isDirector ? 'enforcement-director' : 'approver'
}

/** What the entry commits to: the names of the fields, and of what stood in them nothing. */
const namesOf = (confirmed: readonly ConfirmedField[]) => Buffer.from(JSON.stringify({ confirmed }))

/** An approver sends a request back to its maker with a word why. Nothing has left. */
export async function sendBack(
  parts: Parts,
  approver: Person,
  request: { readonly id: string; readonly caseId: string },
  comment: string,
): Promise<Decided | Refusal<DecideCode>> {
  if (comment.trim() === '') return refuse('comment-missing', 'comment')
  return onWaiting(parts, approver, request, async (act, row) => {
    const kept = await act.keep('comment', Buffer.from(comment))
    const at = parts.clock()
    await act.addApproval(
      {
        id: parts.newId(),
        request: row.id,
        decision: 'returned',
        person: approver.id,
        personName: approver.name,
        role: roleOn(approver, act),
        comment,
        at,
      },
      kept,
    )
    const entry = await noteOnCase(parts, act, {
      kind: 'request.returned',
      by: approver,
      request: row.id,
      message: kept,
    })
    await act.moveRequest(row.id, 'submitted', 'returned')
    return { kind: 'returned', entry }
  })
}

/** The maker takes a request back before anyone has approved it. */
export async function withdraw(
  parts: Parts,
  officer: Person,
  request: { readonly id: string; readonly caseId: string },
): Promise<Decided | Refusal<DecideCode>> {
  const answer = await parts.store.act(request.caseId, async (act): Promise<Decided | Refusal<DecideCode>> => {
    const refused = refusalOn(officer, 'request.withdraw', act.file)
    if (refused) return refused
    const row = await act.request(request.id)
    if (!row) return refuse('request-unknown')
    if (row.maker !== officer.id) return refuse('not-the-maker')
    if (!(await act.moveRequest(row.id, 'submitted', 'withdrawn'))) return refuse('request-not-waiting')
    const entry = await noteOnCase(parts, act, { kind: 'request.withdrawn', by: officer, request: row.id })
    return { kind: 'withdrawn', entry }
  })
  return answer.kind === 'no-such-case' ? refuse('request-unknown') : answer
}

async function onWaiting(
  parts: Parts,
  approver: Person,
  request: { readonly id: string; readonly caseId: string },
  decide: (act: CaseAct, row: RequestRow) => Promise<Decided | Refusal<DecideCode>>,
): Promise<Decided | Refusal<DecideCode>> {
  const answer = await parts.store.act(request.caseId, async (act): Promise<Decided | Refusal<DecideCode>> => {
    const refused = refusalOn(approver, 'request.approve', act.file)
    if (refused) return refused
    const row = await act.request(request.id)
    if (!row) return refuse('request-unknown')
    if (row.maker === approver.id) return refuse('approver-is-maker')
    if (row.state !== 'submitted') return refuse('request-not-waiting')
    return decide(act, row)
  })
  return answer.kind === 'no-such-case' ? refuse('request-unknown') : answer
}
