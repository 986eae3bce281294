import type { Party, StandingAsked } from '../../domain/case-file.ts'
import type { ContinuationKind } from '../../domain/case-line.ts'
import type { Answer } from '../../domain/fold.ts'
import type { ImportedControl } from '../../domain/imported-control.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { RequestState } from '../../domain/request.ts'
import type { FindableNumber } from '../../domain/subject-number.ts'
import type { DeliveryId } from '../../relay/port.ts'
import type { Accounts } from './accounts.ts'
import type { AnomalyBook, AnomalyKept, AnomalyRound } from './anomalies.ts'
import type { Batch, BatchBook } from './batch.ts'
import type { ClientBook } from './clients.ts'
import type { Settled } from './clocks.ts'
import type { Consents } from './consent.ts'
import type { Drafts } from './drafts.ts'
import type { DutyBook, Urgency } from './duty.ts'
import type { Errands } from './errands.ts'
import type { Arrivals, FundBook } from './funds.ts'
import type { Partners } from './partners.ts'
import type { ProgressLinks } from './progress.ts'
import type { Repeating } from './repetition.ts'
import type { Roster } from './roster.ts'
import type {
  ApprovalRow,
  AttemptRow,
  CaseFile,
  ControlRow,
  DeliveryPhase,
  DeliveryRow,
  DocumentRow,
  EntryRow,
  KeptPayload,
  PayloadKind,
  QuarantineRow,
  Remembered,
  RequestRow,
  ResultSealing,
  SealRow,
  SignedRow,
  StatementRow,
} from './rows.ts'
import type { SampleBook } from './samples.ts'
import type { Tasks } from './tasks.ts'

/**
 * One act on one case: a single transaction that holds the case's row from its first line to its last, so that what
 * was checked is still true when it is committed. Nothing in here may call out to a network.
 */
