import type { Reach } from '../../domain/authority.ts'
import type { BeijingDate } from '../../domain/beijing-date.ts'
import type { ControlRow } from './rows.ts'

/** A control that may end soon, and the case that holds it: the newest of its line. */
export type EndingControl = { readonly control: ControlRow; readonly holder: string }

/** The same with the last day it holds. */
export type Ending = EndingControl & { readonly lastDay: BeijingDate }

/** Last days from `since` on, no later than `until` where there is one, of cases within reach. */
export type EndingSpan = { readonly reach: Reach; readonly since: BeijingDate; readonly until?: BeijingDate }

/** By last day, case and id; `after` is the last one seen. `areFew` where so few are in the span that they are better sorted. */
export type EndingPage = EndingSpan & {
  readonly after?: { readonly lastDay: BeijingDate; readonly caseId: string; readonly id: string }
  readonly limit: number
  readonly areFew?: boolean
}

/**
 * `until` and `since` bound the last day, both included; `after` is the last control seen. `reach` is given for whoever
 * looks: controls of cases within it, and no others; the clock itself looks at all.
 */
export type EndingFilter = {
  readonly until: BeijingDate
  readonly since: BeijingDate
  readonly after?: Pick<ControlRow, 'caseId' | 'id'>
  readonly limit: number
  readonly reach?: Reach
}

/**
 * A delivery that is past its day without an answer, and about which no letter waits to be sent nor was found needless: how
 * many were sent, and when the last one was.
 */
export type SilentDelivery = {
  readonly id: string
  readonly caseId: string
  readonly letters: number
  readonly pressedAt?: Date
}

export type SilentFilter = { readonly before: Date; readonly after?: string; readonly limit: number }

/**
 * Cases in 终本 since a day between these, both included, that nothing goes on from and in which the round may have something
 * to ask: one is left out that was settled beyond `today` among the same registries, and in which nothing happened since.
 * `after` is the last one seen.
 */
export type TerminatedFilter = {
  readonly from: BeijingDate
  readonly before: BeijingDate
  readonly today: BeijingDate
  readonly among: string
  readonly after?: string
  readonly limit: number
}

/** That a case needs no round before a day, among these registries, unless something happens in it. */
export type Settled = { readonly until: BeijingDate; readonly among: string }

/** A bank at which a freeze of a case stands. */
export type BankToAsk = { readonly caseId: string; readonly registry: string }

/** Last asked no later than `before`; `after` is the last one seen. */
export type InquiriesFilter = { readonly before: Date; readonly after?: BankToAsk; readonly limit: number }

/** What the clocks look through. Nothing is decrypted for it. */
export type ClockReads = {
  endingControls(filter: EndingFilter): Promise<readonly EndingControl[]>
  endingsByDay(page: EndingPage): Promise<readonly Ending[]>
  /** Counted no further than `most`. */
  countEndings(span: EndingSpan & { readonly most: number }): Promise<number>
  /** Ids, those that have been in 终本 longest first. */
  terminatedCases(filter: TerminatedFilter): Promise<readonly string[]>
  silentDeliveries(filter: SilentFilter): Promise<readonly SilentDelivery[]>
}
