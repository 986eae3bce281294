import { and, desc, eq, sql } from 'drizzle-orm'
import type { Stage } from '../domain/progress.ts'
import type { ProgressLink, ProgressLinks, ProgressReads } from '../gateway/ports/progress.ts'
import { isId, present } from './absent.ts'
import { type Queries, rowsOf } from './database.ts'
import { here } from './schema/column.ts'
import { progressLink } from './schema/progress.ts'

export function progressLinksOf(queries: Queries, caseId: string): ProgressLinks {
  return {
    add: async (link) => {
      await queries.insert(progressLink).values({ shard: here, caseId, ...link })
    },
    find: async (id) => {
      const link = await linkById(queries, id)
      return link?.caseId === caseId ? link : undefined
    },
    all: () => linksOf(queries, caseId),
    end: async (id, endedBy, endedAt) => {
      await queries
        .update(progressLink)
        .set({ endedBy, endedAt })
        .where(and(eq(progressLink.shard, here), eq(progressLink.id, id)))
    },
  }
}

export function progressReadsOf(queries: Queries): ProgressReads {
  return {
    progressLinks: (caseId) => linksOf(queries, caseId),
    progressLink: (id) => linkById(queries, id),
    progressLinkOf: async (digest) => {
      const rows = await queries
        .select()
        .from(progressLink)
        .where(and(eq(progressLink.shard, here), eq(progressLink.digest, digest)))
      return rows.map(asLink)[0]
    },
    stages: (caseId) => stages(queries, caseId),
  }
}

async function linkById(queries: Queries, id: string): Promise<ProgressLink | undefined> {
  if (!isId(id)) return undefined
  const rows = await queries
    .select()
    .from(progressLink)
    .where(and(eq(progressLink.shard, here), eq(progressLink.id, id)))
  return rows.map(asLink)[0]
}

async function linksOf(queries: Queries, caseId: string): Promise<readonly ProgressLink[]> {
  if (!isId(caseId)) return []
  const rows = await queries
    .select()
    .from(progressLink)
    .where(and(eq(progressLink.shard, here), eq(progressLink.caseId, caseId)))
    .orderBy(desc(progressLink.id))
    .limit(100)
  return rows.map(asLink)
}

function asLink({ shard: _, ...row }: typeof progressLink.$inferSelect): ProgressLink {
  return present(row)
}

type Row = {
  readonly measure: Stage['measure']
  readonly asked: string
  readonly answered: string | null
  readonly isDone: boolean
  readonly askedAt: Date | string
  readonly lastWord: Date | string | null
}

async function stages(queries: Queries, caseId: string): Promise<readonly Stage[]> {
  if (!isId(caseId)) return []
  const rows = await rowsOf<Row>(
    queries,
    sql`
      select d.measure,
        string_agg(distinct d.registry, ' ') as asked,
        string_agg(distinct d.registry, ' ') filter (where d.answer not in ('silent', 'received', 'accepted')) as answered,
        bool_or(d.answer in ('executed', 'partly')) as "isDone",
        min(d.created_at) as "askedAt",
        max(s.at) as "lastWord"
      from delivery d
      left join lateral (
        select max(arrived_at) as at from statement where shard = d.shard and delivery = d.id
      ) s on true
      where d.shard = ${here} and d.case_id = ${caseId} and d.phase <> 'withdrawn'
      group by d.request, d.measure
    `,
  )
  return rows.map(({ measure, asked, answered, isDone, askedAt, lastWord }) => ({
    measure,
    asked: asked.split(' '),
    answered: answered?.split(' ') ?? [],
    isDone,
    askedAt: new Date(askedAt),
    ...(lastWord !== null && { lastWord: new Date(lastWord) }),
  }))
}
