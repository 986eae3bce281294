import type { MeasureKind } from '../../domain/measure.ts'
import type { SealPolicy } from '../../domain/seal.ts'
import type { SealVerifier } from '../../signing/seal-verifier.ts'

/** How papers are looked at before anything rests on them. */
export type PaperRules = {
  readonly verifier: SealVerifier
  readonly seals: SealPolicy
  /** Measures whose fields an approver confirms one by one. */
  readonly confirm: readonly MeasureKind[]
}
