import { and, asc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Account, AccountReads, Accounts, Factor } from '../gateway/ports/accounts.ts'
import { present } from './absent.ts'
import type { Database, Queries } from './database.ts'
import { openAll } from './payloads.ts'
import { account, externalIdentity, factor, logoutJti } from './schema/account.ts'
import type { Vault } from './vault.ts'

/** Accounts as an act changes them, on the act's own transaction. */
export function accountsOf(queries: Queries): Accounts {
  const identity = (issuer: string, subject: string) => boundTo(queries, issuer, subject)
  return {
    lock: async (person) => {
      await queries.insert(account).values({ person }).onConflictDoNothing()
      const [row] = await queries.select().from(account).where(eq(account.person, person)).for('update')
      if (!row) throw new Error('an account that was just made is gone')
      return asAccount(row)
    },
    keepPassword: async (person, { validUntil, ...kept }) => {
      const cleared = { failures: 0, failedAt: null, lockedUntil: null, validUntil: validUntil ?? null }
      const row = { ...kept, ...cleared }
      await queries
        .insert(account)
        .values({ person, ...row })
        .onConflictDoUpdate({ target: account.person, set: row })
    },
    keepStanding: async (person, { failures, failedAt, lockedUntil }) => {
      const standing = { failures, failedAt: failedAt ?? null, lockedUntil: lockedUntil ?? null }
      await queries.update(account).set(standing).where(eq(account.person, person))
    },
    addFactor: async (added, secret) => {
      const rows = await queries
        .insert(factor)
        .values({ ...added, ...(secret && { secret }) })
        .onConflictDoNothing()
        .returning({ id: factor.id })
      return rows.length > 0
    },
    confirmFactor: async (id, at) => {
      const rows = await queries
        .update(factor)
        .set({ confirmedAt: at })
        .where(and(eq(factor.id, id), isNull(factor.confirmedAt), isNull(factor.endedAt)))
        .returning({ id: factor.id })
      return rows.length > 0
    },
    removeFactor: async (person, id, at) => {
      const rows = await queries
        .update(factor)
        .set({ endedAt: at })
        .where(and(eq(factor.person, person), eq(factor.id, id), isNull(factor.endedAt)))
        .returning({ id: factor.id })
      return rows.length > 0
    },
    useStep: async (id, step) => {
      const rows = await queries
        .update(factor)
        .set({ lastStep: step })
        .where(and(eq(factor.id, id), isNull(factor.endedAt), lt(factor.lastStep, step)))
        .returning({ id: factor.id })
      return rows.length > 0
    },
    bind: async ({ issuer, subject, person }, boundAt) => {
      await queries.insert(externalIdentity).values({ issuer, subject, person, boundAt }).onConflictDoNothing()
      return identity(issuer, subject)
    },
    burnLogout: async (issuer, jti, expiresAt) => {
      const rows = await queries
        .insert(logoutJti)
        .values({ issuer, jti, expiresAt })
        .onConflictDoNothing()
        .returning({ jti: logoutJti.jti })
      return rows.length > 0
    },
  }
}

/** Accounts as they are looked up. */
export function accountReads({ queries }: Database, vault: Vault): AccountReads {
  return {
    account: async (person) => {
      const [row] = await queries.select().from(account).where(eq(account.person, person))
      return row && asAccount(row)
    },
    factors: async (person) => {
      const rows = await queries
        .select()
        .from(factor)
        .where(and(eq(factor.person, person), isNull(factor.endedAt)))
        .orderBy(asc(factor.setAt), asc(factor.id))
      return rows.map(asFactor)
    },
    totpSecret: async (id) => {
      const [row] = await queries
        .select({ secret: factor.secret })
        .from(factor)
        .where(and(eq(factor.id, id), isNull(factor.endedAt)))
      return row?.secret ? (await openAll(queries, vault, [row.secret]))(row.secret) : undefined
    },
    boundTo: (issuer, subject) => boundTo(queries, issuer, subject),
    anyPassword: async () => {
      const rows = await queries
        .select({ person: account.person })
        .from(account)
        .where(isNotNull(account.hash))
        .limit(1)
      return rows.length > 0
    },
  }
}

async function boundTo(queries: Queries, issuer: string, subject: string): Promise<string | undefined> {
  const [row] = await queries
    .select({ person: externalIdentity.person })
    .from(externalIdentity)
    .where(and(eq(externalIdentity.issuer, issuer), eq(externalIdentity.subject, subject)))
  return row?.person
}

function asAccount(row: typeof account.$inferSelect): Account {
  return present(row)
}

function asFactor({
  secret: _secret,
  lastStep: _lastStep,
  endedAt: _endedAt,
  ...row
}: typeof factor.$inferSelect): Factor {
  return present(row)
}
