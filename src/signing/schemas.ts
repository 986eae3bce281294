import { z } from 'zod'
import { assetClassList } from '../domain/asset.ts'
import { measureList } from '../domain/measure.ts'
import { algorithmNames, curveNames } from './algorithm.ts'
import { text, uuid } from './claims/asset.ts'
import { requestClaims } from './claims/request.ts'
import {
  partnerClaims,
  possessionClaims,
  receiptClaims,
  statusAnswerClaims,
  statusClaims,
  withdrawalClaims,
} from './claims/service.ts'
import { statementClaims } from './claims/statement.ts'

/**
 * Why a registry did not do what was asked, with what a court calls it. The table of the protocol: a word that is not in
 * it is not refused, because an answer with an odd reason is still an answer, but nobody will know what to do about it.
 */
export const reasonCodes = {
  'case-number': '案号不符合规范',
  officers: '执行人员证件不全',
  approval: '未见审批',
  'document-missing': '缺少文书',
  'document-mismatch': '文书与请求不一致',
  'out-of-time': '已过请求有效期',
  withdrawn: '法院已撤回',
  'not-our-area': '不属本单位管辖',
  'measure-not-taken': '不受理该类措施',
  'subject-mismatch': '姓名与证件号码不符',
  'asset-unknown': '查无此项财产',
  'not-owned': '不在被执行人名下',
  'parent-unknown': '查无在先措施',
  'parent-ended': '在先措施已失效',
  exempt: '依法不得执行的财产',
  objection: '认为措施违反法律、行政法规规定',
  'not-executed': '未能办结',
  other: '其他原因',
} as const

/** `GET <registry>/capabilities`: what a registry takes online. */
const capabilities = z.strictObject({
  assetClasses: z.array(z.enum(assetClassList)).min(1),
  measures: z.array(z.enum(measureList)).min(1),
  hours: text(100),
  limits: z.strictObject({ targets: z.int().min(1).max(50).optional() }).optional(),
})

/** `GET /partner/v1/deliveries`: what is leased to a registry for the next minute, oldest first. */
const deliveries = z.array(z.strictObject({ delivery: uuid, jws: z.string().max(1_048_576) })).max(100)

/** `GET /.well-known/jwks.json`. `for` says whose key it is; a reader accepts it from nobody else. */
const jwks = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.enum(['OKP', 'EC']),
      crv: z.enum(curveNames),
      x: z.string(),
      y: z.string().optional(),
      use: z.literal('sig'),
      kid: z.string(),
      alg: z.enum(algorithmNames),
      for: z.string(),
      status: z.enum(['next', 'current', 'retired']),
      nbf: z.int(),
      exp: z.int().optional(),
    }),
  ),
})

const documents = {
  request: requestClaims,
  statement: statementClaims,
  receipt: receiptClaims,
  status: statusClaims,
  'status-answer': statusAnswerClaims,
  withdrawal: withdrawalClaims,
  'partner-token': partnerClaims,
  possession: possessionClaims,
  capabilities,
  deliveries,
  jwks,
} as const

export type ProtocolDocument = keyof typeof documents

/**
 * The JSON Schemas (2020-12) of everything that goes over the native protocol, made from the very schemas that read it.
 * They say the form; what a form cannot say (an effect that a kind of statement may have) stands in `docs/protocol.md`.
 */
export function protocolSchemas(): ReadonlyMap<ProtocolDocument, Readonly<Record<string, unknown>>> {
  const names = Object.keys(documents) as ProtocolDocument[]
  return new Map(names.map((name) => [name, schemaOf(name)]))
}

function schemaOf(name: ProtocolDocument): Readonly<Record<string, unknown>> {
  const { $schema, ...body } = z.toJSONSchema(documents[name], { io: 'input' })
  return { $schema, $id: `urn:writ:protocol:v1:${name}`, ...body }
}
