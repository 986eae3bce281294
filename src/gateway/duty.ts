import { courtsOf, refusalOf } from '../domain/authority.ts'
import type { CourtCode } from '../domain/court.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { noteLoose } from './journal.ts'
import type { Parts } from './parts.ts'

export type DutyCode = 'role-missing' | 'wrong-court' | 'duty-backwards' | 'duty-not-approver' | 'duty-unknown'

export type KeptDuty = { readonly kind: 'set' | 'ended'; readonly id: string; readonly entry: string }

/**
 * A registrar says who is the approver on duty (值班), where and when. Only somebody who may approve there can be; whether
 * they still may is asked again when they are called.
 */
export async function setDuty(
  parts: Parts,
  by: Person,
  court: CourtCode,
  person: Person,
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<KeptDuty | Refusal<DutyCode>> {
  const refused = mayKeepAt(by, court)
  if (refused) return refused
  if (from >= until || until <= parts.clock()) return refuse('duty-backwards', 'until')
  const lets = (role: string) => role === 'approver' || role === 'enforcement-director'
  if (!person.holds.some((held) => lets(held.role) && held.court === court))
    return refuse('duty-not-approver', 'person')
  return parts.store.note(async (act) => {
    const id = parts.newId()
    await act.duty.add({ id, court, person: person.id, from, until, keptBy: by.id })
    const entry = await noteLoose(parts, act, { kind: 'duty.set', by: { id: by.id, court }, about: person.id })
    return { kind: 'set' as const, id, entry }
  })
}

/** Ends a duty before its time: from now on that person is not called. Who was called before stays on record. */
export async function endDuty(parts: Parts, by: Person, id: string): Promise<KeptDuty | Refusal<DutyCode>> {
  return parts.store.note(async (act) => {
    const duty = await act.duty.find(id)
    const refused = duty ? mayKeepAt(by, duty.court) : refusalOf(by, 'duty.keep')
    if (refused?.code === 'role-missing') return refused
    // Another court's is not there.
    if (!duty || refused || duty.endedAt) return refuse('duty-unknown')
    await act.duty.end(id, by.id, parts.clock())
    const court = duty.court as CourtCode
    const entry = await noteLoose(parts, act, { kind: 'duty.ended', by: { id: by.id, court }, about: duty.person })
    return { kind: 'ended' as const, id, entry }
  })
}

function mayKeepAt(by: Person, court: string): Refusal<'role-missing' | 'wrong-court'> | undefined {
  const refused = refusalOf(by, 'duty.keep')
  if (refused) return refused
  const courts = courtsOf(by, 'duty.keep')
  return courts === undefined || courts.includes(court) ? undefined : refuse('wrong-court', 'court')
}
