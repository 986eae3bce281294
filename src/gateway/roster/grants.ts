import { refusalOf } from '../../domain/authority.ts'
import {
  attestationDays,
  type Grant,
  type HeldRole,
  longestGrantDays,
  type Operator,
  type Person,
  standingOfGrant,
} from '../../domain/person.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { incompatibleWith, isInstallationWide } from '../../domain/role.ts'
import { noteLoose } from '../journal.ts'
import { outOfSpan } from './may-keep.ts'
import type { OfPeople } from './parts.ts'

export type GrantCode =
  | 'role-missing'
  | 'grant-to-self'
  | 'grant-incompatible'
  | 'grant-too-long'
  | 'grant-without-court'
  | 'grant-unknown'
  | 'wrong-court'

/** A role about to be given; without `until`, for a year. */
export type NewGrant = HeldRole & { readonly person: string; readonly until?: Date }

const day = 86_400_000

/**
 * Gives a role to a person for a time (最小授权). Never to oneself, and never beside a role that would check it: one person
 * would then do alone what takes two (GB/T 22239-2019 8.1.5). The person's grants are locked while this is weighed.
 */
export async function giveGrant(
  parts: OfPeople,
  by: Person | Operator,
  { until, ...given }: NewGrant,
): Promise<{ kind: 'given'; id: string } | Refusal<GrantCode>> {
  const now = parts.clock()
  const end = until ?? new Date(now.getTime() + 365 * day)
  const refused = refusalOf(by, 'grant.give') ?? outOfSpan(by, given)
  if (refused) return refused
  if (by.id === given.person) return refuse('grant-to-self')
  if (given.court === undefined && given.registry === undefined && !isInstallationWide(given.role))
    return refuse('grant-without-court', 'court')
  if (end <= now || end.getTime() > now.getTime() + longestGrantDays * day) return refuse('grant-too-long', 'until')
  const id = parts.newId()
  return parts.store.note(async (act) => {
    const held = liveOf(await act.roster.grantsOf(given.person), now)
    if (
      incompatibleWith(
        given.role,
        held.map(({ role }) => role),
      )
    )
      return refuse('grant-incompatible', 'role')
    await act.roster.give({ ...given, id, from: now, until: end, attestBy: attestedUntil(now, end), givenBy: by.id })
    await noteLoose(parts, act, { kind: 'grant.given', by, about: id })
    return { kind: 'given' as const, id }
  })
}

/** Takes a role away, from now on. What was done under it stays done. */
export async function endGrant(
  parts: OfPeople,
  by: Person | Operator,
  { person, grant }: { readonly person: string; readonly grant: string },
): Promise<{ kind: 'ended' } | Refusal<GrantCode>> {
  return onGrant(parts, by, person, grant, async (act, _found, now) => {
    if (!(await act.roster.endGrant(grant, by.id, now))) return refuse('grant-unknown')
    await noteLoose(parts, act, { kind: 'grant.ended', by, about: grant })
    return { kind: 'ended' as const }
  })
}

/** Looks at a grant again and still means it (复核): it counts for another 90 days, never past its end. */
export async function attestGrant(
  parts: OfPeople,
  by: Person | Operator,
  { person, grant }: { readonly person: string; readonly grant: string },
): Promise<{ kind: 'attested' } | Refusal<GrantCode>> {
  return onGrant(parts, by, person, grant, async (act, found, now) => {
    if (by.id === person) return refuse('grant-to-self')
    if (!(await act.roster.attest(grant, attestedUntil(now, found.until)))) return refuse('grant-unknown')
    await noteLoose(parts, act, { kind: 'grant.attested', by, about: grant })
    return { kind: 'attested' as const }
  })
}

type NoteAct = Parameters<Parameters<OfPeople['store']['note']>[0]>[0]

async function onGrant<T>(
  parts: OfPeople,
  by: Person | Operator,
  person: string,
  grant: string,
  body: (act: NoteAct, found: Grant, now: Date) => Promise<T | Refusal<GrantCode>>,
): Promise<T | Refusal<GrantCode>> {
  const refused = refusalOf(by, 'grant.give')
  if (refused) return refused
  return parts.store.note(async (act): Promise<T | Refusal<GrantCode>> => {
    const found = (await act.roster.grantsOf(person)).find(({ id }) => id === grant)
    if (!found) return refuse('grant-unknown')
    return outOfSpan(by, found) ?? body(act, found, parts.clock())
  })
}

// Not yet attested again is still held: it comes back with a look, so nothing may be put beside it meanwhile.
function liveOf(grants: readonly Grant[], now: Date): readonly Grant[] {
  return grants.filter((grant) => standingOfGrant(grant, now) !== 'over')
}

function attestedUntil(now: Date, until: Date): Date {
  return new Date(Math.min(now.getTime() + attestationDays * day, until.getTime()))
}
