import type { Grade } from '../domain/statement.ts'
import { parseVkey, publicKeyOf } from '../ledger/vkey.ts'
import { digestOf, readCompact } from '../signing/compact.ts'
import { namesDigest } from './check-attachments.ts'
import type { KeyArchive } from './keys.ts'
import { bundleFormat, jsonBytes, type Layout, type Manifest, type ManifestEntry, places } from './manifest.ts'
import { formatOpenings } from './openings.ts'
import { formatPolicy } from './policy.ts'
import { readmeText } from './readme.ts'
import { formatSums } from './sums.ts'

/** A leaf of the log with its proof. */
export type Leaf = { readonly entry: string; readonly leaf: Uint8Array; readonly proof: string }

/** The exact bytes that a leaf binds, and the salt to show it; undefined where the payload was erased. */
export type Opening = { readonly bytes: Uint8Array; readonly salt: Uint8Array } | undefined

/** A document or stamped receipt that a message names. */
export type Attachment = { readonly bytes: Uint8Array; readonly mediaType: string }

/** Everything known of one exchange, as it goes into its bundle. */
export type Evidence = {
  readonly delivery: string
  readonly registry: string
  readonly gateway: string
  readonly madeAt: Date
  /** Who took it out of the house, when and by which call: stands in README.txt. */
  readonly exporter?: string
  readonly request: Leaf & { readonly opening: Opening }
  readonly statements: readonly (Leaf & {
    readonly opening: Opening
    readonly grade: Grade
    readonly receipt: string
  })[]
  /** What the log says around them: the submission, the approvals. Leaves only, their messages stay closed. */
  readonly context: readonly Leaf[]
  readonly attachments: readonly Attachment[]
  readonly vkey: string
  readonly sm2Vkey?: string
  readonly jwks: KeyArchive
  readonly registryKeys: KeyArchive
}

/** Lays an exchange out as a bundle. Pure: the same evidence is always the same bytes. */
export function layBundle(evidence: Evidence): Layout {
  const { delivery, registry, gateway, request, statements, context } = evidence
  const log = parseVkey(evidence.vkey).name
  const draft: Draft = { files: new Map(), salts: new Map(), entries: [] }
  addEntry(draft, request, { role: 'request' }, request.opening)
  for (const { opening, grade, receipt, ...leaf } of statements)
    addEntry(draft, leaf, { role: 'statement', grade, answers: 1 }, opening, receipt)
  for (const leaf of context) addEntry(draft, leaf, { role: 'context' })
  const { files } = draft
  const attachments = addAttachments(draft, evidence.attachments)
  files.set(places.openings, formatOpenings(draft.salts))
  addLogKeys(files, evidence)
  files.set(places.jwks, jsonBytes(evidence.jwks))
  files.set(places.registryKeys, jsonBytes(evidence.registryKeys))
  const about = { delivery, registry, log, hasSm2: evidence.sm2Vkey !== undefined, exporter: evidence.exporter }
  files.set(places.readme, Buffer.from(readmeText(about)))
  const manifest: Manifest = {
    format: bundleFormat,
    delivery,
    registry,
    gateway,
    log,
    madeAt: evidence.madeAt.toISOString(),
    entries: draft.entries,
    attachments,
    files: [...files.keys()],
  }
  files.set(places.manifest, jsonBytes(manifest))
  files.set(places.sums, formatSums(files))
  return files
}

type Draft = {
  readonly files: Map<string, Uint8Array>
  readonly salts: Map<string, Uint8Array>
  readonly entries: ManifestEntry[]
}

function addEntry(
  { files, salts, entries }: Draft,
  { entry, leaf, proof }: Leaf,
  about: Pick<ManifestEntry, 'role' | 'grade' | 'answers'>,
  opening?: Opening,
  receiptText?: string,
): void {
  const number = entries.length + 1
  const name = String(number).padStart(4, '0')
  const message = opening && `messages/${name}-${about.role}.${extensionOf(opening.bytes)}`
  const receipt = receiptText && `messages/${name}-receipt.jws`
  const record = `records/${name}.jws`
  const proofPath = `proofs/${name}.tlog-proof`
  if (opening && message) {
    files.set(message, opening.bytes)
    salts.set(message, opening.salt)
  }
  if (receipt) files.set(receipt, Buffer.from(receiptText))
  files.set(record, leaf)
  files.set(proofPath, Buffer.from(proof))
  entries.push({
    number,
    ...about,
    entry,
    record,
    proof: proofPath,
    ...(message && { message }),
    ...(receipt && { receipt }),
  })
}

/** A file that no message names is left out: nothing here would vouch for it. */
function addAttachments(
  { files, entries }: Draft,
  attachments: readonly Attachment[],
): Manifest['attachments'][number][] {
  const added = new Map<string, Manifest['attachments'][number]>()
  for (const { bytes, mediaType } of attachments) {
    const sha256 = digestOf(bytes)
    const namedBy = entries
      .filter(({ message }) => message && namesDigest(files.get(message) ?? new Uint8Array(), sha256))
      .map(({ number }) => number)
    if (namedBy.length === 0) continue
    const file = `attachments/${sha256}.${extensions[mediaType] ?? 'bin'}`
    files.set(file, bytes)
    added.set(file, { file, sha256, mediaType, length: bytes.length, namedBy })
  }
  return [...added.values()]
}

function extensionOf(bytes: Uint8Array): string {
  if (readCompact(bytes)) return 'jws'
  // The first sign that is no space: dialects speak XML or JSON, in whatever encoding.
  const [first] = Buffer.from(bytes.subarray(0, 64)).toString('latin1').replace(/^ï»¿/, '').trimStart()
  if (first === '<') return 'xml'
  return first === '{' || first === '[' ? 'json' : 'bin'
}

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/ofd': 'ofd',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

function addLogKeys(files: Draft['files'], { vkey, sm2Vkey }: Pick<Evidence, 'vkey' | 'sm2Vkey'>): void {
  files.set(places.policy, Buffer.from(formatPolicy(vkey, ...(sm2Vkey ? [sm2Vkey] : []))))
  files.set(places.vkey, Buffer.from(`${vkey}\n`))
  files.set(places.pem, Buffer.from(pemOf(vkey)))
  if (sm2Vkey) {
    files.set(places.sm2Vkey, Buffer.from(`${sm2Vkey}\n`))
    files.set(places.sm2Pem, Buffer.from(pemOf(sm2Vkey)))
  }
}

const pemOf = (vkey: string) => publicKeyOf(vkey).export({ type: 'spki', format: 'pem' }).toString()
