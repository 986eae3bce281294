import { and, asc, desc, eq, inArray, lt, ne, notExists } from 'drizzle-orm'
import type { Measure, MeasureKind } from '../domain/measure.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { AskedRequest, RequestState } from '../domain/request.ts'
import type { RequestAbout, RequestGround } from '../gateway/ports/reads.ts'
import type { LinesFilter, RequestLine } from '../gateway/ports/request-line.ts'
import type { ApprovalRow, KeptPayload, RequestRow } from '../gateway/ports/rows.ts'
import type { DeliveryId } from '../relay/port.ts'
import { isId, present } from './absent.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { openAll, textsOf } from './payloads.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { approval, request } from './schema/request.ts'
import type { Vault } from './vault.ts'
import { readAsked, readText } from './wording.ts'

type Stored = typeof request.$inferSelect

/** One request, its content decrypted; only when it is of these cases, where some are given. */
export async function requestById(
  queries: Queries,
  vault: Vault,
  id: string,
  line?: readonly string[],
): Promise<RequestRow | undefined> {
  if (!isId(id)) return undefined
  const [row] = await queries
    .select()
    .from(request)
    .where(and(eq(request.shard, here), eq(request.id, id), line ? inArray(request.caseId, [...line]) : undefined))
  if (!row) return undefined
  const opened = await openAll(queries, vault, [row.asked])
  return asRequest(row, opened)
}

function asRequest(
  { shard: _shard, court: _court, urgent: _urgent, ...row }: Stored,
  opened: (id: string) => Uint8Array,
): RequestRow {
  return { ...present(row), asked: readAsked(opened(row.asked)) }
}

/** The id of the request that came in the place of this one. */
export async function successorOf(queries: Queries, id: string): Promise<string | undefined> {
  if (!isId(id)) return undefined
  const [row] = await queries
    .select({ id: request.id })
    .from(request)
    .where(and(eq(request.shard, here), eq(request.replaces, id)))
  return row?.id
}

/** What was asked for and may still go out, or has gone out. */
export async function requestsWith(
  queries: Queries,
  vault: Vault,
  line: readonly string[],
  measures: readonly MeasureKind[],
): Promise<readonly RequestRow[]> {
  const rows = await queries
    .select()
    .from(request)
    .where(
      and(
        eq(request.shard, here),
        inArray(request.caseId, [...line]),
        inArray(request.measure, [...measures]),
        inArray(request.state, ['submitted', 'approved']),
      ),
    )
    .orderBy(asc(request.id))
  const opened = await openAll(
    queries,
    vault,
    rows.map(({ asked }) => asked),
  )
  return rows.map((row) => asRequest(row, opened))
}

/** The ids of the requests that repeated this one, in order. */
export async function repeatedBy(queries: Queries, id: string): Promise<readonly string[]> {
  if (!isId(id)) return []
  const rows = await queries
    .select({ id: request.id })
    .from(request)
    .where(and(eq(request.shard, here), eq(request.repeats, id)))
    .orderBy(asc(request.id))
  return rows.map((row) => row.id)
}

export async function addRequest(queries: Queries, court: string, row: RequestRow, kept: KeptPayload): Promise<void> {
  await queries
    .insert(request)
    .values({ ...row, shard: here, court, asked: kept.id, urgent: row.asked.urgentReason !== undefined })
}

/** The requests about these parties, newest first. Looked for by case, which has an index. */
export async function requestsAbout(
  queries: Queries,
  parties: readonly { readonly caseId: string; readonly party: string }[],
): Promise<readonly RequestAbout[]> {
  if (parties.length === 0) return []
  const { id, caseId, party, measure, state, maker, submittedAt } = request
  return queries
    .select({ id, caseId, party, measure, state, maker, submittedAt })
    .from(request)
    .where(
      and(
        eq(request.shard, here),
        inArray(
          request.caseId,
          parties.map((met) => met.caseId),
        ),
        inArray(
          request.party,
          parties.map((met) => met.party),
        ),
      ),
    )
    .orderBy(desc(request.id))
    .limit(mostRequests)
}

