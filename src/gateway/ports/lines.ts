import type { MeasureKind } from '../../domain/measure.ts'
import type { DeliveryRow, RequestRow } from './rows.ts'

/** Where a delivery was sent and for what, and which request it carries. */
export type DeliveryHead = Pick<DeliveryRow, 'id' | 'request' | 'registry' | 'measure'>

/** What a list reads for all its lines in one go; nothing is decrypted for it. */
export type LineReads = {
  deliveryHeads(deliveries: readonly string[]): Promise<readonly DeliveryHead[]>
}

/** What some cases have asked for, whole, to be counted without holding any of them. */
export type AskedReads = {
  /** Requests that carry one of these measures and were neither returned nor withdrawn. */
  requestsWith(cases: readonly string[], measures: readonly MeasureKind[]): Promise<readonly RequestRow[]>
  /** Deliveries that carry one of these measures, in the order in which they were made. */
  deliveriesWith(cases: readonly string[], measures: readonly MeasureKind[]): Promise<readonly DeliveryRow[]>
}
