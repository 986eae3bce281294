import type { BeijingDate } from './beijing-date.ts'
import type { Continuation } from './case-line.ts'
import type { CaseNumber } from './case-number.ts'
import { caseNumberParts } from './case-number.ts'
import type { CourtCode } from './court.ts'
import type { MeasureKind } from './measure.ts'
import type { Money } from './money.ts'
import type { Subject } from './subject.ts'

/** open 在办 · terminated 终结本次执行程序 · closed 结案 · commissioned 受托 (another court's case, with its 委托函). */
export const caseStandings = { open: '在办', terminated: '终本', closed: '结案', commissioned: '受托' } as const

export type CaseStanding = keyof typeof caseStandings

export const caseStandingList = Object.keys(caseStandings) as [CaseStanding, ...CaseStanding[]]

/** What a party is to the case. Only `debtor` and `preserved` may be asked about (法释〔2013〕20号 第七条). */
export const partyRoles = {
  debtor: '被执行人',
  preserved: '被保全人',
  applicant: '申请人',
  'third-party': '案外人',
} as const

export type PartyRole = keyof typeof partyRoles

export const partyRoleList = Object.keys(partyRoles) as [PartyRole, ...PartyRole[]]

export type Party = {
  readonly id: string
  readonly role: PartyRole
  readonly subject: Subject
  readonly enteredBy: string
  readonly confirmedBy?: string
  /** What the case system calls this party; stays the same when the party is corrected. */
  readonly externalId?: string
}

/**
 * A case (案件) as the gateway keeps it. `claim` and `costs` bound what may be controlled. `team` (办案团队) and `members`
 * say who is assigned to it; a sealed one (保密案件) is there for its members alone.
 */
export type CaseFile = {
  readonly id: string
  readonly number: CaseNumber
  readonly court: CourtCode
  readonly team?: string
  readonly isSealed: boolean
  /** Ids of the people named on the case. */
  readonly members: readonly string[]
  readonly standing: CaseStanding
  /** The day of the ruling on 终结本次执行程序, while the case stands so. */
  readonly terminatedOn?: BeijingDate
  /** What a registrar has said of its standing and nobody has confirmed yet. */
  readonly standingAsked?: StandingAsked
  readonly claim: Money
  readonly costs: Money
  /** Interest for late performance so far (迟延履行利息), and what was performed (已履行); absent is none. */
  readonly lateInterest?: Money
  readonly fulfilled?: Money
  readonly judge: string
  readonly enteredBy: string
  readonly confirmedBy?: string
  /** The case system that keeps it (案件由该系统签名报送): then nobody here changes it but for who works on it. */
  readonly source?: string
  /** The number of what it said last; a lower one is of yesterday. */
  readonly sourceSequence?: number
  /** The case it goes on from, and whether a second person has said so. */
  readonly continues?: Continuation
  /** Ids of all cases of its line (执保→执→执恢, 委托 …), itself among them; absent where it stands alone. */
  readonly line?: readonly string[]
  readonly parties: readonly Party[]
}

/** Whether its property may be asked about and held (法释〔2013〕20号 第七条). */
export const isLiable = ({ role }: Pick<Party, 'role'>): boolean => role === 'debtor' || role === 'preserved'

/**
 * Who entered what waits for a second registrar in a case: itself, a party, a change of its standing. None of them may confirm
 * it; nobody, and nothing waits.
 */
export function makersWaiting({ confirmedBy, enteredBy, parties, standingAsked }: CaseFile): readonly string[] {
  const open = parties.filter((party) => !party.confirmedBy).map((party) => party.enteredBy)
  return [...new Set([...(confirmedBy ? [] : [enteredBy]), ...open, ...(standingAsked ? [standingAsked.by] : [])])]
}

/** What a case is to stand as once a second registrar has said so too. */
export type StandingAsked = {
  readonly standing: CaseStanding
  readonly terminatedOn?: BeijingDate
  readonly by: string
}

const everything: readonly MeasureKind[] = [
  'inquire',
  'freeze',
  'seal',
  'pre-seal',
  'extend',
  'release',
  'transfer',
  'convey',
]
const preservation: readonly MeasureKind[] = ['inquire', 'freeze', 'seal', 'pre-seal', 'extend', 'release']

/**
 * Which case types may start which measures: a whitelist, so that a type nobody thought of starts nothing.
 * 执异, 执复 and 执监 review what others did and never act on property themselves.
 */
const mayStart: Readonly<Record<string, readonly MeasureKind[]>> = {
  执: everything,
  执恢: everything,
  执保: preservation,
  财保: preservation,
}

/** True when cases of this type may start this measure. */
export function caseTypeAllows(number: CaseNumber, measure: MeasureKind): boolean {
  return mayStart[caseNumberParts(number).type]?.includes(measure) ?? false
}

/**
 * What the standing of a case still allows (invariant 7): all while open; in 终本 inquiries, extensions and releases
 * (终本规定 第九条); after closing a release, and for 执保 also an extension; a commissioned case as an open one.
 */
export function standingAllows(file: Pick<CaseFile, 'standing' | 'number'>, measure: MeasureKind): boolean {
  switch (file.standing) {
    case 'open':
    case 'commissioned':
      return true
    case 'terminated':
      return measure === 'inquire' || measure === 'extend' || measure === 'release'
    case 'closed':
      return measure === 'release' || (measure === 'extend' && caseNumberParts(file.number).type === '执保')
  }
}
