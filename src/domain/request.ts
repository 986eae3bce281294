import type { BeijingDate } from './beijing-date.ts'
import type { Contact, LegalBasis, OfficerCertificates } from './legal-basis.ts'
import type { Measure, Payee, Term } from './measure.ts'
import type { RegistryCode } from './registry.ts'

type Unsettled<Of extends Measure> = Of extends { readonly term: Term }
  ? Omit<Of, 'term'> & { readonly term?: Term | BegunTerm }
  : Of extends { readonly payee: Payee }
    ? Omit<Of, 'payee'> & { readonly payee?: Payee }
    : Of

/** A term of which only the first day is stated: it lasts as long as the law allows. */
export type BegunTerm = { readonly kind: 'from'; readonly from: BeijingDate }

/**
 * A request as an officer writes it: who leaves the term out, or its end, gets what the law allows; a transfer takes its account
 * from the case.
 */
export type DraftedRequest = Omit<AskedRequest, 'measure'> & { readonly measure: Unsettled<Measure> }

/** What an officer asks for, before anyone has checked whether the law allows it. */
export type AskedRequest = {
  readonly party: string
  readonly measure: Measure
  readonly registries: readonly RegistryCode[]
  readonly basis: LegalBasis
  readonly officers: readonly OfficerCertificates[]
  readonly contact: Contact
  /** Why more is held than the case can ask for (查扣冻规定 第十九条); takes a second approver. */
  readonly excessReason?: string
  /** Why the law lets a restricted account be held; takes a second approver. */
  readonly restrictedReason?: string
  /** Why it cannot wait for whoever comes next: it goes to the approver on duty (值班), and never leaves unapproved. */
  readonly urgentReason?: string
  /** Freezes again at the same banks until the whole sum is held, this day at the latest. */
  readonly repeatUntil?: BeijingDate
  /** By when the registries should have answered; silence after it raises an alarm. */
  readonly respondBy?: Date
}

export type RequestState = 'submitted' | 'approved' | 'returned' | 'withdrawn'

export const requestStates = {
  submitted: '待审批',
  approved: '已签发',
  returned: '已退回',
  withdrawn: '已撤回',
} as const satisfies Record<RequestState, string>

/** Who let a measure go out, as the message to the registry tells it. */
export type Approval = { readonly name: string; readonly role: string; readonly at: Date }
