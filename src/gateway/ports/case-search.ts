import type { Reach } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { CaseNumberPart } from '../../domain/case-number-part.ts'

/** A case as a list of what was found shows it; no party is read for it. */
export type CaseHit = Pick<CaseFile, 'id' | 'number' | 'standing' | 'judge'>

/** Finds cases by what somebody remembers of their number, or by what is still to be done with them. */
export type CaseSearch = {
  /** Those within reach whose number has this part: with exactly this serial first, then the newest. */
  casesNumbered(reach: Reach, part: CaseNumberPart, limit: number): Promise<readonly CaseHit[]>
  /** Those within reach in which something that was entered waits for a second registrar, the oldest first. */
  casesToConfirm(reach: Reach, limit: number): Promise<readonly string[]>
}
