import { z } from '@hono/zod-openapi'
import type { MeasureKind } from '../domain/measure.ts'
import type { Parts } from '../gateway/parts.ts'
import type { StatementRow } from '../gateway/ports/rows.ts'
import { type Revealed, revealKinds } from '../gateway/reveal-item.ts'
import { viewExchange } from './audit/views.ts'
import { reason } from './fields.ts'
import { viewParty } from './officer/case-view.ts'
import { viewFundAccount } from './officer/fund-view.ts'
import { viewStatement } from './officer/views.ts'

/** One thing, by the name its masked view gives it, and why. One call reveals one thing. */
export const revealBody = z
  .strictObject({ what: z.enum(revealKinds), which: z.string().trim().min(1).max(120), reason })
  .openapi('RevealAsked')

/** What was revealed: shown in this answer and kept nowhere. `entry` is its place in the log, `viewer` whose copy it is. */
export const revealedView = z
  .object({
    what: z.enum(revealKinds),
    which: z.string(),
    value: z.looseObject({}),
    entry: z.uuid(),
    viewer: z.string(),
  })
  .openapi('Revealed')

/** The plain value, whole. Bytes are base64. */
export function viewRevealed(revealed: Revealed, refs: Pick<Parts, 'assetRef'>): Record<string, unknown> {
  switch (revealed.what) {
    case 'party':
      return viewParty(revealed.party)
    case 'holding':
      return { ...revealed.holding }
    case 'target':
      return { ...revealed.target }
    case 'control': {
      const { assetRef: _, caseId: __, ...control } = revealed.control
      return { ...control, ...(revealed.asset && { asset: revealed.asset }) }
    }
    case 'statement':
      return viewStatementWhole(revealed.row, revealed.measure)
    case 'receipt':
      return { mediaType: revealed.mediaType, bytes: base64(revealed.bytes) }
    case 'document': {
      const { payload: _, storedBy: __, ...row } = revealed.row
      return { ...row, bytes: base64(revealed.bytes) }
    }
    case 'request':
      return { ...revealed.row.asked }
    case 'comment':
      return { decision: revealed.approval.decision, comment: revealed.approval.comment ?? '' }
    case 'fund-account':
      return viewFundAccount(revealed.account)
    case 'exchange':
      return viewExchange(revealed.exchange, [], refs)
  }
}

/** A statement with all it found, and the exact bytes in which it came. */
export function viewStatementWhole(row: StatementRow, measure: MeasureKind): Record<string, unknown> {
  const { holdings, targets } = row.statement
  return { ...viewStatement(row, measure), holdings, targets, message: base64(row.message) }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
