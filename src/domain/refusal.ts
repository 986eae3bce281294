/**
 * "No" as a value: what was asked cannot be, and nothing is broken. `code` is the contract and never changes;
 * `field` says where to look. The refused value itself is never in here: refusals reach logs and pages (invariant 10).
 */
export type Refusal<Code extends string = string> = {
  readonly kind: 'refused'
  readonly code: Code
  readonly field?: string
}

/** Says no. */
export function refuse<const Code extends string>(code: Code, field?: string): Refusal<Code> {
  return field === undefined ? { kind: 'refused', code } : { kind: 'refused', code, field }
}

/**
 * Tells a "no" from what was asked for.
 *
 * @example
 * const number = parseCaseNumber(text)
 * if (isRefusal(number)) return number
 */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'refused'
}
