import { z } from '@hono/zod-openapi'
import type { ApprovalRow } from '../../gateway/ports/rows.ts'
import { revealName } from '../shown.ts'

/** One word of an approver on a request, and why it was sent back. */
export const decisionView = z
  .object({
    id: z.uuid(),
    decision: z.enum(['approved', 'returned']),
    by: z.string(),
    role: z.enum(['approver', 'enforcement-director']),
    at: z.iso.datetime(),
    comment: z.string().optional(),
    reveal: revealName.optional(),
  })
  .openapi('Decision')

export type DecisionView = z.infer<typeof decisionView>

export function viewDecisions(rows: readonly ApprovalRow[]): DecisionView[] {
  return rows.map(({ id, decision, personName, role, comment, at }) => ({
    id,
    decision,
    by: personName,
    role,
    at: at.toISOString(),
    ...(comment !== undefined && { comment }),
  }))
}
