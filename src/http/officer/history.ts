import type { Reads } from '../../gateway/ports/reads.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import { viewDecisions } from './decisions.ts'
import { viewEscalation } from './duty.ts'
import type { RequestView } from './views.ts'

/** What people did with a request before anything left: who decided, who was called, what came in its place. */
export async function historyOf(
  reads: Reads,
  { id, asked }: Pick<RequestRow, 'id' | 'asked'>,
): Promise<Pick<RequestView, 'decisions' | 'replacedBy' | 'escalations'>> {
  const replacedBy = await reads.successorOf(id)
  const called = asked.urgentReason === undefined ? [] : await reads.escalations(id)
  return {
    decisions: viewDecisions(await reads.approvals(id)),
    ...(replacedBy && { replacedBy }),
    ...(called.length > 0 && { escalations: called.map(viewEscalation) }),
  }
}