export type CaseAct = FundBook & {
  /** The case as it stands under the lock, its parties decrypted. */
  readonly file: CaseFile
  /** The case's next number: dense, starting at 1, given out once, lost with the act if the act fails. */
  takeNumber(): Promise<number>
  /** Encrypts under the case's key and commits to the plaintext with a fresh salt. */
  keep(kind: PayloadKind, bytes: Uint8Array): Promise<KeptPayload>
  open(payload: string): Promise<Uint8Array>
  /** Adds a leaf that waits for its place in the log. Entries are never changed. */
  enter(entry: EntryRow): Promise<void>
  recall(client: string, key: string): Promise<Remembered | undefined>
  remember(client: string, key: string, answer: Remembered): Promise<void>

  addParty(party: Party, kept: KeptPayload): Promise<void>
  /** Writes a party anew: who it was before stays in the payload that the older entry speaks of. */
  correctParty(party: Party, kept: KeptPayload): Promise<void>
  /** Writes anew what was entered of the case itself. */
  amend(said: Pick<CaseFile, 'claim' | 'costs' | 'lateInterest' | 'fulfilled' | 'judge'>): Promise<void>
  /** Writes what a case system said of the case itself, over what stood there. */
  takeFromSource(said: FromSource): Promise<void>
  /** What was taken under this name before, of whichever case. */
  recallSigned(client: string, jti: string): Promise<SignedRow | undefined>
  rememberSigned(row: SignedRow): Promise<void>
  /** Says anew whose case it is: its team, its named people, and whether it is there for those alone. */
  assign(to: Assignment): Promise<void>
  confirm(by: string, parties: readonly string[]): Promise<void>
  /** Says which case this one goes on from; it counts for nothing yet. */
  continueFrom(earlier: { readonly case: string; readonly as: ContinuationKind; readonly by: string }): Promise<void>
  /** Confirms that: from here on both are of one line, and their controls are each other's. */
  joinLine(by: string): Promise<void>
  /** Says what the case is to stand as; it counts for nothing yet. */
  askStanding(asked: StandingAsked): Promise<void>
  /** Confirms that. */
  takeStanding(): Promise<void>
  /** Remembers that the round after 终本 has nothing to ask here. No fact of the case: it takes no number. */
  settle(settled: Settled): Promise<void>
  /** Writes the interest for late performance and what was performed. */
  account(sums: Pick<CaseFile, 'lateInterest' | 'fulfilled'>): Promise<void>
  documents(sha256s: readonly string[]): Promise<readonly DocumentRow[]>
  /** Keeps the first of two equal documents; returns false when the case had it already. */
  addDocument(document: DocumentRow): Promise<boolean>
  addSeal(row: SealRow): Promise<void>
  /** What was found on the seals of these documents, the oldest first. */
  seals(sha256s: readonly string[]): Promise<readonly SealRow[]>

  request(id: string): Promise<RequestRow | undefined>
  /** Requests of the whole line that carry one of these measures and were neither returned nor withdrawn. */
  requestsWith(measures: readonly MeasureKind[]): Promise<readonly RequestRow[]>
  addRequest(request: RequestRow, kept: KeptPayload): Promise<void>
  /** Moves a request on; false when it was no longer in `from`. */
  moveRequest(id: string, from: RequestState, to: RequestState): Promise<boolean>
  addApproval(approval: ApprovalRow, kept?: KeptPayload): Promise<void>
  approvals(request: string): Promise<readonly ApprovalRow[]>
  /** The id of the request that is the next version of this one. */
  successorOf(request: string): Promise<string | undefined>
  readonly drafts: Drafts
  readonly urgency: Urgency
  readonly repeating: Repeating

  /** Takes the name for this registry; false when another delivery has it. */
  address(registry: RegistryCode, reference: string, delivery: DeliveryId): Promise<boolean>
  addDelivery(delivery: DeliveryRow, envelope: KeptPayload, rendering?: KeptPayload): Promise<void>
  /** A delivery of this case or its line, locked until the act ends (lock order: cases by id, then delivery). */
  delivery(id: string): Promise<DeliveryRow | undefined>
  deliveriesOf(request: string): Promise<readonly DeliveryRow[]>
  /** The deliveries of the whole line that carry one of these measures, in the order in which they were made. */
  deliveriesWith(measures: readonly MeasureKind[]): Promise<readonly DeliveryRow[]>
  /** Puts on record that a delivery was handed to people: an attempt, and from here on nobody may say that it never left. */
  handOver(delivery: string): Promise<void>
  /** `answeredAt` counts where it is the first: a later word does not change when a delivery was answered. */
  moveDelivery(
    id: string,
    to: { phase?: DeliveryPhase; answer?: Answer; answeredAt?: Date; askInSeconds?: number },
  ): Promise<void>
  /** Makes a delivery due at once, in whatever phase it is; nothing else of it changes. */
  hastenDelivery(id: string): Promise<void>

  /** All statements about a delivery, by sequence, whole: an act folds them and shows them to nobody. */
  statements(delivery: string): Promise<readonly StatementRow[]>
  /** The same about several, in two queries however many. */
  statementsOf(deliveries: readonly string[]): Promise<readonly StatementRow[]>
  addStatement(statement: StatementRow, kept: KeptPayload): Promise<void>
  addQuarantine(row: QuarantineRow): Promise<void>
  keepReceipt(delivery: string, sha256: string, mediaType: string, kept: KeptPayload): Promise<boolean>

  sealResult(sealing: ResultSealing): Promise<void>

  /** The controls of the whole line: what one case made, the one that continues it holds. */
  controls(): Promise<readonly ControlRow[]>
  /** Of those, what lists brought in, as the lists said it. */
  imports(): Promise<readonly ImportedControl[]>
  addImport(control: ImportedControl, kept: KeptPayload): Promise<void>
  /** Writes the projection of a control, or its newer state under the same id. */
  putControl(control: ControlRow): Promise<void>

  readonly tasks: Tasks
  readonly errands: Errands
  readonly progress: ProgressLinks
}

