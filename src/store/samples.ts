import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, notExists, sql } from 'drizzle-orm'
import { type BeijingDate, endOf, startOf } from '../domain/beijing-date.ts'
import type { SampleWhat } from '../domain/sample.ts'
import type {
  DeliveryName,
  PopulationFilter,
  Sample,
  SampleBook,
  SampleItem,
  SampleReads,
  Verdict,
} from '../gateway/ports/samples.ts'
import type { RecordKind } from '../ledger/record.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { textsOf } from './payloads.ts'
import { sample, sampleItem, sampleVerdict } from './schema/auditing.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { checkpoint, entry, leaf } from './schema/ledger.ts'
import { request } from './schema/request.ts'
import type { Vault } from './vault.ts'

export function sampleReadsOf(queries: Queries, vault: Vault): SampleReads {
  return {
    sample: async (id) => {
      if (!isId(id)) return undefined
      return (await queries.select().from(sample).where(eq(sample.id, id))).map(asSample)[0]
    },
    samples: async ({ courts, after, limit }) => {
      if ((after !== undefined && !isId(after)) || courts?.length === 0) return []
      const rows = await queries
        .select()
        .from(sample)
        .where(and(courts && inArray(sample.court, [...courts]), after ? lt(sample.id, after) : undefined))
        .orderBy(desc(sample.id))
        .limit(limit)
      return rows.map(asSample)
    },
    sampleItems: (id) => items(queries, id),
    verdicts: (id) => verdicts(queries, vault, id),
    coveredBy: async (id) => {
      const [place] = isId(id) ? await queries.select().from(leaf).where(eq(leaf.entryId, id)) : []
      if (!place) return undefined
      const [first] = await queries
        .select({ treeSize: checkpoint.size, root: checkpoint.root })
        .from(checkpoint)
        .where(gt(checkpoint.size, place.idx))
        .orderBy(asc(checkpoint.size))
        .limit(1)
      return first && { index: place.idx, ...first }
    },
    deliveriesNamed: (ids) => deliveriesNamed(queries, ids),
    leftToJudge: (ids) => leftToJudge(queries, ids),
    population: (filter) => population(queries, filter),
  }
}

export function sampleBookOf(queries: Queries, vault: Vault): SampleBook {
  return {
    find: async (id) => {
      if (!isId(id)) return undefined
      return (await queries.select().from(sample).where(eq(sample.id, id)).for('update')).map(asSample)[0]
    },
    announce: async (row) => {
      await queries.insert(sample).values(row)
    },
    draw: async (id, { index: leafIndex, at: drawnAt, ...drawn }, drawnItems) => {
      await queries
        .update(sample)
        .set({ ...drawn, leafIndex, drawnAt })
        .where(eq(sample.id, id))
      await queries.insert(sampleItem).values(drawnItems.map((item) => ({ sample: id, ...item })))
    },
    items: (id) => items(queries, id),
    verdicts: (id) => verdicts(queries, vault, id),
    judge: async (verdict, note) => {
      await queries.insert(sampleVerdict).values({ ...verdict, note: note ?? null })
    },
    signOff: async (id, { by, at, entry: signedEntry }) => {
      await queries.update(sample).set({ signedBy: by, signedAt: at, signedEntry }).where(eq(sample.id, id))
    },
  }
}

const looks: readonly RecordKind[] = [
  'results.viewed',
  'portal.viewed',
  'document.viewed',
  'subject.revealed',
  'bundle.exported',
]

const kindsOf: Readonly<Record<SampleWhat, readonly RecordKind[] | undefined>> = {
  exchanges: ['delivery.created'],
  looks,
  entries: undefined,
}

