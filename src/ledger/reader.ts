import { formatEntryBundle } from './entry-bundle.ts'
import { LedgerFault } from './fault.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import type { KeptCheckpoint, LedgerStore } from './port.ts'
import { formatProof } from './proof.ts'
import { consistencyProof, inclusionProof } from './prove.ts'
import type { Sequencer } from './sequencer.ts'
import { type TileName, tileWidth } from './tile-path.ts'
import { readTile } from './tiles.ts'

/** Gives the leaves from `first` on, at most `count`, in the order of the log; fewer when there are no more. */
export type LeafSource = (first: number, count: number) => Promise<readonly Uint8Array[]>

/**
 * What came of asking for an entry's proof. Proved: `proof` is the text of a `.tlog-proof`, which holds for exactly
 * `leaf`. Not yet: the entry waits for its place or for the next checkpoint, or is none of ours.
 */
export type EntryProof =
  | { readonly kind: 'proved'; readonly index: number; readonly leaf: Uint8Array; readonly proof: string }
  | { readonly kind: 'not-yet' }

/** The log as others may see it: nothing beyond the newest checkpoint that is served. */
export type LogReader = {
  /** The key that checkpoints verify under, as a verifier key's text. */
  readonly vkey: string
  /** The key of their SM2 lines, where they bear one. */
  readonly sm2Vkey?: string
  /** The newest signed checkpoint, or `undefined` before the first. */
  checkpoint(): KeptCheckpoint | undefined
  /** The bytes of a hash tile or entry bundle, or `undefined` when the served checkpoint does not cover all of it. */
  tile(name: TileName): Promise<Uint8Array | undefined>
  /** Proves an entry, waiting at most `ms` milliseconds until it is covered. */
  prove(entryId: string, ms: number): Promise<EntryProof>
  /** Hashes that show the tree of `newSize` extends that of `oldSize`; `undefined` unless 0 ≤ old ≤ new ≤ served. */
  consistency(oldSize: number, newSize: number): Promise<readonly Uint8Array[] | undefined>
}

export type LogReaderParts = {
  readonly store: Pick<LedgerStore, 'tile'>
  readonly sequencer: Pick<Sequencer, 'head' | 'waitFor'>
  readonly leaves: LeafSource
} & Pick<LogReader, 'vkey' | 'sm2Vkey'>

export function createLogReader({ store, sequencer, leaves, ...keys }: LogReaderParts): LogReader {
  async function tile({ level, index, width }: TileName): Promise<Uint8Array | undefined> {
    const size = sequencer.head()?.size ?? 0
    const covered = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level)) - index * tileWidth
    // What is integrated but not published may still be lost with the database: nobody outside may hold it.
    if (covered < width) return undefined
    return level === 'entries' ? bundle(index * tileWidth, width) : readTile(level, index, width, store.tile)
  }

  async function bundle(first: number, width: number): Promise<Uint8Array> {
    const found = await leaves(first, width)
    const hashes = Buffer.concat(found.map(leafHash))
    const tileBytes = await readTile(0, first / tileWidth, width, store.tile)
    if (hashes.equals(tileBytes)) return formatEntryBundle(found)
    throw new LedgerFault('LEAVES_TORN', `the leaves from ${first} are not those of the tree`)
  }

  async function prove(entryId: string, ms: number): Promise<EntryProof> {
    const inclusion = await sequencer.waitFor(entryId, ms)
    if (inclusion.kind === 'not-yet') return inclusion
    const { index, checkpoint } = inclusion
    const hashes = await inclusionProof(index, checkpoint.size, store.tile)
    const [leaf = new Uint8Array()] = await leaves(index, 1)
    // A proof that does not hold is a fault now, not a discovery years later in front of a judge.
    if (!verifyInclusion(leafHash(leaf), index, checkpoint.size, hashes, checkpoint.root))
      throw new LedgerFault('LEAVES_TORN', `the leaf ${index} is not the one in the tree`)
    return { kind: 'proved', index, leaf, proof: formatProof({ index, hashes, checkpoint: checkpoint.note }) }
  }

  return {
    ...keys,
    checkpoint: () => sequencer.head(),
    tile,
    prove,
    consistency: async (oldSize, newSize) => {
      const size = sequencer.head()?.size ?? -1
      const isAsked = oldSize >= 0 && oldSize <= newSize && newSize <= size
      return isAsked ? consistencyProof(oldSize, newSize, store.tile) : undefined
    },
  }
}
