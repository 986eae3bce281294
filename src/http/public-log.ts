import type { KeptCheckpoint, LedgerStore } from '../ledger/port.ts'
import { formatProof } from '../ledger/proof.ts'
import { inclusionProof } from '../ledger/prove.ts'
import type { Inclusion } from '../ledger/waiting-room.ts'
import type { LogStanding } from '../ledger/watch.ts'
import type { Jwks } from '../signing/signer.ts'

/** What of the log may be shown. Nothing beyond the newest served checkpoint is ever given out. */
export type PublicLog = {
  /** The newest checkpoint that may be shown; undefined before the first. */
  checkpoint(): KeptCheckpoint | undefined
  /** What is kept of a hash tile; may be more than a checkpoint covers. */
  tile(level: number, index: number): Promise<Uint8Array | undefined>
  /** The exact bytes of the leaves from `first` on, at most `count`, in their order. */
  leaves(first: number, count: number): Promise<readonly Uint8Array[]>
  /** The `.tlog-proof` text of an entry that the newest checkpoint covers. */
  proofOf(entryId: string): Promise<string | undefined>
  /** Waits at most `ms` for an entry to be covered. */
  waitFor(entryId: string, ms: number): Promise<Inclusion>
  standing(): LogStanding
  /** The log's verifier key, as C2SP signed-note spells it. */
  vkey(): string
  jwks(): Jwks
}

/** What main has at hand: the sequencer, the ledger's store, a reader of leaves, and the keys. */
export type PublicLogParts = {
  readonly sequencer: {
    head(): KeptCheckpoint | undefined
    waitFor(entryId: string, ms: number): Promise<Inclusion>
    standing(): LogStanding
  }
  readonly store: Pick<LedgerStore, 'tile' | 'leafIndexes'>
  readonly leaves: PublicLog['leaves']
  readonly vkey: string
  readonly jwks: () => Jwks
}

/** The log as the outside sees it. */
export function publicLog({ sequencer, store, leaves, vkey, jwks }: PublicLogParts): PublicLog {
  return {
    checkpoint: () => sequencer.head(),
    tile: (level, index) => store.tile(level, index),
    leaves,
    waitFor: (entryId, ms) => sequencer.waitFor(entryId, ms),
    standing: () => sequencer.standing(),
    vkey: () => vkey,
    jwks,
    proofOf: async (entryId) => {
      const checkpoint = sequencer.head()
      const index = (await store.leafIndexes([entryId])).get(entryId)
      if (!checkpoint || index === undefined || index >= checkpoint.size) return undefined
      const hashes = await inclusionProof(index, checkpoint.size, (level, at) => store.tile(level, at))
      return formatProof({ index, hashes, checkpoint: checkpoint.note })
    },
  }
}
