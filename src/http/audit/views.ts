import { z } from '@hono/zod-openapi'
import { courtName, parseCourtCode } from '../../domain/court.ts'
import { fold } from '../../domain/fold.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { Subject } from '../../domain/subject.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Exchange, PlacedEntry } from '../../gateway/ports/reads.ts'
import { viewedIn } from '../../gateway/viewed.ts'
import { recordKinds } from '../../ledger/record.ts'
import { requestClaims } from '../../signing/claims/request.ts'
import { readCompact } from '../../signing/compact.ts'
import { statementView, viewStatement } from '../officer/views.ts'
import { holdingView, masking, revealName, targetView, withIds } from '../shown.ts'

export const entryView = z
  .object({
    id: z.uuid(),
    at: z.string(),
    kind: z.enum(recordKinds),
    index: z.int().optional(),
    person: z.string().optional(),
    court: z.object({ code: z.string(), name: z.string() }).optional(),
    caseId: z.string().optional(),
    caseSeq: z.int().optional(),
    request: z.string().optional(),
    delivery: z.string().optional(),
    registry: z.string().optional(),
    about: z.string().optional(),
    view: z
      .object({ of: z.string(), by: z.record(z.string(), z.string()).optional() })
      .optional()
      .openapi({
        description: '监督查看：所看的列表及筛选 · of an auditor’s look: the list, and by what it was narrowed',
      }),
    hasPayload: z.boolean(),
  })
  .openapi('Entry')

export const entryWithLeaf = entryView.extend({ leaf: z.string(), leafHash: z.string() }).openapi('EntryWithLeaf')

const revealedOnly = '填写理由查看后才有 · only where it was revealed for a reason'

export const exchangeView = z
  .object({
    delivery: z.object({ id: z.uuid(), registry: z.string(), reference: z.string(), request: z.uuid() }),
    subject: z.custom<Subject>().optional().openapi({ type: 'object', additionalProperties: true }),
    request: z
      .string()
      .optional()
      .openapi({ description: `请求 JWS 原文 · the exact request JWS; ${revealedOnly}` }),
    rendered: z
      .string()
      .optional()
      .openapi({ description: `base64; ${revealedOnly}` }),
    attempts: z.array(
      z.object({
        id: z.string(),
        number: z.int(),
        act: z.string(),
        at: z.string(),
        outcome: z.string().optional(),
        detail: z.string().optional(),
        endedAt: z.string().optional(),
      }),
    ),
    holdings: z.array(holdingView),
    targets: z.array(targetView),
    statements: z.array(
      statementView.extend({
        jti: z.string(),
        payloadSha256: z.string(),
        message: z
          .string()
          .optional()
          .openapi({ description: `反馈原文 base64 · the exact bytes; ${revealedOnly}` }),
        receipt: z
          .string()
          .optional()
          .openapi({ description: `网关签收 JWS · the receipt we signed; ${revealedOnly}` }),
      }),
    ),
    entries: z.array(entryView),
    ...masking,
    reveal: revealName.optional(),
  })
  .openapi('Exchange')

export type ExchangeView = z.infer<typeof exchangeView>

export function viewEntry({ leaf, leafHash: __, payload, at, court, ...row }: PlacedEntry): z.infer<typeof entryView> {
  const view = row.kind === 'audit.viewed' ? viewedIn(leaf) : undefined
  return {
    ...row,
    at: at.toISOString(),
    ...(view && { view: { of: view.of, ...(view.by && { by: { ...view.by } }) } }),
    hasPayload: payload !== undefined,
    ...(court !== undefined && { court: { code: court, name: nameOf(court) } }),
  }
}

function nameOf(court: string): string {
  const code = parseCourtCode(court)
  return isRefusal(code) ? court : courtName(code)
}

/** An exchange whole, with every exact byte; shown like this only where it was revealed for a reason. */
export function viewExchange(
  { delivery, attempts, statements }: Exchange,
  entries: readonly PlacedEntry[],
  refs: Pick<Parts, 'assetRef'>,
): ExchangeView {
  const { id, registry, reference, request, jws, rendered, measure } = delivery
  const claims = requestClaims.safeParse(readCompact(jws)?.claims)
  const { holdings, targets } = fold(
    statements.map((row) => row.statement),
    measure,
  )
  return {
    delivery: { id, registry, reference, request },
    ...(claims.success && { subject: claims.data.subject as Subject }),
    request: jws,
    ...(rendered && { rendered: base64(rendered) }),
    attempts: attempts.map(({ delivery: _, at, endedAt, ...attempt }) => {
      return { ...attempt, at: at.toISOString(), ...(endedAt && { endedAt: endedAt.toISOString() }) }
    }),
    holdings: withIds(refs, id, holdings),
    targets: withIds(refs, id, targets),
    statements: statements.map((row) => ({
      ...viewStatement(row, measure),
      jti: row.jti,
      payloadSha256: row.digest,
      ...(!row.isSealed && { message: base64(row.message) }),
      receipt: row.receipt,
    })),
    entries: entries.map(viewEntry),
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
