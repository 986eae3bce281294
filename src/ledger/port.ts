import type { Tile, TileSource } from './tiles.ts'

/** Where the log stands: how many leaves are in the tree, and the tree's root over them. A new log stands at 0, the empty root. */
export type Head = { readonly size: number; readonly root: Uint8Array }

/** An entry that waits for its place in the log. `leafHash` is RFC 6962's, over the entry's exact leaf bytes. */
export type PendingEntry = { readonly entryId: string; readonly leafHash: Uint8Array }

/** A signed checkpoint as it is kept: `note` is the exact text, `size` and `root` are what it says. */
export type KeptCheckpoint = { readonly size: number; readonly root: Uint8Array; readonly note: string }

/**
 * What the ledger wants of a database. Outside `integrate` these are plain reads of what is committed, on the primary,
 * never on a replica: a read that lags would look like a roll-back.
 */
export type LedgerStore = {
  /**
   * Runs `work` in one transaction that alone in the whole installation may change the log: it holds an advisory lock
   * bound to the transaction, so it is free the moment its holder dies. When another process holds it, answers `busy` at
   * once, without waiting. When `work` throws, nothing it did remains and the same exception comes out. When the commit
   * itself fails, or nobody can say whether it took place, it throws too: the caller must then believe nothing it
   * remembers and read again. `work` makes no network call and uses only what it is given.
   */
  integrate<T>(work: (log: LogTransaction) => Promise<T>): Promise<Integrated<T>>

  head(): Promise<Head>

  /** Whether an entry waits for its place: one cheap look, without the lock, for a log that has mostly nothing to do. */
  isAwaited(): Promise<boolean>

  /** What is kept of a hash tile, 32 × width bytes; it may hold more than any checkpoint covers. */
  readonly tile: TileSource

  /** The kept checkpoint with the largest size. */
  latestCheckpoint(): Promise<KeptCheckpoint | undefined>

  /** The places in the log of those of the entries that have one. Indexes start at 0, leave no gap and never change. */
  leafIndexes(entryIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

export type Integrated<T> = { readonly kind: 'committed'; readonly value: T } | { readonly kind: 'busy' }

/** The log inside one transaction of `integrate`. Reads see the transaction's own writes. */
export type LogTransaction = {
  head(): Promise<Head>

  readonly tile: TileSource

  /**
   * Takes at most `limit` pending entries out of the queue, in the order of their `seq`, committed ones only. Whatever is
   * pending is taken, also a small `seq` that was committed late: never "all above the last one". Entries taken in a
   * transaction that does not commit are pending again.
   */
  takePending(limit: number): Promise<readonly PendingEntry[]>

  /** Gives the entries, in this order, the places from `first` on. An entry that has a place already is a fault. */
  placeLeaves(first: number, entryIds: readonly string[]): Promise<void>

  /** Keeps tiles. A kept tile only grows: its kept bytes are the beginning of the new ones, else throw `TILE_REWRITTEN`. */
  keepTiles(tiles: readonly Tile[]): Promise<void>

  /** Moves the head from `from` to `to`, only when it still stands exactly at `from` (size and root); else false. */
  moveHead(from: Head, to: Head): Promise<boolean>

  /**
   * Adds a signed checkpoint to those kept; none is ever changed or deleted. Answers with what is kept for that size: this
   * one, or the one that came before it.
   */
  keepCheckpoint(checkpoint: KeptCheckpoint, signedAt: Date): Promise<KeptCheckpoint>
}

/**
 * A memory of what was published, outside the database and not restored with it. Several processes of one installation
 * share one.
 */
export type CheckpointFolder = {
  /**
   * Keeps the note so that it survives a power cut, and returns only then. A kept larger checkpoint stays the latest.
   * Throws `CHECKPOINT_FORKED` when another root was kept for this size: two databases are publishing as one log.
   */
  write(checkpoint: KeptCheckpoint): Promise<void>

  /** The text of the newest checkpoint written, exactly, or `undefined` when there never was one. */
  latest(): Promise<string | undefined>
}
