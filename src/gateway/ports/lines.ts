import type { DeliveryRow } from './rows.ts'

/** Where a delivery was sent and for what, and which request it carries. */
export type DeliveryHead = Pick<DeliveryRow, 'id' | 'request' | 'registry' | 'measure'>

/** What a list reads for all its lines in one go; nothing is decrypted for it. */
export type LineReads = {
  deliveryHeads(deliveries: readonly string[]): Promise<readonly DeliveryHead[]>
}
