import type { Guarded, Reach } from '../../domain/authority.ts'
import type { DraftState } from '../../domain/draft.ts'
import type { ImportedControl } from '../../domain/imported-control.ts'
import type { DocumentKind } from '../../domain/legal-basis.ts'
import type { Measure, MeasureKind } from '../../domain/measure.ts'
import type { PartnerState } from '../../domain/onboarding.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { SealedReceipt } from '../../domain/statement.ts'
import type { FindableNumber } from '../../domain/subject-number.ts'
import type { TaskKind } from '../../domain/task.ts'
import type { RecordKind } from '../../ledger/record.ts'
import type { RegisteredKey } from '../../signing/key.ts'
import type { AnomalyReads } from './anomalies.ts'
import type { BatchReads } from './batch.ts'
import type { CaseSearch } from './case-search.ts'
import type { BankToAsk, ClockReads, InquiriesFilter } from './clocks.ts'
import type { Consent, ConsentKind } from './consent.ts'
import type { DraftLine, DraftRow } from './drafts.ts'
import type { Duty, DutyFilter, Escalation, Waiting } from './duty.ts'
import type { CounterFilter, CounterLine, ErrandRecord } from './errands.ts'
import type { FigureReads } from './figures.ts'
import type { FundReads } from './funds.ts'
import type { AskedReads, LineReads } from './lines.ts'
import type { TrafficReads } from './machine.ts'
import type { ProgressReads } from './progress.ts'
import type { Repetition } from './repetition.ts'
import type { LinesFilter, RequestLine } from './request-line.ts'
import type {
  ApprovalRow,
  AttemptRow,
  CaseFile,
  ControlRow,
  DeliveryRow,
  DocumentRow,
  EntryRow,
  QuarantineRow,
  RequestRow,
  SealRow,
  StatementRow,
} from './rows.ts'
import type { SampleReads } from './samples.ts'
import type { TaskLine, TaskRow } from './tasks.ts'

/** A page of a long list: pass `after` (the last id seen) to get the next one. */
export type Page = { readonly after?: string; readonly limit: number }

export type DraftFilter = Page & {
  readonly reach: Reach
  readonly caseId?: string
  readonly maker?: string
  readonly state?: DraftState
}

export type ConsentFilter = Page & {
  readonly kind: ConsentKind
  /** Leaves out what was decided. */
  readonly waiting?: boolean
  readonly about?: string
}

/** By deadline, the first to fall due first. */
export type TaskFilter = Page & {
  readonly reach: Reach
  readonly owner?: string
  readonly caseId?: string
  readonly kind?: TaskKind
  readonly ended?: boolean
}

export type EntryFilter = Page & {
  readonly kind?: RecordKind
  readonly kinds?: readonly RecordKind[]
  /** A kind that is left out. */
  readonly without?: RecordKind
  readonly from?: Date
  readonly to?: Date
  readonly caseId?: string
  readonly caseIds?: readonly string[]
  readonly request?: string
  readonly delivery?: string
  readonly registry?: string
  readonly person?: string
  readonly court?: string
  /** Whoever asks: of a sealed case there is no entry for who is not named on it. Left out, nobody is going to see them. */
  readonly viewer?: string
  /** Only entries of these courts: what whoever asks may see of what they asked for. */
  readonly courts?: readonly string[]
  readonly about?: string
  /** Only what belongs to no case: sign-ins, grants, keys, start and stop. */
  readonly ofSystem?: true
  readonly abouts?: readonly string[]
}

/** How much one person had revealed to them on one Beijing day. */
export type RevealCount = { readonly person: string; readonly day: string; readonly count: number }

/** How many entries there were on one Beijing day. */
export type DayCount = { readonly day: string; readonly count: number }

/** Where a number was met: as a party's of a case, and in searches for it, by the id of each search. */
export type Sightings = {
  readonly parties: readonly { readonly caseId: string; readonly party: string }[]
  readonly searches: readonly string[]
}

/** A request as far as a search for a person shows it. */
export type RequestAbout = Pick<RequestRow, 'id' | 'caseId' | 'party' | 'measure' | 'state' | 'maker' | 'submittedAt'>

/** That something was said about a delivery: what kind of thing, never what it found. */
export type WordAbout = Pick<StatementRow, 'delivery' | 'grade' | 'arrivedAt'> & Pick<StatementRow['statement'], 'kind'>

/** On what a request rests, without a free word in it. */
export type RequestGround = {
  readonly statute: string
  readonly purpose: string
  readonly documents: readonly DocumentKind[]
}

/** An entry with its place in the log, once it has one. */
export type PlacedEntry = EntryRow & { readonly index?: number }

