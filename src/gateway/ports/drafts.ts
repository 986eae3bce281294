import type { DraftState, Objection } from '../../domain/draft.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { KeptPayload } from './rows.ts'

/**
 * A request that is still being written (草稿). It is no request: nothing of it goes anywhere, and nothing counts it. What
 * it says lies encrypted under its case's key, as the officer's page or system wrote it, complete or not.
 */
export type DraftRow = {
  readonly id: string
  readonly caseId: string
  readonly maker: string
  readonly state: DraftState
  /** As far as it is chosen. */
  readonly measure?: MeasureKind
  readonly savedAt: Date
  /** The entry of its last saving. */
  readonly entry: string
  /** Decrypted. */
  readonly content: unknown
  /** What stood against it when it was last submitted; empty once it is saved anew. */
  readonly objections: readonly Objection[]
  /** The request that was sent back, which this one corrects. */
  readonly replaces?: string
  /** The request it became. */
  readonly request?: string
}

/** One line of a list of drafts; what they say is not in it. */
export type DraftLine = Omit<DraftRow, 'content'> & { readonly caseNumber: string }

/** Drafts of one case, as an act on it changes them. */
export type Drafts = {
  find(id: string): Promise<DraftRow | undefined>
  /** The one that is being written in the place of this request. */
  replacing(request: string): Promise<DraftRow | undefined>
  /** Adds it, or writes it anew under the same id. */
  put(draft: Omit<DraftRow, 'content'>, content: KeptPayload): Promise<void>
  /** Says what became of it, or what stands against it; what it says stays. */
  move(id: string, to: Partial<Pick<DraftRow, 'state' | 'objections' | 'request'>>): Promise<void>
}
