import type { MeasureKind } from '../../src/domain/measure.ts'

/** What the API shows, as far as the story reads it. */
export type DocumentReference = { kind: string; number: string; sha256: string; mediaType: string; length: number }

export type StatementView = { kind: string; zh: string; sequence: number; grade: 'A' | 'B' | 'C'; arrivedAt: string }

export type TargetView = {
  asset: Record<string, string>
  effect: string
  amount?: string
  overQuota?: string
  queuePlace?: number
  term?: { from: string; to: string }
}

export type DeliveryView = {
  id: string
  registry: string
  reference: string
  phase: string
  answer: { code: string; zh: string }
  holdings: unknown[]
  targets: TargetView[]
  statements: StatementView[]
}

export type RequestView = {
  id: string
  measure: MeasureKind
  answered: boolean
  state: { code: string }
  deliveries: DeliveryView[]
}
