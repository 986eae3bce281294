import { z } from 'zod'
import { digest, moment, text, uuid } from '../../src/signing/claims/asset.ts'
import { statementClaims } from '../../src/signing/claims/statement.ts'

/** The name of the form, in every message: whoever finds one in thirty years knows what it is. */
export const form = 'writ-stated/1'

const { kind, holdings, targets, reason, sealedReceipt } = statementClaims.shape

/**
 * What people stated for a registry that has no system. `by` are their ids at the gateway; `case` and `subject` are what
 * they had before them; the rest is said in the words of the native protocol.
 */
export const stated = z.strictObject({
  form: z.literal(form),
  iss: text(40),
  aud: text(200),
  at: moment,
  jti: text(80),
  by: z.array(text(80)).min(1).max(3),
  re: uuid,
  re_sha256: digest,
  case: text(60),
  subject: z.strictObject({ name: text(200), idNumber: text(40) }),
  kind,
  receivedAt: moment.optional(),
  receiptNumber: text(80).optional(),
  holdings,
  targets,
  reason,
  sealedReceipt,
})

export type Stated = z.infer<typeof stated>
