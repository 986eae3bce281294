import { formatBeijing } from '../../domain/beijing-date.ts'
import type { CaseNumber } from '../../domain/case-number.ts'
import type { CourtCode } from '../../domain/court.ts'
import type { Measure, Target, Term } from '../../domain/measure.ts'
import { targetsFor } from '../../domain/measure.ts'
import { legacyOf, parsePersonNumber } from '../../domain/person-number.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { Registry } from '../../domain/registry.ts'
import type { Approval, AskedRequest } from '../../domain/request.ts'
import type { Subject } from '../../domain/subject.ts'
import { SigningFault } from '../fault.ts'
import { type RequestClaims, requestClaims } from './request.ts'

/** Everything a delivery says, in the words of the domain. */
export type RequestFacts = {
  readonly gateway: string
  readonly court: CourtCode
  readonly case: CaseNumber
  readonly caseSeq: number
  readonly delivery: string
  readonly registry: Registry
  readonly subject: Subject
  readonly asked: AskedRequest
  readonly approvals: readonly Approval[]
  readonly issuedAt: Date
  readonly validUntil: Date
  readonly respondBy: Date
  readonly replaces?: string
}

/**
 * The claims of one delivery: what its one registry needs and no more — only its own targets, and of an inquiry only the
 * classes it keeps. Throws `CLAIMS_INVALID` when they do not fit the protocol: then nothing must be signed.
 */
export function claimsOf(facts: RequestFacts): RequestClaims {
  const { asked, registry } = facts
  const claims: RequestClaims = {
    iss: facts.court,
    via: facts.gateway,
    aud: registry.code,
    iat: Math.floor(facts.issuedAt.getTime() / 1000),
    jti: facts.delivery,
    validUntil: moment(facts.validUntil),
    respondBy: moment(facts.respondBy),
    ...(facts.replaces !== undefined && { replaces: facts.replaces }),
    measure: asked.measure.kind,
    case: facts.case,
    caseSeq: facts.caseSeq,
    basis: { ...asked.basis, documents: asked.basis.documents.map((document) => ({ ...document })) },
    officers: asked.officers.map((officer) => ({ ...officer })),
    contact: { ...asked.contact },
    approvals: facts.approvals.map(({ name, role, at }) => ({ name, role, at: moment(at) })),
    subject: subjectOf(facts.subject),
    ...stated(asked.measure, registry),
  }
  const checked = requestClaims.safeParse(claims)
  if (checked.success) return claims
  const where = checked.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new SigningFault('CLAIMS_INVALID', `a request does not fit the protocol at ${where}`)
}

/** What each measure states beside its subject. */
function stated(measure: Measure, registry: Registry): Partial<RequestClaims> {
  if (measure.kind === 'inquire') return { inquiry: inquiryOf(measure, registry) }
  const targets = targetsFor(measure, registry.code).map(targetOf)
  switch (measure.kind) {
    case 'freeze':
      return { targets, currency: measure.currency, term: termOf(measure.term) }
    case 'seal':
    case 'pre-seal':
      return { targets, term: termOf(measure.term) }
    case 'extend':
      return { targets, term: termOf(measure.term), parent: { ...measure.parent } }
    case 'release':
      return { targets, parent: { ...measure.parent }, ground: measure.ground }
    case 'transfer':
      return {
        targets,
        currency: measure.currency,
        payee: { ...measure.payee },
        ...(measure.parent && { parent: { ...measure.parent } }),
      }
    case 'convey':
      return { targets, transferee: subjectOf(measure.transferee), cancels: [...measure.cancels], ...groundOf(measure) }
  }
}

const groundOf = ({ ground }: Extract<Measure, { kind: 'convey' }>) => (ground ? { ground } : {})

function inquiryOf(
  { kinds, from, to }: Extract<Measure, { kind: 'inquire' }>,
  { assetClasses }: Registry,
): NonNullable<RequestClaims['inquiry']> {
  const asked = kinds.filter((kind) => assetClasses.includes(kind === 'transactions' ? 'deposit' : kind))
  return { kinds: asked, ...(from && { from }), ...(to && { to }) }
}

function targetOf({ asset, scope, amount, quantity }: Target): NonNullable<RequestClaims['targets']>[number] {
  return { asset: { ...asset }, scope, ...(amount && { amount }), ...(quantity !== undefined && { quantity }) }
}

function termOf(term: Term): NonNullable<RequestClaims['term']> {
  return term.kind === 'dates' ? { from: term.from, to: term.to } : { months: term.months, starts: 'activation' }
}

/** Registries match name AND number, and some still hold the 15-digit number of before 1999: it travels along. */
function subjectOf(subject: Subject): RequestClaims['subject'] {
  const number = subject.idType === 'id-card' ? parsePersonNumber(subject.idNumber) : undefined
  const legacy = subject.legacyIdNumber ?? (number && !isRefusal(number) ? legacyOf(number) : undefined)
  const { kind, name, idType, idNumber } = subject
  return { kind, name, idType, idNumber, ...(legacy !== undefined && { legacyIdNumber: legacy }) }
}

/** A moment as a Beijing clock shows it, with its offset. */
function moment(instant: Date): string {
  return `${formatBeijing(instant).replace(' ', 'T')}+08:00`
}
