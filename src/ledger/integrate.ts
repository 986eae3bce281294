import { LedgerFault } from './fault.ts'
import { grow } from './grow.ts'
import { sameHash } from './merkle.ts'
import type { Head, KeptCheckpoint, LogTransaction } from './port.ts'
import { askingOnce, rootOf } from './tiles.ts'

/** The most entries that one transaction gives a place to. */
export const maxBatch = 8192

/** What a transaction added: `count` leaves, after which the log stands at `head`. */
export type Batch = { readonly count: number; readonly head: Head }

/**
 * Gives the pending entries their places, inside one transaction. `atLeast` is the largest size this process has seen:
 * below it, or when the head moves meanwhile, throws `HEAD_MOVED`; also `TILES_TORN`. Then nothing of the batch remains. A crash on any line here leaves the entries pending, because only the commit makes the rest true.
 */
export async function integratePending(log: LogTransaction, atLeast: number): Promise<Batch> {
  const head = await log.head()
  if (head.size < atLeast) throw new LedgerFault('HEAD_MOVED', `the head fell from ${atLeast} to ${head.size}`)
  const pending = await log.takePending(maxBatch)
  if (pending.length === 0) return { count: 0, head }
  const tiles = askingOnce(log.tile)
  // A tree grown on a torn edge would have a root that no later proof can explain.
  if (!sameHash(await rootOf(head.size, tiles), head.root))
    throw new LedgerFault('TILES_TORN', `the tiles do not give the root at ${head.size}`)
  const leaves = pending.map((entry) => entry.leafHash)
  const { size, root, changed } = await grow(head.size, leaves, tiles)
  const ids = pending.map((entry) => entry.entryId)
  await log.placeLeaves(head.size, ids)
  await log.keepTiles(changed)
  // The lock should make this impossible; should a lock ever be lost, one of the two writers fails here.
  if (!(await log.moveHead(head, { size, root }))) throw new LedgerFault('HEAD_MOVED', `the head left ${head.size}`)
  return { count: pending.length, head: { size, root } }
}

/**
 * Keeps a signed checkpoint, inside one transaction, and answers with what is kept for that size. Throws `HEAD_MOVED` when
 * the log went back since it was signed, and `CHECKPOINT_FORKED` when another root is kept for the size.
 */
export async function keepSigned(
  log: LogTransaction,
  checkpoint: KeptCheckpoint,
  signedAt: Date,
): Promise<KeptCheckpoint> {
  const head = await log.head()
  if (head.size < checkpoint.size) throw new LedgerFault('HEAD_MOVED', `the head fell to ${head.size}`)
  const kept = await log.keepCheckpoint(checkpoint, signedAt)
  if (!sameHash(kept.root, checkpoint.root))
    throw new LedgerFault('CHECKPOINT_FORKED', `two roots for ${checkpoint.size} leaves`)
  return kept
}
