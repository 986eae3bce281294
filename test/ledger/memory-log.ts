import { LedgerFault } from '../../src/ledger/fault.ts'
import { emptyRoot, sameHash } from '../../src/ledger/merkle.ts'
import type {
  CheckpointFolder,
  Head,
  KeptCheckpoint,
  LedgerStore,
  LogTransaction,
  PendingEntry,
} from '../../src/ledger/port.ts'
import type { Tile } from '../../src/ledger/tiles.ts'

/** The database as it is on disk: what survives a crash. Copied whole for a transaction, and for a backup. */
export type Disk = {
  head: Head
  pending: PendingEntry[]
  places: Map<string, number>
  tiles: Map<string, Uint8Array>
  checkpoints: Map<number, KeptCheckpoint>
}

export function emptyDisk(): Disk {
  return {
    head: { size: 0, root: emptyRoot() },
    pending: [],
    places: new Map(),
    tiles: new Map(),
    checkpoints: new Map(),
  }
}

export function copyOf(disk: Disk): Disk {
  return {
    head: disk.head,
    pending: [...disk.pending],
    places: new Map(disk.places),
    tiles: new Map(disk.tiles),
    checkpoints: new Map(disk.checkpoints),
  }
}

/** Called before and after each deed by its name; a test throws from here to play a crash on that very line. */
export type Step = (name: string) => void

/** A database in memory, its transactions whole or not at all, its lock free again when a transaction ends. */
export function memoryStore(server: { disk: Disk; busy?: boolean }, step: Step = () => {}): LedgerStore {
  return {
    async integrate(work) {
      if (server.busy) return { kind: 'busy' }
      server.busy = true
      try {
        const draft = copyOf(server.disk)
        const value = await work(transactionOn(draft, step))
        step('before the commit')
        // Acts insert while we work: what they added meanwhile stays pending.
        const added = server.disk.pending.filter((entry) => !draft.places.has(entry.entryId))
        server.disk = { ...draft, pending: added }
        step('after the commit')
        return { kind: 'committed', value }
      } finally {
        server.busy = false
      }
    },
    head: async () => server.disk.head,
    isAwaited: async () => server.disk.pending.length > 0,
    tile: async (level, index) => server.disk.tiles.get(`${level}/${index}`),
    latestCheckpoint: async () => latestOf(server.disk),
    leafIndexes: async (ids) => placesOf(server.disk, ids),
  } satisfies LedgerStore
}

function transactionOn(draft: Disk, step: Step): LogTransaction {
  return {
    head: async () => draft.head,
    tile: async (level, index) => draft.tiles.get(`${level}/${index}`),
    async takePending(limit) {
      step('taking what is pending')
      return draft.pending.splice(0, limit)
    },
    async placeLeaves(first, ids) {
      step('placing the leaves')
      ids.forEach((id, at) => {
        if (draft.places.has(id)) throw new Error(`${id} has a place already`)
        draft.places.set(id, first + at)
      })
    },
    async keepTiles(tiles) {
      step('keeping the tiles')
      for (const tile of tiles) keepTile(draft, tile)
    },
    async moveHead(from, to) {
      step('moving the head')
      const stands = draft.head.size === from.size && sameHash(draft.head.root, from.root)
      if (stands) draft.head = to
      return stands
    },
    async keepCheckpoint(checkpoint) {
      step('keeping the checkpoint')
      const kept = draft.checkpoints.get(checkpoint.size) ?? checkpoint
      draft.checkpoints.set(kept.size, kept)
      return kept
    },
  } satisfies LogTransaction
}

function keepTile(draft: Disk, { level, index, bytes }: Tile): void {
  const name = `${level}/${index}`
  const earlier = draft.tiles.get(name) ?? new Uint8Array()
  if (!sameHash(bytes.subarray(0, earlier.length), earlier)) throw new LedgerFault('TILE_REWRITTEN', name)
  draft.tiles.set(name, Uint8Array.from(bytes))
}

function latestOf(disk: Disk): KeptCheckpoint | undefined {
  return [...disk.checkpoints.values()].sort((one, other) => other.size - one.size)[0]
}

function placesOf(disk: Disk, ids: readonly string[]): Map<string, number> {
  return new Map(
    ids.flatMap((id) => {
      const place = disk.places.get(id)
      return place === undefined ? [] : [[id, place] as const]
    }),
  )
}

/** What lies outside the database: every note ever written, the largest last. */
export type Outside = { notes: KeptCheckpoint[] }

export function memoryFolder(outside: Outside, step: Step = () => {}): CheckpointFolder {
  return {
    async write(checkpoint) {
      step('before the copy')
      const earlier = outside.notes.find(({ size }) => size === checkpoint.size)
      if (earlier && !sameHash(earlier.root, checkpoint.root)) throw new LedgerFault('CHECKPOINT_FORKED', 'two roots')
      if (!earlier) outside.notes = [...outside.notes, checkpoint].sort((one, other) => one.size - other.size)
      step('after the copy')
    },
    latest: async () => outside.notes.at(-1)?.note,
  } satisfies CheckpointFolder
}
