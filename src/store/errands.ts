import { and, asc, desc, eq, exists, gte, inArray, ne, notInArray, or, type SQL } from 'drizzle-orm'
import type { Answer } from '../domain/fold.ts'
import type { RegistryCode } from '../domain/registry.ts'
import type { SealedReceipt } from '../domain/statement.ts'
import type { CounterFilter, CounterLine, ErrandRecord, Errands } from '../gateway/ports/errands.ts'
import type { DeliveryId } from '../relay/port.ts'
import { isId } from './absent.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { errandEntry, errandVerdict } from './schema/errand.ts'
import { payload } from './schema/payload.ts'
import { request } from './schema/request.ts'
import { sealedReceipt, statement } from './schema/statement.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

/** What was entered for errands, as an act adds to it. */
export function errandsOf(queries: Queries, vault: Vault): Errands {
  return {
    of: (id) => errandOf(queries, vault, id),
    enter: async (row, reading) => {
      await queries.insert(errandEntry).values({ shard: here, ...row, reading: reading.id })
    },
    judge: async ({ fields, ...row }) => {
      await queries.insert(errandVerdict).values({ shard: here, ...row, fields: [...fields] })
    },
  }
}

export async function errandOf(queries: Queries, vault: Vault, id: string): Promise<ErrandRecord> {
  if (!isId(id)) return { entries: [], verdicts: [] }
  const entries = await queries
    .select()
    .from(errandEntry)
    .where(and(eq(errandEntry.shard, here), eq(errandEntry.delivery, id)))
    .orderBy(asc(errandEntry.round), asc(errandEntry.seat))
  const verdicts = await queries
    .select()
    .from(errandVerdict)
    .where(and(eq(errandVerdict.shard, here), eq(errandVerdict.delivery, id)))
    .orderBy(asc(errandVerdict.round))
  const opened = await openAll(
    queries,
    vault,
    entries.map(({ reading }) => reading),
  )
  return {
    entries: entries.map(({ round, person, at, reading, entry }) => {
      return { round, person, at, entry, reading: JSON.parse(readText(opened(reading))) }
    }),
    verdicts: verdicts.map(({ round, person, at, fields }) => ({ round, person, at, fields })),
  }
}

const owed: readonly Answer[] = ['silent', 'received', 'accepted']

/** Deliveries to these registries with the numbers of their cases: urgent ones first, then by deadline. */
export async function counterLines(
  queries: Queries,
  { registries, reach, state, since, limit }: CounterFilter,
): Promise<readonly CounterLine[]> {
  if (registries.length === 0) return []
  const { id, caseId, registry, measure, phase, answer, createdAt, respondBy } = delivery
  const rows = await queries
    .select({
      ...{ id, caseId, registry, measure, phase, answer, createdAt, respondBy },
      caseNumber: caseFile.number,
      party: request.party,
      urgent: request.urgent,
    })
    .from(delivery)
    .innerJoin(caseFile, and(eq(caseFile.shard, delivery.shard), eq(caseFile.id, delivery.caseId)))
    .innerJoin(request, and(eq(request.shard, delivery.shard), eq(request.id, delivery.request)))
    .where(
      and(
        eq(delivery.shard, here),
        inArray(delivery.registry, [...registries]),
        ne(delivery.phase, 'withdrawn'),
        reach && within(queries, reach),
        state === 'owed' ? inArray(delivery.answer, [...owed]) : answeredSince(queries, since),
      ),
    )
    .orderBy(...(state === 'owed' ? [desc(request.urgent), asc(respondBy), asc(id)] : [desc(id)]))
    .limit(limit)
  return rows.map((row) => ({ ...row, id: row.id as DeliveryId, registry: row.registry as RegistryCode }))
}

/** What waits in a queue stays in sight for as long as it waits: that it came forward is still to be said. */
function answeredSince(queries: Queries, since: Date | undefined): SQL | undefined {
  const recent = queries
    .select({ id: statement.id })
    .from(statement)
    .where(
      and(
        eq(statement.shard, here),
        eq(statement.delivery, delivery.id),
        since ? gte(statement.arrivedAt, since) : undefined,
      ),
    )
  return and(notInArray(delivery.answer, [...owed]), or(eq(delivery.answer, 'waiting'), exists(recent)))
}

/** The stamped documents kept with a delivery, the oldest first. */
export async function sealedReceiptsOf(queries: Queries, id: string): Promise<readonly SealedReceipt[]> {
  if (!isId(id)) return []
  return queries
    .select({ sha256: sealedReceipt.sha256, mediaType: sealedReceipt.mediaType, length: payload.length })
    .from(sealedReceipt)
    .innerJoin(payload, and(eq(payload.shard, sealedReceipt.shard), eq(payload.id, sealedReceipt.payload)))
    .where(and(eq(sealedReceipt.shard, here), eq(sealedReceipt.delivery, id)))
    .orderBy(asc(sealedReceipt.payload))
}
