import type { EnvelopeCode } from '../signing/envelope.ts'
import type { UnprovedCode } from '../signing/proof.ts'

/** Why a check did not pass. The codes are stable: scripts and judgments may quote them. */
export type EvidenceCode =
  | 'ok'
  | 'sums-absent'
  | 'sums-malformed'
  | 'sum-differs'
  | 'file-absent'
  | 'file-unlisted'
  | 'manifest-absent'
  | 'manifest-malformed'
  | 'manifest-differs'
  | 'policy-malformed'
  | 'policy-other-log'
  | 'keys-malformed'
  | 'key-misnamed'
  | 'trust-differs'
  | 'record-malformed'
  | 'record-key-unknown'
  | 'record-signature'
  | 'record-kind'
  | 'record-other-delivery'
  | 'record-other-registry'
  | 'record-other-gateway'
  | 'record-other-request'
  | 'record-other-case'
  | 'link-absent'
  | 'openings-malformed'
  | 'salt-absent'
  | 'length-differs'
  | 'commitment-differs'
  | 'message-absent'
  | 'request-unproved'
  | 'grade-differs'
  | 'receipt-absent'
  | 'receipt-differs'
  | 'witness-quorum'
  | 'checkpoint-forked'
  | 'checkpoint-unreadable'
  | 'consistency-absent'
  | 'case-number-absent'
  | 'case-order'
  | 'answer-before-request'
  | 'sequence-used'
  | 'sequence-gap'
  | 'attachment-absent'
  | 'attachment-differs'
  | 'attachment-unnamed'
  | `proof-${string}`
  | `request-${EnvelopeCode}`
  | `receipt-${EnvelopeCode}`
  | UnprovedCode

/** The rules a bundle is held against, in the order in which they are looked at. */
export type Rule =
  | 'sums'
  | 'manifest'
  | 'trust'
  | 'record'
  | 'inclusion'
  | 'opening'
  | 'request'
  | 'statement'
  | 'reception'
  | 'receipt'
  | 'attachment'
  | 'links'
  | 'order'
  | 'checkpoints'

/** One rule held against one file. `detail` is for people and holds no personal data; `code` is the contract. */
export type Check = {
  readonly check: Rule
  readonly file: string
  readonly status: 'ok' | 'failed' | 'skipped'
  readonly code: EvidenceCode
  readonly detail: string
}

/** `failed`: something is not what it says. `incomplete`: nothing is wrong, but something needed is not here. */
export type Verdict = 'ok' | 'failed' | 'incomplete'

export const passed = (check: Rule, file: string, detail = ''): Check => ({
  check,
  file,
  status: 'ok',
  code: 'ok',
  detail,
})

export const failed = (check: Rule, file: string, code: EvidenceCode, detail = ''): Check => ({
  check,
  file,
  status: 'failed',
  code,
  detail,
})

export const skipped = (check: Rule, file: string, code: EvidenceCode, detail = ''): Check => ({
  check,
  file,
  status: 'skipped',
  code,
  detail,
})

/** One failure fails the whole; what could not be looked at leaves it incomplete; nothing looked at proves nothing. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some(({ status }) => status === 'failed')) return 'failed'
  return checks.length === 0 || checks.some(({ status }) => status === 'skipped') ? 'incomplete' : 'ok'
}
