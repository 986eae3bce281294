import { isDeepStrictEqual } from 'node:util'
import { type BeijingDate, toBeijingDate } from '../domain/beijing-date.ts'
import type { CaseFile, Party, PartyRole } from '../domain/case-file.ts'
import { type ContinuationKind, checkHandingOver } from '../domain/case-line.ts'
import { type CaseNumber, caseNumberParts } from '../domain/case-number.ts'
import { actorOf, refusalOfClient } from '../domain/client.ts'
import type { Money } from '../domain/money.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Subject } from '../domain/subject.ts'
import { terminatedOnFrom } from '../domain/termination.ts'
import { type Actor, noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { Client } from './ports/clients.ts'
import type { ControlRow, SignedRow } from './ports/rows.ts'
import type { CaseAct } from './ports/store.ts'
import { followClaim } from './propose-release.ts'

/** A party as the case system has it; `externalId` is what it calls them, for ever. */
export type SignedParty = { readonly externalId: string; readonly role: PartyRole; readonly subject: Subject }

/** What a case system says of a case, proved. `jti` and `digest` (SHA-256 of the payload) identify it. */
export type SignedCase = {
  readonly jti: string
  readonly digest: string
  /** The exact JWS that came. */
  readonly message: Uint8Array
  /** Per case; the higher one holds. */
  readonly sequence: number
  readonly number: CaseNumber
  readonly standing: CaseFile['standing']
  /** The day of 终本; absent is the day on which this gateway was first told. */
  readonly terminatedOn?: BeijingDate
  readonly claim: Money
  readonly costs: Money
  readonly lateInterest?: Money
  readonly fulfilled?: Money
  readonly judge: string
  /** The case it goes on from: the signature is the second person. */
  readonly continues?: { readonly number: CaseNumber; readonly as: ContinuationKind }
  /** Left out, whoever works on the case goes on doing so. Members are ids of people. */
  readonly team?: string
  readonly members?: readonly string[]
  readonly sealed?: boolean
  readonly parties: readonly SignedParty[]
}

export type ImportCode =
  | 'client-may-not'
  | 'wrong-court'
  | 'case-of-other-system'
  | 'case-outdated'
  | 'case-contradicts'
  | 'opening-takes-two'
  | 'sealed-alone'
  | 'case-unknown'
  | 'case-continues-itself'
  | 'extend-before-commission'

export type Imported = {
  readonly kind: 'imported' | 'repeated'
  readonly caseId: string
  readonly sequence: number
  readonly entry: string
}

/**
 * Takes a case that came signed from the court's case system: creates it or brings it up to date, in one act, with the
 * exact signed bytes as evidence. The signature is the second person (invariant 7), so everything in it is confirmed. The same
 * message again gets the same answer; what is older than what stands is refused.
 */
export async function importCase(
  parts: Parts,
  client: Client,
  signed: SignedCase,
): Promise<Imported | Refusal<ImportCode>> {
  const refused = refusalOfClient(client, 'case.import')
  if (refused) return refused
  if (caseNumberParts(signed.number).court !== client.court) return refuse('wrong-court', 'case')
  const known = await parts.reads.caseByNumber(signed.number)
  const earlier = await earlierOf(parts, signed)
  const body = (act: CaseAct) => take(parts, act, client, signed, earlier)
  const answer = known
    ? await parts.store.act(known.id, body)
    : await parts.store.found(newCase(parts, client, signed), body)
  if (answer.kind === 'no-such-case') throw new Error('a case went away between two looks')
  // Somebody founded it between our look and our act: it is there now.
  return answer.kind === 'case-exists' ? importCase(parts, client, signed) : answer
}

function newCase(parts: Parts, client: Client, { number, standing, claim, costs, judge }: SignedCase) {
  const { id: enteredBy, court } = actorOf(client)
  return { ...{ id: parts.newId(), number, court, standing, claim, costs, judge }, enteredBy, isSealed: false }
}

async function take(
  parts: Parts,
  act: CaseAct,
  client: Client,
  signed: SignedCase,
  continued: Earlier | undefined,
): Promise<Imported | Refusal<ImportCode>> {
  const earlier = await act.recallSigned(client.id, signed.jti)
  if (earlier) return earlier.digest === signed.digest ? repeated(earlier) : refuse('case-contradicts', 'jti')
  const refused = checkSuccession(act.file, client, signed) ?? checkSealing(act.file, signed)
  if (refused) return refused
  const by = actorOf(client)
  const { standing, claim, costs, lateInterest, fulfilled, judge, sequence } = signed
  const sums = { claim, costs, ...(lateInterest && { lateInterest }), ...(fulfilled && { fulfilled }) }
  const kept = await act.keep('signed-case', signed.message)
  const entry = await noteOnCase(parts, act, { kind: 'case.imported', by, message: kept })
  const terminatedOn = terminatedOnFrom(signed, act.file, toBeijingDate(parts.clock()))
  await act.takeFromSource({
    standing,
    ...(terminatedOn && { terminatedOn }),
    ...sums,
    judge,
    source: client.id,
    sequence,
  })
  const unlinked = await takeContinuation(parts, act, by, signed, continued)
  if (unlinked) return unlinked
  const parties = await takeParties(parts, act, by, entry, signed.parties)
  await act.confirm(by.id, parties)
  await takeAssignment(parts, act, by, signed)
  await followClaim(parts, act, sums, entry)
  const caseId = act.file.id
  const row: SignedRow = {
    ...{ client: client.id, jti: signed.jti, digest: signed.digest, caseId, sequence, entry },
    at: parts.clock(),
  }
  await act.rememberSigned(row)
  return { kind: 'imported', caseId, sequence, entry }
}

const repeated = ({ caseId, sequence, entry }: SignedRow): Imported => ({ kind: 'repeated', caseId, sequence, entry })

/** One case, one system that keeps it; and what it said later is not undone by what it said before. */
function checkSuccession(
  { source, sourceSequence }: CaseFile,
  client: Client,
  { sequence }: SignedCase,
): Refusal<'case-of-other-system' | 'case-outdated'> | undefined {
  if (source !== undefined && source !== client.id) return refuse('case-of-other-system', 'case')
  return sourceSequence !== undefined && sequence <= sourceSequence ? refuse('case-outdated', 'sequence') : undefined
}

/** A case may be sealed from outside, or closed further; to open it up takes two people here, whoever asks. */
function checkSealing(
  { isSealed, members: there }: CaseFile,
  { sealed, members = there }: SignedCase,
): Refusal<'opening-takes-two' | 'sealed-alone'> | undefined {
  if (isSealed && sealed === false) return refuse('opening-takes-two', 'sealed')
  if (isSealed && members.some((person) => !there.includes(person))) return refuse('opening-takes-two', 'members')
  // Alone, nobody could ever open it again.
  return (isSealed || sealed) && members.length < 2 ? refuse('sealed-alone', 'members') : undefined
}

type Earlier = { readonly id: string; readonly court: string; readonly controls: readonly ControlRow[] }

/** The case a signed one goes on from, looked up before any transaction is open. */
async function earlierOf(parts: Parts, { continues }: SignedCase): Promise<Earlier | undefined> {
  const from = continues && (await parts.reads.caseByNumber(continues.number))
  return from && { id: from.id, court: from.court, controls: await parts.reads.controls(from.id) }
}

/** Only a case of the same court: what comes from another one, that court's registrar confirms here. */
async function takeContinuation(
  parts: Parts,
  act: CaseAct,
  by: Actor,
  { continues }: SignedCase,
  from: Earlier | undefined,
): Promise<Refusal<ImportCode> | undefined> {
  const { file } = act
  if (!continues || file.continues?.confirmedBy) return undefined
  if (!from || from.court !== file.court) return refuse('case-unknown', 'continues')
  if (from.id === file.id) return refuse('case-continues-itself', 'continues')
  const early = checkHandingOver(continues.as, from.controls, parts.clock())
  if (early) return early
  await act.continueFrom({ case: from.id, as: continues.as, by: by.id })
  await act.joinLine(by.id)
  return undefined
}

/** Adds who is new and corrects who is known; nobody is taken out, because requests stand on them. Returns whom it named. */
async function takeParties(
  parts: Parts,
  act: CaseAct,
  by: Actor,
  entry: string,
  said: readonly SignedParty[],
): Promise<readonly string[]> {
  const named: string[] = []
  for (const one of said) {
    const known = partyMeant(
      act.file.parties.filter(({ id }) => !named.includes(id)),
      one,
    )
    if (known && isSame(known, one)) {
      named.push(known.id)
      continue
    }
    const kept = await act.keep('party', Buffer.from(JSON.stringify({ ...one.subject, externalId: one.externalId })))
    const party: Party = { ...(known ?? { id: parts.newId(), enteredBy: by.id }), ...one, confirmedBy: by.id }
    named.push(party.id)
    if (known) await act.correctParty(party, kept)
    else await act.addParty(party, kept)
    const after = [{ rel: 'import', jti: entry }]
    if (known) await noteOnCase(parts, act, { kind: 'case.imported', by, about: party.id, message: kept, after })
  }
  return named
}

/** By the name the case system gave; one that was entered by hand before is known by its number. */
function partyMeant(parties: readonly Party[], { externalId, subject }: SignedParty): Party | undefined {
  const byName = parties.find((party) => party.externalId === externalId)
  const isSameNumber = ({ subject: { idType, idNumber } }: Party) =>
    idType === subject.idType && idNumber === subject.idNumber
  return byName ?? parties.find((party) => party.externalId === undefined && isSameNumber(party))
}

function isSame(known: Party, { externalId, role, subject }: SignedParty): boolean {
  return known.externalId === externalId && known.role === role && isDeepStrictEqual(known.subject, subject)
}

async function takeAssignment(parts: Parts, act: CaseAct, by: Actor, signed: SignedCase): Promise<void> {
  const { file } = act
  const { team = file.team, members = file.members, sealed } = signed
  const isSealed = file.isSealed || sealed === true
  const isMoved = team !== file.team || !isDeepStrictEqual([...members].sort(), [...file.members].sort())
  if (!isMoved && isSealed === file.isSealed) return
  await act.assign({ ...(team && { team }), members, isSealed, by: by.id, at: parts.clock() })
  if (isMoved) await noteOnCase(parts, act, { kind: 'case.assigned', by })
  if (isSealed !== file.isSealed) await noteOnCase(parts, act, { kind: 'case.sealed', by })
}