/** An act that belongs to no case: sign-ins, start and stop, junk from an authenticated registry. */
export type LooseAct = Pick<CaseAct, 'keep' | 'enter' | 'recall' | 'remember' | 'addQuarantine'> & {
  readonly roster: Roster
  readonly duty: DutyBook
  readonly accounts: Accounts
  readonly consents: Consents
  readonly partners: Partners
  readonly clients: ClientBook
  readonly arrivals: Arrivals
  readonly batches: BatchBook
  readonly anomalies: AnomalyBook
  readonly samples: SampleBook
  /** Goes on inside a case, in the same transaction and under its lock: what a second person allowed happens there. */
  onCase(caseId: string): Promise<CaseAct | undefined>
  /** Puts a search for a number into the index, so that whoever asks about that number later sees who has looked. */
  indexSearch(search: string, number: FindableNumber): Promise<void>
}

/** What a case system says of a case; its parties come one by one. */
export type FromSource = Pick<
  CaseFile,
  'standing' | 'terminatedOn' | 'claim' | 'costs' | 'lateInterest' | 'fulfilled' | 'judge'
> & {
  readonly source: string
  readonly sequence: number
}

/** Who works on a case; `by` and `at` are kept beside each name that is new. */
export type Assignment = {
  readonly team?: string
  readonly isSealed: boolean
  readonly members: readonly string[]
  readonly by: string
  readonly at: Date
}

export type Located = { readonly caseId: string; readonly delivery: DeliveryId }

/** A delivery a courier has leased: what it was before tells whether bytes may have left already. */
export type Leased = { readonly delivery: DeliveryRow; readonly was: DeliveryPhase; readonly attempt: AttemptRow }

export type NewCase = Omit<CaseFile, 'parties' | 'confirmedBy' | 'members' | 'continues' | 'line' | 'standingAsked'>

/**
 * Everything the acts want of a database. `act` commits when `body` returns anything but a Refusal, and leaves no
 * trace when it returns a Refusal or throws. An act that returned is durable: a killed process does not lose it.
 */
export type Store = {
  act<T>(caseId: string, body: (act: CaseAct) => Promise<T>): Promise<T | { readonly kind: 'no-such-case' }>
  /** Creates a case and acts on it in one transaction. Two cases of a court never share a number. */
  found<T>(file: NewCase, body: (act: CaseAct) => Promise<T>): Promise<T | { readonly kind: 'case-exists' }>
  note<T>(body: (act: LooseAct) => Promise<T>): Promise<T>

  locate(registry: RegistryCode, reference: string): Promise<Located | undefined>
  /** Quarantined messages of a registry since a moment; the cap of invariant 4 counts them. */
  quarantinedSince(registry: RegistryCode, since: Date): Promise<number>

  /**
   * Leases up to `limit` due deliveries of these registries, oldest first, each with its attempt committed before this
   * returns; two couriers never hold the same one. Leases are timed by the database's clock and end by themselves.
   */
  lease(wanted: {
    readonly registries: readonly RegistryCode[]
    readonly limit: number
    readonly seconds: number
    readonly act: 'push' | 'fetched'
    readonly only?: 'inquiries' | 'controls'
  }): Promise<readonly Leased[]>
  /**
   * Takes the running batch that was left alone longest, for so many seconds by the database's clock; two processes never
   * hold the same one, and one whose process was killed comes free by itself.
   */
  claimBatch(seconds: number): Promise<Batch | undefined>
  releaseBatch(id: string): Promise<void>

  /** Keeps what a round of the log found in place of what an earlier one of the same scope did. No act: nothing rests on it. */
  keepAnomalies(round: AnomalyRound, lines: readonly AnomalyKept[]): Promise<void>

  /** Ends an attempt. `retryInSeconds` is when the delivery may be leased again; left out when it never has to be. */
  settle(
    attempt: AttemptRow,
    outcome: {
      readonly outcome: string
      readonly detail?: string
      readonly phase?: DeliveryPhase
      readonly retryInSeconds?: number
    },
  ): Promise<void>
}
