import { refusalOn } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'

/**
 * Says whose case it is (分案、变更承办): the team it belongs to and the people named on it. From then on those see its
 * parties plainly and act on it, and nobody else does. Secrecy is not changed here: of a sealed case only its members
 * decide who joins them.
 */
export async function assignCase(
  parts: Parts,
  registrar: Person,
  caseId: string,
  to: { readonly team?: string; readonly members: readonly string[] },
): Promise<{ kind: 'assigned' } | Refusal<'role-missing' | 'case-unknown' | 'not-on-case' | 'case-sealed'>> {
  const answer = await parts.store.act(caseId, async (act) => {
    const refused = refusalOn(registrar, 'case.assign', act.file)
    if (refused) return refused
    if (act.file.isSealed) return refuse('case-sealed', 'case')
    await act.assign({ ...to, isSealed: false, by: registrar.id, at: parts.clock() })
    await noteOnCase(parts, act, { kind: 'case.assigned', by: registrar })
    return { kind: 'assigned' as const }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}
