import { type CaseNumber, caseNumberParts } from './case-number.ts'

/** Cases that only hold property for a suit (财产保全), and never move it. */
export function isPreservation(number: CaseNumber): boolean {
  const { type } = caseNumberParts(number)
  return type === '执保' || type === '财保'
}

/** Urging before execution is filed (执前督促): nobody's property is asked about or held there. */
export function isBeforeExecution(number: CaseNumber): boolean {
  return caseNumberParts(number).type.startsWith('执前')
}