/** Everything about one delivery, decrypted: what was sent, what was tried, what came back. */
export type Exchange = {
  readonly delivery: DeliveryRow
  readonly attempts: readonly AttemptRow[]
  readonly statements: readonly StatementRow[]
}

/**
 * What may be looked at. Nothing here writes, so whoever shows results to a person goes through `gateway/look.ts`,
 * which commits the entry first (invariant 11).
 */
export type Reads = FundReads &
  FigureReads &
  BatchReads &
  AnomalyReads &
  SampleReads &
  CaseSearch &
  LineReads &
  AskedReads &
  ClockReads &
  ProgressReads &
  TrafficReads & {
    caseByNumber(number: string): Promise<CaseFile | undefined>
    caseById(id: string): Promise<CaseFile | undefined>
    casesWith(ids: readonly string[]): Promise<readonly CaseFile[]>
    /** The numbers of these cases, by their ids; nothing is decrypted for it. */
    caseNumbers(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
    /** What of a case decides who is near it; nothing is decrypted for it. */
    guardOf(caseId: string): Promise<Guarded | undefined>
    /** Where exactly this number stands. Who may know is for the caller to weigh, case by case. */
    sightings(number: FindableNumber): Promise<Sightings>
    /** The cases within reach, newest first. */
    cases(reach: Reach, page: Page): Promise<readonly Omit<CaseFile, 'parties'>[]>
    request(id: string): Promise<RequestRow | undefined>
    requestLines(filter: LinesFilter): Promise<readonly RequestLine[]>
    /** The requests about these parties, newest first; what was asked in them stays closed. */
    requestsAbout(parties: Sightings['parties']): Promise<readonly RequestAbout[]>
    /** The grounds of these requests, by id; of one that was erased there is none. */
    groundsOf(requests: readonly string[]): Promise<ReadonlyMap<string, RequestGround>>
    /** What these requests ask for, by id; of one that was erased nothing. */
    measuresOf(requests: readonly string[]): Promise<ReadonlyMap<string, Measure>>
    approvals(request: string): Promise<readonly ApprovalRow[]>
    /** The id of the request that is the next version of this one. */
    successorOf(request: string): Promise<string | undefined>
    /** Duties that are not over at `filter.from`, the earliest first. */
    duties(filter: DutyFilter): Promise<readonly Duty[]>
    /** Urgent requests that wait for an approver, the oldest first, with who was called last. */
    urgentWaiting(reach?: Reach): Promise<readonly Waiting[]>
    /** Orders to be repeated that are due at `now`, the longest due first. */
    repetitionsDue(now: Date): Promise<readonly { readonly request: string; readonly caseId: string }[]>
    /** Banks at which a freeze of a case stands, and whose last inquiry was made no later than `before`. */
    inquiriesDue(filter: InquiriesFilter): Promise<readonly BankToAsk[]>
    repetition(request: string): Promise<Repetition | undefined>
    /** The ids of the requests that repeated an order, in order. */
    repeatedBy(request: string): Promise<readonly string[]>
    /** Who was called for a request, in order. */
    escalations(request: string): Promise<readonly Escalation[]>
    draft(id: string): Promise<DraftRow | undefined>
    draftsWith(ids: readonly string[]): Promise<readonly DraftRow[]>
    /** Within reach, newest first. */
    draftLines(filter: DraftFilter): Promise<readonly DraftLine[]>
    exchangesOf(request: string): Promise<readonly Exchange[]>
    exchange(delivery: string): Promise<Exchange | undefined>
    exchangesWith(deliveries: readonly string[]): Promise<readonly Exchange[]>
    /** What was said about these deliveries, in order. */
    wordsAbout(deliveries: readonly string[]): Promise<readonly WordAbout[]>
    /** One statement with all it found, also while it is sealed: for two people who have allowed it, and nobody else. */
    wholeStatement(delivery: string, id: string): Promise<StatementRow | undefined>
    exchangesOfCase(caseId: string): Promise<readonly Exchange[]>
    delivery(id: string): Promise<DeliveryRow | undefined>
    controls(...cases: readonly string[]): Promise<readonly ControlRow[]>
    /** Of those, what lists brought in, as the lists said it. */
    imports(...cases: readonly string[]): Promise<readonly ImportedControl[]>
    document(
      caseId: string,
      sha256: string,
    ): Promise<{ readonly row: DocumentRow; readonly bytes: Uint8Array } | undefined>
    /** The documents of a case, without their bytes. */
    documents(caseId: string): Promise<readonly DocumentRow[]>
    /** What was found on the seals of its documents, the oldest first. */
    seals(caseId: string): Promise<readonly SealRow[]>
    sealedReceipt(
      delivery: string,
      sha256: string,
    ): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined>
    /** What waits for a second person, or was decided by one. */
    consents(filter: ConsentFilter): Promise<readonly Consent[]>
    consent(id: string): Promise<Consent | undefined>
    /** Deliveries to registries that answer by people, as `filter` asks; no party is named in them. */
    counterLines(filter: CounterFilter): Promise<readonly CounterLine[]>
    /** The stamped documents kept with a delivery, the oldest first. */
    sealedReceipts(delivery: string): Promise<readonly SealedReceipt[]>
    /** What was entered and compared for an errand, decrypted. */
    errand(delivery: string): Promise<ErrandRecord>
    task(id: string): Promise<TaskRow | undefined>
    tasks(filter: TaskFilter): Promise<readonly TaskLine[]>
    /** Which of these keys a case has a task for, open or ended; each as `<case> <key>`. */
    taskKeys(keys: readonly Pick<TaskRow, 'caseId' | 'key'>[]): Promise<ReadonlySet<string>>
    quarantined(registry: RegistryCode, page: Page): Promise<readonly QuarantineRow[]>
    entries(filter: EntryFilter): Promise<readonly PlacedEntry[]>
    entry(id: string): Promise<PlacedEntry | undefined>
    entriesWith(ids: readonly string[]): Promise<readonly PlacedEntry[]>
    /** How many entries of these kinds each person made on each day, the busiest first. */
    countsByDay(filter: Omit<EntryFilter, 'after'>): Promise<readonly RevealCount[]>
    /** How many entries there were on each day that had any, the earliest first. */
    entriesByDay(filter: Omit<EntryFilter, keyof Page>): Promise<readonly DayCount[]>
    /** The plaintexts of these payloads, by id, in one query; what was erased is left out. */
    texts(payloads: readonly string[]): Promise<ReadonlyMap<string, string>>
    /** The exact bytes of the leaves from index `first` on, at most `count`, in the order of the log. */
    leaves(first: number, count: number): Promise<readonly Uint8Array[]>
    /** Salt and plaintext of what an entry speaks of; undefined when it has no payload or the payload was erased. */
    opening(
      entry: string,
    ): Promise<{ readonly salt: Uint8Array; readonly bytes: Uint8Array; readonly cipher: Uint8Array } | undefined>
  }

/** A registry as it is registered: how it is spoken to, and how it proves itself. */
export type RegisteredRegistry = {
  readonly code: RegistryCode
  readonly name: string
  readonly adapter: string
  readonly assetClasses: readonly string[]
  readonly measures: readonly MeasureKind[]
  /** `push` needs its origin; `pull` none. `desk` and `errand` have no system: a clerk answers here, or it is visited. */
  readonly mode: 'push' | 'pull' | 'desk' | 'errand'
  readonly origin?: string
  /** Public keys by value; a key counts while current, and 7 days after retirement, never after revocation. */
  readonly keys: readonly RegistryKey[]
  /** Client certificates it may come with, by their thumbprints; none where it was never bound to any. */
  readonly certificates?: readonly RegistryCertificate[]
  readonly credential?: { readonly user: string; readonly passwordHash: string }
  /** Days within which it owes an answer. */
  readonly respondWithinHours: number
  readonly demo: boolean
  readonly state: PartnerState
  readonly registeredBy: string
  /** When the credential was first used; where keys sign, each says for itself when it was proved. */
  readonly credentialProvedAt?: Date
  readonly conformance?: Conformance
  /** Where a registry is that has to be visited. */
  readonly visit?: Visit
}

/** How to come to a registry in person; the way and the hours as far as anybody knows them. */
export type Visit = {
  readonly address: string
  readonly route?: string
  readonly hours?: string
  readonly phone?: string
}

/** `sha256` is that of the DER, base64url (`x5t#S256`). Several may count at once, so that one can be renewed. */
export type RegistryCertificate = {
  readonly sha256: string
  readonly validFrom: Date
  readonly retiredAt?: Date
  readonly revokedAt?: Date
}
/** The conformance run that was attached: the SHA-256 of its report, when it was played, and in which protocol. */
export type Conformance = { readonly sha256: string; readonly at: Date; readonly protocol: string }

/** As it is kept, all but `certified`: that is found out each time the registries are read. */
export type RegistryKey = RegisteredKey & {
  /** What is signed to prove that the private key is there; gone once it was. */
  readonly challenge?: string
  /** When that was proved. A key that never was counts for nothing. */
  readonly provedAt?: Date
}

export type Registries = {
  all(): Promise<readonly RegisteredRegistry[]>
  find(code: string): Promise<RegisteredRegistry | undefined>
  /** Another text whenever a registry was changed, by whichever process. */
  revision(): Promise<string>
}
