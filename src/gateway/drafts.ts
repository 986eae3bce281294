import { refusalOn } from '../domain/authority.ts'
import { type MeasureKind, measureList } from '../domain/measure.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { AskedRequest, RequestState } from '../domain/request.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { DraftRow } from './ports/drafts.ts'
import type { CaseAct } from './ports/store.ts'
import type { Once } from './submit.ts'

export type DraftCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'request-unknown'
  | 'not-the-maker'
  | 'draft-unknown'
  | 'draft-of-another'
  | 'draft-closed'
  | 'idempotency-key-reused'

export type CorrectCode = DraftCode | 'request-not-returned' | 'request-replaced'

/** `replayed`: it was there already, and nothing was written. */
export type Saved = { readonly kind: 'saved' | 'replayed' | 'discarded'; readonly id: string; readonly entry?: string }

type Place = { readonly id: string; readonly caseId: string }

/** An officer saves what they have of a request so far: nothing is checked but that it is theirs to ask on this case. */
export async function saveDraft(
  parts: Parts,
  officer: Person,
  caseId: string,
  content: object,
  once: Once,
): Promise<Saved | Refusal<DraftCode>> {
  const answer = await parts.store.act(caseId, async (act): Promise<Saved | Refusal<DraftCode>> => {
    const refused = refusalOn(officer, 'draft.keep', act.file)
    if (refused) return refused
    const earlier = await act.recall(once.client, once.key)
    if (earlier && earlier.digest !== once.digest) return refuse('idempotency-key-reused', 'Idempotency-Key')
    if (earlier) return { kind: 'replayed', id: earlier.location }
    const id = parts.newId()
    const entry = await keep(parts, act, officer, { id, content })
    await act.remember(once.client, once.key, { digest: once.digest, status: 201, location: id })
    return { kind: 'saved', id, entry }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/** Its owner writes it anew, whole; what stood against it before is forgotten, for it may be mended now. */
export async function changeDraft(
  parts: Parts,
  officer: Person,
  place: Place,
  content: object,
): Promise<Saved | Refusal<DraftCode>> {
  return onOwn(parts, officer, place, 'draft.keep', async (act, { id, replaces }) => {
    const entry = await keep(parts, act, officer, { id, content, ...(replaces && { replaces }) })
    return { kind: 'saved', id, entry }
  })
}

/** Its owner throws it away. That it was there stays in the log. */
export async function discardDraft(parts: Parts, officer: Person, place: Place): Promise<Saved | Refusal<DraftCode>> {
  return onOwn(parts, officer, place, 'draft.keep', async (act, { id, entry: jti }) => {
    const after = [{ rel: 'draft', jti }]
    const entry = await noteOnCase(parts, act, { kind: 'draft.discarded', by: officer, about: id, after })
    await act.drafts.move(id, { state: 'discarded' })
    return { kind: 'discarded', id, entry }
  })
}

/**
 * The maker of a request that was sent back, or that they took back, begins its next version: a draft that says what the
 * request said, `written` as the officer's page writes it. Begun twice it is the same draft.
 */
export async function correctRequest(
  parts: Parts,
  officer: Person,
  { id: replaces, caseId }: Place,
  written: (asked: AskedRequest) => object,
): Promise<Saved | Refusal<CorrectCode>> {
  const answer = await parts.store.act(caseId, async (act): Promise<Saved | Refusal<CorrectCode>> => {
    const refused = refusalOn(officer, 'draft.keep', act.file)
    if (refused) return refused
    const row = await act.request(replaces)
    if (!row) return refuse('request-unknown')
    if (row.maker !== officer.id) return refuse('not-the-maker')
    if (!correctable.includes(row.state)) return refuse('request-not-returned')
    if (await act.successorOf(row.id)) return refuse('request-replaced')
    const begun = await act.drafts.replacing(row.id)
    if (begun) return { kind: 'replayed', id: begun.id }
    const id = parts.newId()
    const entry = await keep(parts, act, officer, { id, content: written(row.asked), replaces }, row.entry)
    return { kind: 'saved', id, entry }
  })
  return answer.kind === 'no-such-case' ? refuse('request-unknown') : answer
}

const correctable: readonly RequestState[] = ['returned', 'withdrawn']

/** Runs an act on a draft that is being written, for whoever it belongs to and nobody else. */
export async function onOwn<T>(
  parts: Parts,
  officer: Person,
  { id, caseId }: Place,
  deed: 'draft.keep' | 'request.submit',
  body: (act: CaseAct, row: DraftRow) => Promise<T>,
): Promise<T | Refusal<DraftCode>> {
  const answer = await parts.store.act(caseId, async (act) => {
    const row = await ownDraft(act, officer, id, deed)
    return isRefusal(row) ? row : body(act, row)
  })
  return isNoCase(answer) ? refuse('draft-unknown') : (answer as T | Refusal<DraftCode>)
}

async function ownDraft(
  act: CaseAct,
  officer: Person,
  id: string,
  deed: 'draft.keep' | 'request.submit',
): Promise<DraftRow | Refusal<DraftCode>> {
  const refused = refusalOn(officer, deed, act.file)
  if (refused) return refused
  const row = await act.drafts.find(id)
  if (!row) return refuse('draft-unknown')
  if (row.maker !== officer.id) return refuse('draft-of-another')
  return row.state === 'open' ? row : refuse('draft-closed')
}

const isNoCase = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'no-such-case'

async function keep(
  parts: Parts,
  act: CaseAct,
  officer: Person,
  { id, content, replaces }: { readonly id: string; readonly content: object; readonly replaces?: string },
  replaced?: string,
): Promise<string> {
  const kept = await act.keep('draft', Buffer.from(JSON.stringify(content)))
  const after = replaced === undefined ? [] : [{ rel: 'replaces', jti: replaced }]
  const entry = await noteOnCase(parts, act, { kind: 'draft.saved', by: officer, about: id, message: kept, after })
  const measure = measureIn(content)
  await act.drafts.put(
    {
      id,
      caseId: act.file.id,
      maker: officer.id,
      state: 'open',
      ...(measure && { measure }),
      savedAt: parts.clock(),
      entry,
      objections: [],
      ...(replaces && { replaces }),
    },
    kept,
  )
  return entry
}

/** The measure as far as it is chosen: any other text stays inside, where it is encrypted. */
function measureIn(content: object): MeasureKind | undefined {
  const measure = 'measure' in content ? content.measure : undefined
  const kind = typeof measure === 'object' && measure !== null && 'kind' in measure ? measure.kind : undefined
  return measureList.find((known) => known === kind)
}
