import { and, asc, desc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import type { BeijingDate } from '../domain/beijing-date.ts'
import type { FundAccount } from '../domain/fund-account.ts'
import type { Payee } from '../domain/measure.ts'
import type { Currency, Money } from '../domain/money.ts'
import type { ArrivalRow, Arrivals, Arrived, FundReads } from '../gateway/ports/funds.ts'
import type { KeptPayload } from '../gateway/ports/rows.ts'
import { isId, present } from './absent.ts'
import type { Queries } from './database.ts'
import { AnsweredMeanwhile } from './idempotency.ts'
import { nameKept } from './name-kept.ts'
import { openAll } from './payloads.ts'
import { here } from './schema/column.ts'
import { delivery } from './schema/delivery.ts'
import { arrival, fundAccount } from './schema/funds.ts'
import type { Vault } from './vault.ts'
import { readText } from './wording.ts'

/** The accounts ever entered for a case, the oldest first. */
export async function fundAccounts(queries: Queries, vault: Vault, caseId: string): Promise<readonly FundAccount[]> {
  if (!isId(caseId)) return []
  const rows = await queries
    .select()
    .from(fundAccount)
    .where(and(eq(fundAccount.shard, here), eq(fundAccount.caseId, caseId)))
    .orderBy(asc(fundAccount.id))
  const opened = await openAll(
    queries,
    vault,
    rows.map(({ payee }) => payee),
  )
  return rows.map(({ shard: _shard, caseId: _case, payee, ...row }) => ({
    ...present(row),
    payee: JSON.parse(readText(opened(payee))) as Payee,
  }))
}

export async function addFundAccount(
  queries: Queries,
  caseId: string,
  { payee: _payee, ...row }: FundAccount,
  kept: KeptPayload,
): Promise<void> {
  await queries.insert(fundAccount).values({ shard: here, caseId, ...row, payee: kept.id })
}

/** Who confirmed first stays. */
export async function confirmFundAccount(
  queries: Queries,
  caseId: string,
  id: string,
  confirmedBy: string,
  confirmedAt: Date,
): Promise<void> {
  await queries
    .update(fundAccount)
    .set({ confirmedBy, confirmedAt })
    .where(
      and(
        eq(fundAccount.shard, here),
        eq(fundAccount.caseId, caseId),
        eq(fundAccount.id, id),
        isNull(fundAccount.confirmedBy),
      ),
    )
}

export function arrivalsOf(queries: Queries, vault: Vault): Arrivals {
  return {
    recall: async (court, bankReference) => {
      const isIt = and(eq(arrival.court, court), eq(arrival.referenceHash, nameKept(bankReference)))
      const rows = await queries
        .select()
        .from(arrival)
        .where(and(eq(arrival.shard, here), isIt))
      return (await opened(queries, vault, rows))[0]
    },
    add: async ({ bankReference, transferReference: _written, ...row }, kept) => {
      const added = await queries
        .insert(arrival)
        .values({ shard: here, ...row, referenceHash: nameKept(bankReference), reading: kept.id })
        .onConflictDoNothing({ target: [arrival.shard, arrival.court, arrival.referenceHash] })
        .returning({ id: arrival.id })
      if (added.length === 0) throw new AnsweredMeanwhile('this credit was recorded meanwhile')
    },
    find: async (id) => {
      if (!isId(id)) return undefined
      const rows = await queries
        .select()
        .from(arrival)
        .where(and(eq(arrival.shard, here), eq(arrival.id, id)))
        .for('update')
      return (await opened(queries, vault, rows))[0]
    },
    match: async (id, to) => {
      await queries
        .update(arrival)
        .set(to)
        .where(and(eq(arrival.shard, here), eq(arrival.id, id), isNull(arrival.delivery)))
    },
  }
}

/** What arrived of the transfers of a case, the oldest first. */
export async function arrived(queries: Queries, caseId: string): Promise<readonly Arrived[]> {
  const rows = await queries
    .select({ id: arrival.id, delivery: arrival.delivery, amount: arrival.amount, on: arrival.on })
    .from(arrival)
    .where(and(eq(arrival.shard, here), eq(arrival.caseId, caseId), isNotNull(arrival.delivery)))
    .orderBy(asc(arrival.id))
  return rows.map((row) => ({ ...row, delivery: row.delivery ?? '', amount: row.amount as Money }))
}

export function fundReadsOf(queries: Queries, vault: Vault): FundReads {
  return {
    fundAccounts: (caseId) => fundAccounts(queries, vault, caseId),
    arrivals: async ({ courts, unmatched, after, limit }) => {
      if (after !== undefined && !isId(after)) return []
      const open = unmatched ? isNull(arrival.delivery) : undefined
      const rows = await queries
        .select()
        .from(arrival)
        .where(
          and(
            eq(arrival.shard, here),
            inArray(arrival.court, [...courts]),
            open,
            after ? lt(arrival.id, after) : undefined,
          ),
        )
        .orderBy(desc(arrival.id))
        .limit(limit)
      return opened(queries, vault, rows)
    },
    arrival: async (id) => {
      if (!isId(id)) return undefined
      const rows = await queries
        .select()
        .from(arrival)
        .where(and(eq(arrival.shard, here), eq(arrival.id, id)))
      return (await opened(queries, vault, rows))[0]
    },
    arrived: async (caseId) => (isId(caseId) ? arrived(queries, caseId) : []),
    transfersNamed: async (reference) => {
      const { id, caseId } = delivery
      const isTransfer = and(eq(delivery.measure, 'transfer'), eq(delivery.reference, reference))
      return queries
        .select({ caseId, delivery: id })
        .from(delivery)
        .where(and(eq(delivery.shard, here), isTransfer))
    },
  }
}

async function opened(
  queries: Queries,
  vault: Vault,
  rows: readonly (typeof arrival.$inferSelect)[],
): Promise<readonly ArrivalRow[]> {
  const read = await openAll(
    queries,
    vault,
    rows.map(({ reading }) => reading),
  )
  return rows.map(({ shard: _shard, referenceHash: _hash, reading, amount, currency, on, ...row }) => ({
    ...present(row),
    ...(JSON.parse(readText(read(reading))) as Pick<ArrivalRow, 'bankReference' | 'transferReference'>),
    amount: amount as Money,
    currency: currency as Currency,
    on: on as BeijingDate,
  }))
}
