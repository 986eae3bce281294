import { type Measure, type MeasureKind, targetsOf } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What an approver compares with the papers, field by field, and what a court calls each. */
export const confirmedFields = {
  subject: '被执行人或被保全人',
  targets: '财产对象',
  amount: '金额',
  term: '期限',
  payee: '收款账户',
  transferee: '受让人',
  ground: '解除或过户的依据',
} as const

export type ConfirmedField = keyof typeof confirmedFields

export const confirmedFieldList = Object.keys(confirmedFields) as [ConfirmedField, ...ConfirmedField[]]

/**
 * The fields of a measure that have to agree with its papers: where they differ, the paper prevails and the registry sends
 * the request back. What the measure does not state is not among them.
 */
export function fieldsToConfirm(measure: Measure): readonly ConfirmedField[] {
  const stated: Readonly<Record<ConfirmedField, boolean>> = {
    subject: true,
    targets: targetsOf(measure).length > 0,
    amount: targetsOf(measure).some(({ amount }) => amount !== undefined),
    term: 'term' in measure,
    payee: 'payee' in measure,
    transferee: 'transferee' in measure,
    ground: 'ground' in measure && measure.ground !== undefined,
  }
  return confirmedFieldList.filter((field) => stated[field])
}

/** Measures after which property has left its owner or is free: the last look at them is taken field by field. */
export const confirmedByDefault: readonly MeasureKind[] = ['transfer', 'release', 'convey']

/** Whether every field was confirmed of a measure for which that is asked; undefined is yes. */
export function unconfirmed(
  measure: Measure,
  confirmed: readonly ConfirmedField[],
  asked: readonly MeasureKind[],
): Refusal<'approval-fields-unconfirmed'> | undefined {
  if (!asked.includes(measure.kind)) return undefined
  const missing = fieldsToConfirm(measure).filter((field) => !confirmed.includes(field))
  return missing.length === 0
    ? undefined
    : refuse('approval-fields-unconfirmed', 'confirmed', { missing: missing.join(' ') })
}
