import { approvalsNeeded, defaultMatrix, directorNeeded, type Extraordinary } from '../domain/approval-matrix.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { exceedsCeiling } from '../domain/ceiling.ts'
import type { Facts } from '../domain/judge.ts'
import { zeroMoney } from '../domain/money.ts'
import type { AskedRequest } from '../domain/request.ts'
import { touchesRestricted } from '../domain/restricted.ts'
import { askedInLine, holdingsFound, type InquiriesIn, pendingMoney } from './facts.ts'
import type { Parts } from './parts.ts'
import type { RequestRow } from './ports/rows.ts'

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
  facts: Pick<Facts, 'controls' | 'pendingMoney' | 'holdings' | 'now'>,
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

/** The same of a request that waits, for whoever looks at it: approval counts again, with the case to itself. */
export async function approvalsOf(parts: Parts, file: CaseFile, { id, asked }: RequestRow): Promise<Needed> {
  const { reads, clock } = parts
  const { kind } = asked.measure
  const holds = kind === 'freeze' || kind === 'seal' || kind === 'pre-seal'
  const facts = {
    now: clock(),
    controls: await reads.controls(...(file.line ?? [file.id])),
    pendingMoney: holds ? await pendingMoney(askedInLine(parts, file), id) : zeroMoney,
    holdings: kind === 'freeze' || kind === 'transfer' ? await holdingsFound(inquiriesIn(parts, file)) : [],
  }
  return approvalsFor(parts, file, asked, facts)
}

function inquiriesIn({ reads }: Parts, file: CaseFile): InquiriesIn {
  const { line = [file.id] } = file
  return {
    deliveriesWith: (measures) => reads.deliveriesWith(line, measures),
    statementsOf: async (ids) => (await reads.exchangesWith(ids)).flatMap(({ statements }) => statements),
  }
}
