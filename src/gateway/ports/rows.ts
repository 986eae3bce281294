import type { AssetClass } from '../../domain/asset.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { ConfirmedField } from '../../domain/confirm.ts'
import type { Answer } from '../../domain/fold.ts'
import type { DocumentKind } from '../../domain/legal-basis.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { RegistryCode } from '../../domain/registry.ts'
import type { AskedRequest, RequestState } from '../../domain/request.ts'
import type { SealFinding } from '../../domain/seal.ts'
import type { Grade, Statement } from '../../domain/statement.ts'
import type { RecordKind } from '../../ledger/record.ts'
import type { DeliveryId } from '../../relay/port.ts'

/** A stored payload as a leaf may speak of it: nothing in here tells what it says. */
export type KeptPayload = {
  readonly id: string
  readonly length: number
  /** SHA-256 of the ciphertext and the salted commitment to the plaintext, base64url. */
  readonly cipherSha256: string
  readonly commitment: string
}

export type PayloadKind =
  | 'party'
  | 'document'
  | 'request'
  | 'draft'
  | 'comment'
  | 'escalation'
  | 'confirmation'
  | 'envelope'
  | 'rendering'
  | 'statement'
  | 'sealed-receipt'
  | 'quarantine'
  | 'errand'
  | 'consent'
  | 'reason'
  | 'search'
  | 'factor'
  | 'signed-case'
  | 'possession'
  | 'conformance'
  | 'task'
  | 'fund-account'
  | 'arrival'
  | 'imported-control'
  | 'batch'
  | 'audit-note'

/** A leaf of the log with the columns an auditor filters by; the columns are no evidence, the leaf is. */
export type EntryRow = {
  readonly id: string
  readonly at: Date
  readonly kind: RecordKind
  readonly leaf: Uint8Array
  readonly leafHash: Uint8Array
  readonly person?: string
  readonly court?: string
  readonly caseId?: string
  readonly caseSeq?: number
  readonly request?: string
  readonly delivery?: string
  readonly registry?: string
  readonly payload?: string
  /** What else it is about: the id of a person, a grant, a session or a search, or the name of a deed. */
  readonly about?: string
}

/** A document of a case; its bytes lie in `payload`, once for each (case, sha256). */
export type DocumentRow = {
  readonly sha256: string
  readonly kind: DocumentKind
  readonly number: string
  readonly mediaType: string
  readonly length: number
  readonly payload: string
  readonly storedBy: string
}

/** What verifying the seal of a document found at a moment. Found again and the same, nothing is added. */
export type SealRow = {
  readonly id: string
  readonly sha256: string
  readonly at: Date
  readonly finding: SealFinding
}

export type RequestRow = {
  readonly id: string
  readonly caseId: string
  readonly measure: MeasureKind
  readonly party: string
  readonly state: RequestState
  readonly maker: string
  readonly submittedAt: Date
  readonly entry: string
  /** The request that was sent back or taken back, and which this one is the next version of. */
  readonly replaces?: string
  /** The order that this one repeats; it went out under the same approvals. */
  readonly repeats?: string
  /** 1, and one more for each that was replaced. */
  readonly version: number
  /** What was asked, whole; decrypted. */
  readonly asked: AskedRequest
}

export type ApprovalRow = {
  readonly id: string
  readonly request: string
  readonly decision: 'approved' | 'returned'
  readonly person: string
  readonly personName: string
  /** As which the person decided. */
  readonly role: 'approver' | 'enforcement-director'
  readonly comment?: string
  /** The fields the approver compared with the papers, by name. */
  readonly confirmed?: readonly ConfirmedField[]
  readonly at: Date
}

/**
 * Where a delivery is between us and the registry, as far as we know by ourselves; what the registry says is `answer`.
 * ready: no byte has left · sending: a lease is out (after a crash: bytes may have left) · unknown: bytes left, no
 * answer came · handed: fetched by a registry that pulls · declined: 4xx, an operator must look · answered: a proved
 * statement is here · withdrawn: never left, and will not.
 */
