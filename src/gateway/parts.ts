import type { ApprovalMatrix } from '../domain/approval-matrix.ts'
import type { Asset } from '../domain/asset.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import type { Registry } from '../domain/registry.ts'
import type { ResponseTable } from '../domain/response-time.ts'
import type { Reckoning } from '../domain/task.ts'
import type { RegistryAdapter } from '../relay/port.ts'
import type { Signer } from '../signing/signer.ts'
import type { PaperRules } from './ports/papers.ts'
import type { Reads, RegisteredRegistry } from './ports/reads.ts'
import type { Store } from './ports/store.ts'

/** A registry with the adapter that speaks its dialect. */
export type Counter = {
  readonly registry: Registry
  readonly registered: RegisteredRegistry
  readonly adapter: RegistryAdapter
}

/** Everything the acts are made of. No act opens a connection or reads a clock of its own. */
export type Parts = {
  readonly store: Store
  readonly reads: Reads
  readonly signer: Signer
  readonly papers: PaperRules
  readonly counter: (code: string) => Counter | undefined
  /** The registries that are live now. */
  readonly registries: () => readonly Registry[]
  /** Who we are in envelopes (`via`, `aud`) and which log our entries go to. */
  readonly gatewayId: string
  readonly logOrigin: string
  readonly clock: () => Date
  /** A fresh UUIDv7. */
  readonly newId: () => string
  /** Keyed hashes that stand for a case and for an asset where neither may be named (invariant 10). */
  readonly caseRef: (number: CaseNumber) => string
  readonly assetRef: (asset: Asset) => string
  /** How many approvers a request takes; left out, what `domain/approval-matrix.ts` says. */
  readonly approvals?: ApprovalMatrix
  /** Hours between two repetitions of an order that is repeated until its sum is met. */
  readonly repeatHours?: number
  /** Days after which a bank that holds a freeze is asked again about its accounts. */
  readonly reinquireDays?: number
  /** The days a court works and takes for its tasks; left out, what `domain/holidays.ts` and `domain/task.ts` say. */
  readonly reckoning?: Reckoning
  /** Within how many hours registries owe an answer; left out, what each was registered with. */
  readonly responses?: ResponseTable
  /** Says, outside any transaction, that something is waiting to go out. */
  readonly wake: () => void
}

/** Promise of inclusion: an entry is in a published checkpoint at most this many seconds after its receipt. */
export const mergeDelaySeconds = 60
