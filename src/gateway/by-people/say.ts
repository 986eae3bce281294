import { type FormCode, type OrderCode, refusalToForm, refusalToOrder } from '../../domain/by-people.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import type { SealedReceipt } from '../../domain/statement.ts'
import type { Outgoing, Saying } from '../../relay/port.ts'
import { wrongContent } from '../../signing/content.ts'
import { reasonCodes } from '../../signing/schemas.ts'
import type { Actor, Noted } from '../journal.ts'
import type { Parts } from '../parts.ts'
import type { DeliveryRow } from '../ports/rows.ts'
import type { CaseAct } from '../ports/store.ts'
import { admitStatement } from '../receive.ts'
import type { AtCounter } from './at-counter.ts'

/** What people say for a registry, as far as they choose it: the rest of a statement is ours to add. */
export type Answered = Saying['statement']

/** What an answer is checked for before anybody keeps it. */
export type AnswerCode =
  | OrderCode
  | FormCode
  | 'answer-content'
  | 'answer-reason-unknown'
  | 'receipt-unknown'
  | 'delivery-withdrawn'
  | 'delivery-not-taken'

/** The statement stands: `receipt` is signed by the gateway, for whoever said it. */
export type Committed = {
  readonly kind: 'committed' | 'repeated'
  readonly receipt: string
  readonly sequence: number
}

/** Whether this can be said of this delivery now, by a person who has the whole request in view. */
export function refusalToAnswer(
  { phase, answer }: Pick<DeliveryRow, 'phase' | 'answer'>,
  { claims }: Outgoing,
  statement: Answered,
): Refusal<AnswerCode> | undefined {
  if (phase === 'withdrawn') return refuse('delivery-withdrawn')
  if (phase === 'ready') return refuse('delivery-not-taken')
  const wrong = wrongContent({ ...statement, sequence: 1 }, claims)
  const { reason } = statement
  const asked = (claims.targets ?? []).map(({ asset }) => asset as (typeof statement.targets)[number]['asset'])
  return (
    refusalToOrder(answer, statement.kind) ??
    refusalToForm(statement, asked, claims.measure) ??
    (wrong === undefined ? undefined : refuse('answer-content', wrong)) ??
    (reason && !Object.hasOwn(reasonCodes, reason.code) ? refuse('answer-reason-unknown', 'reason') : undefined)
  )
}

/**
 * Names the stamped document an answer comes with; it has to be here before the answer is. In a wrapping, because an answer
 * may be of the kind `refused` and is no refusal of ours.
 */
export async function withReceipt(
  { reads }: Parts,
  delivery: string,
  statement: Answered,
  sha256: string | undefined,
): Promise<{ kind: 'named'; statement: Answered } | Refusal<'receipt-unknown'>> {
  if (sha256 === undefined) return { kind: 'named', statement }
  const sealedReceipt = (await reads.sealedReceipts(delivery)).find((one: SealedReceipt) => one.sha256 === sha256)
  return sealedReceipt
    ? { kind: 'named', statement: { ...statement, sealedReceipt } }
    : refuse('receipt-unknown', 'sealedReceipt')
}

/**
 * Commits what people said, inside the act in which it is decided. The same once more is the same statement; the same name
 * for something else is refused, and nothing is overwritten.
 */
export async function commitSaid(
  parts: Parts,
  act: CaseAct,
  { row, adapter, sent }: Pick<AtCounter, 'row' | 'adapter' | 'sent'>,
  saying: Saying,
  { by, after }: { readonly by: Actor; readonly after?: Noted['after'] },
): Promise<Committed | Refusal<AnswerCode | 'idempotency-key-reused'>> {
  const isRepeated = (await act.statements(row.id)).some(({ jti }) => jti === saying.jti)
  const refused = isRepeated ? undefined : refusalToAnswer(row, sent, saying.statement)
  if (refused) return refused
  const message = adapter.compose(saying, sent)
  const parsed = adapter.parse(message, sent, parts.clock())
  // Whoever calls has held it against the delivery before: what we compose of that ourselves is proved.
  if (parsed.kind === 'unproved') throw new Error(`what was composed here proved nothing: ${parsed.code}`)
  const reception = await admitStatement(parts, act, row, { message, parsed, by, ...(after && { after }) })
  return reception.kind === 'committed' || reception.kind === 'repeated'
    ? reception
    : refuse('idempotency-key-reused', 'Idempotency-Key')
}
