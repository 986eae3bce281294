import { and, eq } from 'drizzle-orm'
import type { Remembered } from '../gateway/ports/rows.ts'
import type { Queries } from './database.ts'
import { idempotency } from './schema/people.ts'

/** Thrown when another act under the same key was committed meanwhile: run again, this one will find its answer. */
export class AnsweredMeanwhile extends Error {
  override readonly name = 'AnsweredMeanwhile'
}

export async function recall(queries: Queries, client: string, key: string): Promise<Remembered | undefined> {
  const { digest, status, location } = idempotency
  const [row] = await queries
    .select({ digest, status, location })
    .from(idempotency)
    .where(and(eq(idempotency.client, client), eq(idempotency.key, key)))
  return row
}

/** In the act's own transaction: an act and the memory of it are committed together or not at all. */
export async function remember(queries: Queries, client: string, key: string, answer: Remembered): Promise<void> {
  const { digest, status, location } = answer
  const kept = await queries
    .insert(idempotency)
    .values({ client, key, digest, status, location })
    .onConflictDoNothing()
    .returning({ key: idempotency.key })
  if (kept.length === 0) throw new AnsweredMeanwhile('this key was answered meanwhile')
}
