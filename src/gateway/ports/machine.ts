/** How the database is; all of it may be shown to whoever watches the machines. */
export type DatabaseHealth = {
  readonly engine: 'postgresql' | 'embedded'
  /** As the engine names it: `17.5`. */
  readonly version: string
  /** Bytes of the whole database. */
  readonly size: number
  /** False while the database has had fewer migrations than this program knows, or more. */
  readonly migrated: boolean
  /** Entries that wait for their place in the log, and for how long the oldest has. */
  readonly pending: number
  readonly oldestPendingSeconds: number
  /** Deliveries that are due and not leased. */
  readonly due: number
  /** How far our clock is ahead of the database's. */
  readonly clockAheadMs: number
  /** True when rows fell into a default partition: `ensurePartitions` was not called in time. */
  readonly partitionsLate: boolean
  /** Seconds since the newest checkpoint was signed; absent before the first. */
  readonly checkpointSeconds?: number
}

/** How it goes with one registry, by the delivery table. */
export type RegistryTraffic = {
  readonly registry: string
  /** Deliveries that are due now; that may have left without an answer; that were declined; that are overdue. */
  readonly due: number
  readonly unknown: number
  readonly declined: number
  readonly overdue: number
  /** The newest proved word, and the newest try that brought none, among its newest 200 deliveries. */
  readonly heardAt?: Date
  readonly failedAt?: Date
}

/** One line of the deliveries of a registry: nothing of a case or a party is in it. */
export type RegistryDelivery = {
  readonly id: string
  readonly reference: string
  readonly measure: string
  readonly phase: string
  readonly answer: string
  readonly createdAt: Date
  readonly respondBy: Date
  readonly attempts: number
}

export type TrafficReads = {
  /** Every registry that was ever asked anything. */
  traffic(now: Date): Promise<readonly RegistryTraffic[]>
  /** What went to one registry, the newest first; of a sealed case there is nothing here. */
  deliveriesTo(
    registry: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly RegistryDelivery[]>
}
