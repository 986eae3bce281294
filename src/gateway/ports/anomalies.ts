import type { AnomalyKind, AnomalyOutcome, AnomalyState, LoggedAct } from '../../domain/anomaly.ts'
import type { BeijingDate } from '../../domain/beijing-date.ts'

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
  /** Only acts of these sorts; left out for all. */
  readonly does?: readonly LoggedAct['does'][]
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

/** An anomaly as a list shows it, under the name it has for ever; of its people, cases and entries the first. */
export type AnomalyLine = {
  readonly id: string
  readonly kind: AnomalyKind
  readonly court?: string
  readonly registry?: string
  readonly people: readonly string[]
  readonly cases: readonly string[]
  readonly caseCount: number
  readonly entries: readonly string[]
  readonly count: number
  readonly median?: number
  readonly first: Date
  readonly last: Date
  /** How many of its entries came after somebody last said what it is: that word does not speak of them. */
  readonly grown: number
}

/** The same as a round keeps it: what came after a verdict is counted whenever it is asked for. */
export type AnomalyKept = Omit<AnomalyLine, 'grown'> & { readonly times: readonly Date[] }

/** Where a page of a list goes on: after the anomaly of this name whose latest entry is of this time. */
export type AnomalyPlace = { readonly last: Date; readonly id: string }

/** Which anomalies of a list, and which page of them. */
export type AnomalyChoice = {
  readonly kind?: AnomalyKind
  readonly state?: AnomalyState
  readonly after?: AnomalyPlace
  readonly limit: number
}

/** For whom the log was gone through: `scope` is the same for all who see the same entries. */
export type RoundOf = { readonly scope: string; readonly from: BeijingDate; readonly to: BeijingDate }

/** A time at which it was; only the newest of each is kept, and any may be thrown away. */
export type AnomalyRound = RoundOf & { readonly id: string; readonly asOf: Date; readonly isCut: boolean }

export type AnomalyTally = { readonly kind: AnomalyKind; readonly state: AnomalyState; readonly count: number }

export type AnomalyReads = {
  /** What the rules go by, in [from, to), the oldest first; where there are more than `most`, the newest of them. */
  acts(filter: ActFilter): Promise<readonly ActRow[]>
  /** When cases of these courts were closed, went into 终本 or were opened again, since `from`. */
  standings(
    filter: Pick<ActFilter, 'from' | 'court' | 'courts'>,
  ): Promise<readonly { readonly caseId: string; readonly at: Date; readonly isClosed: boolean }[]>
  /** All marks of these anomalies, the newest first. */
  anomalyMarks(anomalies: readonly string[]): Promise<readonly AnomalyMark[]>
  /** The sealed cases on which this person is not named: what nobody like them sees. */
  sealedFrom(person: string): Promise<readonly string[]>
  /** The newest round that is no older than `since`. */
  anomalyRound(of: RoundOf, since: Date): Promise<AnomalyRound | undefined>
  /** What that round found, in the order of `latestFirst`, by what became of it since. */
  anomaliesOfRound(round: string, choice: AnomalyChoice): Promise<readonly AnomalyLine[]>
  anomalyTally(round: string): Promise<readonly AnomalyTally[]>
}

/** Marks as an act adds them, in its own transaction. */
export type AnomalyBook = {
  add(mark: Omit<AnomalyMark, 'note'>, note: string): Promise<void>
}
