/**
 * "No" as a value: what was asked cannot be, and nothing is broken. `code` is the contract and never changes;
 * `field` says where to look; `detail` says what the rule was measured against — a day, a limit, never who or what.
 * The refused value itself is never in here: refusals reach logs and pages (invariant 10).
 */
export type Refusal<Code extends string = string> = {
  readonly kind: 'refused'
  readonly code: Code
  readonly field?: string
  readonly detail?: Readonly<Record<string, string>>
}

/** Says no. */
export function refuse<const Code extends string>(
  code: Code,
  field?: string,
  detail?: Readonly<Record<string, string>>,
): Refusal<Code> {
  return { kind: 'refused', code, ...(field !== undefined && { field }), ...(detail && { detail }) }
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
