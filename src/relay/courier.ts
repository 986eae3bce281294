import { declinedRetrySeconds, retryAfter } from './again.ts'
import type { Handover, Outgoing, PushAdapter } from './port.ts'

/** A delivery in the courier's hands. `mayHaveLeft` is true when an earlier try may have reached the registry. */
export type Errand<Ticket> = {
  readonly ticket: Ticket
  readonly outgoing: Outgoing
  readonly adapter: PushAdapter
  readonly mayHaveLeft: boolean
  readonly attempt: number
}

export type Ending =
  | { readonly kind: 'answered' }
  | { readonly kind: 'unreached' | 'unknown' | 'declined'; readonly detail: string; readonly retryInSeconds: number }

/**
 * What the courier wants of the gateway. `lease` commits each attempt before it returns; a lease ends by itself after
 * `seconds`, and whoever gets the delivery next is told that it may have left. `receive` commits what a registry said,
 * and answers false when it proved nothing.
 */
export type CourierWork<Ticket> = {
  lease(limit: number, seconds: number): Promise<readonly Errand<Ticket>[]>
  settle(errand: Errand<Ticket>, ending: Ending): Promise<void>
  receive(errand: Errand<Ticket>, message: Uint8Array): Promise<boolean>
}

export type Courier = {
  /** Says that something may be due now. */
  wake(): void
  start(): void
  /** Takes nothing new and waits for what is under way. */
  stop(): Promise<void>
}

export type CourierOptions = {
  readonly atOnce: number
  readonly pollMs: number
  readonly timeoutMs: number
  readonly random: () => number
  readonly onTrouble: (trouble: unknown) => void
}

/**
 * Carries deliveries to the registries that are called. It knows no state of its own: what is due stands in the table,
 * so a courier that dies is replaced by the next one, or by itself after a restart.
 */
export function createCourier<Ticket>(work: CourierWork<Ticket>, options: CourierOptions): Courier {
  const underWay = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let stopped = true
  let woken = false
  let looking: Promise<void> | undefined

  const setOut = (errand: Errand<Ticket>): void => {
    const run = carry(work, errand, options)
      .catch(options.onTrouble)
      .finally(() => {
        underWay.delete(run)
        courier.wake()
      })
    underWay.add(run)
  }

  /** Looks again when it was woken while it looked: what was committed meanwhile may not have been seen. */
  const look = async (): Promise<void> => {
    while (woken && !stopped) {
      woken = false
      const free = options.atOnce - underWay.size
      if (free <= 0) return
      // What is leased is under way, even when a stop came in between: left alone it would wait for its lease to end.
      for (const errand of await work.lease(free, leaseSeconds(options))) setOut(errand)
    }
  }

  const courier: Courier = {
    wake: () => {
      woken = true
      if (stopped) return
      looking ??= look()
        .catch(options.onTrouble)
        .finally(() => {
          looking = undefined
        })
    },
    start: () => {
      stopped = false
      timer = setInterval(() => courier.wake(), options.pollMs)
      courier.wake()
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await looking
      await Promise.all(underWay)
    },
  }
  return courier
}

/** A question and a handover, each with its own time, and a little for writing down what came of them. */
function leaseSeconds({ timeoutMs }: CourierOptions): number {
  return Math.ceil(timeoutMs / 1000) * 2 + 5
}

/** One errand: ask first when bytes may have left already, hand over otherwise, and write down how it ended. */
async function carry<Ticket>(
  work: CourierWork<Ticket>,
  errand: Errand<Ticket>,
  options: CourierOptions,
): Promise<void> {
  if (errand.mayHaveLeft && (await settledByAsking(work, errand, options))) return
  const handover = await errand.adapter.deliver(errand.outgoing, AbortSignal.timeout(options.timeoutMs))
  await work.settle(errand, await ending(work, errand, handover, options))
}

/**
 * After a time-out Writ does not guess (invariant 3): the registry is asked. Only its word that it knows nothing lets
 * the same bytes go out again; no answer, or one that proves nothing, leaves the delivery unknown.
 */
async function settledByAsking<Ticket>(
  work: CourierWork<Ticket>,
  errand: Errand<Ticket>,
  options: CourierOptions,
): Promise<boolean> {
  const status = await errand.adapter.status(errand.outgoing, AbortSignal.timeout(options.timeoutMs))
  const retryInSeconds = retryAfter(errand.attempt, options.random)
  switch (status.kind) {
    case 'not-known':
      return false
    case 'no-answer':
      await work.settle(errand, { kind: 'unknown', detail: status.detail, retryInSeconds })
      return true
    case 'known': {
      let proved = false
      for (const message of status.messages) proved = (await work.receive(errand, message)) || proved
      const detail = 'known there, yet nothing it says of it is proved'
      await work.settle(errand, proved ? { kind: 'answered' } : { kind: 'unknown', detail, retryInSeconds })
      return true
    }
  }
}

async function ending<Ticket>(
  work: CourierWork<Ticket>,
  errand: Errand<Ticket>,
  handover: Handover,
  options: CourierOptions,
): Promise<Ending> {
  const retryInSeconds = retryAfter(errand.attempt, options.random)
  switch (handover.kind) {
    case 'answered':
      return (await work.receive(errand, handover.message))
        ? { kind: 'answered' }
        : { kind: 'unknown', detail: 'the answer proved nothing', retryInSeconds }
    case 'declined':
      return { kind: 'declined', detail: handover.detail, retryInSeconds: declinedRetrySeconds }
    case 'unreached':
      // Nothing left this time; but what an earlier attempt may have done is still unknown.
      return { kind: errand.mayHaveLeft ? 'unknown' : 'unreached', detail: handover.detail, retryInSeconds }
    case 'unknown':
      return { kind: 'unknown', detail: handover.detail, retryInSeconds }
  }
}
