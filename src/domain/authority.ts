import type { CaseFile, Party } from './case-file.ts'
import type { CourtCode } from './court.ts'
import { type HeldRole, type Operator, operator, type Person } from './person.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { RegistryCode } from './registry.ts'
import { type Role, worksOnCases } from './role.ts'

/**
 * How far a role carries for a deed. `assigned`: only cases the person is assigned to. `court`: any case the role covers.
 * `none`: no case is involved.
 */
export type CaseReach = 'assigned' | 'court' | 'none'

/** What a deed takes: any one of these roles, each as far as it carries. */
export type Need = Readonly<Partial<Record<Role, CaseReach>>>

/**
 * Who may do what: the one table. Every route names its deed, every act asks for it again under the lock of its case, and
 * nothing anywhere else decides. No administrator stands in a line that makes or approves a measure.
 */
export const deeds = {
  'case.enter': { registrar: 'court' },
  'case.confirm': { registrar: 'court' },
  'case.assign': { registrar: 'court' },
  'case.seal': { registrar: 'assigned' },
  'case.open-up': { registrar: 'assigned' },
  'opening.decide': {
    officer: 'assigned',
    approver: 'assigned',
    'enforcement-director': 'assigned',
    registrar: 'assigned',
  },
  'case.list': {
    officer: 'court',
    approver: 'court',
    'enforcement-director': 'court',
    registrar: 'court',
    'finance-clerk': 'court',
  },
  'case.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court', registrar: 'court' },
  'document.store': { officer: 'assigned', registrar: 'court' },
  'document.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court', registrar: 'court' },
  'draft.keep': { officer: 'assigned' },
  'draft.read': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'request.submit': { officer: 'assigned' },
  'batch.keep': { officer: 'none' },
  'request.withdraw': { officer: 'assigned' },
  'request.approve': { approver: 'court', 'enforcement-director': 'court' },
  'fund-account.enter': { 'finance-clerk': 'court' },
  'fund-account.confirm': { 'finance-clerk': 'court' },
  'fund-account.read': {
    officer: 'court',
    approver: 'court',
    'enforcement-director': 'court',
    'finance-clerk': 'court',
  },
  'transfer.list': { officer: 'court', approver: 'court', 'enforcement-director': 'court', 'finance-clerk': 'court' },
  'arrival.record': { 'finance-clerk': 'court' },
  'arrival.list': { 'finance-clerk': 'court' },
  'other-half.read': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'repetition.stop': { officer: 'assigned', approver: 'court', 'enforcement-director': 'court' },
  'repetition.read': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'duty.read': { officer: 'none', approver: 'none', 'enforcement-director': 'none', registrar: 'none' },
  'duty.keep': { registrar: 'none' },
  'request.list': { officer: 'court', approver: 'court', 'enforcement-director': 'court' },
  'request.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court' },
  'delivery.call-back': { officer: 'assigned', approver: 'court', 'enforcement-director': 'court' },
  'results.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court' },
  'receipt.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court' },
  'subject.reveal': {
    officer: 'court',
    approver: 'court',
    'enforcement-director': 'court',
    registrar: 'court',
    'finance-clerk': 'court',
  },
  'subject.search': {
    officer: 'assigned',
    approver: 'assigned',
    'enforcement-director': 'assigned',
    registrar: 'assigned',
  },
  'result.seal': { officer: 'assigned' },
  'result.open-up': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'case.bind': { officer: 'assigned' },
  'progress.open': { officer: 'assigned', registrar: 'assigned' },
  'progress.close': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'court', registrar: 'court' },
  'progress.read': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'court', registrar: 'court' },
  'task.list': { officer: 'court', approver: 'court', 'enforcement-director': 'court' },
  'task.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court' },
  'task.finish': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'task.hand-over': { officer: 'assigned', approver: 'court', 'enforcement-director': 'court' },
  'task.print': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'incoming.record': { officer: 'assigned', registrar: 'court' },
  'errand.list': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'errand.read': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'errand.carry': { officer: 'assigned' },
  'errand.enter': { officer: 'assigned' },
  'errand.compare': { officer: 'assigned', approver: 'assigned', 'enforcement-director': 'assigned' },
  'clerk.list': { 'registry-clerk': 'none' },
  'clerk.read': { 'registry-clerk': 'none' },
  'clerk.answer': { 'registry-clerk': 'none' },
  'proof.read': { officer: 'court', approver: 'court', 'enforcement-director': 'court', registrar: 'court' },
  'audit.read': { auditor: 'court' },
  'audit.system': { 'audit-administrator': 'none' },
  'audit.reveal': { auditor: 'court' },
  'bundle.export': { auditor: 'court' },
  'search.ask': { auditor: 'court' },
  'search.decide': { auditor: 'court', 'audit-administrator': 'none' },
  'anomaly.mark': { auditor: 'court' },
  'sample.draw': { auditor: 'court' },
  'sample.judge': { auditor: 'court' },
  'sample.sign-off': { auditor: 'court' },
  'log.mirror': { auditor: 'none' },
  'person.register': { 'security-administrator': 'none' },
  'person.list': { 'security-administrator': 'none', 'audit-administrator': 'none' },
  'grant.give': { 'security-administrator': 'none' },
  'grant.agree': { 'security-administrator': 'none', 'audit-administrator': 'none' },
  'grant.list': { 'security-administrator': 'none', 'audit-administrator': 'none' },
  'session.list': { 'security-administrator': 'none', 'audit-administrator': 'none' },
  'session.end': { 'security-administrator': 'none' },
  'account.keep': { 'security-administrator': 'none' },
  'factor.list': { 'security-administrator': 'none', 'audit-administrator': 'none' },
  'factor.set': { 'security-administrator': 'none' },
  'factor.remove': { 'security-administrator': 'none' },
  'client.register': { 'system-administrator': 'none' },
  'client.list': { 'system-administrator': 'none', 'security-administrator': 'none', 'audit-administrator': 'none' },
  'partner.register': { 'system-administrator': 'none' },
  'partner.list': { 'system-administrator': 'none', 'security-administrator': 'none', 'audit-administrator': 'none' },
  'partner.suspend': { 'system-administrator': 'none', 'security-administrator': 'none' },
  'partner.admit': { 'security-administrator': 'none' },
  'system.read': { 'system-administrator': 'none', 'security-administrator': 'none', 'audit-administrator': 'none' },
  'portal.read': { 'system-administrator': 'none', 'registry-clerk': 'none' },
  'delivery.resend': { 'system-administrator': 'none' },
} as const satisfies Readonly<Record<string, Need>>