/** By id, so that the list has one spelling. Of sealed cases nothing is drawn: nobody but their own may know of them. */
async function population(
  queries: Queries,
  { court, what, from, to, before, most }: PopulationFilter,
): Promise<readonly Omit<SampleItem, 'position'>[]> {
  const wanted = kindsOf[what]
  const sealed = queries
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), eq(caseFile.isSealed, true), sql`${caseFile.id}::text = ${entry.caseId}`))
  const rows = await queries
    .select({ id: entry.id, delivery: entry.delivery, caseId: entry.caseId })
    .from(entry)
    .innerJoin(leaf, eq(leaf.entryId, entry.id))
    .where(
      and(
        eq(entry.shard, here),
        eq(entry.court, court),
        isNotNull(entry.caseId),
        wanted && inArray(entry.kind, [...wanted]),
        gte(entry.at, startOf(from)),
        lt(entry.at, endOf(to)),
        lt(leaf.idx, before),
        notExists(sealed),
      ),
    )
    .orderBy(asc(entry.id))
    .limit(most)
  return rows.flatMap(({ id, delivery, caseId }) => {
    const item = what === 'exchanges' ? delivery : id
    return item ? [{ item, ...(caseId && { caseId }) }] : []
  })
}

async function deliveriesNamed(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, DeliveryName>> {
  const known = ids.filter(isId)
  if (known.length === 0) return new Map()
  const { id, registry, measure, reference } = delivery
  const rows = await queries
    .select({ id, registry, measure, reference, maker: request.maker })
    .from(delivery)
    .innerJoin(request, and(eq(request.shard, delivery.shard), eq(request.id, delivery.request)))
    .where(and(eq(delivery.shard, here), inArray(id, known)))
  return new Map(rows.map((row) => [row.id, row as DeliveryName]))
}

async function leftToJudge(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = ids.filter(isId)
  if (known.length === 0) return new Map()
  const { sample: of, position, caseId } = sampleItem
  const judged = queries
    .select({ id: sampleVerdict.id })
    .from(sampleVerdict)
    .where(and(eq(sampleVerdict.sample, of), eq(sampleVerdict.position, position)))
  const sealed = queries
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.shard, here), eq(caseFile.isSealed, true), eq(caseFile.id, caseId)))
  const rows = await queries
    .select({ id: of, left: count() })
    .from(sampleItem)
    .where(and(inArray(of, known), notExists(judged), notExists(sealed)))
    .groupBy(of)
  return new Map(rows.map(({ id, left }) => [id, left]))
}

async function items(queries: Queries, id: string): Promise<readonly SampleItem[]> {
  if (!isId(id)) return []
  const rows = await queries
    .select()
    .from(sampleItem)
    .where(eq(sampleItem.sample, id))
    .orderBy(asc(sampleItem.position))
  return rows.map(({ sample: _, ...row }) => present(row))
}

async function verdicts(queries: Queries, vault: Vault, id: string): Promise<readonly Verdict[]> {
  if (!isId(id)) return []
  const rows = await queries
    .select()
    .from(sampleVerdict)
    .where(eq(sampleVerdict.sample, id))
    .orderBy(asc(sampleVerdict.id))
  const notes = await textsOf(
    queries,
    vault,
    rows.flatMap(({ note }) => note ?? []),
  )
  return rows.map(({ note, ...row }) => {
    const text = note ? notes.get(note) : undefined
    return { ...row, ...(text !== undefined && { note: text }) }
  })
}

function asSample(row: typeof sample.$inferSelect): Sample {
  const { leafIndex, treeSize, root, population: count, populationSha256, drawnAt } = row
  const { signedBy, signedAt, signedEntry, from, to, ...rest } = row
  const { id, court, what, size, announcedBy, announcedAt, entry: announced } = rest
  const isDrawn = leafIndex !== null && treeSize !== null && root && count !== null && populationSha256 && drawnAt
  return {
    ...{ id, court, what, size, announcedBy, announcedAt, entry: announced },
    from: from as BeijingDate,
    to: to as BeijingDate,
    ...(isDrawn && { drawn: { index: leafIndex, treeSize, root, population: count, populationSha256, at: drawnAt } }),
    ...(signedBy && signedAt && signedEntry && { signedOff: { by: signedBy, at: signedAt, entry: signedEntry } }),
  }
}
