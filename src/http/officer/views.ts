import { z } from '@hono/zod-openapi'
import { fold, isAnswered, statementWord } from '../../domain/fold.ts'
import { type MeasureKind, measureList } from '../../domain/measure.ts'
import { requestStates } from '../../domain/request.ts'
import { statementKindList } from '../../domain/statement.ts'
import { deliveryWord, serviceOf } from '../../gateway/delivery-word.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { RequestLine } from '../../gateway/ports/request-line.ts'
import type { RequestRow, StatementRow } from '../../gateway/ports/rows.ts'
import { holdingView, masking, revealName, targetView, withIds } from '../shown.ts'
import { decisionView } from './decisions.ts'
import { escalationView } from './duty.ts'

const time = z.iso.datetime()
const said = z.object({ code: z.string(), zh: z.string() })

export const statementView = z
  .object({
    id: z.uuid(),
    kind: z.enum(statementKindList),
    zh: z.string(),
    sequence: z.int(),
    grade: z.enum(['A', 'B', 'C']).openapi({ description: '证明等级：A 单位签名 · B 认证通道 · C 纸质回执' }),
    issuedAt: time,
    arrivedAt: time,
    receivedAt: time.optional(),
    receiptNumber: z.string().optional(),
    reason: z.object({ code: z.string(), text: z.string() }).optional(),
    sealedReceipt: z.object({ sha256: z.string(), mediaType: z.string(), length: z.int() }).optional(),
    entry: z.uuid(),
    isSealed: z.literal(true).optional().openapi({
      description: '错误主体，查得内容已封存 · about somebody else of the same name: what it found is sealed',
    }),
    reveal: revealName.optional(),
  })
  .openapi('Statement')

export const deliveryView = z
  .object({
    id: z.uuid(),
    registry: z.string(),
    reference: z.string(),
    phase: z.string(),
    answer: said,
    answered: z.boolean(),
    attempts: z.int(),
    createdAt: time,
    respondBy: time,
    overdue: z.boolean(),
    receivedAt: time.optional().openapi({ description: '送达时间，决定顺位 · when the registry had it' }),
    receivedAtDoubtful: z.boolean().optional().openapi({ description: '所称送达时间不可能为真 · that cannot be true' }),
    holdings: z.array(holdingView),
    targets: z.array(targetView),
    statements: z.array(statementView),
  })
  .openapi('Delivery')

export const requestView = z
  .object({
    id: z.uuid(),
    caseId: z.uuid(),
    case: z.string(),
    measure: z.enum(measureList),
    party: z.uuid(),
    state: said,
    submittedAt: time,
    entry: z.uuid(),
    version: z.int().openapi({ description: '退回后重新提交的为下一版 · 1, and one more each time it came anew' }),
    replaces: z.uuid().optional().openapi({ description: '被退回或撤回、由本请求更正的请求 · what this one corrects' }),
    replacedBy: z.uuid().optional(),
    decisions: z.array(decisionView),
    urgent: z.literal(true).optional().openapi({ description: '紧急 · whoever is on duty is called' }),
    escalations: z.array(escalationView).optional(),
    answered: z.boolean().openapi({ description: '所有查控请求单均已反馈 · every delivery is answered' }),
    deliveries: z.array(deliveryView),
    ...masking,
  })
  .openapi('Request')

export const requestLineView = z
  .object({
    id: z.uuid(),
    caseId: z.uuid(),
    case: z.string(),
    measure: z.enum(measureList),
    state: said,
    submittedAt: time,
    deliveries: z.array(
      z.object({ id: z.uuid(), registry: z.string(), phase: z.string(), answer: said, respondBy: time }),
    ),
  })
  .openapi('RequestLine')

export type RequestView = z.infer<typeof requestView>
export type DeliveryView = z.infer<typeof deliveryView>
export type StatementView = z.infer<typeof statementView>

