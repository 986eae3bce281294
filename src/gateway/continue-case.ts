import { type Guarded, refusalOn } from '../domain/authority.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { type ContinuationKind, checkHandingOver } from '../domain/case-line.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'

export type ContinueCode =
  | 'role-missing'
  | 'not-on-case'
  | 'case-unknown'
  | 'case-signed'
  | 'case-continues-itself'
  | 'case-continues-already'
  | 'extend-before-commission'

/**
 * A registrar says which case this one goes on from (执保→执→执恢, 委托, 指定, 提级, 交叉执行). It counts for nothing until a
 * second registrar confirms it; of a case that comes from another court, one of that court.
 */
export async function continueCase(
  parts: Parts,
  registrar: Person,
  caseId: string,
  earlier: { readonly number: CaseNumber; readonly as: ContinuationKind },
): Promise<{ kind: 'entered'; entry: string } | Refusal<ContinueCode>> {
  const from = await parts.reads.caseByNumber(earlier.number)
  const held = from ? await parts.reads.controls(from.id) : []
  const answer = await parts.store.act(caseId, async (act) => {
    const { file } = act
    const refused = refusalOn(registrar, 'case.enter', file) ?? checkContinuation(file, from, earlier.as, registrar)
    if (refused) return refused
    if (!from) return refuse('case-unknown', 'number')
    const early = checkHandingOver(earlier.as, held, parts.clock())
    if (early) return early
    await act.continueFrom({ case: from.id, as: earlier.as, by: registrar.id })
    const entry = await noteOnCase(parts, act, { kind: 'case.entered', by: registrar, about: from.id })
    return { kind: 'entered' as const, entry }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/** A case of the own court must be within the registrar's reach; to one that stays hidden nobody is led by its number. */
function checkContinuation(
  file: CaseFile,
  from: CaseFile | undefined,
  as: ContinuationKind,
  registrar: Person,
): Refusal<ContinueCode> | undefined {
  if (file.source !== undefined) return refuse('case-signed', 'case')
  if (!from) return refuse('case-unknown', 'number')
  if (from.id === file.id) return refuse('case-continues-itself', 'number')
  const isHidden =
    from.court === file.court
      ? refusalOn(registrar, 'case.enter', from) !== undefined
      : as === 'continued' || from.isSealed
  if (isHidden) return refuse('case-unknown', 'number')
  const isJoined = file.continues?.confirmedBy !== undefined || from.line?.includes(file.id)
  return isJoined ? refuse('case-continues-already', 'case') : undefined
}

/**
 * What a second person may confirm of a case beside what was entered in it: that it goes on from another one. Of another
 * court's case only that court's registrar can say so. `from` is that case as far as it decides who is near it.
 */
export function mayConfirmContinuation(
  confirmer: Person,
  { continues }: Pick<CaseFile, 'continues'>,
  from: Guarded | undefined,
): boolean {
  if (!continues || continues.confirmedBy || continues.enteredBy === confirmer.id) return false
  return from !== undefined && refusalOn(confirmer, 'case.confirm', from) === undefined
}
