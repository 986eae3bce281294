import { isRefusal } from '../../domain/refusal.ts'
import { approve } from '../../gateway/approve.ts'
import type { Parts } from '../../gateway/parts.ts'
import { Refused } from '../../http/problem.ts'
import { isProblemCode, type ProblemCode } from '../../http/problem-catalogue.ts'
import { requestAt } from '../../http/reach.ts'
import type { AtDesk } from '../desk/door.ts'

/** What became of one of several that were ticked. */
export type Outcome =
  | { readonly kind: 'approved' | 'seconded'; readonly request: string; readonly case: string }
  | { readonly kind: 'refused'; readonly request: string; readonly case?: string; readonly code: ProblemCode }

/**
 * Approves several, one after the other, each by the same act as by itself: its own lock, its own entry, its own no. What
 * is out of reach is answered as what is not there.
 */
export async function approveMany(gateway: Parts, at: AtDesk, ids: readonly string[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const id of new Set(ids)) outcomes.push(await approveOne(gateway, at, id))
  return outcomes
}

async function approveOne(gateway: Parts, at: AtDesk, request: string): Promise<Outcome> {
  try {
    const { row, file } = await requestAt(gateway, at, request)
    // This page is for extensions; whatever else waits is decided beside its papers.
    if (row.measure !== 'extend') return { kind: 'refused', request, case: file.number, code: 'request-unknown' }
    const decided = await approve(gateway, at.person, row)
    if (!isRefusal(decided))
      return { kind: decided.kind === 'seconded' ? 'seconded' : 'approved', request, case: file.number }
    return { kind: 'refused', request, case: file.number, code: codeOf(decided.code) }
  } catch (error) {
    // A fault is thrown on: those before it are done, and their pages say so.
    if (!(error instanceof Refused)) throw error
    return { kind: 'refused', request, code: error.code }
  }
}

function codeOf(code: string): ProblemCode {
  if (!isProblemCode(code)) throw new TypeError(`the code ${code} is not in the catalogue`)
  return code
}