/** A request whole: its deliveries, each folded from its statements, with the grade of every proof. */
export function viewRequest(
  row: RequestRow,
  caseNumber: string,
  exchanges: readonly Exchange[],
  parts: Pick<Parts, 'clock' | 'assetRef' | 'counter'>,
  history: Pick<RequestView, 'decisions' | 'replacedBy' | 'escalations'>,
): RequestView {
  return {
    id: row.id,
    caseId: row.caseId,
    case: caseNumber,
    measure: row.measure,
    party: row.party,
    state: { code: row.state, zh: requestStates[row.state] },
    submittedAt: row.submittedAt.toISOString(),
    entry: row.entry,
    version: row.version,
    ...(row.replaces && { replaces: row.replaces }),
    ...history,
    ...(row.asked.urgentReason && { urgent: true }),
    answered: allAnswered(row, exchanges),
    deliveries: exchanges.map((exchange) => viewDelivery(exchange, parts.clock(), parts)),
  }
}

/** True when no registry owes anything more; a request that has not gone out waits for people, not for registries. */
export function allAnswered(row: Pick<RequestRow, 'state'>, exchanges: readonly Exchange[]): boolean {
  return row.state === 'approved' && exchanges.every(({ delivery }) => !isOwed(delivery))
}

/** What was kept back before it left is owed no answer. */
const isOwed = ({ answer, phase }: Exchange['delivery']): boolean => !isAnswered(answer) && phase !== 'withdrawn'

function viewDelivery(exchange: Exchange, now: Date, parts: Pick<Parts, 'assetRef' | 'counter'>): DeliveryView {
  const { delivery, statements } = exchange
  const service = serviceOf(exchange)
  const standing = fold(
    statements.map((row) => row.statement),
    delivery.measure,
  )
  const { id, registry, reference, measure, phase, answer, attempts, createdAt, respondBy } = delivery
  const answered = isAnswered(answer)
  return {
    id,
    registry,
    reference,
    phase,
    answer: viewAnswer(delivery, parts),
    answered,
    attempts,
    createdAt: createdAt.toISOString(),
    respondBy: respondBy.toISOString(),
    overdue: isOwed(delivery) && respondBy < now,
    ...(service && { receivedAt: service.at.toISOString() }),
    ...(service?.doubtful && { receivedAtDoubtful: true }),
    holdings: withIds(parts, id, standing.holdings),
    targets: withIds(parts, id, standing.targets),
    statements: statements.map((row) => viewStatement(row, measure)),
  }
}

/** One statement without what it found: that stands folded beside it. */
export function viewStatement(row: StatementRow, measure: MeasureKind): StatementView {
  const { kind, sequence, receivedAt, receiptNumber, reason, sealedReceipt } = row.statement
  return {
    id: row.id,
    kind,
    zh: statementWord(kind, measure),
    sequence,
    grade: row.grade,
    issuedAt: row.issuedAt.toISOString(),
    arrivedAt: row.arrivedAt.toISOString(),
    ...(receivedAt && { receivedAt: receivedAt.toISOString() }),
    ...(receiptNumber !== undefined && { receiptNumber }),
    ...(reason && { reason }),
    ...(sealedReceipt && { sealedReceipt }),
    entry: row.entry,
    ...(row.isSealed && { isSealed: true }),
  }
}

/** A line of the list; it names no party. */
export function viewLine(line: RequestLine, parts: Pick<Parts, 'counter'>): z.infer<typeof requestLineView> {
  return {
    id: line.id,
    caseId: line.caseId,
    case: line.caseNumber,
    measure: line.measure,
    state: { code: line.state, zh: requestStates[line.state] },
    submittedAt: line.submittedAt.toISOString(),
    deliveries: line.deliveries.map(({ id, registry, phase, answer, respondBy }) => ({
      id,
      registry,
      phase,
      answer: viewAnswer({ answer, phase, measure: line.measure, registry }, parts),
      respondBy: respondBy.toISOString(),
    })),
  }
}

export function viewAnswer(...about: Parameters<typeof deliveryWord>): z.infer<typeof said> {
  return { code: about[0].answer, zh: deliveryWord(...about) }
}
