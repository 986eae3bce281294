import { refusalOn } from '../domain/authority.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'

export type SealCode = 'role-missing' | 'case-unknown' | 'not-on-case' | 'sealed-alone' | 'opening-takes-two'

/** Who a sealed case is there for, and why it is sealed; `members` are ids of people. */
export type Sealing = { readonly members: readonly string[]; readonly reason: string }

/**
 * Makes a case a secret (保密案件), at once: from the commit on it is there for the people named here and for nobody else,
 * on any surface. Sealed already, it may be closed further; to open it up takes two people.
 */
export async function sealCase(
  parts: Parts,
  registrar: Person,
  caseId: string,
  sealing: Sealing,
): Promise<{ kind: 'sealed' } | Refusal<SealCode>> {
  const answer = await parts.store.act(caseId, async (act): Promise<{ kind: 'sealed' } | Refusal<SealCode>> => {
    const refused = refusalOn(registrar, 'case.seal', act.file)
    if (refused) return refused
    const { isSealed, members } = act.file
    if (isSealed && sealing.members.some((person) => !members.includes(person))) return refuse('opening-takes-two')
    return sealUnderLock(parts, act, registrar, sealing)
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/** The same inside an act that holds the case already: one that is entered as a secret is never anything else. */
export async function sealUnderLock(
  parts: Parts,
  act: CaseAct,
  registrar: Person,
  { members, reason }: Sealing,
): Promise<{ kind: 'sealed' } | Refusal<'sealed-alone'>> {
  // Whoever seals it knows it. Alone, nobody could ever open it again.
  const named = [...new Set([registrar.id, ...members])]
  if (named.length < 2) return refuse('sealed-alone', 'members')
  const { team } = act.file
  const at = parts.clock()
  await act.assign({ ...(team && { team }), isSealed: true, members: named, by: registrar.id, at })
  const kept = await act.keep('reason', Buffer.from(reason))
  await noteOnCase(parts, act, { kind: 'case.sealed', by: registrar, message: kept })
  return { kind: 'sealed' }
}
