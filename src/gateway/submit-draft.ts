import { type Objection, objectionsOf } from '../domain/draft.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { DraftedRequest } from '../domain/request.ts'
import { type DraftCode, onOwn } from './drafts.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { DraftRow } from './ports/drafts.ts'
import type { CaseAct } from './ports/store.ts'
import { enterRequest, everyObjection, type Once, replay, type SubmitCode, type Submitted } from './submit.ts'

export type SubmitDraftCode = DraftCode | SubmitCode | 'request-replaced' | 'draft-incomplete'

/** The draft is no request: all that stands against it, the answer first. It is kept with the draft as well. */
export type Objected = { readonly kind: 'objected'; readonly objections: readonly Objection[] }

/** Reads what a draft says as a request; what is missing or cannot be read is said place by place. */
export type ReadDraft = (content: unknown) => DraftedRequest | readonly Refusal[]

/**
 * An officer submits a draft. Now everything is asked that is asked of any request; what is refused leaves no request and
 * no delivery, and the draft as it was, with all that stands against it and an entry that says so.
 */
export async function submitDraft(
  parts: Parts,
  officer: Person,
  place: { readonly id: string; readonly caseId: string },
  read: ReadDraft,
  once: Once,
): Promise<Submitted | Objected | Refusal<SubmitDraftCode>> {
  const answer = await onOwn(parts, officer, place, 'request.submit', async (act, row) =>
    enterFrom(parts, act, officer, row, read, once),
  )
  if (answer.kind === 'submitted') parts.wake()
  if (isRefusal(answer) && answer.code === 'draft-closed') return (await replayed(parts, place.caseId, once)) ?? answer
  if (!isRefusal(answer) || !isAgainstDraft(answer)) return answer
  return onOwn(parts, officer, place, 'request.submit', async (act, row) => {
    const drafted = read(row.content)
    const all = isList(drafted) ? drafted : await everyObjection(parts, act, drafted)
    const objections = objectionsOf(answer, all)
    const after = [{ rel: 'draft', jti: row.entry }]
    await noteOnCase(parts, act, { kind: 'draft.refused', by: officer, about: row.id, after })
    await act.drafts.move(row.id, { objections })
    return { kind: 'objected' as const, objections }
  })
}

async function enterFrom(
  parts: Parts,
  act: CaseAct,
  officer: Person,
  row: DraftRow,
  read: ReadDraft,
  once: Once,
): Promise<Submitted | Refusal<SubmitDraftCode>> {
  const earlier = await act.recall(once.client, once.key)
  if (earlier) return replay(earlier, once)
  const drafted = read(row.content)
  if (isList(drafted)) return (drafted[0] ?? refuse('draft-incomplete')) as Refusal<SubmitDraftCode>
  const replaces = row.replaces === undefined ? undefined : await act.request(row.replaces)
  if (replaces && (await act.successorOf(replaces.id))) return refuse('request-replaced')
  const from = { draft: row.entry, ...(replaces && { replaces }) }
  const entered = await enterRequest(parts, act, officer, drafted, once, from)
  if (entered.kind === 'submitted') await act.drafts.move(row.id, { state: 'submitted', request: entered.id })
  return entered
}

/** The draft of a submission that is repeated is closed by now. */
async function replayed(parts: Parts, caseId: string, once: Once) {
  const answer = await parts.store.act(caseId, async (act) => {
    const earlier = await act.recall(once.client, once.key)
    return earlier ? replay(earlier, once) : { kind: 'first' as const }
  })
  return answer.kind === 'first' || answer.kind === 'no-such-case' ? undefined : answer
}

/** Whoever may not submit it at all is told so, and nothing is written on their account. */
function isAgainstDraft({ code }: Refusal): boolean {
  return !about.includes(code)
}

const about: readonly string[] = [
  'role-missing',
  'case-unknown',
  'not-on-case',
  'draft-unknown',
  'draft-of-another',
  'draft-closed',
  'idempotency-key-reused',
] satisfies readonly SubmitDraftCode[]

const isList = (read: DraftedRequest | readonly Refusal[]): read is readonly Refusal[] => Array.isArray(read)
