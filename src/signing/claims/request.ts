import { z } from 'zod'
import { measureList } from '../../domain/measure.ts'
import { assetClaims, day, documentClaims, moment, money, subjectClaims, termClaims, text, uuid } from './asset.ts'

const officer = z.strictObject({ name: text(100), workCertificate: text(60), dutyCertificate: text(60) })

const targetClaims = z.strictObject({
  asset: assetClaims,
  scope: z.enum(['whole', 'share', 'part']),
  amount: money.optional(),
  quantity: text(40).optional(),
})

/**
 * The claims of a request (查控请求单) as one registry receives it: `typ: writ-request+jws`, signed with the court's own
 * key. It says everything a registry needs to check the legal ground from the message alone (invariant 7).
 */
export const requestClaims = z.strictObject({
  iss: text(20),
  via: text(200),
  aud: text(40),
  iat: z.int(),
  jti: uuid,
  validUntil: moment,
  respondBy: moment,
  replaces: uuid.optional(),
  measure: z.enum(measureList),
  case: text(60),
  caseSeq: z.int().min(1),
  basis: z.strictObject({ statute: text(500), purpose: text(500), documents: z.array(documentClaims).max(20) }),
  officers: z.array(officer).length(2),
  contact: z.strictObject({ name: text(100), phone: text(40) }),
  approvals: z.array(z.strictObject({ name: text(100), role: text(40), at: moment })).max(10),
  subject: subjectClaims,
  inquiry: z
    .strictObject({ kinds: z.array(text(40)).min(1).max(20), from: day.optional(), to: day.optional() })
    .optional(),
  targets: z.array(targetClaims).min(1).max(50).optional(),
  currency: z.string().length(3).optional(),
  term: termClaims.optional(),
  parent: z
    .strictObject({
      delivery: uuid.optional(),
      controlNo: text(80).optional(),
      court: text(100).optional(),
      case: text(60).optional(),
      rulingNo: text(120).optional(),
    })
    .optional(),
  ground: text(60).optional(),
  payee: z.strictObject({ name: text(200), bankName: text(200), bankCode: text(12), account: text(40) }).optional(),
  transferee: subjectClaims.optional(),
  cancels: z.array(text(80)).max(50).optional(),
})

export type RequestClaims = z.infer<typeof requestClaims>
