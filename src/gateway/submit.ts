import { type AdmitCode, type Admitted, admit, objectionsTo } from '../domain/admit.ts'
import { refusalOn } from '../domain/authority.ts'
import { checkKeeper } from '../domain/fund-account.ts'
import { checkFacts, type FactCode, type Facts, factObjections } from '../domain/judge.ts'
import { changesSomething } from '../domain/measure.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { AskedRequest, DraftedRequest } from '../domain/request.ts'
import { type Warning, warningsOf } from '../domain/restricted.ts'
import { isSettled, settle } from '../domain/settle.ts'
import { type DeliverCode, deliver } from './deliver.ts'
import { callNext, isUrgent } from './escalate.ts'
import { factsOf, groundOf } from './facts.ts'
import { noteOnCase } from './journal.ts'
import { checkSeals } from './papers.ts'
import type { Parts } from './parts.ts'
import type { RequestRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'

/** Who asked under which key, and what the body was: the same key may only ever mean the same body. */
export type Once = { readonly client: string; readonly key: string; readonly digest: string }

export type SubmitCode =
  | AdmitCode
  | DeliverCode
  | FactCode
  | 'term-missing'
  | 'fund-account-keeper'
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'registry-not-live'
  | 'document-unknown'
  | 'document-digest'
  | 'idempotency-key-reused'

export type Submitted = {
  readonly kind: 'submitted' | 'replayed'
  readonly id: string
  /** The log entry that proves the submission; left out of a replay, which writes nothing. */
  readonly entry?: string
  /** What the officer should know, though it stops nothing. */
  readonly warnings?: readonly Warning[]
}

/**
 * An officer submits a request: the ground is checked, the request and its entry are committed, and an inquiry goes out
 * at once. Everything else waits for an approver. Nothing is half-done: a refusal leaves no trace.
 */
export async function submit(
  parts: Parts,
  officer: Person,
  caseId: string,
  drafted: DraftedRequest,
  once: Once,
): Promise<Submitted | Refusal<SubmitCode>> {
  const answer = await parts.store.act(caseId, async (act): Promise<Submitted | Refusal<SubmitCode>> => {
    const refused = refusalOn(officer, 'request.submit', act.file)
    if (refused) return refused
    const earlier = await act.recall(once.client, once.key)
    if (earlier) return replay(earlier, once)
    return enterRequest(parts, act, officer, drafted, once)
  })
  if (answer.kind === 'no-such-case') return refuse('case-unknown', 'case')
  // Committed from here on: a crash now loses nothing, the courier finds the deliveries in the table.
  if (answer.kind === 'submitted') parts.wake()
  return answer
}

/** Where a request comes from: the draft or batch it was in, by that one's last entry, and the request it is the next version of. */
export type Origin = { readonly draft?: string; readonly batch?: string; readonly replaces?: RequestRow }

/** Checks a request and commits it, in an act that goes on; whoever calls has asked whether this officer may. */
export async function enterRequest(
  parts: Parts,
  act: CaseAct,
  officer: Person,
  drafted: DraftedRequest,
  once: Once,
  from: Origin = {},
): Promise<Submitted | Refusal<SubmitCode>> {
  const asked = isSettled(drafted) ? drafted : settle(drafted, await groundOf(parts, act, drafted))
  if (isRefusal(asked)) return asked
  const admitted = await check(parts, act, asked)
  if (isRefusal(admitted)) return admitted
  const keeps = checkKeeper(officer, asked, admitted.facts.fundAccounts)
  if (keeps) return keeps
  const request = await write(parts, act, officer, asked, from)
  await act.remember(once.client, once.key, { digest: once.digest, status: 202, location: request.id })
  // What waits for an approver is looked at now as well: with a paper that may not leave there is nothing to approve.
  const gone = changesSomething(asked.measure.kind)
    ? await checkSeals(parts, act, asked)
    : await deliver(parts, act, request, admitted, [])
  if (isRefusal(gone)) return gone
  const isAlone = isUrgent(request) && !(await callNext(parts, act, request))
  const warnings = [...admitted.warnings, ...(isAlone ? (['nobody-on-duty'] as const) : [])]
  return { kind: 'submitted', id: request.id, entry: request.entry, warnings }
}

/** Everything that stands against a request at once, for whoever still writes it. What is admitted may still be refused for a seal. */
export async function everyObjection(parts: Parts, act: CaseAct, drafted: DraftedRequest): Promise<readonly Refusal[]> {
  const asked = isSettled(drafted) ? drafted : settle(drafted, await groundOf(parts, act, drafted))
  if (isRefusal(asked)) return [asked]
  const facts = await factsOf(parts, act, asked)
  return [
    ...objectionsTo(act.file, asked, (code) => parts.counter(code)?.registry),
    checkLive(parts, asked),
    await checkDocuments(act, asked),
    ...factObjections(act.file, asked, facts),
  ].filter((objection) => objection !== undefined)
}

/** The ground of a request, asked before submission and again before it leaves: the case may have moved in between. */
export async function check(
  parts: Parts,
  act: CaseAct,
  asked: AskedRequest,
  self?: string,
): Promise<Checked | Refusal<SubmitCode>> {
  const admitted = admit(act.file, asked, (code) => parts.counter(code)?.registry)
  if (isRefusal(admitted)) return admitted
  const refused = checkLive(parts, asked)
  if (refused) return refused
  const unknown = await checkDocuments(act, asked)
  if (unknown) return unknown
  const facts = await factsOf(parts, act, asked, self)
  return checkFacts(act.file, asked, facts) ?? { ...admitted, facts, warnings: warningsOf(asked, facts.holdings) }
}

/** What was checked, and against which facts. */
export type Checked = Admitted & { readonly facts: Facts; readonly warnings: readonly Warning[] }

/** A registry that is not let in yet, or is suspended, is asked nothing: it could not answer. */
function checkLive(parts: Parts, { registries }: AskedRequest): Refusal<'registry-not-live'> | undefined {
  const at = registries.findIndex((code) => parts.counter(code)?.registered.state !== 'live')
  return at < 0 ? undefined : refuse('registry-not-live', `registries.${at}`)
}

/** Every document must lie in the case with exactly these bytes: a digest that names nothing is no document. */
async function checkDocuments(
  act: CaseAct,
  { basis }: AskedRequest,
): Promise<Refusal<'document-unknown' | 'document-digest'> | undefined> {
  const held = new Map((await act.documents(basis.documents.map((d) => d.sha256))).map((row) => [row.sha256, row]))
  for (const [at, named] of basis.documents.entries()) {
    const row = held.get(named.sha256)
    if (!row) return refuse('document-unknown', `basis.documents.${at}.sha256`)
    if (row.length !== named.length || row.kind !== named.kind || row.number !== named.number)
      return refuse('document-digest', `basis.documents.${at}`)
  }
  return undefined
}

async function write(
  parts: Parts,
  act: CaseAct,
  officer: Person,
  asked: AskedRequest,
  { draft, batch, replaces }: Origin,
): Promise<RequestRow> {
  const id = parts.newId()
  const kept = await act.keep('request', Buffer.from(JSON.stringify(asked)))
  const after = [
    ...(draft === undefined ? [] : [{ rel: 'draft', jti: draft }]),
    ...(batch === undefined ? [] : [{ rel: 'batch', jti: batch }]),
    ...(replaces ? [{ rel: 'replaces', jti: replaces.entry }] : []),
  ]
  const noted = { kind: 'request.submitted', by: officer, request: id, message: kept, after } as const
  const entry = await noteOnCase(parts, act, noted)
  const request: RequestRow = {
    id,
    caseId: act.file.id,
    measure: asked.measure.kind,
    party: asked.party,
    state: changesSomething(asked.measure.kind) ? 'submitted' : 'approved',
    maker: officer.id,
    submittedAt: parts.clock(),
    entry,
    ...(replaces && { replaces: replaces.id }),
    version: (replaces?.version ?? 0) + 1,
    asked,
  }
  await act.addRequest(request, kept)
  return request
}

/** The same answer again to the same key and body. */
export function replay(
  earlier: { digest: string; location: string },
  once: Once,
): Submitted | Refusal<'idempotency-key-reused'> {
  if (earlier.digest !== once.digest) return refuse('idempotency-key-reused', 'Idempotency-Key')
  return { kind: 'replayed', id: earlier.location }
}
