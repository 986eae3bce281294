import { type LogTrust, openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { LedgerFault } from './fault.ts'
import type { LogRolledBack, SoundLog } from './guard.ts'
import { type Batch, integratePending, keepSigned, maxBatch } from './integrate.ts'
import type { NoteSigner } from './note.ts'
import type { CheckpointFolder, Head, KeptCheckpoint, LedgerStore } from './port.ts'
import { goRound, type Rounds } from './rounds.ts'
import { verifierOf } from './vkey.ts'
import { createWaitingRoom, type Inclusion } from './waiting-room.ts'
import { createWatch, type LogStanding } from './watch.ts'

/** `signers` has one line a key, more than one only while keys are exchanged. Times in milliseconds. */
export type SequencerParts = {
  readonly store: LedgerStore
  readonly folder: CheckpointFolder
  readonly origin: string
  readonly signers: readonly NoteSigner[]
  readonly clock: () => Date
  /** Hears of every round that failed; the next round starts again from what is committed. */
  readonly report: (fault: unknown) => void
  readonly tickMs?: number
  readonly publishMs?: number
}

/** What a tick did. `busy`: another process is at it, which is as good. */
export type Ticked =
  | ({ readonly kind: 'integrated' } & Batch)
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | LogRolledBack

export type Published =
  | { readonly kind: 'published'; readonly checkpoint: KeptCheckpoint }
  | { readonly kind: 'unchanged'; readonly checkpoint: KeptCheckpoint }
  | { readonly kind: 'busy' }
  | LogRolledBack

/**
 * Gives entries their places and publishes checkpoints. Any number of processes may run one on the same database; it
 * remembers nothing that it could not lose. Once rolled back, it integrates and signs nothing for the rest of its life.
 */
export type Sequencer = {
  /** Compares database and folder; when all is sound, integrates every `tickMs` and publishes every `publishMs`. */
  start(): Promise<SoundLog | LogRolledBack>
  /** Integrates and publishes what is pending, then rests. Whoever still waits is told `not-yet`. */
  stop(): Promise<void>
  /** One integration of what is pending. Rejects when the outcome is not known; nothing is believed until compared again. */
  tick(): Promise<Ticked>
  /** One publication: signed, committed, copied outside, and only then served. Rejects as `tick` does. */
  publish(): Promise<Published>
  waitFor(entryId: string, ms: number): Promise<Inclusion>
  /** The newest checkpoint that may be shown to others. */
  head(): KeptCheckpoint | undefined
  standing(): LogStanding
}

export function createSequencer(parts: SequencerParts): Sequencer {
  const { store, folder, origin, signers, clock, report, tickMs = 200, publishMs = 1000 } = parts
  const trust: LogTrust = { origin, log: signers.map((signer) => verifierOf(signer.vkey)) }
  const watch = createWatch(store, folder, trust)
  const room = createWaitingRoom(
    (entryIds) => store.leafIndexes(entryIds),
    () => served,
    report,
  )
  let served: KeptCheckpoint | undefined
  let rounds: readonly Rounds[] = []

  async function tick(): Promise<Ticked> {
    const found = await watch.ensureSound()
    if (found.kind === 'rolled-back') return found
    const seen = watch.highest()
    if ((await store.head()).size >= seen && !(await store.isAwaited())) return { kind: 'idle' }
    const outcome = await store.integrate((log) => integratePending(log, seen))
    if (outcome.kind === 'busy') return outcome
    const { count, head } = outcome.value
    watch.saw(head.size)
    return count === 0 ? { kind: 'idle' } : { kind: 'integrated', count, head }
  }

  async function publish(): Promise<Published> {
    const found = await watch.compare()
    if (found.kind === 'rolled-back') return found
    const { head, published } = found
    if (published?.size === head.size && served?.size === head.size) return { kind: 'unchanged', checkpoint: served }
    // A crash after signing loses a signature that nobody saw; the next one covers the same leaves.
    const next = published?.size === head.size ? published : await sign(head)
    try {
      return await keepAndServe(next, published === undefined)
    } catch (fault) {
      if (!(fault instanceof LedgerFault) || fault.code !== 'CHECKPOINT_FORKED') throw fault
      return watch.refuse({ kind: 'rolled-back', reason: 'forked', database: head.size, published: next.size })
    }
  }

  async function keepAndServe(next: KeptCheckpoint, isFirst: boolean): Promise<Published> {
    // The first of all lies outside before the database has it. So a database with checkpoints and an empty folder is never
    // the trace of a crash, always a folder that was lost, and is refused.
    if (isFirst) await folder.write(next)
    const kept = await store.integrate((log) => keepSigned(log, next, clock()))
    if (kept.kind === 'busy') return kept
    // A crash here leaves a committed checkpoint that nobody was shown: the next publication copies it, or a larger one.
    await folder.write(readable(kept.value))
    // A crash here loses nothing: the folder is read again at start. From here on it may be shown.
    served = served && served.size > next.size ? served : kept.value
    await room.call()
    return { kind: 'published', checkpoint: served }
  }

  async function sign({ size, root }: Head): Promise<KeptCheckpoint> {
    return { size, root, note: await signCheckpoint({ origin, size, root }, signers) }
  }

  /** The note may be another process's, or one somebody put into the database: what we cannot open we do not publish. */
  function readable(checkpoint: KeptCheckpoint): KeptCheckpoint {
    const opened = openCheckpoint(checkpoint.note, trust)
    if (opened.kind === 'opened' && opened.checkpoint.size === checkpoint.size) return checkpoint
    throw new LedgerFault('CHECKPOINT_UNREADABLE', `the checkpoint kept for ${checkpoint.size} leaves`)
  }

  async function tickUntilRested(): Promise<void> {
    let ticked: Ticked | undefined
    // A full batch means that more is waiting.
    do ticked = await watch.orDoubt(tick)
    while (ticked.kind === 'integrated' && ticked.count === maxBatch)
  }

  async function tickRound(): Promise<number> {
    await tickUntilRested().catch(report)
    return tickMs
  }

  async function publishRound(): Promise<number> {
    const published = await watch.orDoubt(publish).catch(report)
    return published?.kind === 'busy' ? Math.min(tickMs, publishMs) : publishMs
  }

  async function start(): Promise<SoundLog | LogRolledBack> {
    const found = await watch.compare()
    if (found.kind === 'sound') rounds = [goRound(tickRound), goRound(publishRound)]
    return found
  }

  async function stop(): Promise<void> {
    await Promise.all(rounds.map((round) => round.stop()))
    rounds = []
    await tickRound()
    await publishRound()
    room.close()
  }

  return {
    start,
    stop,
    tick: () => watch.orDoubt(tick),
    publish: () => watch.orDoubt(publish),
    waitFor: (entryId, ms) => room.wait(entryId, ms),
    head: () => served,
    standing: () => watch.standing(),
  }
}
