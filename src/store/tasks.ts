import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { BeijingDate } from '../domain/beijing-date.ts'
import type { TaskAbout } from '../domain/task.ts'
import type { TaskFilter } from '../gateway/ports/reads.ts'
import type { TaskLine, TaskRow, Tasks } from '../gateway/ports/tasks.ts'
import { isId, present } from './absent.ts'
import { within } from './cases.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { caseFile } from './schema/case.ts'
import { here } from './schema/column.ts'
import { task } from './schema/task.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

type Stored = typeof task.$inferSelect

/** The tasks of a line of cases, inside the transaction that holds it. */
export function tasksOf(queries: Queries, vault: Vault, caseId: string, line: readonly string[]): Tasks {
  const ofLine = and(eq(task.shard, here), inArray(task.caseId, [...line]))
  return {
    raise: async ({ about, ...row }, words) => {
      const added = await queries
        .insert(task)
        .values({ shard: here, ...row, ...about, words: words ?? null })
        .onConflictDoNothing()
        .returning({ id: task.id })
      return added.length > 0
    },
    find: async (id) => {
      if (!isId(id)) return undefined
      const rows = await queries
        .select()
        .from(task)
        .where(and(ofLine, eq(task.id, id)))
        .for('update')
      return (await opened(queries, vault, rows))[0]
    },
    known: async (keys) => {
      const known = await taskKeys(
        queries,
        keys.map((key) => ({ caseId, key })),
      )
      return keys.filter((key) => known.has(`${caseId} ${key}`))
    },
    open: async () => {
      const rows = await queries
        .select()
        .from(task)
        .where(and(ofLine, isNull(task.outcome)))
        .orderBy(asc(task.id))
      return opened(queries, vault, rows)
    },
    end: async (id, { outcome, by, at, entry }, note) => {
      const ended = await queries
        .update(task)
        .set({ outcome, endedBy: by, endedAt: at, endedEntry: entry, note })
        .where(and(ofLine, eq(task.id, id), isNull(task.outcome)))
        .returning({ id: task.id })
      return ended.length > 0
    },
    handOver: async (id, owner) => {
      await queries
        .update(task)
        .set({ owner })
        .where(and(ofLine, eq(task.id, id)))
    },
  }
}

export async function taskById(queries: Queries, vault: Vault, id: string): Promise<TaskRow | undefined> {
  if (!isId(id)) return undefined
  const rows = await queries
    .select()
    .from(task)
    .where(and(eq(task.shard, here), eq(task.id, id)))
  return (await opened(queries, vault, rows))[0]
}

/** Tasks within reach, the first to fall due first; of those that have ended, as they were due. */
export async function taskLines(
  queries: Queries,
  vault: Vault,
  { reach, owner, caseId, kind, ended, after, limit }: TaskFilter,
): Promise<readonly TaskLine[]> {
  if ([after, caseId].some((id) => id !== undefined && !isId(id))) return []
  const rows = await queries
    .select({ task, caseNumber: caseFile.number })
    .from(task)
    .innerJoin(caseFile, and(eq(caseFile.shard, task.shard), eq(caseFile.id, task.caseId)))
    .where(
      and(
        eq(task.shard, here),
        within(queries, reach),
        ended ? isNotNull(task.outcome) : isNull(task.outcome),
        owner ? eq(task.owner, owner) : undefined,
        caseId ? eq(task.caseId, caseId) : undefined,
        kind ? eq(task.kind, kind) : undefined,
        after ? afterTask(after) : undefined,
      ),
    )
    .orderBy(asc(task.due), asc(task.id))
    .limit(limit)
  const tasks = await opened(
    queries,
    vault,
    rows.map((row) => row.task),
  )
  return tasks.map((row, at) => ({ ...row, caseNumber: rows[at]?.caseNumber ?? '' }))
}

/** A page goes on after the last task seen, also when that one has been done meanwhile. */
const afterTask = (id: string): SQL =>
  sql`(${task.due}, ${task.id}) > (select last.due, last.id from task last where last.shard = ${here} and last.id = ${id}::uuid)`

/** Which of these keys a case has a task for, open or ended. */
export async function taskKeys(
  queries: Queries,
  keys: readonly { readonly caseId: string; readonly key: string }[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await queries
    .select({ caseId: task.caseId, key: task.key })
    .from(task)
    .where(
      and(
        eq(task.shard, here),
        inArray(
          task.caseId,
          keys.map(({ caseId }) => caseId),
        ),
        inArray(
          task.key,
          keys.map(({ key }) => key),
        ),
      ),
    )
  return new Set(rows.map(({ caseId, key }) => `${caseId} ${key}`))
}

async function opened(queries: Queries, vault: Vault, rows: readonly Stored[]): Promise<readonly TaskRow[]> {
  const texts = await openAll(
    queries,
    vault,
    rows.flatMap(({ words, note }) => [words ?? [], note ?? []].flat()),
  )
  return rows.map((row) => {
    const { id, caseId, key, kind, owner, due, raisedAt, raisedBy, entry, words } = row
    return {
      ...{ id, caseId, key, kind, owner, due, raisedAt, raisedBy, entry, about: aboutOf(row) },
      ...(words !== null && { words: readText(texts(words)) }),
      ...endingOf(row, (payload) => readText(texts(payload))),
    }
  })
}

function aboutOf({ request, delivery, control, party, lastDay, daysBefore, letter }: Stored): TaskAbout {
  const day = lastDay === null ? {} : { lastDay: lastDay as BeijingDate }
  return { ...present({ request, delivery, control, party, daysBefore, letter }), ...day }
}

function endingOf(
  { outcome, endedBy, endedAt, endedEntry, note }: Stored,
  read: (payload: string) => string,
): Pick<TaskRow, 'ending'> {
  if (outcome === null || endedBy === null || endedAt === null || endedEntry === null || note === null) return {}
  return { ending: { outcome, by: endedBy, at: endedAt, entry: endedEntry, note: read(note) } }
}
