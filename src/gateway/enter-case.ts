import { refusalOn } from '../domain/authority.ts'
import { type BeijingDate, toBeijingDate } from '../domain/beijing-date.ts'
import { type CaseFile, makersWaiting, type Party, type PartyRole } from '../domain/case-file.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import { caseNumberParts, withoutSuffix } from '../domain/case-number.ts'
import { parseCourtCode } from '../domain/court.ts'
import type { Money } from '../domain/money.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Subject } from '../domain/subject.ts'
import { terminatedOnFrom } from '../domain/termination.ts'
import { mayConfirmContinuation } from './continue-case.ts'
import { noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import { type Sealing, sealUnderLock } from './seal-case.ts'

export type NewParty = { readonly role: PartyRole; readonly subject: Subject }

export type EnteredCase = {
  readonly number: CaseNumber
  readonly claim: Money
  readonly costs: Money
  readonly lateInterest?: Money
  readonly fulfilled?: Money
  readonly judge: string
  readonly standing: CaseFile['standing']
  /** The day of 终本; absent is today. */
  readonly terminatedOn?: BeijingDate
  readonly team?: string
  readonly parties: readonly NewParty[]
  /** A case that is a secret from its first day. */
  readonly sealed?: Sealing
}

/**
 * A registrar (立案人员) enters a case of the own court with its parties. It counts for nothing until a second person
 * has confirmed it (invariant 7).
 */
export async function enterCase(
  parts: Parts,
  registrar: Person,
  entered: EnteredCase,
): Promise<{ kind: 'entered'; id: string } | Refusal<'role-missing' | 'wrong-court' | 'case-exists' | 'sealed-alone'>> {
  const court = parseCourtCode(caseNumberParts(entered.number).court)
  if (isRefusal(court)) return refuse('wrong-court', 'number')
  const refused = refusalOn(registrar, 'case.enter', { court, isSealed: false, members: [] })
  if (refused) return refused.code === 'role-missing' ? refuse('role-missing') : refuse('wrong-court', 'number')
  const { parties, sealed, ...file } = entered
  // 之一, 之二 tell the papers of one case apart: under them one case could be entered twice.
  const number = withoutSuffix(entered.number)
  const id = parts.newId()
  const ended = terminatedOnFrom(file, undefined, toBeijingDate(parts.clock()))
  const { terminatedOn: _, ...said } = file
  const answer = await parts.store.found(
    {
      ...said,
      ...(ended && { terminatedOn: ended }),
      number,
      id,
      court,
      enteredBy: registrar.id,
      isSealed: sealed !== undefined,
    },
    async (act) => {
      for (const party of parties) await addParty(parts, act, registrar, party)
      await noteOnCase(parts, act, { kind: 'case.entered', by: registrar })
      const alone = sealed && (await sealUnderLock(parts, act, registrar, sealed))
      return alone && isRefusal(alone) ? alone : { kind: 'entered' as const, id }
    },
  )
  return answer.kind === 'case-exists' ? refuse('case-exists', 'number') : answer
}

/** Adds parties to a case that is already there; they too wait for a second person. */
export async function addParties(
  parts: Parts,
  registrar: Person,
  caseId: string,
  parties: readonly NewParty[],
): Promise<
  { kind: 'added'; ids: readonly string[] } | Refusal<'role-missing' | 'not-on-case' | 'case-unknown' | 'case-signed'>
> {
  const answer = await parts.store.act(caseId, async (act) => {
    const refused = refusalOn(registrar, 'case.enter', act.file) ?? checkByHand(act.file)
    if (refused) return refused
    const ids: string[] = []
    for (const party of parties) ids.push(await addParty(parts, act, registrar, party))
    await noteOnCase(parts, act, { kind: 'case.entered', by: registrar })
    return { kind: 'added' as const, ids }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/**
 * A registrar says how a case stands from now on: 终本 with its day, closed, open again. It counts for nothing until a
 * second one confirms it, like the rest of the case.
 */
export async function changeStanding(
  parts: Parts,
  registrar: Person,
  caseId: string,
  told: Pick<EnteredCase, 'standing' | 'terminatedOn'>,
): Promise<
  { kind: 'entered'; entry: string } | Refusal<'role-missing' | 'not-on-case' | 'case-unknown' | 'case-signed'>
> {
  const answer = await parts.store.act(caseId, async (act) => {
    const refused = refusalOn(registrar, 'case.enter', act.file) ?? checkByHand(act.file)
    if (refused) return refused
    const terminatedOn = terminatedOnFrom(told, act.file, toBeijingDate(parts.clock()))
    await act.askStanding({ standing: told.standing, by: registrar.id, ...(terminatedOn && { terminatedOn }) })
    const entry = await noteOnCase(parts, act, { kind: 'case.entered', by: registrar, about: told.standing })
    return { kind: 'entered' as const, entry }
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

/**
 * A second person confirms what was entered: the case and every party that is still unconfirmed. Whoever entered any
 * of it may not confirm it.
 */
export async function confirmCase(
  parts: Parts,
  confirmer: Person,
  caseId: string,
): Promise<
  | { kind: 'confirmed' }
  | Refusal<
      'role-missing' | 'not-on-case' | 'case-unknown' | 'case-signed' | 'confirmer-entered-it' | 'nothing-to-confirm'
    >
> {
  const seen = await parts.reads.caseById(caseId)
  const from = seen?.continues && (await parts.reads.guardOf(seen.continues.case))
  const answer = await parts.store.act(caseId, async (act) => {
    const { file } = act
    const linked = seen?.continues?.case === file.continues?.case && mayConfirmContinuation(confirmer, file, from)
    const refused = refusalOn(confirmer, 'case.confirm', file) ?? checkByHand(file)
    // Of another court: there is nothing here for them to confirm but that their own case goes on in this one.
    if (refused) return linked ? confirmLine(parts, act, confirmer) : refused
    const makers = makersWaiting(file)
    if (makers.length === 0) return linked ? confirmLine(parts, act, confirmer) : refuse('nothing-to-confirm', 'case')
    if (makers.includes(confirmer.id)) return refuse('confirmer-entered-it')
    await act.confirm(
      confirmer.id,
      file.parties.flatMap((party) => (party.confirmedBy ? [] : party.id)),
    )
    if (file.standingAsked) await act.takeStanding()
    await noteOnCase(parts, act, { kind: 'case.confirmed', by: confirmer })
    if (linked) await confirmLine(parts, act, confirmer)
    return { kind: 'confirmed' as const }
  })
  if (answer.kind === 'no-such-case') return refuse('case-unknown', 'case')
  return isRefusal(answer) ? answer : { kind: 'confirmed' }
}

async function confirmLine(parts: Parts, act: CaseAct, confirmer: Person): Promise<{ kind: 'confirmed' }> {
  await act.joinLine(confirmer.id)
  await noteOnCase(parts, act, { kind: 'case.confirmed', by: confirmer, ...aboutLine(act.file) })
  return { kind: 'confirmed' }
}

const aboutLine = ({ continues }: CaseFile) => (continues ? { about: continues.case } : {})

/** What came signed from the case system is changed there, and comes signed again (invariant 7). */
function checkByHand({ source }: CaseFile): Refusal<'case-signed'> | undefined {
  return source === undefined ? undefined : refuse('case-signed', 'case')
}

async function addParty(parts: Parts, act: CaseAct, registrar: Person, { role, subject }: NewParty): Promise<string> {
  const party: Party = { id: parts.newId(), role, subject, enteredBy: registrar.id }
  await act.addParty(party, await act.keep('party', Buffer.from(JSON.stringify(subject))))
  return party.id
}
