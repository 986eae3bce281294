import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Consent, Consents } from '../gateway/ports/consent.ts'
import type { ConsentFilter } from '../gateway/ports/reads.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { consent } from './schema/consent.ts'
import type { Vault } from './vault.ts'

export function consentsOf(queries: Queries, vault: Vault): Consents {
  return {
    add: async (asked, body) => {
      await queries.insert(consent).values({ ...asked, body })
    },
    find: async (id) => {
      if (!isId(id)) return undefined
      return (
        await opened(queries, vault, await queries.select().from(consent).where(eq(consent.id, id)).for('update'))
      )[0]
    },
    waiting: async (kind, about, now) => {
      const isOpen = and(eq(consent.kind, kind), eq(consent.about, about), isNull(consent.decision))
      const rows = await queries
        .select()
        .from(consent)
        .where(and(isOpen, gt(consent.expiresAt, now)))
        .orderBy(desc(consent.id))
        .limit(50)
      return opened(queries, vault, rows)
    },
    decide: async (id, decision, decidedBy, decidedAt) => {
      await queries.update(consent).set({ decision, decidedBy, decidedAt }).where(eq(consent.id, id))
    },
    use: async (id, usedAt) => {
      const rows = await queries
        .update(consent)
        .set({ usedAt })
        .where(and(eq(consent.id, id), isNull(consent.usedAt)))
        .returning({ id: consent.id })
      return rows.length > 0
    },
  }
}

/** Consents of a kind, newest first; `waiting` leaves out what was decided. */
export async function consents(
  queries: Queries,
  vault: Vault,
  { kind, waiting, about, after, limit }: ConsentFilter,
): Promise<readonly Consent[]> {
  if (after !== undefined && !isId(after)) return []
  const rows = await queries
    .select()
    .from(consent)
    .where(
      and(
        eq(consent.kind, kind),
        waiting ? isNull(consent.decision) : undefined,
        about ? eq(consent.about, about) : undefined,
        after ? lt(consent.id, after) : undefined,
      ),
    )
    .orderBy(desc(consent.id))
    .limit(limit)
  return opened(queries, vault, rows)
}

export async function consentById(queries: Queries, vault: Vault, id: string): Promise<Consent | undefined> {
  if (!isId(id)) return undefined
  return (await opened(queries, vault, await queries.select().from(consent).where(eq(consent.id, id))))[0]
}

async function opened(
  queries: Queries,
  vault: Vault,
  rows: readonly (typeof consent.$inferSelect)[],
): Promise<readonly Consent[]> {
  const bodies = await openAll(
    queries,
    vault,
    rows.map(({ body }) => body),
  )
  return rows.map((row) => ({ ...present(row), body: JSON.parse(Buffer.from(bodies(row.body)).toString('utf8')) }))
}
