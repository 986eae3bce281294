import type { DeliveryRow } from './rows.ts'

/** Where a delivery was sent and for what. */
export type DeliveryHead = Pick<DeliveryRow, 'id' | 'registry' | 'measure'>

/** What a list reads for all its lines in one go; nothing is decrypted for it. */
export type LineReads = {
  deliveryHeads(deliveries: readonly string[]): Promise<readonly DeliveryHead[]>
}
