import type { Reach } from '../../domain/authority.ts'
import type { ErrandEntry, ErrandVerdict } from '../../domain/errand.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { DeliveryRow, KeptPayload } from './rows.ts'

/**
 * Deliveries to registries without a system. `owed`: an answer is owed; `answered`: something was said since then, or the
 * registry said that it waits in a queue, of which more is to come. Urgent ones first, then by deadline.
 */
export type CounterFilter = {
  readonly registries: readonly RegistryCode[]
  /** The cases of whoever looks; left out for a registry's own clerk. */
  readonly reach?: Reach
  readonly state: 'owed' | 'answered'
  /** Of `answered`: how far back. */
  readonly since?: Date
  readonly limit: number
}

export type CounterLine = Pick<
  DeliveryRow,
  'id' | 'caseId' | 'registry' | 'measure' | 'phase' | 'answer' | 'createdAt' | 'respondBy'
> & { readonly caseNumber: string; readonly party: string; readonly urgent: boolean }

/** An entry of an errand as it is written; what was read from the paper lies in a payload. */
export type ErrandEntryRow = Omit<ErrandEntry, 'reading'> & {
  readonly id: string
  readonly caseId: string
  readonly delivery: string
  /** First or second: a round has two. */
  readonly seat: number
  readonly entry: string
}

export type ErrandVerdictRow = ErrandVerdict & {
  readonly id: string
  readonly caseId: string
  readonly delivery: string
  readonly entry: string
}

/** Everything entered and judged for one errand, in order; `entry` is the record each was written with. */
export type ErrandRecord = {
  readonly entries: readonly (ErrandEntry & { readonly entry: string })[]
  readonly verdicts: readonly ErrandVerdict[]
}

/** Errands as an act on their case writes them. Nothing of it is ever changed. */
export type Errands = {
  of(delivery: string): Promise<ErrandRecord>
  enter(row: ErrandEntryRow, reading: KeptPayload): Promise<void>
  judge(row: ErrandVerdictRow): Promise<void>
}
