import { expect } from 'vitest'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { leafHash, rootOfList, verifyConsistency } from '../../src/ledger/merkle.ts'
import type { NoteSigner } from '../../src/ledger/note.ts'
import type { KeptCheckpoint } from '../../src/ledger/port.ts'
import { consistencyProof } from '../../src/ledger/prove.ts'
import { createSequencer, type Sequencer } from '../../src/ledger/sequencer.ts'
import { verifierOf } from '../../src/ledger/vkey.ts'
import { logSigner, origin } from './keys.ts'
import { type Disk, emptyDisk, memoryFolder, memoryStore, type Outside, type Step } from './memory-log.ts'
import { hex } from './oracle.ts'

/** One installation: a database, a folder outside, and everything that was ever acknowledged or shown to anybody. */
export type CourtLog = {
  readonly server: { disk: Disk; busy?: boolean }
  readonly outside: Outside
  readonly acknowledged: string[]
  readonly shown: KeptCheckpoint[]
  readonly faults: unknown[]
}

export function newCourtLog(): CourtLog {
  return { server: { disk: emptyDisk() }, outside: { notes: [] }, acknowledged: [], shown: [], faults: [] }
}

/** What an act does: its entry is pending, durable, and acknowledged. */
export function enter(log: CourtLog, count = 1): string[] {
  const ids = Array.from({ length: count }, (_, at) => `entry ${log.acknowledged.length + at}`)
  for (const id of ids) log.server.disk.pending.push({ entryId: id, leafHash: leafHash(Buffer.from(id)) })
  log.acknowledged.push(...ids)
  return ids
}

/** A process that opens the log, as after a restart: it knows nothing but what is on the disks. */
export function openSequencer(
  log: CourtLog,
  step: Step = () => {},
  signer = logSigner,
  ...more: readonly NoteSigner[]
): Sequencer {
  const sequencer = createSequencer({
    store: memoryStore(log.server, step),
    folder: memoryFolder(log.outside, step),
    origin,
    signers: [
      {
        vkey: signer.vkey,
        sign: (message) => {
          step('before the signature')
          return signer.sign(message)
        },
      },
      ...more,
    ],
    clock: () => new Date('2026-10-01T00:00:00Z'),
    report: (fault) => log.faults.push(fault),
    tickMs: 5,
    publishMs: 10,
  })
  return {
    ...sequencer,
    publish: async () => {
      const published = await sequencer.publish()
      if (published.kind === 'published') log.shown.push(published.checkpoint)
      return published
    },
  }
}

/**
 * Asks the whole log: every acknowledged entry has exactly one place, places leave no gap, and every checkpoint that was
 * ever kept, copied or shown is signed by us, has the root of its leaves, and grows out of the one before.
 */
export async function expectSound({ server, outside, acknowledged, shown }: CourtLog): Promise<void> {
  const { head, places, pending, checkpoints } = server.disk
  expect(pending).toEqual([])
  expect([...places.keys()].sort()).toEqual([...acknowledged].sort())
  const inOrder = [...places].sort(([, one], [, other]) => one - other)
  expect(inOrder.map(([, place]) => place)).toEqual(inOrder.map((_, at) => at))
  const leaves = inOrder.map(([id]) => leafHash(Buffer.from(id)))
  expect([head.size, hex(head.root)]).toEqual([leaves.length, hex(rootOfList(leaves))])

  const all = [...checkpoints.values(), ...outside.notes, ...shown]
  for (const { size, root, note } of all) {
    expect(hex(root)).toBe(hex(rootOfList(leaves.slice(0, size))))
    const opened = openCheckpoint(note, { origin, log: [verifierOf(logSigner.vkey)] })
    expect(opened).toMatchObject({ kind: 'opened', checkpoint: { size } })
    expect(opened.kind === 'opened' && hex(opened.checkpoint.root)).toBe(hex(root))
    const proof = await consistencyProof(size, head.size, memoryStore(server).tile)
    expect(verifyConsistency(size, head.size, root, head.root, proof)).toBe(true)
  }
  // Shown means: committed, and copied outside.
  for (const { size } of shown) {
    expect(checkpoints.has(size)).toBe(true)
    expect(outside.notes.some((note) => note.size === size)).toBe(true)
  }
}
