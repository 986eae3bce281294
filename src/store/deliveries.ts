import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { MeasureKind } from '../domain/measure.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { DeliveryHead } from '../gateway/ports/lines.ts'
import type { Exchange } from '../gateway/ports/reads.ts'
import type { AttemptRow, DeliveryRow, KeptPayload } from '../gateway/ports/rows.ts'
import type { CaseAct, Located } from '../gateway/ports/store.ts'
import type { DeliveryId } from '../relay/port.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { here } from './schema/column.ts'
import { attempt, attemptOutcome, delivery, deliveryAddress } from './schema/delivery.ts'
import { statementsAbout } from './statements.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

type Stored = typeof delivery.$inferSelect

/** Takes a name at a registry; false when another delivery has it. */
export async function address(
  queries: Queries,
  registry: RegistryCode,
  reference: string,
  to: Located,
): Promise<boolean> {
  const taken = await queries
    .insert(deliveryAddress)
    .values({ registry, reference, shard: here, ...to })
    .onConflictDoNothing()
    .returning({ delivery: deliveryAddress.delivery })
  return taken.length > 0
}

export async function locate(
  queries: Queries,
  registry: RegistryCode,
  reference: string,
): Promise<Located | undefined> {
  const [row] = await queries
    .select()
    .from(deliveryAddress)
    .where(and(eq(deliveryAddress.registry, registry), eq(deliveryAddress.reference, reference)))
  return row && { caseId: row.caseId, delivery: row.delivery as DeliveryId }
}

/** Adds a delivery, due at once when it is ready. */
export async function addDelivery(
  queries: Queries,
  row: DeliveryRow,
  envelope: KeptPayload,
  rendering: KeptPayload | undefined,
): Promise<void> {
  const { jws: _jws, rendered: _rendered, ...columns } = row
  const dueAt = row.phase === 'ready' ? sql`now()` : null
  await queries
    .insert(delivery)
    .values({ ...columns, shard: here, dueAt, envelope: envelope.id, rendering: rendering?.id ?? null })
}

/** A delivery of these cases, locked for the rest of the transaction. */
export async function lockDelivery(
  queries: Queries,
  vault: Vault,
  line: readonly string[],
  id: string,
): Promise<DeliveryRow | undefined> {
  if (!isId(id)) return undefined
  const rows = await queries
    .select()
    .from(delivery)
    .where(and(eq(delivery.shard, here), eq(delivery.id, id), inArray(delivery.caseId, [...line])))
    .for('update')
  return (await asDeliveries(queries, vault, rows))[0]
}

/** A delivery that is answered or withdrawn is nobody's errand any more, unless its registry is to be asked again; one that is ready again is due at once. */
export async function moveDelivery(
  queries: Queries,
  caseId: string,
  id: string,
  to: Parameters<CaseAct['moveDelivery']>[1],
): Promise<void> {
  const { phase, answer, answeredAt, askInSeconds } = to
  if (!phase && !answer) return
  const over = phase === 'answered' || phase === 'withdrawn'
  const asked =
    askInSeconds === undefined ? null : sql`now() + make_interval(secs => ${askInSeconds}::double precision)`
  const due = over ? { dueAt: asked } : phase === 'ready' ? { dueAt: sql`now()` } : {}
  const first = answeredAt && {
    answeredAt: sql`coalesce(${delivery.answeredAt}, ${answeredAt.toISOString()}::timestamptz)`,
  }
  await queries
    .update(delivery)
    .set({ ...(phase && { phase }), ...(answer && { answer }), ...first, ...due })
    .where(and(eq(delivery.shard, here), eq(delivery.id, id), eq(delivery.caseId, caseId)))
}

/** Due at once; what it is and what it says stay as they are. */
export async function hastenDelivery(queries: Queries, caseId: string, id: string): Promise<void> {
  await queries
    .update(delivery)
    .set({ dueAt: sql`now()` })
    .where(and(eq(delivery.shard, here), eq(delivery.id, id), eq(delivery.caseId, caseId)))
}

