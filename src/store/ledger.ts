import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { LedgerFault } from '../ledger/fault.ts'
import { sameHash } from '../ledger/merkle.ts'
import type { Head, KeptCheckpoint, LedgerStore, LogTransaction, PendingEntry } from '../ledger/port.ts'
import type { Tile } from '../ledger/tiles.ts'
import { isId } from './absent.ts'
import { type Database, type Queries, rowsOf } from './database.ts'
import { checkpoint, leaf, logState, pending, tile } from './schema/ledger.ts'

/** Only one transaction of the installation at a time changes the log: this is its lock. */
const sequencerLock = 0x77726974

/** The database of the ledger. The lock is the transaction's, so a sequencer that dies holds nothing. */
export function ledgerStore({ queries, transaction }: Database): LedgerStore {
  return {
    integrate: (work) =>
      transaction(async (tx) => {
        const [lock] = await rowsOf<{ held: boolean }>(
          tx,
          sql`select pg_try_advisory_xact_lock(${sequencerLock}::bigint) as held`,
        )
        if (!lock?.held) return { kind: 'busy' as const }
        return { kind: 'committed' as const, value: await work(logTransaction(tx)) }
      }),
    head: () => head(queries),
    isAwaited: async () => (await queries.select({ seq: pending.seq }).from(pending).limit(1)).length > 0,
    tile: (level, index) => tileBytes(queries, level, index),
    latestCheckpoint: () => latestCheckpoint(queries),
    leafIndexes: async (entryIds) => {
      const ids = entryIds.filter(isId)
      if (ids.length === 0) return new Map()
      const rows = await queries.select().from(leaf).where(inArray(leaf.entryId, ids))
      return new Map(rows.map(({ entryId, idx }) => [entryId, idx]))
    },
  }
}

function logTransaction(tx: Queries): LogTransaction {
  return {
    head: () => head(tx),
    tile: (level, index) => tileBytes(tx, level, index),
    takePending: (limit) => takePending(tx, limit),
    placeLeaves: async (first, entryIds) => {
      if (entryIds.length === 0) return
      await tx.insert(leaf).values(entryIds.map((entryId, at) => ({ idx: first + at, entryId })))
    },
    keepTiles: async (tiles) => {
      for (const kept of tiles) await keepTile(tx, kept)
    },
    moveHead: async (from, to) => {
      const moved = await tx
        .update(logState)
        .set(to)
        .where(and(eq(logState.size, from.size), eq(logState.root, from.root)))
        .returning({ size: logState.size })
      return moved.length > 0
    },
    keepCheckpoint: async (kept, at) => {
      await tx
        .insert(checkpoint)
        .values({ ...kept, at })
        .onConflictDoNothing()
      const [row] = await tx.select(checkpointColumns).from(checkpoint).where(eq(checkpoint.size, kept.size))
      return row ?? kept
    },
  }
}

const checkpointColumns = { size: checkpoint.size, root: checkpoint.root, note: checkpoint.note }

async function head(queries: Queries): Promise<Head> {
  const [row] = await queries.select({ size: logState.size, root: logState.root }).from(logState)
  if (!row) throw new LedgerFault('HEAD_MOVED', 'the log has lost its one row of state')
  return row
}

async function tileBytes(queries: Queries, level: number, index: number): Promise<Uint8Array | undefined> {
  const [row] = await queries
    .select({ bytes: tile.bytes })
    .from(tile)
    .where(and(eq(tile.level, level), eq(tile.index, index)))
  return row?.bytes
}

async function latestCheckpoint(queries: Queries): Promise<KeptCheckpoint | undefined> {
  const [row] = await queries.select(checkpointColumns).from(checkpoint).orderBy(desc(checkpoint.size)).limit(1)
  return row
}

/** What waits, in the order of `seq`; whatever its number, so that a small one committed late is not passed over. */
async function takePending(tx: Queries, limit: number): Promise<readonly PendingEntry[]> {
  const next = tx.select({ seq: pending.seq }).from(pending).orderBy(asc(pending.seq)).limit(limit)
  const taken = await tx.delete(pending).where(inArray(pending.seq, next)).returning()
  return taken.sort((a, b) => a.seq - b.seq).map(({ entryId, leafHash }) => ({ entryId, leafHash }))
}

async function keepTile(tx: Queries, { level, index, bytes }: Tile): Promise<void> {
  const kept = await tileBytes(tx, level, index)
  const width = bytes.length / 32
  if (!kept) {
    await tx.insert(tile).values({ level, index, width, bytes })
    return
  }
  if (bytes.length < kept.length || !sameHash(bytes.subarray(0, kept.length), kept))
    throw new LedgerFault('TILE_REWRITTEN', `tile ${level}/${index}`)
  if (bytes.length === kept.length) return
  await tx
    .update(tile)
    .set({ width, bytes })
    .where(and(eq(tile.level, level), eq(tile.index, index)))
}
