import { AsyncLocalStorage } from 'node:async_hooks'
import { type SQL, sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** What queries are written against: a database, or, inside a transaction, the transaction and nothing else. */
export type Queries = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** One of the two engines, opened and migrated. */
export type Database = {
  readonly engine: 'postgresql' | 'embedded'
  /** Plain reads of what is committed. */
  readonly queries: Queries
  /**
   * Runs `body` in one transaction and returns when it is durable. `body` must use only the queries it is given: on the
   * embedded engine any other waits for this transaction, for ever.
   */
  transaction<T>(body: (queries: Queries) => Promise<T>): Promise<T>
  /** Whatever the engine wants done once a day. */
  tend(): Promise<void>
  close(): Promise<void>
}

/** Set while this very chain of calls runs inside a transaction. */
const underWay = new AsyncLocalStorage<{ open: boolean }>()

/** Runs a transaction so that `isInAct` tells, to all that its body calls, until it is over. */
export function inAct<T>(transaction: () => Promise<T>): Promise<T> {
  const act = { open: true }
  return underWay.run(act, () =>
    transaction().finally(() => {
      act.open = false
    }),
  )
}

/** Whether whoever asks is the body of a transaction, or called by it. */
export function isInAct(): boolean {
  return underWay.getStore()?.open ?? false
}

/** The rows of a statement written by hand; the drivers hand them over in different wrappings. */
export async function rowsOf<Row>(queries: Queries, statement: SQL): Promise<readonly Row[]> {
  const result: unknown = await queries.execute(statement)
  if (Array.isArray(result)) return result as readonly Row[]
  return (result as { readonly rows: readonly Row[] }).rows
}

/** Several reads of one and the same moment, whatever is committed meanwhile. */
export function atOneMoment<T>(database: Database, body: (queries: Queries) => Promise<T>): Promise<T> {
  return database.transaction(async (queries) => {
    await queries.execute(sql`set transaction isolation level repeatable read read only`)
    return body(queries)
  })
}
