import type { NoteSignature } from '../ledger/note.ts'
import { verifyProof } from '../ledger/proof.ts'
import { commitment, type LogRecord, type RecordKind } from '../ledger/record.ts'
import { parseRecord } from '../ledger/record-text.ts'
import { readCompact } from '../signing/compact.ts'
import { standingOfKey } from '../signing/key.ts'
import { type Check, type EvidenceCode, failed, passed, skipped } from './check.ts'
import { signatureHolds } from './compact-signature.ts'
import { type Layout, type Manifest, type ManifestEntry, places, textOf } from './manifest.ts'
import type { Trusted } from './trust.ts'

/** An entry whose record was believed; `index` and `message` are there when they were proved too. */
export type ProvedEntry = {
  readonly about: ManifestEntry
  readonly record: LogRecord
  readonly index?: number
  readonly checkpoint?: { readonly size: number; readonly root: Uint8Array }
  readonly message?: Uint8Array
}

export type EntryChecked = { readonly checks: readonly Check[]; readonly entry?: ProvedEntry }

type Bundle = {
  readonly layout: Layout
  readonly manifest: Manifest
  readonly trusted: Trusted
  readonly salts: ReadonlyMap<string, Uint8Array>
}

const recordType = 'writ-record+jws'

/** One leaf: signed by the gateway, about what the manifest says, in the log, and binding exactly this message. */
export function checkEntry(bundle: Bundle, about: ManifestEntry): EntryChecked {
  const leaf = bundle.layout.get(about.record)
  const record = leaf && readRecord(leaf, bundle.trusted)
  if (!record) return { checks: [skipped('record', about.record, 'file-absent')] }
  if (typeof record === 'string') return { checks: [failed('record', about.record, record)] }
  const odd = oddIn(record, about, bundle.manifest)
  const recordCheck = odd
    ? failed('record', about.record, odd)
    : passed('record', about.record, `${record.kind} ${new Date(record.iat * 1000).toISOString()}`)
  const included = checkInclusion(bundle, about, leaf)
  const opened = about.role === 'context' ? undefined : checkOpening(bundle, about, record)
  return {
    checks: [recordCheck, included.check, ...(opened ? [opened.check] : [])],
    ...(!odd && {
      entry: { about, record, ...included.proved, ...(opened?.message && { message: opened.message }) },
    }),
  }
}

function readRecord(leaf: Uint8Array, { keysOf }: Trusted): LogRecord | EvidenceCode {
  const compact = readCompact(leaf)
  const record = compact && compact.header.typ === recordType ? parseRecord(textOf(compact.payload) ?? '') : undefined
  if (!compact || !record) return 'record-malformed'
  const key = keysOf('record')(compact.header.kid)
  if (!key || standingOfKey(key, new Date(record.iat * 1000)) !== 'counts') return 'record-key-unknown'
  return signatureHolds(compact, key) ? record : 'record-signature'
}

const kindsOf: Readonly<Record<'request' | 'statement', readonly RecordKind[]>> = {
  request: ['delivery.created'],
  statement: ['statement.received', 'statement.entered'],
}

/** What the record says of itself against what the manifest says of it: a swapped file is caught here. */
function oddIn(record: LogRecord, { role, entry }: ManifestEntry, manifest: Manifest): EvidenceCode | undefined {
  if (record.jti !== entry) return 'manifest-differs'
  if (record.gw !== manifest.gateway) return 'record-other-gateway'
  if (role === 'context') {
    if (Object.values(kindsOf).some((kinds) => kinds.includes(record.kind))) return 'record-kind'
    return record.delivery === undefined || record.delivery === manifest.delivery ? undefined : 'record-other-delivery'
  }
  if (!kindsOf[role].includes(record.kind)) return 'record-kind'
  if (record.delivery !== manifest.delivery) return 'record-other-delivery'
  return record.registry === manifest.registry ? undefined : 'record-other-registry'
}

function checkInclusion(
  { layout, trusted }: Bundle,
  { proof }: ManifestEntry,
  leaf: Uint8Array,
): { readonly check: Check; readonly proved?: Pick<ProvedEntry, 'index' | 'checkpoint'> } {
  const bytes = layout.get(proof)
  if (!bytes) return { check: skipped('inclusion', proof, 'file-absent') }
  const verified = verifyProof(textOf(bytes) ?? '', leaf, trusted.log)
  if (verified.kind === 'refused') return { check: failed('inclusion', proof, `proof-${verified.reason}`) }
  if (!trusted.policy.isQuorum(verified.signatures)) return { check: failed('inclusion', proof, 'witness-quorum') }
  const { index, checkpoint, signatures } = verified
  return {
    check: passed(
      'inclusion',
      proof,
      `leaf ${index} of ${checkpoint.size} in ${checkpoint.origin}${byKeys(trusted, signatures)}`,
    ),
    proved: { index, checkpoint },
  }
}

/** Of a log that is known by several keys: how many signed here. Older checkpoints may lack a line that came later. */
function byKeys({ log: { log } }: Trusted, signatures: readonly NoteSignature[]): string {
  const found = log.filter((key) => signatures.some((one) => one.name === key.name && one.keyId === key.keyId))
  return log.length > 1 ? `, signed by ${found.length} of its ${log.length} keys` : ''
}

function checkOpening(
  { layout, salts }: Bundle,
  { message, record: file }: ManifestEntry,
  { msg }: LogRecord,
): { readonly check: Check; readonly message?: Uint8Array } {
  if (!message) return { check: skipped('opening', file, 'message-absent', 'the leaf stands, its message was erased') }
  const bytes = layout.get(message)
  const salt = salts.get(message)
  if (!bytes) return { check: skipped('opening', message, 'file-absent') }
  if (!msg) return { check: failed('opening', file, 'commitment-differs', 'the record binds no message') }
  if (!salt) return { check: failed('opening', places.openings, 'salt-absent', message) }
  if (bytes.length !== msg.len) return { check: failed('opening', message, 'length-differs') }
  if (commitment(salt, bytes) !== msg.commit) return { check: failed('opening', message, 'commitment-differs') }
  return { check: passed('opening', message, `${msg.len} bytes, bound by ${file}`), message: bytes }
}
