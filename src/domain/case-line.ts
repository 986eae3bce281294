import { addMonths, compareDates, toBeijingDate } from './beijing-date.ts'
import { type Control, isInForce, lastDayOf } from './control.ts'
import { type Refusal, refuse } from './refusal.ts'

/**
 * How a case goes on from another. `continued` 执保→执, 执→执恢: a preservation becomes a control of the execution, its
 * term runs on and its place stays (财产保全规定 第十七条). The others carry an execution to another court, as if that one
 * had made the controls (委托执行规定 第六条, 第九条; 执行工作规定 on 指定, 提级 and 交叉执行).
 */
export const continuations = {
  continued: '承接',
  commissioned: '委托执行',
  designated: '指定执行',
  lifted: '提级执行',
  cross: '交叉执行',
} as const

export type ContinuationKind = keyof typeof continuations

export const continuationList = Object.keys(continuations) as [ContinuationKind, ...ContinuationKind[]]

/** Said by one person, true once another has confirmed it (invariant 7). */
export type Continuation = {
  readonly case: string
  readonly as: ContinuationKind
  readonly enteredBy: string
  readonly confirmedBy?: string
}

/**
 * A case that goes to another court takes its controls along, so none may run out on the way: what ends within a month
 * is extended by the sending court first (委托执行规定 第六条).
 */
export function checkHandingOver(
  as: ContinuationKind,
  controls: readonly Control[],
  now: Date,
): Refusal<'extend-before-commission'> | undefined {
  if (as === 'continued') return undefined
  const month = addMonths(toBeijingDate(now), 1)
  const ends = controls
    .filter((control) => isInForce(control, now))
    .flatMap((control) => lastDayOf(control) ?? [])
    .filter((end) => compareDates(end, month) < 0)
    .sort(compareDates)
  const [first] = ends
  return first ? refuse('extend-before-commission', 'continues', { endsOn: first }) : undefined
}
