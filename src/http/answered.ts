import { z } from '@hono/zod-openapi'
import type { Answered } from '../gateway/by-people/say.ts'
import { statementClaims } from '../signing/claims/statement.ts'
import { statementOf } from '../signing/claims/to-statement.ts'
import { digest, given, words } from './fields.ts'
import { Refused } from './problem.ts'

const { holdings, targets, reason } = statementClaims.shape

const kinds = [
  'accepted',
  'executed',
  'partly',
  'waiting',
  'nothing',
  'refused',
  'returned',
  'corrected',
  'activated',
  'converted',
  'ended',
] as const

const subject = z.strictObject({ name: words(200), idNumber: words(40) })

/** What people state, in the words of the native protocol; `case` and `subject` as they had them before them. */
const said = {
  case: words(60).openapi({ example: '（2026）津0116执3456号' }),
  subject,
  receiptNumber: words(80).optional(),
  holdings,
  targets,
  reason,
}

/** What a registry's clerk answers. That it was taken up is said by taking it up. */
export const answerBody = z
  .strictObject({
    ...said,
    kind: z.enum(kinds),
    sealedReceipt: digest
      .optional()
      .openapi({ description: '已上传回执的摘要 · SHA-256 of a receipt that was brought' }),
  })
  .openapi('ClerkAnswer', {
    example: {
      case: '（2026）津0116执3456号',
      subject: { name: '张某某', idNumber: '120116198503120013' },
      kind: 'nothing',
    },
  })

/** What an officer read from a paper. When the registry had the request is what the paper says, and nothing else. */
export const paperBody = z
  .strictObject({ ...said, kind: z.enum(['received', ...kinds]), receivedAt: z.iso.datetime({ offset: true }) })
  .openapi('ErrandPaper', {
    example: {
      case: '（2026）津0116执3456号',
      subject: { name: '张某某', idNumber: '120116198503120013' },
      kind: 'nothing',
      receivedAt: '2026-06-03T09:15:00+08:00',
    },
  })

export type Paper = z.output<typeof paperBody>
type Body = z.output<typeof answerBody> | Paper

/** The same in our own words; an amount or a day that is none ends the call. */
export function answeredFrom(body: Body): Answered {
  const { kind, receiptNumber } = body
  const receivedAt = 'receivedAt' in body ? body.receivedAt : undefined
  const read = statementOf({
    ...{ iss: '', aud: '', iat: 0, jti: '', re: '', re_sha256: '', sequence: 1, kind },
    ...{ receivedAt: receivedAt ?? new Date(0).toISOString(), receiptNumber: receiptNumber ?? '' },
    ...given({ holdings: body.holdings, targets: body.targets, reason: body.reason }),
  })
  if (!read) throw new Refused('invalid-body')
  return {
    ...{ kind, holdings: read.holdings, targets: read.targets },
    ...given({ reason: read.reason, receiptNumber }),
    ...(receivedAt !== undefined && { receivedAt: new Date(receivedAt) }),
  }
}
