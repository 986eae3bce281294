import { refusalOf } from '../../domain/authority.ts'
import {
  attestationDays,
  type Grant,
  type HeldRole,
  longestGrantDays,
  type Operator,
  operator,
  type Person,
  standingOfGrant,
} from '../../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts'
import { incompatibleWith, isInstallationWide } from '../../domain/role.ts'
import { askIn, type ConsentCode, decideConsent } from '../consent.ts'
import { noteLoose } from '../journal.ts'
import { outOfSpan, sees } from './may-keep.ts'
import type { OfPeople } from './parts.ts'

export type GrantCode =
  | 'role-missing'
  | 'grant-to-self'
  | 'grant-incompatible'
  | 'grant-too-long'
  | 'grant-without-court'
  | 'grant-unknown'
  | 'wrong-court'
  | 'consent-waiting'

/** A role about to be given; without `until`, for a year. */
export type NewGrant = HeldRole & { readonly person: string; readonly until?: Date }

const day = 86_400_000

/**
 * Gives a role to a person for a time (最小授权). Never to oneself, and never beside a role that would check it: one person
 * would then do alone what takes two (GB/T 22239-2019 8.1.5). The person's grants are locked while this is weighed. Whoever
 * is to look after the installation, or to watch it, takes a second person's word: whoever could make their own auditor
 * would be watched by nobody. The operator, who sets the installation up, is not asked for one.
 */
export async function giveGrant(
  parts: OfPeople,
  by: Person | Operator,
  { until, ...given }: NewGrant,
): Promise<{ kind: 'given'; id: string } | { kind: 'asked'; id: string } | Refusal<GrantCode>> {
  const now = parts.clock()
  const end = until ?? new Date(now.getTime() + 365 * day)
  const refused = refusalOf(by, 'grant.give') ?? outOfSpan(by, given)
  if (refused) return refused
  if (by.id === given.person) return refuse('grant-to-self')
  if (given.court === undefined && given.registry === undefined && !isInstallationWide(given.role))
    return refuse('grant-without-court', 'court')
  if (end <= now || end.getTime() > now.getTime() + longestGrantDays * day) return refuse('grant-too-long', 'until')
  return parts.store.note(async (act): Promise<{ kind: 'given' | 'asked'; id: string } | Refusal<GrantCode>> => {
    const refused = await objectionIn(act, given, now)
    if (refused) return refused
    if (by === operator || !isInstallationWide(given.role)) return give(parts, act, { given, end, by, givenBy: by.id })
    const waiting = await act.consents.waiting('grant.give', given.person, now)
    if (waiting.some(({ body }) => (body as AskedGrant).role === given.role)) return refuse('consent-waiting', 'role')
    const body: AskedGrant = { ...given, until: end.toISOString() }
    return askIn(parts, act, by, { kind: 'grant.give', about: given.person, body })
  })
}

/** A grant as it waits for a second person's word. */
export type AskedGrant = HeldRole & { readonly person: string; readonly until: string }

/**
 * The second word: another security administrator, or the audit administrator. With a yes the grant counts from now on.
 * Whoever is to hold it has no word in it, and an administrator of one court none about another.
 */
export async function decideGrant(
  parts: OfPeople,
  by: Person,
  id: string,
  decision: 'allowed' | 'refused',
  reason?: string,
): Promise<{ kind: 'decided'; decision: 'allowed' | 'refused' } | Refusal<GrantCode | ConsentCode>> {
  const decided = await decideConsent(parts, by, id, {
    decision,
    reason,
    deed: 'grant.agree',
    kind: 'grant.give',
    effect: async (act, { askedBy, body }) => {
      const { until, ...given } = body as AskedGrant
      if (by.id === given.person) return refuse('grant-to-self')
      if (!sees(by, given)) return refuse('wrong-court', 'court')
      const [now, end] = [parts.clock(), new Date(until)]
      if (end <= now) return refuse('grant-too-long', 'until')
      return (await objectionIn(act, given, now)) ?? give(parts, act, { given, end, by, givenBy: askedBy })
    },
  })
  return isRefusal(decided) ? (decided as Refusal<GrantCode | ConsentCode>) : { kind: 'decided', decision }
}

type NoteAct = Parameters<Parameters<OfPeople['store']['note']>[0]>[0]

async function objectionIn(
  act: NoteAct,
  { person, role }: Pick<NewGrant, 'person' | 'role'>,
  now: Date,
): Promise<Refusal<'grant-incompatible'> | undefined> {
  const held = liveOf(await act.roster.grantsOf(person), now).map((one) => one.role)
  return incompatibleWith(role, held) ? refuse('grant-incompatible', 'role') : undefined
}

async function give(
  parts: OfPeople,
  act: NoteAct,
  {
    given,
    end,
    by,
    givenBy,
  }: {
    readonly given: Omit<NewGrant, 'until'>
    readonly end: Date
    readonly by: Person | Operator
    readonly givenBy: string
  },
): Promise<{ kind: 'given'; id: string }> {
  const [id, now] = [parts.newId(), parts.clock()]
  await act.roster.give({ ...given, id, from: now, until: end, attestBy: attestedUntil(now, end), givenBy })
  await noteLoose(parts, act, { kind: 'grant.given', by, about: id })
  return { kind: 'given', id }
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
