import type { BatchTerms } from '../../src/gateway/ports/batch.ts'
import { twoOfficers } from '../support/court.ts'

/** What all rows of the batches of the tests say alike. */
export const batchTerms: BatchTerms = {
  statute: '《中华人民共和国民事诉讼法》第二百五十三条',
  purpose: '查明被执行人财产状况',
  officers: twoOfficers,
  contact: { name: '林书远', phone: '022-00000000' },
}
