import { assetClasses } from './asset.ts'
import type { CaseFile } from './case-file.ts'
import { isPreservation } from './case-type.ts'
import type { DocumentKind } from './legal-basis.ts'
import type { InquiryKind } from './measure.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Where a batch of inquiries (批量查询) stands. What was submitted is out and stays out, whatever becomes of the batch. */
export const batchStates = { running: '提交中', paused: '已暂停', stopped: '已停止', done: '已全部提交' } as const

export type BatchState = keyof typeof batchStates

export const batchStateList = Object.keys(batchStates) as [BatchState, ...BatchState[]]

/** What may be done with one that is under way. */
export type BatchDeed = 'pause' | 'resume' | 'stop'

/** What a batch becomes by a deed. */
export function batchAfter(
  state: BatchState,
  deed: BatchDeed,
): BatchState | Refusal<'batch-not-running' | 'batch-not-paused' | 'batch-over'> {
  if (state === 'stopped' || state === 'done') return refuse('batch-over')
  switch (deed) {
    case 'pause':
      return state === 'running' ? 'paused' : refuse('batch-not-running')
    case 'resume':
      return state === 'paused' ? 'running' : refuse('batch-not-paused')
    case 'stop':
      return 'stopped'
  }
}

/** `refused`: the gateway did not take it when its turn came, and it went to nobody. */
export type BatchRowState = 'waiting' | 'submitted' | 'refused'

/** Where the deliveries of a row that was submitted stand, taken together. */
export type RowFacts = {
  readonly state: BatchRowState
  /** Some registry owes an answer; or is late with it. */
  readonly owed: boolean
  readonly late: boolean
  readonly found: boolean
  readonly declined: boolean
}

/** What has come of a row. Silence is not "nothing found", and neither is a registry that would not answer (invariant 6). */
export const rowOutcomes = {
  waiting: '待提交',
  stopped: '未提交（已停止）',
  refused: '未能提交',
  sent: '已发出，待反馈',
  silent: '逾期未反馈',
  found: '已查到',
  declined: '未予办理',
  nothing: '未查到',
} as const

export type RowOutcome = keyof typeof rowOutcomes

export const rowOutcomeList = Object.keys(rowOutcomes) as [RowOutcome, ...RowOutcome[]]

/** While one registry owes an answer the row is not answered, whatever the others have said. */
export function outcomeOf({ state, owed, late, found, declined }: RowFacts, batch: BatchState): RowOutcome {
  if (state === 'waiting') return batch === 'stopped' ? 'stopped' : 'waiting'
  if (state === 'refused') return 'refused'
  if (owed) return late ? 'silent' : 'sent'
  if (found) return 'found'
  return declined ? 'declined' : 'nothing'
}

/** Fewer rows than this say nothing about the next. */
const enoughToTell = 5

/** How long the rows that wait will take at the pace of those since it last went on; undefined while too few are measured. */
export function secondsLeft(waiting: number, done: number, seconds: number): number | undefined {
  return done < enoughToTell || seconds <= 0 ? undefined : Math.ceil((waiting * seconds) / done)
}

/** What a cell with several of something is divided by: 、 ； ; ， or a line's end. */
export function listed(text: string): readonly string[] {
  return text
    .split(/[、；;，,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** Reads what is asked after, by its name in Chinese or its code. */
export function parseInquiryKind(text: string): InquiryKind | Refusal<'batch-kind-unknown'> {
  if (text === 'transactions' || text === '交易流水') return 'transactions'
  const found = Object.entries(assetClasses).find(([code, { zh }]) => text === code || text === zh)
  return found ? (found[0] as InquiryKind) : refuse('batch-kind-unknown', 'measure.kinds')
}

/** The papers of its case that an inquiry in a batch goes out with, the notice first. */
export function papersOfInquiry({ standing, number }: Pick<CaseFile, 'standing' | 'number'>): readonly DocumentKind[] {
  return [
    'inquiry-notice',
    ...(isPreservation(number) ? (['ruling', 'preservation-application'] as const) : []),
    ...(standing === 'commissioned' ? (['commission'] as const) : []),
  ]
}

/** The same question within so many days is most often asked by mistake. */
export const askedLatelyDays = 7

export const mostBatchRows = 2000
