import type { MeasureKind } from './measure.ts'
import { changesSomething } from './measure.ts'
import { compareMoney, type Money, renminbi, sumMoney } from './money.ts'
import type { AskedRequest } from './request.ts'

/** Why a request is out of the ordinary: it passes the ceiling of its case, or touches a restricted account. */
export type Extraordinary = 'over-ceiling' | 'restricted-account'

/** One line: for which measures, from which sum on or for which reason, and how many approvers have to agree. */
export type ApprovalLine = {
  readonly measures?: readonly MeasureKind[]
  /** Yuan the request states, this much or more. */
  readonly from?: Money
  readonly reason?: Extraordinary
  /** Different people, none of them its maker. */
  readonly approvals: number
  /** One of them is the 执行局长: the last word is kept for them until they have spoken. */
  readonly director?: true
}

export type ApprovalMatrix = readonly ApprovalLine[]

/**
 * Who lets a measure go out, where a court has not said otherwise. One approver for what holds (法官审批); two where money or
 * title moves, a control is given up, or more is taken than the case asks for (执行局长; practice and not statute, 执行规定
 * 第五条 for major matters). Never none, whatever a configuration says (invariant 8).
 */
export const defaultMatrix: ApprovalMatrix = [
  { approvals: 1 },
  { measures: ['transfer', 'release', 'convey'], approvals: 2 },
  { reason: 'over-ceiling', approvals: 2 },
  { reason: 'restricted-account', approvals: 2 },
]

/** How many different approvers this request takes: the strictest line that fits it. */
export function approvalsNeeded(
  matrix: ApprovalMatrix,
  { measure }: Pick<AskedRequest, 'measure'>,
  reasons: readonly Extraordinary[],
): number {
  if (!changesSomething(measure.kind)) return 0
  return Math.max(1, ...fitting(matrix, measure, reasons).map(({ approvals }) => approvals))
}

/** Whether one of them has to be the 执行局长. */
export function directorNeeded(
  matrix: ApprovalMatrix,
  { measure }: Pick<AskedRequest, 'measure'>,
  reasons: readonly Extraordinary[],
): boolean {
  return changesSomething(measure.kind) && fitting(matrix, measure, reasons).some(({ director }) => director)
}

function fitting(
  matrix: ApprovalMatrix,
  measure: AskedRequest['measure'],
  reasons: readonly Extraordinary[],
): ApprovalMatrix {
  const stated = statedBy(measure)
  return matrix.filter(
    (line) =>
      (line.measures?.includes(measure.kind) ?? true) &&
      (line.from === undefined || compareMoney(stated, line.from) >= 0) &&
      (line.reason === undefined || reasons.includes(line.reason)),
  )
}

function statedBy(measure: AskedRequest['measure']): Money {
  const isForeign = 'currency' in measure && measure.currency !== renminbi
  if (measure.kind === 'inquire' || isForeign) return sumMoney([])
  return sumMoney(measure.targets.flatMap(({ amount, value }) => amount ?? value ?? []))
}
