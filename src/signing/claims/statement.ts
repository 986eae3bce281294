import { z } from 'zod'
import { statementKindList } from '../../domain/statement.ts'
import { assetClaims, day, digest, moment, money, text, uuid } from './asset.ts'

const encumbrance = z.strictObject({
  kind: z.enum(['freeze', 'seal', 'waiting-seal', 'pre-seal', 'mortgage', 'priority-right', 'objection', 'notice']),
  holder: text(200),
  case: text(80).optional(),
  amount: money.optional(),
  maximum: z.literal(true).optional(),
  until: day.optional(),
  queuePlace: z.int().min(1).optional(),
})

const holdingClaims = z.strictObject({
  asset: assetClaims,
  currency: z.string().length(3).optional(),
  balance: money.optional(),
  available: money.optional(),
  share: z.enum(['sole', 'joint', 'by-shares', 'other']).optional(),
  area: text(40).optional(),
  usage: text(100).optional(),
  restricted: text(200).optional(),
  encumbrances: z.array(encumbrance).max(200).default([]),
})

const targetResultClaims = z.strictObject({
  asset: assetClaims,
  effect: z.enum(['waiting', 'effective', 'ended', 'none']),
  endedBy: z.enum(['released', 'expired', 'disposed', 'converted']).optional(),
  amount: money.optional(),
  overQuota: money.optional(),
  quantity: text(40).optional(),
  term: z.strictObject({ from: day, to: day }).optional(),
  queuePlace: z.int().min(1).optional(),
  controlNo: text(80).optional(),
  registeredAt: moment.optional(),
  encumbrances: z.array(encumbrance).max(200).optional(),
  reason: text(300).optional(),
})

/**
 * The claims of a statement (反馈): `typ: writ-statement+jws`, signed with the registry's key over the digest of the
 * exact request (grade A). `sequence` starts at 1 and grows by one for each statement about a delivery.
 */
export const statementClaims = z.strictObject({
  iss: text(40),
  aud: text(200),
  iat: z.int(),
  jti: text(80),
  re: uuid,
  re_sha256: digest,
  kind: z.enum(statementKindList),
  sequence: z.int().min(1).max(1_000_000),
  receivedAt: moment,
  receiptNumber: text(80),
  part: z.strictObject({ n: z.int().min(1).max(1000), of: z.int().min(1).max(1000) }).optional(),
  holdings: z.array(holdingClaims).max(5000).optional(),
  targets: z.array(targetResultClaims).max(50).optional(),
  reason: z.strictObject({ code: text(60), text: text(500) }).optional(),
  sealedReceipt: z.strictObject({ sha256: digest, mediaType: text(100), length: z.int().min(1) }).optional(),
})

export type StatementClaims = z.infer<typeof statementClaims>
