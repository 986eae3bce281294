import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm'
import type { DraftLine, DraftRow, Drafts } from '../gateway/ports/drafts.ts'
import type { DraftFilter } from '../gateway/ports/reads.ts'
import { isId, present } from './absent.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { openAll, textsOf } from './payloads.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { draft } from './schema/draft.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

type Stored = typeof draft.$inferSelect

/** The drafts of one case. */
export function draftsOf(queries: Queries, vault: Vault, caseId: string): Drafts {
  const ofCase = eq(draft.caseId, caseId)
  return {
    find: async (id) => (isId(id) ? first(queries, vault, ofCase, eq(draft.id, id)) : undefined),
    replacing: async (request) =>
      isId(request) ? first(queries, vault, ofCase, eq(draft.replaces, request), eq(draft.state, 'open')) : undefined,
    put: async ({ id, measure, replaces, request, objections, ...rest }, content) => {
      const own = { ...rest, objections: [...objections], content: content.id, measure: measure ?? null }
      await queries
        .insert(draft)
        .values({ shard: here, id, ...own, replaces: replaces ?? null, request: request ?? null })
        .onConflictDoUpdate({ target: [draft.shard, draft.id], set: own })
    },
    move: async (id, { objections, ...to }) => {
      await queries
        .update(draft)
        .set({ ...to, ...(objections && { objections: [...objections] }) })
        .where(and(eq(draft.shard, here), ofCase, eq(draft.id, id)))
    },
  }
}

export async function draftById(queries: Queries, vault: Vault, id: string): Promise<DraftRow | undefined> {
  return isId(id) ? first(queries, vault, eq(draft.id, id)) : undefined
}

async function first(queries: Queries, vault: Vault, ...which: SQL[]): Promise<DraftRow | undefined> {
  const [row] = await queries
    .select()
    .from(draft)
    .where(and(eq(draft.shard, here), ...which))
  if (!row) return undefined
  const opened = await openAll(queries, vault, [row.content])
  return { ...lineOf(row), content: JSON.parse(readText(opened(row.content))) }
}

/** These drafts with what they say, in one go; one whose words were erased is left out. */
export async function draftsWith(queries: Queries, vault: Vault, ids: readonly string[]): Promise<readonly DraftRow[]> {
  const known = ids.filter(isId)
  if (known.length === 0) return []
  const rows = await queries
    .select()
    .from(draft)
    .where(and(eq(draft.shard, here), inArray(draft.id, known)))
  const texts = await textsOf(
    queries,
    vault,
    rows.map(({ content }) => content),
  )
  return rows.flatMap((row) => {
    const text = texts.get(row.content)
    return text === undefined ? [] : [{ ...lineOf(row), content: JSON.parse(text) }]
  })
}

/** Drafts without what they say, newest first. */
export async function draftLines(
  queries: Queries,
  { reach, caseId, maker, state, after, limit }: DraftFilter,
): Promise<readonly DraftLine[]> {
  if ([after, caseId].some((id) => id !== undefined && !isId(id))) return []
  const rows = await queries
    .select({ draft, caseNumber: caseFile.number })
    .from(draft)
    .innerJoin(caseFile, and(eq(caseFile.shard, draft.shard), eq(caseFile.id, draft.caseId)))
    .where(
      and(
        eq(draft.shard, here),
        within(queries, reach),
        caseId ? eq(draft.caseId, caseId) : undefined,
        maker ? eq(draft.maker, maker) : undefined,
        state ? eq(draft.state, state) : undefined,
        after ? lt(draft.id, after) : undefined,
      ),
    )
    .orderBy(desc(draft.id))
    .limit(limit)
  return rows.map((row) => ({ ...lineOf(row.draft), caseNumber: row.caseNumber }))
}

function lineOf({ shard: _shard, content: _content, ...row }: Stored): Omit<DraftRow, 'content'> {
  return present(row)
}
