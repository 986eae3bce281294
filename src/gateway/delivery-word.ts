import { answerWord } from '../domain/fold.ts'
import { doubtfulReceipt } from '../domain/statement.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'
import type { DeliveryPhase, DeliveryRow } from './ports/rows.ts'

/** Where a delivery is while its registry has said nothing: each a state of its own, none of them "nothing found". */
const phaseWords = {
  ready: '待发送',
  sending: '发送中',
  unknown: '结果待查',
  handed: '已被领取，待签收',
  declined: '对方未接收，待人工处理',
  answered: '尚无反馈',
  withdrawn: '已撤回',
} as const satisfies Record<DeliveryPhase, string>

/** What goes to people is not sent: a clerk takes it up, or two officers set out with it. */
const readyWords = { desk: '待单位签收', errand: '待出发' } as const

/** Two officers are out with it: nobody there takes it up from a system. */
const carriedWord = '已出发，待录入、核对回执'

/** What one try at handing it over, or at asking about it, came to. */
export const outcomeWords = {
  fetched: '已领取',
  answered: '已答复',
  unreached: '未送达，将重发',
  unknown: '是否送达不明，将核实',
  declined: '对方不受理',
  unreadable: '请求无法读出，待处理',
  lapsed: '已过发送期限',
} as const

/** The same of what the table of attempts holds. */
export const outcomeWord = (outcome: string): string => outcomeWords[outcome as keyof typeof outcomeWords] ?? outcome

type Worded = Pick<DeliveryRow, 'answer' | 'phase' | 'measure' | 'registry'>

/** A delivery's state as a court says it (invariants 3 and 6). */
export function deliveryWord({ answer, phase, measure, registry }: Worded, { counter }: Pick<Parts, 'counter'>) {
  if (answer !== 'silent') return answerWord(answer, measure)
  const kind = counter(registry)?.adapter.kind
  if (phase === 'handed' && kind === 'errand') return carriedWord
  return phase === 'ready' && (kind === 'desk' || kind === 'errand') ? readyWords[kind] : phaseWords[phase]
}

/**
 * When the registry had the request (送达), by its first word of it, and whether that can be true. It decides priority
 * between courts, so what cannot be true is flagged, and kept.
 */
export function serviceOf({ attempts, statements }: Exchange): { at: Date; doubtful: boolean } | undefined {
  const first = statements.find(({ statement }) => statement.receivedAt)
  const at = first?.statement.receivedAt
  return at && { at, doubtful: doubtfulReceipt(at, { firstAttempt: attempts[0]?.at, arrivedAt: first.arrivedAt }) }
}