/** What was called back before has left nobody's hands, and is not handed over: no row changes, and no attempt is begun. */
export async function handOver(queries: Queries, id: string): Promise<void> {
  const [begun] = await queries
    .update(delivery)
    .set({ phase: 'handed', attempts: sql`${delivery.attempts} + 1`, dueAt: null })
    .where(and(eq(delivery.shard, here), eq(delivery.id, id), inArray(delivery.phase, ['ready', 'handed'])))
    .returning({ number: delivery.attempts })
  if (begun) await queries.insert(attempt).values({ shard: here, id: newId(), delivery: id, act: 'fetched', ...begun })
}

export const byId = (id: string): SQL | undefined => eq(delivery.id, id)
export const byIds = (ids: readonly string[]): SQL | undefined => inArray(delivery.id, [...ids])
export const ofRequest = (id: string): SQL | undefined => eq(delivery.request, id)
export const ofMeasures = (kinds: readonly MeasureKind[]): SQL | undefined => inArray(delivery.measure, [...kinds])
export const ofCases = (ids: readonly string[]): SQL | undefined => inArray(delivery.caseId, [...ids])
export const ofCase = (id: string): SQL | undefined => eq(delivery.caseId, id)

/** Deliveries in the order in which they were made, decrypted. */
export async function deliveries(
  queries: Queries,
  vault: Vault,
  ...which: (SQL | undefined)[]
): Promise<readonly DeliveryRow[]> {
  const rows = await queries
    .select()
    .from(delivery)
    .where(and(eq(delivery.shard, here), ...which))
    .orderBy(asc(delivery.id))
  return asDeliveries(queries, vault, rows)
}

/** Where these were sent and for what; nothing is decrypted for it. */
export async function deliveryHeads(queries: Queries, ids: readonly string[]): Promise<readonly DeliveryHead[]> {
  const known = ids.filter(isId)
  if (known.length === 0) return []
  const { id, request, registry, measure } = delivery
  const rows = await queries
    .select({ id, request, registry, measure })
    .from(delivery)
    .where(and(eq(delivery.shard, here), byIds(known)))
  return rows.map((row) => ({ ...row, id: row.id as DeliveryId, registry: row.registry as RegistryCode }))
}

/** Deliveries with all that was tried and all that came back, in four queries however many. */
export async function exchanges(
  queries: Queries,
  vault: Vault,
  ...which: (SQL | undefined)[]
): Promise<readonly Exchange[]> {
  const rows = await deliveries(queries, vault, ...which)
  const ids = rows.map(({ id }) => id)
  const tried = await attemptsAt(queries, ids)
  const told = await statementsAbout(queries, vault, ids)
  return rows.map((row) => ({
    delivery: row,
    attempts: tried.filter(({ delivery: of }) => of === row.id),
    statements: told.filter(({ delivery: of }) => of === row.id),
  }))
}

/** Turns stored rows into deliveries with their frozen bytes. */
export async function asDeliveries(queries: Queries, vault: Vault, rows: readonly Stored[]): Promise<DeliveryRow[]> {
  const opened = await openAll(
    queries,
    vault,
    rows.flatMap(({ envelope, rendering }) => [envelope, rendering ?? []].flat()),
  )
  return rows.map(({ shard: _shard, dueAt: _dueAt, answeredAt: _answeredAt, envelope, rendering, ...row }) => ({
    ...row,
    id: row.id as DeliveryId,
    registry: row.registry as RegistryCode,
    jws: readText(opened(envelope)),
    ...(rendering !== null && { rendered: opened(rendering) }),
  }))
}

async function attemptsAt(queries: Queries, ids: readonly string[]): Promise<readonly AttemptRow[]> {
  if (ids.length === 0) return []
  const { id, delivery: of, number, act, at } = attempt
  const { outcome, detail, endedAt } = attemptOutcome
  const rows = await queries
    .select({ id, delivery: of, number, act, at, outcome, detail, endedAt })
    .from(attempt)
    .leftJoin(attemptOutcome, and(eq(attemptOutcome.shard, attempt.shard), eq(attemptOutcome.attempt, attempt.id)))
    .where(and(eq(attempt.shard, here), inArray(attempt.delivery, [...ids])))
    .orderBy(asc(attempt.delivery), asc(attempt.number))
  return rows.map(present)
}
