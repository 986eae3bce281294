import {
  type Arrival,
  fitsInto,
  fulfilledAfter,
  type Match,
  matchArrival,
  type Transfer,
  type UnmatchedWhy,
} from '../domain/arrival.ts'
import { courtsOf, refusalOf, refusalOn } from '../domain/authority.ts'
import type { CaseNumber } from '../domain/case-number.ts'
import { renminbi } from '../domain/money.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { noteLoose, noteOnCase } from './journal.ts'
import type { Parts } from './parts.ts'
import type { ArrivalRow } from './ports/funds.ts'
import type { CaseAct, LooseAct } from './ports/store.ts'
import { followClaim } from './propose-release.ts'
import { transfersIn } from './transfers.ts'

/** Arrived money as a finance clerk reads it off the bank's statement; the case where the account it came to names one. */
export type SaidArrival = Arrival & { readonly case?: CaseNumber }

export type ArrivalCode =
  | 'role-missing'
  | 'case-unknown'
  | 'not-on-case'
  | 'arrival-contradicts'
  | 'arrival-unknown'
  | 'arrival-matched'
  | 'transfer-unknown'
  | 'arrival-exceeds-transfer'

export type Recorded = {
  readonly kind: 'recorded' | 'repeated'
  readonly id: string
  /** The transfer it closed; left out, it waits for somebody to say where it belongs. */
  readonly transfer?: string
  readonly why?: UnmatchedWhy
}

/**
 * A finance clerk records money that has come. It belongs to the transfer whose number it bears, or to the only one of the
 * named case that waits for this amount; else it stays among the unmatched. The same credit again changes nothing.
 */
export async function recordArrival(
  parts: Parts,
  clerk: Person,
  said: SaidArrival,
): Promise<Recorded | Refusal<ArrivalCode>> {
  const barred = refusalOf(clerk, 'arrival.record')
  if (barred) return barred
  const of = await caseMeant(parts, clerk, said)
  if (isRefusal(of)) return of
  const court = of?.court ?? courtsOf(clerk, 'arrival.record')?.[0]
  if (court === undefined) return refuse('role-missing')
  const { case: _case, ...arrival } = said
  return parts.store.note(async (act): Promise<Recorded | Refusal<ArrivalCode>> => {
    const earlier = await act.arrivals.recall(court, arrival.bankReference)
    if (earlier) return repeated(earlier, arrival)
    const row: ArrivalRow = { ...arrival, id: parts.newId(), court, recordedBy: clerk.id, recordedAt: parts.clock() }
    const { bankReference, transferReference } = arrival
    const wrote = { bankReference, ...(transferReference !== undefined && { transferReference }) }
    const kept = await act.keep('arrival', Buffer.from(JSON.stringify(wrote)))
    await act.arrivals.add(row, kept)
    await noteLoose(parts, act, { kind: 'arrival.recorded', by: clerk, about: row.id, message: kept })
    const on = of && (await act.onCase(of.id))
    const match: Match = on ? matchArrival(arrival, await transfersIn(on)) : { kind: 'unmatched', why: 'no-transfer' }
    if (!on || match.kind === 'unmatched')
      return { kind: 'recorded', id: row.id, ...(match.kind === 'unmatched' && { why: match.why }) }
    await settleOn(parts, act, on, clerk, row, match.transfer)
    return { kind: 'recorded', id: row.id, transfer: match.transfer.delivery }
  })
}

/** A finance clerk says to which transfer an arrival belongs that could not be told by itself: one of several, or a part. */
export async function matchByHand(
  parts: Parts,
  clerk: Person,
  id: string,
  delivery: string,
): Promise<{ kind: 'matched' } | Refusal<ArrivalCode>> {
  const barred = refusalOf(clerk, 'arrival.record')
  if (barred) return barred
  const caseId = (await parts.reads.delivery(delivery))?.caseId
  return parts.store.note(async (act): Promise<{ kind: 'matched' } | Refusal<ArrivalCode>> => {
    const row = await act.arrivals.find(id)
    if (!row || !isOfCourt(clerk, row)) return refuse('arrival-unknown')
    if (row.delivery !== undefined) return refuse('arrival-matched')
    const on = caseId === undefined ? undefined : await act.onCase(caseId)
    if (!on || on.file.court !== row.court || refusalOn(clerk, 'arrival.record', on.file))
      return refuse('transfer-unknown', 'transfer')
    const transfer = (await transfersIn(on)).find((one) => one.delivery === delivery)
    if (!transfer) return refuse('transfer-unknown', 'transfer')
    if (!fitsInto(row, transfer)) return refuse('arrival-exceeds-transfer', 'transfer')
    await settleOn(parts, act, on, clerk, row, transfer)
    return { kind: 'matched' }
  })
}

function isOfCourt(clerk: Person, { court }: Pick<ArrivalRow, 'court'>): boolean {
  return courtsOf(clerk, 'arrival.list')?.includes(court) ?? true
}

/** The case an arrival may be looked for in. One that is out of the clerk's reach is not there, whatever the bank wrote. */
async function caseMeant(parts: Parts, clerk: Person, said: SaidArrival) {
  const { case: number, transferReference } = said
  if (number !== undefined) {
    const file = await parts.reads.caseByNumber(number)
    if (!file) return refuse('case-unknown', 'case')
    return refusalOn(clerk, 'arrival.record', file) ?? file
  }
  const named = transferReference === undefined ? [] : await parts.reads.transfersNamed(transferReference)
  const files = await parts.reads.casesWith([...new Set(named.map(({ caseId }) => caseId))])
  const [file, another] = files.filter((one) => refusalOn(clerk, 'arrival.record', one) === undefined)
  // Two registries may give the same number: then it names neither.
  return another ? undefined : file
}

function repeated(earlier: ArrivalRow, said: Arrival): Recorded | Refusal<'arrival-contradicts'> {
  const isSame = earlier.amount === said.amount && earlier.currency === said.currency && earlier.on === said.on
  if (!isSame) return refuse('arrival-contradicts', 'bankReference')
  return { kind: 'repeated', id: earlier.id, ...(earlier.delivery !== undefined && { transfer: earlier.delivery }) }
}

/**
 * What came is no longer owed (迟延履行利息解释 第三条): it counts into what was performed. Of a case that comes signed from
 * the court's own system that system says so, and nobody here beside it, or it would be counted twice.
 */
async function settleOn(
  parts: Parts,
  act: LooseAct,
  on: CaseAct,
  clerk: Person,
  row: ArrivalRow,
  { delivery, request, registry }: Transfer,
): Promise<void> {
  const { id: caseId, source, claim, costs, lateInterest, fulfilled } = on.file
  await act.arrivals.match(row.id, { caseId, delivery, matchedBy: clerk.id, matchedAt: parts.clock() })
  const entry = await noteOnCase(parts, on, {
    kind: 'arrival.matched',
    by: clerk,
    ...{ request, delivery, registry, about: row.id },
  })
  if (source !== undefined || row.currency !== renminbi) return
  const sums = { ...(lateInterest && { lateInterest }), fulfilled: fulfilledAfter(fulfilled, row.amount) }
  await on.account(sums)
  await followClaim(parts, on, { claim, costs, ...sums }, entry)
}