export type DeliveryPhase = 'ready' | 'sending' | 'unknown' | 'handed' | 'declined' | 'answered' | 'withdrawn'

export type DeliveryRow = {
  readonly id: DeliveryId
  readonly caseId: string
  readonly request: string
  readonly registry: RegistryCode
  readonly reference: string
  readonly measure: MeasureKind
  readonly caseSeq: number
  readonly phase: DeliveryPhase
  readonly answer: Answer
  readonly createdAt: Date
  readonly validUntil: Date
  readonly respondBy: Date
  readonly attempts: number
  readonly jws: string
  /** Undefined where the registry reads the JWS itself. */
  readonly rendered?: Uint8Array
}

export type AttemptRow = {
  readonly id: string
  readonly delivery: string
  readonly number: number
  readonly act: 'deliver' | 'status' | 'fetched' | 'withdraw'
  readonly at: Date
  readonly outcome?: string
  readonly detail?: string
  readonly endedAt?: Date
}

export type StatementRow = {
  readonly id: string
  readonly delivery: string
  readonly jti: string
  readonly digest: string
  readonly grade: Grade
  readonly issuedAt: Date
  readonly arrivedAt: Date
  readonly entry: string
  /** The signed receipt the registry got for it. */
  readonly receipt: string
  /**
   * It spoke of somebody else of the same name (错误主体): what it found is not in `statement`, nor are there bytes in
   * `message`, for as long as that stands.
   */
  readonly isSealed?: true
  readonly statement: Statement
  /** The exact bytes that came. */
  readonly message: Uint8Array
}

/** That a statement is about the wrong person, or that this was taken back. */
export type ResultSealing = {
  readonly id: string
  readonly delivery: string
  readonly statement: string
  readonly isSealed: boolean
  readonly by: string
  readonly at: Date
  readonly entry: string
}

/** What is in force on one asset because a measure was executed (控制措施). A projection of statements, never evidence. */
export type ControlRow = {
  readonly id: string
  readonly caseId: string
  /** The delivery that made it; of one that was brought in, its own id, which measures that stand on it name as one. */
  readonly delivery: string
  /** Left out where a delivery of our own made it. */
  readonly origin?: 'imported'
  readonly registry: RegistryCode
  readonly measure: MeasureKind
  readonly assetClass: AssetClass
  /** Keyed hash of the asset's name: equal for equal assets, telling nothing. */
  readonly assetRef: string
  readonly effect: 'waiting' | 'effective' | 'ended'
  readonly endedBy?: string
  readonly amount?: string
  readonly overQuota?: string
  readonly quantity?: string
  /** Of money, where the order named one. */
  readonly currency?: string
  /** What the thing is worth beyond the rights before ours; absent where nobody knows. */
  readonly netValue?: string
  readonly from?: string
  readonly to?: string
  readonly queuePlace?: number
  readonly controlNo?: string
  readonly effectiveFrom?: Date
  readonly registeredAt?: Date
  /** The statement that spoke of it last; the entry of a list that brought it in, before any has. */
  readonly statement: string
}

/** A message that proved nothing, kept as evidence against whoever's channel it came by. */
export type QuarantineRow = {
  readonly id: string
  readonly registry: RegistryCode
  readonly delivery?: string
  readonly code: string
  readonly arrivedAt: Date
  readonly entry: string
  readonly payload: string
}

/** A signed case that was taken: `digest` (SHA-256 of the payload) and `jti` identify it, `entry` is what it became. */
export type SignedRow = {
  readonly client: string
  readonly jti: string
  readonly digest: string
  readonly caseId: string
  readonly sequence: number
  readonly entry: string
  readonly at: Date
}

/** The answer to a request with an Idempotency-Key that was acknowledged before; there is no body in it. */
export type Remembered = { readonly digest: string; readonly status: number; readonly location: string }

export type { CaseFile }
