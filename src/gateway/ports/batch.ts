import type { BatchRowState, BatchState, RowFacts } from '../../domain/batch.ts'
import type { Contact, OfficerCertificates } from '../../domain/legal-basis.ts'
import type { InquiryKind } from '../../domain/measure.ts'
import type { Person } from '../../domain/person.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { KeptPayload } from './rows.ts'

/** Inquiries that one officer asks for together (批量查询); each row becomes a request of its own. */
export type Batch = {
  readonly id: string
  readonly maker: string
  readonly state: BatchState
  readonly rows: number
  readonly startedAt: Date
  /** Since when it goes at its present pace: its start, or when it was last resumed. */
  readonly since: Date
  readonly endedAt?: Date
  /** The entry of its start. */
  readonly entry: string
}

/** What all its requests say alike; encrypted, because it names people. */
export type BatchTerms = {
  readonly statute: string
  readonly purpose: string
  readonly officers: readonly OfficerCertificates[]
  readonly contact: Contact
}

/** A row as it was checked: ids and codes alone, for who that is stands encrypted in the case. */
export type BatchRow = {
  /** Its number in the list. */
  readonly row: number
  readonly caseId: string
  readonly party: string
  readonly registries: readonly RegistryCode[]
  readonly kinds: readonly InquiryKind[]
  /** The papers it goes out with, by their SHA-256. */
  readonly documents: readonly string[]
  readonly state: BatchRowState
  readonly request?: string
  /** Why it was not submitted, by the code of a refusal. */
  readonly refused?: string
  readonly doneAt?: Date
}

export type PlannedRow = Omit<BatchRow, 'state' | 'request' | 'refused' | 'doneAt'>

/** A row with where its deliveries stand. */
export type BatchLine = { readonly row: BatchRow; readonly facts: RowFacts }

/** Batches as an act changes them. Lock order: batch, row, case. */
export type BatchBook = {
  add(batch: Batch, rows: readonly PlannedRow[], terms: KeptPayload): Promise<void>
  /** `change` holds it for oneself, `work` keeps others from changing it until the act ends. */
  find(id: string, to: 'change' | 'work'): Promise<Batch | undefined>
  move(id: string, to: Partial<Pick<Batch, 'state' | 'since' | 'endedAt'>>): Promise<void>
  /** Locked until the act ends. */
  row(id: string, row: number): Promise<BatchRow | undefined>
  finish(id: string, row: number, to: Pick<BatchRow, 'state' | 'request' | 'refused' | 'doneAt'>): Promise<void>
  /** How many rows were neither submitted nor refused. */
  waiting(id: string): Promise<number>
  /** Whoever made it, with the roles that count at this moment. */
  officer(id: string, at: Date): Promise<Person | undefined>
}

/** After a row, or past so many. */
export type BatchPage = { readonly after?: number; readonly skip?: number; readonly limit: number }

/** How many rows stand alike. */
export type RowCount = { readonly facts: RowFacts; readonly count: number }

/** A registry was asked about a party of a case. */
export type Inquired = {
  readonly caseId: string
  readonly party: string
  readonly registry: string
  readonly at: Date
}

export type BatchReads = {
  batch(id: string): Promise<Batch | undefined>
  /** One's own, newest first. */
  batches(filter: { maker: string; after?: string; limit: number }): Promise<readonly Batch[]>
  batchTerms(id: string): Promise<BatchTerms | undefined>
  batchLines(id: string, page: BatchPage, now: Date): Promise<readonly BatchLine[]>
  batchCounts(id: string, now: Date): Promise<readonly RowCount[]>
  /** How many rows were seen to since a moment. */
  batchDoneSince(id: string, since: Date): Promise<number>
  /** The numbers of the rows whose turn is next. */
  batchNext(id: string, limit: number): Promise<readonly number[]>
  /** The last time each registry was asked about each party of these cases, from `since` on; or stands in a batch to be. */
  inquiredSince(cases: readonly string[], since: Date): Promise<readonly Inquired[]>
  /** How many deliveries to these registries could leave now and have not, no more than `most`. */
  dueAt(registries: readonly string[], most: number): Promise<number>
}
