import type { Contact, LegalBasis, OfficerCertificates } from './legal-basis.ts'
import type { Measure } from './measure.ts'
import type { RegistryCode } from './registry.ts'

/** What an officer asks for, before anyone has checked whether the law allows it. */
export type AskedRequest = {
  readonly party: string
  readonly measure: Measure
  readonly registries: readonly RegistryCode[]
  readonly basis: LegalBasis
  readonly officers: readonly OfficerCertificates[]
  readonly contact: Contact
  /** By when the registries should have answered; silence after it raises an alarm. */
  readonly respondBy?: Date
}

export type RequestState = 'submitted' | 'approved' | 'returned' | 'withdrawn'

export const requestStates: Record<RequestState, string> = {
  submitted: '待审批',
  approved: '已签发',
  returned: '已退回',
  withdrawn: '已撤回',
}

/** Who let a measure go out, as the message to the registry tells it. */
export type Approval = { readonly name: string; readonly role: string; readonly at: Date }
