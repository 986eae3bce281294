import type { AnomalyOutcome, LoggedAct } from '../../domain/anomaly.ts'

/** An act with what tells, inside the gateway alone, whether its maker bears the name of a party. */
export type ActRow = LoggedAct & { readonly personName?: string }

export type ActFilter = {
  readonly from: Date
  readonly to: Date
  readonly court?: string
  /** The courts of whoever asks; left out for all. */
  readonly courts?: readonly string[]
  /** Of a sealed case there is nothing for who is not named on it. */
  readonly viewer: string
  readonly most: number
}

/** That somebody looked into an anomaly, and what came of it; the latest one of each counts. */
export type AnomalyMark = {
  readonly id: string
  /** The digest of the anomaly's key. */
  readonly anomaly: string
  readonly outcome: AnomalyOutcome
  readonly by: string
  readonly at: Date
  readonly entry: string
  readonly note: string
}

export type AnomalyReads = {
  /** What the rules go by, in [from, to), the oldest first; where there are more than `most`, the newest of them. */
  acts(filter: ActFilter): Promise<readonly ActRow[]>
  /** When cases of these courts were closed, went into 终本 or were opened again, since `from`. */
  standings(
    filter: Pick<ActFilter, 'from' | 'court' | 'courts'>,
  ): Promise<readonly { readonly caseId: string; readonly at: Date; readonly isClosed: boolean }[]>
  /** All marks of these anomalies, the newest first. */
  anomalyMarks(anomalies: readonly string[]): Promise<readonly AnomalyMark[]>
}

/** Marks as an act adds them, in its own transaction. */
export type AnomalyBook = {
  add(mark: Omit<AnomalyMark, 'note'>, note: string): Promise<void>
}
