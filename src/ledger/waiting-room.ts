import type { KeptCheckpoint } from './port.ts'

/**
 * What came of waiting for an entry. Included: its place, and the served checkpoint that covers it, enough to make the
 * proof. Not yet: time was up, or the sequencer stopped; the entry is safe and will be included within the merge promise.
 */
export type Inclusion =
  | { readonly kind: 'included'; readonly index: number; readonly checkpoint: KeptCheckpoint }
  | { readonly kind: 'not-yet' }

export type WaitingRoom = {
  /** Looks, and then waits at most `ms` milliseconds for the entry to be covered by a served checkpoint. */
  wait(entryId: string, ms: number): Promise<Inclusion>
  /** A larger checkpoint is served: answers all whom it covers. */
  call(): Promise<void>
  /** Answers everybody with `not-yet`. */
  close(): void
}

/** Those who wait for an entry, asked after together: one query a published checkpoint, however many wait. */
export function createWaitingRoom(
  placesOf: (entryIds: readonly string[]) => Promise<ReadonlyMap<string, number>>,
  served: () => KeptCheckpoint | undefined,
  report: (fault: unknown) => void,
): WaitingRoom {
  const waiting = new Map<string, Set<(answer: Inclusion) => void>>()

  function answer(entryId: string, inclusion: Inclusion): void {
    for (const resolve of waiting.get(entryId) ?? []) resolve(inclusion)
    waiting.delete(entryId)
  }

  async function callFor(entryIds: readonly string[]): Promise<void> {
    const checkpoint = served()
    if (!checkpoint || entryIds.length === 0) return
    for (const [entryId, index] of await placesOf(entryIds)) {
      if (index < checkpoint.size) answer(entryId, { kind: 'included', index, checkpoint })
    }
  }

  function enter(entryId: string, resolve: (answer: Inclusion) => void): void {
    waiting.set(entryId, (waiting.get(entryId) ?? new Set()).add(resolve))
  }

  function leave(entryId: string, resolve: (answer: Inclusion) => void): void {
    const others = waiting.get(entryId)
    others?.delete(resolve)
    if (others?.size === 0) waiting.delete(entryId)
  }

  return {
    wait: (entryId, ms) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined
        let isAnswered = false
        const done = (inclusion: Inclusion) => {
          isAnswered = true
          clearTimeout(timer)
          leave(entryId, done)
          resolve(inclusion)
        }
        // Enter before asking: a checkpoint served while we ask must find us here.
        enter(entryId, done)
        // Counted from the first look, however long that took: who waits 0 ms is told what is so now.
        const countDown = () => {
          if (!isAnswered) timer = setTimeout(() => done({ kind: 'not-yet' }), ms)
        }
        callFor([entryId]).catch(report).finally(countDown)
      }),
    call: () => callFor([...waiting.keys()]),
    close: () => {
      for (const entryId of [...waiting.keys()]) answer(entryId, { kind: 'not-yet' })
    },
  }
}