export type Deed = keyof typeof deeds

/** What of a case decides who is near it. */
export type Guarded = Pick<CaseFile, 'court' | 'team' | 'isSealed' | 'members'>

/** The line of the table, widened from its own literal. */
export function needOf(deed: Deed): Need {
  return deeds[deed]
}

/** True when some role the person holds allows the deed at all; on which case is another question. */
export function mayEver(person: Person, deed: Deed): boolean {
  return fitting(person, deed).length > 0
}

/**
 * Whether a person may do a deed on a case; undefined is yes. A case that is out of reach is answered as one that is not
 * there: of a sealed case, and of another court's, not even the existence is told.
 */
export function refusalOn(
  person: Person,
  deed: Deed,
  file: Guarded,
): Refusal<'role-missing' | 'case-unknown' | 'not-on-case'> | undefined {
  const fits = fitting(person, deed)
  if (fits.length === 0) return refuse('role-missing')
  const near = fits.map((held) => ({ reach: needOf(deed)[held.role], nearness: nearnessOf(person, held, file) }))
  if (near.some(({ reach, nearness }) => nearness === 'assigned' || (nearness === 'court' && reach !== 'assigned')))
    return undefined
  return near.every(({ nearness }) => nearness === 'none')
    ? refuse('case-unknown', 'case')
    : refuse('not-on-case', 'case')
}

/** Whether a deed that involves no case is open to this person; undefined is yes. The operator's commands are. */
export function refusalOf(by: Person | Operator, deed: Deed): Refusal<'role-missing'> | undefined {
  return isOperator(by) || mayEver(by, deed) ? undefined : refuse('role-missing')
}

/** Whether a person is assigned to a case for anything at all: those see its parties plainly, others masks (invariant 10). */
export function isAssigned(person: Person, file: Guarded): boolean {
  return person.holds.some((held) => worksOnCases(held.role) && nearnessOf(person, held, file) === 'assigned')
}

/**
 * Whether a person sees one party plainly: whoever is assigned to the case does, and a registrar while the party is still
 * to be confirmed, because it is compared with paper.
 */
export function seesPlainly(person: Person, file: Guarded, party: Pick<Party, 'confirmedBy'>): boolean {
  if (isAssigned(person, file)) return true
  return party.confirmedBy === undefined && refusalOn(person, 'case.confirm', file) === undefined
}

/** Which cases a list for this person and deed may show; the store filters by it. */
export type Reach = {
  readonly person: string
  readonly spans: readonly { readonly court?: CourtCode; readonly team?: string }[]
}

/** Everything a deed is open to for a person. */
export function reachOf(person: Person, deed: Deed): Reach {
  const spans = fitting(person, deed).map(({ court, team }) => ({ ...(court && { court }), ...(team && { team }) }))
  return { person: person.id, spans }
}

/** The registries for which a person may do a deed: a registry's clerk holds the role for one. */
export function registriesOf(person: Person, deed: Deed): readonly RegistryCode[] {
  return fitting(person, deed).flatMap(({ registry }) => registry ?? [])
}

/** The courts a deed is open at to a person; undefined for all. */
export function courtsOf(person: Person, deed: Deed): readonly string[] | undefined {
  const courts = fitting(person, deed).map(({ court }) => court)
  return courts.includes(undefined) ? undefined : courts.flatMap((court) => court ?? [])
}

/** The registries a deed is open at to a person: a clerk's own alone; undefined for all. */
export function registriesOpenTo(person: Person, deed: Deed): readonly string[] | undefined {
  const held = fitting(person, deed)
  return held.some(({ role }) => role !== 'registry-clerk') ? undefined : held.flatMap(({ registry }) => registry ?? [])
}

function isOperator(by: Person | Operator): by is Operator {
  return by === operator
}

function fitting(person: Person, deed: Deed): readonly HeldRole[] {
  return person.holds.filter(({ role }) => needOf(deed)[role] !== undefined)
}

/**
 * Named on the case: assigned, and the only way to a sealed one. Otherwise a role for the case's own team, or for the whole
 * court where the case has no team, assigns; a role for the whole court reaches the teams' cases without being on them.
 */
function nearnessOf(person: Person, held: HeldRole, file: Guarded): 'assigned' | 'court' | 'none' {
  if (held.court !== undefined && held.court !== file.court) return 'none'
  if (file.members.includes(person.id)) return 'assigned'
  if (file.isSealed) return 'none'
  if (held.court === file.court && held.team === file.team) return 'assigned'
  return held.team === undefined ? 'court' : 'none'
}
