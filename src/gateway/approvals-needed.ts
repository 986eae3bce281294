import { approvalsNeeded, defaultMatrix, directorNeeded, type Extraordinary } from '../domain/approval-matrix.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { exceedsCeiling } from '../domain/ceiling.ts'
import type { Facts } from '../domain/judge.ts'
import type { AskedRequest } from '../domain/request.ts'
import { touchesRestricted } from '../domain/restricted.ts'
import type { Parts } from './parts.ts'

/** How many approvers a request takes, whether one of them is the 执行局长, and what of it is out of the ordinary. */
export type Needed = {
  readonly count: number
  readonly director: boolean
  readonly reasons: readonly Extraordinary[]
}

/** By the facts as they are now: what has come to pass the ceiling since it was asked for takes more people too. */
export function approvalsFor(
  { approvals = defaultMatrix }: Pick<Parts, 'approvals'>,
  file: CaseFile,
  asked: AskedRequest,
  facts: Facts,
): Needed {
  const reasons: Extraordinary[] = []
  if (exceedsCeiling(file, asked, facts.controls, facts.pendingMoney, facts.now)) reasons.push('over-ceiling')
  if (touchesRestricted(asked, facts.holdings)) reasons.push('restricted-account')
  return {
    count: approvalsNeeded(approvals, asked, reasons),
    director: directorNeeded(approvals, asked, reasons),
    reasons,
  }
}
