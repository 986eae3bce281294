import { refusalOn } from '../domain/authority.ts'
import type { CaseFile, Party } from '../domain/case-file.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { EnteredCase, NewParty } from './enter-case.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'

/** What of a case may have been mistyped; its number says which case it is, and stays. */
export type CorrectedCase = Pick<EnteredCase, 'claim' | 'costs' | 'lateInterest' | 'fulfilled' | 'judge'>

export type CorrectCode =
  | 'role-missing'
  | 'not-on-case'
  | 'case-unknown'
  | 'case-signed'
  | 'subject-not-a-party'
  | 'entry-confirmed'
  | 'entry-of-another'

type Corrected = { kind: 'corrected'; entry: string } | Refusal<CorrectCode>

/**
 * A registrar corrects what they entered of a case themselves, as long as nobody has confirmed it. It still waits for a second
 * person, who confirms what it says then.
 */
export function correctCase(
  parts: Parts,
  registrar: Person,
  caseId: string,
  corrected: CorrectedCase,
): Promise<Corrected> {
  return correcting(parts, registrar, caseId, async (act) => {
    const refused = checkCorrectable(act.file, registrar)
    if (refused) return refused
    await act.amend(corrected)
    return undefined
  })
}

/** The same of a party: who it was said to be before stays in the payload of the older entry. */
export function correctParty(
  parts: Parts,
  registrar: Person,
  caseId: string,
  partyId: string,
  { role, subject }: NewParty,
): Promise<Corrected> {
  return correcting(parts, registrar, caseId, async (act) => {
    const party = act.file.parties.find(({ id }) => id === partyId)
    if (!party) return refuse('subject-not-a-party', 'party')
    const refused = checkCorrectable(party, registrar)
    if (refused) return refused
    const kept = await act.keep('party', Buffer.from(JSON.stringify(subject)))
    await act.correctParty({ ...party, role, subject }, kept)
    return undefined
  })
}

async function correcting(
  parts: Parts,
  registrar: Person,
  caseId: string,
  correct: (act: CaseAct) => Promise<Refusal<CorrectCode> | undefined>,
): Promise<Corrected> {
  const answer = await parts.store.act(caseId, async (act): Promise<Corrected> => {
    const refused = refusalOn(registrar, 'case.enter', act.file) ?? checkUnsigned(act.file) ?? (await correct(act))
    if (refused) return refused
    return { kind: 'corrected', entry: await noteOnCase(parts, act, { kind: 'case.entered', by: registrar }) }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

const checkUnsigned = ({ source }: CaseFile) => (source === undefined ? undefined : refuse('case-signed', 'case'))

/** Nobody corrects what another entered: the two who have to agree would be one. */
export function checkCorrectable(
  { confirmedBy, enteredBy }: Pick<Party, 'confirmedBy' | 'enteredBy'>,
  registrar: Person,
): Refusal<'entry-confirmed' | 'entry-of-another'> | undefined {
  if (confirmedBy !== undefined) return refuse('entry-confirmed', 'case')
  return enteredBy === registrar.id ? undefined : refuse('entry-of-another', 'case')
}
