import type { Reach } from '../../domain/authority.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { RequestState } from '../../domain/request.ts'
import type { DeliveryRow } from './rows.ts'

/** One line of a list of requests; no party is named in it. */
export type RequestLine = {
  readonly id: string
  readonly caseId: string
  readonly caseNumber: string
  readonly court: string
  /** Of whom it is; who that is stands in the case. */
  readonly party: string
  readonly measure: MeasureKind
  readonly state: RequestState
  readonly submittedAt: Date
  readonly deliveries: readonly Pick<DeliveryRow, 'id' | 'registry' | 'phase' | 'answer' | 'respondBy'>[]
}

/** Which requests a list is of; `decidableBy` leaves out those this person made, or has decided. */
export type LinesFilter = {
  readonly after?: string
  readonly limit: number
  readonly reach?: Reach
  readonly caseId?: string
  readonly state?: RequestState
  readonly decidableBy?: string
}
