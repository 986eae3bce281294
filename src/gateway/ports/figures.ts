/** What is counted: deliveries made in [from, to), and controls as they stand at `now`. */
export type FigureFilter = {
  readonly from: Date
  readonly to: Date
  readonly now: Date
  /** The last day that is over at `now`: a control that ran until then is in force no more, whatever its register says. */
  readonly yesterday: string
  /** Left out for all courts. */
  readonly courts?: readonly string[]
  /** Whoever asks: a sealed case counts for those named on it alone. */
  readonly viewer: string
}

/** The figures of one court or one registry. Seconds are medians, and there are none of what never happened. */
export type Figure = {
  readonly key: string
  readonly deliveries: number
  readonly answered: number
  readonly overdue: number
  /** Without an answer of substance, and not taken back; and for how long the oldest of them has been. */
  readonly unanswered: number
  readonly longestWait?: number
  /** From a delivery being made to the first word that answers: a mere receipt, or that it was taken up, is none. */
  readonly answerTime?: number
  readonly releases: number
  /** From a release being made to the latest word about it, of those that were answered. */
  readonly releaseLag?: number
  readonly inForce: number
  readonly waiting: number
  readonly released: number
  readonly expired: number
  readonly endedOtherwise: number
}

export type Figures = { readonly ofCourts: readonly Figure[]; readonly ofRegistries: readonly Figure[] }

/** A release that no registry has executed in time: somebody's property is held on. */
export type OverdueRelease = {
  readonly delivery: string
  readonly caseId: string
  readonly registry: string
  readonly createdAt: Date
  readonly respondBy: Date
}

export type FigureReads = {
  /** Counted, never decrypted; the busiest first. */
  figures(filter: FigureFilter): Promise<Figures>
  /** Releases that were ordered and not executed by their deadline, whenever that was; the longest overdue first. */
  overdueReleases(filter: FigureFilter, limit: number): Promise<readonly OverdueRelease[]>
}
