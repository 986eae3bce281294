import { createHmac, hash } from 'node:crypto'
import { maxLeafBytes } from './entry-bundle.ts'
import { LedgerFault } from './fault.ts'

/** Everything an entry can be about. A new kind is added here, never spelled elsewhere. */
export const recordKinds = [
  'draft.saved',
  'draft.refused',
  'draft.discarded',
  'draft.viewed',
  'request.submitted',
  'request.approved',
  'request.returned',
  'request.withdrawn',
  'request.escalated',
  'request.repeated',
  'repetition.stopped',
  'repetition.ended',
  'batch.started',
  'batch.paused',
  'batch.resumed',
  'batch.stopped',
  'batch.ended',
  'batch.refused',
  'duty.set',
  'duty.ended',
  'delivery.created',
  'delivery.withdrawn',
  'delivery.attempted',
  'delivery.hastened',
  'statement.received',
  'statement.entered',
  'statement.compared',
  'statement.quarantined',
  'result.sealed',
  'result.unsealed',
  'case.entered',
  'case.confirmed',
  'case.imported',
  'control.imported',
  'fund-account.entered',
  'fund-account.confirmed',
  'arrival.recorded',
  'arrival.matched',
  'document.stored',
  'document.viewed',
  'results.viewed',
  'subject.revealed',
  'audit.viewed',
  'portal.viewed',
  'bundle.exported',
  'notary.attached',
  'task.raised',
  'task.done',
  'task.dropped',
  'task.handed-over',
  'case.bound',
  'progress.opened',
  'progress.closed',
  'case.assigned',
  'case.sealed',
  'case.unsealed',
  'person.signed-in',
  'person.signed-out',
  'person.sign-in-failed',
  'person.locked',
  'person.registered',
  'person.changed',
  'password.changed',
  'factor.set',
  'factor.removed',
  'session.ended',
  'grant.given',
  'grant.attested',
  'grant.ended',
  'access.refused',
  'search.asked',
  'search.decided',
  'search.run',
  'anomaly.marked',
  'sample.announced',
  'sample.drawn',
  'sample.judged',
  'sample.signed-off',
  'client.changed',
  'client.signed-in',
  'client.refused',
  'consent.asked',
  'consent.decided',
  'registry.changed',
  'config.changed',
  'key.created',
  'key.retired',
  'key.revoked',
  'timestamp.taken',
  'log.continued',
  'gateway.started',
  'gateway.stopped',
  'erasure',
] as const

export type RecordKind = (typeof recordKinds)[number]

/** Something was shown plainly for a reason. The counts of days that are over go by these: who adds one empties them. */
export const revealRecordKinds = ['subject.revealed', 'bundle.exported'] as const satisfies readonly RecordKind[]

/** Every list and page an auditor is seen to look at. One that is no longer there stays in the logs it is in. */
export const viewNames = [
  ...(['log', 'entry', 'proof', 'exchange', 'reveals', 'statistics'] as const),
  ...(['anomalies', 'anomaly', 'samples', 'sample', 'population', 'sample-item', 'sample-paper'] as const),
  ...(['searches', 'system'] as const),
] as const

export type ViewName = (typeof viewNames)[number]

/**
 * What was looked at: which list or page, and by what it was narrowed. Codes, days and ids of staff alone; a case stands in
 * the record by its own keyed hash and never here.
 */
export type RecordView = { readonly of: ViewName; readonly by?: Readonly<Record<string, string>> }

/** Where a record points: `rel` is why (as `request`, `replaces`), `jti` the id of the other entry. */
export type RecordLink = { readonly rel: string; readonly jti: string }

/**
 * What a leaf says, once signed as a compact JWS. No personal data (invariant 10): only codes, ids, times, digests and
 * counters. `iat` is Unix seconds; `gw` the gateway's id; `by` the opaque id of who
 * acted, never a name; `act` what the act was about, as a code or an id; `case_ref` a keyed hash; `case_seq` counts the acts of one case
 * without gaps and is absent outside cases; `kek` names the key-encryption key of the payload; `view` which list a look was at. In `msg`, `len` is the
 * plaintext's length in bytes, `sha256_ct` the ciphertext's SHA-256 and `commit` the salted commitment, both base64url.
 */
export type LogRecord = {
  readonly v: 1
  readonly jti: string
  readonly iat: number
  readonly gw: string
  readonly kind: RecordKind
  readonly by?: string
  readonly act?: string
  readonly case_ref?: string
  readonly case_seq?: number
  readonly links?: readonly RecordLink[]
  readonly registry?: string
  readonly delivery?: string
  readonly msg?: { readonly len: number; readonly sha256_ct: string; readonly commit: string }
  readonly kek?: string
  readonly view?: RecordView
}

/** A salt for `commitment`: this many random bytes, kept beside the payload and destroyed with it. */
export const saltBytes = 32

/**
 * Binds a leaf to a plaintext without telling it: base64url of SHA-256("writ-commit/v1" ‖ 0x00 ‖ salt ‖ bytes). Salted,
 * because an identity number has too few values for a bare hash to hide it.
 */
export function commitment(salt: Uint8Array, bytes: Uint8Array): string {
  if (salt.length !== saltBytes) throw new RangeError(`a commitment's salt is ${saltBytes} bytes`)
  return hash('sha256', Buffer.concat([commitMark, salt, bytes]), 'buffer').toString('base64url')
}

/** A case in the log: HMAC-SHA-256 of its normalised number, base64url. Keyed, because case numbers can be counted through. */
export function caseRef(key: Uint8Array, caseNumber: string): string {
  return createHmac('sha256', key).update(caseNumber, 'utf8').digest('base64url')
}

/** SHA-256 in base64url, as `sha256_ct` has it. */
export function sha256Text(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'buffer').toString('base64url')
}

/** The leaf of a signed record: the ASCII bytes of its compact JWS. Throws `LEAF_TOO_LARGE` over 65,535 bytes. */
export function recordBytes(jws: string): Uint8Array {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) throw new LedgerFault('RECORD_NOT_PLAIN', 'a leaf is a compact JWS')
  if (jws.length > maxLeafBytes) throw new LedgerFault('LEAF_TOO_LARGE', `a leaf of ${jws.length} bytes`)
  return Buffer.from(jws, 'ascii')
}

const commitMark = Buffer.from('writ-commit/v1\0')
