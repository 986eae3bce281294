import { type LogTrust, openCheckpoint } from './checkpoint.ts'
import { LedgerFault } from './fault.ts'
import { sameHash, verifyConsistency } from './merkle.ts'
import type { CheckpointFolder, Head, KeptCheckpoint, LedgerStore } from './port.ts'
import { consistencyProof } from './prove.ts'
import { askingOnce, rootOf } from './tiles.ts'

/**
 * The database no longer carries what was already published, so signing anything more would fork the log (invariant 13).
 * Final for this process: an operator restores the newer database, or closes this log and continues as `<origin>/g2`.
 *
 * - `behind`: the database has fewer leaves than were published.
 * - `forked`: it has enough leaves, but other ones.
 * - `torn`: its tiles and its head do not belong together.
 * - `no-copy`: it has published checkpoints, but the folder outside is empty: nothing to compare with.
 * - `unreadable`: what lies in the folder is not a checkpoint signed by this log.
 *
 * `database` and `published` are sizes in leaves.
 */
export type LogRolledBack = {
  readonly kind: 'rolled-back'
  readonly reason: 'behind' | 'forked' | 'torn' | 'no-copy' | 'unreadable'
  readonly database: number
  readonly published?: number
}

/** The database carries everything published. `published` is the newest checkpoint outside, absent before the first. */
export type SoundLog = { readonly kind: 'sound'; readonly head: Head; readonly published?: KeptCheckpoint }

/** Compares the database with what was published. Throws only what the store or the folder throw when they cannot be read. */
export async function inspect(
  store: LedgerStore,
  folder: CheckpointFolder,
  trust: LogTrust,
): Promise<SoundLog | LogRolledBack> {
  // The folder first, the database after: whatever is published was committed before, so a sound database is never behind
  // a copy read earlier. The other way round, a checkpoint published by another process in between would look like a roll-back.
  const note = await latestOutside(store, folder)
  const head = await store.head()
  const database = head.size
  if (note === 'none' || note === 'lost') {
    if (note === 'lost') return { kind: 'rolled-back', reason: 'no-copy', database }
    return (await isTorn(head, store)) ? { kind: 'rolled-back', reason: 'torn', database } : { kind: 'sound', head }
  }
  const opened = openCheckpoint(note.text, trust)
  if (opened.kind === 'refused') return { kind: 'rolled-back', reason: 'unreadable', database }
  const { size, root } = opened.checkpoint
  if (database < size) return { kind: 'rolled-back', reason: 'behind', database, published: size }
  if (await isTorn(head, store)) return { kind: 'rolled-back', reason: 'torn', database, published: size }
  if (!(await extendsPublished(opened.checkpoint, head, store)))
    return { kind: 'rolled-back', reason: 'forked', database, published: size }
  return { kind: 'sound', head, published: { size, root, note: note.text } }
}

/** The newest note outside; `none` before the first was ever published, `lost` when one was and is gone. */
async function latestOutside(
  store: LedgerStore,
  folder: CheckpointFolder,
): Promise<{ readonly text: string } | 'none' | 'lost'> {
  const text = await folder.latest()
  if (text !== undefined) return { text }
  if (!(await store.latestCheckpoint())) return 'none'
  // The very first checkpoint lies outside before the database has it: another process may just have founded the log.
  const again = await folder.latest()
  return again === undefined ? 'lost' : { text: again }
}

async function isTorn(head: Head, store: LedgerStore): Promise<boolean> {
  try {
    return !sameHash(await rootOf(head.size, askingOnce(store.tile)), head.root)
  } catch (fault) {
    if (fault instanceof LedgerFault && fault.code === 'TILE_MISSING') return true
    throw fault
  }
}

/** By proof and not by recomputing the old root, which tiles at odds with each other could still give. */
async function extendsPublished(published: Head, head: Head, store: LedgerStore): Promise<boolean> {
  try {
    const proof = await consistencyProof(published.size, head.size, store.tile)
    return verifyConsistency(published.size, head.size, published.root, head.root, proof)
  } catch (fault) {
    if (fault instanceof LedgerFault && fault.code === 'TILE_MISSING') return false
    throw fault
  }
}
