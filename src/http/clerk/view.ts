import { z } from '@hono/zod-openapi'
import { fold, isAnswered } from '../../domain/fold.ts'
import { type DocumentKind, documentKinds } from '../../domain/legal-basis.ts'
import { measureList } from '../../domain/measure.ts'
import type { AtCounter } from '../../gateway/by-people/at-counter.ts'
import { deliveryWord } from '../../gateway/delivery-word.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { CounterLine } from '../../gateway/ports/errands.ts'
import type { RequestClaims } from '../../signing/claims/request.ts'
import { given } from '../fields.ts'
import { statementView, viewStatement } from '../officer/views.ts'

/** As many as a list holds; the oldest are the first, so whoever works them off meets the others. */
export const counterLinesAtOnce = 200

const said = z.object({ code: z.string(), zh: z.string() })
const time = z.iso.datetime()

/** One line of what waits at a registry without a system; who is named in it is masked. */
export const counterLine = z
  .object({
    id: z.uuid(),
    registry: z.string(),
    case: z.string(),
    subject: z.string().optional().openapi({ description: '被执行人，已脱敏 · whom it is about, masked' }),
    measure: z.enum(measureList),
    phase: z.string(),
    answer: said,
    urgent: z.boolean(),
    createdAt: time,
    respondBy: time,
    overdue: z.boolean(),
  })
  .openapi('CounterLine')

const requestAsSigned = z.custom<RequestClaims>().openapi('RequestAsSigned', {
  type: 'object',
  description:
    '法院签署的请求，明文 · what the court signed, plainly: the registry has to act on it (docs/protocol.md 5)',
  additionalProperties: true,
})

/** A request as its registry sees it, and what the registry has said of it so far. */
export const counterDelivery = counterLine
  .extend({
    registryName: z.string(),
    answered: z.boolean(),
    validUntil: time,
    request: requestAsSigned,
    jws: z.string().openapi({ description: '签名原文 · the compact JWS' }),
    documents: z.array(
      z.object({
        kind: z.string(),
        zh: z.string(),
        number: z.string(),
        sha256: z.string(),
        mediaType: z.string(),
        length: z.int(),
      }),
    ),
    holdings: z.array(z.looseObject({})),
    targets: z.array(z.looseObject({})),
    statements: z.array(statementView),
    receipts: z.array(z.object({ sha256: z.string(), mediaType: z.string(), length: z.int() })),
  })
  .openapi('CounterDelivery')

export type CounterView = z.infer<typeof counterLine>
export type CounterDelivery = z.infer<typeof counterDelivery>

export function viewCounterLine(
  line: Omit<CounterLine, 'party'>,
  now: Date,
  parts: Pick<Parts, 'counter'>,
  subject?: string,
): CounterView {
  const { id, registry, caseNumber, measure, phase, answer, urgent, createdAt, respondBy } = line
  return {
    ...{ id, registry, case: caseNumber, ...given({ subject }), measure, phase, urgent },
    answer: { code: answer, zh: deliveryWord(line, parts) },
    createdAt: createdAt.toISOString(),
    respondBy: respondBy.toISOString(),
    overdue: !isAnswered(answer) && respondBy < now,
  }
}

/** Whoever answers for a registry, and the officers who carry its papers, see the request whole. */
export function viewCounterDelivery(
  { row, exchange, counter, sent }: AtCounter,
  receipts: CounterDelivery['receipts'],
  now: Date,
): CounterDelivery {
  const { claims, jws } = sent
  const standing = fold(
    exchange.statements.map(({ statement }) => statement),
    row.measure,
  )
  return {
    ...viewCounterLine({ ...row, caseNumber: claims.case, urgent: false }, now, { counter: () => counter }),
    registryName: counter.registry.name,
    answered: isAnswered(row.answer),
    validUntil: row.validUntil.toISOString(),
    request: claims,
    jws,
    documents: claims.basis.documents.map((one) => ({ ...one, zh: documentWord(one.kind) })),
    holdings: standing.holdings.map((holding) => ({ ...holding })),
    targets: standing.targets.map((target) => ({ ...target })),
    statements: exchange.statements.map((one) => viewStatement(one, row.measure)),
    receipts: [...receipts],
  }
}

/** What a court calls a kind of document. */
export function documentWord(kind: string): string {
  return Object.hasOwn(documentKinds, kind) ? documentKinds[kind as DocumentKind] : kind
}
