import type { Arrival } from '../../domain/arrival.ts'
import type { FundAccount } from '../../domain/fund-account.ts'
import type { Money } from '../../domain/money.ts'
import type { KeptPayload } from './rows.ts'

/** An arrival as it is kept; once matched it says to which transfer, of which case, by whom and when. */
export type ArrivalRow = Arrival & {
  readonly id: string
  readonly court: string
  readonly recordedBy: string
  readonly recordedAt: Date
  readonly caseId?: string
  readonly delivery?: string
  readonly matchedBy?: string
  readonly matchedAt?: Date
}

export type ArrivalMatch = Required<Pick<ArrivalRow, 'caseId' | 'delivery' | 'matchedBy' | 'matchedAt'>>

/** Arrived money as an act changes it: it belongs to a court, and to a case once it is matched. */
export type Arrivals = {
  /** What was recorded under this number of the court's bank before. */
  recall(court: string, bankReference: string): Promise<ArrivalRow | undefined>
  /** `kept` holds what the bank wrote; the other columns name nobody. */
  add(row: ArrivalRow, kept: KeptPayload): Promise<void>
  /** One arrival, locked until the act ends. */
  find(id: string): Promise<ArrivalRow | undefined>
  match(id: string, to: ArrivalMatch): Promise<void>
}

/** The accounts of a case, and what arrived in them, as an act on the case changes them. */
export type FundBook = {
  /** All that were ever entered, the oldest first. */
  fundAccounts(): Promise<readonly FundAccount[]>
  addFundAccount(account: FundAccount, kept: KeptPayload): Promise<void>
  confirmFundAccount(id: string, by: string, at: Date): Promise<void>
  /** What has arrived of the transfers of the case, each arrival by itself. */
  arrived(): Promise<readonly Arrived[]>
}

export type Arrived = { readonly id: string; readonly delivery: string; readonly amount: Money; readonly on: string }

export type ArrivalFilter = {
  readonly courts: readonly string[]
  readonly unmatched?: boolean
  readonly after?: string
  readonly limit: number
}

export type FundReads = {
  fundAccounts(caseId: string): Promise<readonly FundAccount[]>
  /** Arrivals of these courts, newest first; `unmatched` leaves out those that closed something. */
  arrivals(filter: ArrivalFilter): Promise<readonly ArrivalRow[]>
  arrival(id: string): Promise<ArrivalRow | undefined>
  arrived(caseId: string): Promise<readonly Arrived[]>
  /** The transfers a registry or we call by this name; whose they are is for the caller to weigh. */
  transfersNamed(reference: string): Promise<readonly { readonly caseId: string; readonly delivery: string }[]>
}