/** On what these requests rest: statute and kinds of paper. One whose words were erased is left out. */
export async function groundsOf(
  queries: Queries,
  vault: Vault,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestGround>> {
  const asked = await askedIn(queries, vault, ids)
  return new Map(
    asked.map(([id, { basis }]) => {
      const documents = [...new Set(basis.documents.map(({ kind }) => kind))]
      return [id, { statute: basis.statute, purpose: basis.purpose, documents }]
    }),
  )
}

/** What these requests ask for, by id. One whose words were erased is left out. */
export async function measuresOf(
  queries: Queries,
  vault: Vault,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Measure>> {
  return new Map((await askedIn(queries, vault, ids)).map(([id, { measure }]) => [id, measure]))
}

async function askedIn(
  queries: Queries,
  vault: Vault,
  ids: readonly string[],
): Promise<readonly (readonly [string, AskedRequest])[]> {
  if (ids.length === 0) return []
  const rows = await queries
    .select({ id: request.id, asked: request.asked })
    .from(request)
    .where(and(eq(request.shard, here), inArray(request.id, [...ids])))
  const texts = await textsOf(
    queries,
    vault,
    rows.map(({ asked }) => asked),
  )
  return rows.flatMap(({ id, asked }) => {
    const text = texts.get(asked)
    return text === undefined ? [] : [[id, readAsked(Buffer.from(text))] as const]
  })
}

/** More requests about one person than this are looked through by their cases. */
const mostRequests = 500

/** Moves a request on; false when it was no longer in `from`. */
export async function moveRequest(
  queries: Queries,
  id: string,
  from: RequestState,
  to: RequestState,
): Promise<boolean> {
  const moved = await queries
    .update(request)
    .set({ state: to })
    .where(and(eq(request.shard, here), eq(request.id, id), eq(request.state, from)))
    .returning({ id: request.id })
  return moved.length > 0
}

export async function addApproval(queries: Queries, row: ApprovalRow, kept: KeptPayload | undefined): Promise<void> {
  const { confirmed, ...rest } = row
  const names = confirmed ? [...confirmed] : null
  await queries.insert(approval).values({ ...rest, shard: here, comment: kept?.id ?? null, confirmed: names })
}

/** The decisions on a request, in the order in which they were taken. */
export async function approvals(queries: Queries, vault: Vault, of: string): Promise<readonly ApprovalRow[]> {
  if (!isId(of)) return []
  const rows = await queries
    .select()
    .from(approval)
    .where(and(eq(approval.shard, here), eq(approval.request, of)))
    .orderBy(asc(approval.at), asc(approval.id))
  const opened = await openAll(
    queries,
    vault,
    rows.flatMap(({ comment }) => comment ?? []),
  )
  return rows.map(({ shard: _shard, ...row }) =>
    present({ ...row, comment: row.comment === null ? null : readText(opened(row.comment)) }),
  )
}

/** Nobody approves twice. */
const decidedBy = (queries: Queries, person: string) =>
  queries
    .select({ id: approval.id })
    .from(approval)
    .where(and(eq(approval.shard, request.shard), eq(approval.request, request.id), eq(approval.person, person)))

/** Requests with where their deliveries stand, newest first; two queries however long the page. */
export async function requestLines(
  queries: Queries,
  { reach, caseId, state, decidableBy, after, limit }: LinesFilter,
): Promise<readonly RequestLine[]> {
  if ([after, caseId].some((id) => id !== undefined && !isId(id))) return []
  const wanted = [
    eq(request.shard, here),
    // Without anybody's reach it is a list for nobody in particular: a sealed case is not in it.
    reach ? within(queries, reach) : eq(caseFile.isSealed, false),
    caseId ? eq(request.caseId, caseId) : undefined,
    state ? eq(request.state, state) : undefined,
    decidableBy ? and(ne(request.maker, decidableBy), notExists(decidedBy(queries, decidableBy))) : undefined,
    after ? lt(request.id, after) : undefined,
  ]
  const rows = await queries
    .select({ request, caseNumber: caseFile.number })
    .from(request)
    .innerJoin(caseFile, and(eq(caseFile.shard, request.shard), eq(caseFile.id, request.caseId)))
    .where(and(...wanted))
    .orderBy(desc(request.id))
    .limit(limit)
  const deliveries = await deliveryLines(
    queries,
    rows.map((row) => row.request.id),
  )
  return rows.map(
    ({ request: { id, caseId: ofCase, court: ofCourt, party, measure, state: inState, submittedAt }, caseNumber }) => ({
      id,
      caseId: ofCase,
      caseNumber,
      court: ofCourt,
      party,
      measure,
      state: inState,
      submittedAt,
      deliveries: deliveries.filter((line) => line.request === id).map(({ request: _request, ...line }) => line),
    }),
  )
}

async function deliveryLines(queries: Queries, requests: readonly string[]) {
  if (requests.length === 0) return []
  const { id, request: of, registry, phase, answer, respondBy } = delivery
  const rows = await queries
    .select({ id, request: of, registry, phase, answer, respondBy })
    .from(delivery)
    .where(and(eq(delivery.shard, here), inArray(delivery.request, [...requests])))
    .orderBy(asc(delivery.id))
  return rows.map((row) => ({ ...row, id: row.id as DeliveryId, registry: row.registry as RegistryCode }))
}
