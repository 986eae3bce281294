import { z } from 'zod'
import { parseStrictJson } from '../signing/strict-json.ts'

/** The format this room writes and reads. Another number would be another reader. */
export const bundleFormat = 'writ-bundle/1'

/** A bundle (核验包) as it lies in a folder: path → bytes. Paths are relative and use `/`. */
export type Layout = ReadonlyMap<string, Uint8Array>

/** The files of a bundle that have a fixed place, by what they are for. */
export const places = {
  readme: 'README.txt',
  sums: 'SHA256SUMS',
  manifest: 'manifest.json',
  openings: 'openings.json',
  policy: 'trust/policy.txt',
  vkey: 'trust/log.vkey',
  pem: 'trust/log.pub.pem',
  /** The same of the SM2 line, in bundles of a log that has one. */
  sm2Vkey: 'trust/log-sm2.vkey',
  sm2Pem: 'trust/log-sm2.pub.pem',
  jwks: 'trust/jwks.json',
  registryKeys: 'trust/registry-keys.json',
} as const

/** Whether a path stays inside its folder on any system: plain names, no name that begins with a dot. */
export function isPlainPath(path: string): boolean {
  return path.length <= 200 && /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(path)
}

const path = z.string().refine(isPlainPath)
const id = z.string().min(1).max(200)

const entry = z.strictObject({
  number: z.int().min(1),
  /** The delivery, one thing said about it, or what the case's log says around them. */
  role: z.enum(['request', 'statement', 'context']),
  /** The `jti` of the record. */
  entry: id,
  record: path,
  proof: path,
  /** Absent for context, and where the payload was erased: the leaf stays. */
  message: path.optional(),
  grade: z.enum(['A', 'B', 'C']).optional(),
  receipt: path.optional(),
  /** The number of the request that a statement answers. */
  answers: z.int().min(1).optional(),
})

const attachment = z.strictObject({
  file: path,
  sha256: z.string().regex(/^[\w-]{43}$/),
  mediaType: z.string().max(100),
  length: z.int().min(0),
  /** The numbers of the entries whose message names it. */
  namedBy: z.array(z.int().min(1)).min(1),
})

const manifest = z.strictObject({
  format: z.literal(bundleFormat),
  delivery: id,
  registry: id,
  gateway: id,
  log: id,
  madeAt: z.iso.datetime(),
  entries: z.array(entry).min(1).max(10_000),
  attachments: z.array(attachment).max(10_000),
  /** Every file in reading order, but for this one and SHA256SUMS. */
  files: z.array(path).max(50_000),
})

export type Manifest = z.infer<typeof manifest>
export type ManifestEntry = Manifest['entries'][number]

/** Reads `manifest.json`; undefined when it is not one of this format. A stranger's: no input throws. */
export function parseManifest(bytes: Uint8Array): Manifest | undefined {
  const read = manifest.safeParse(parseStrictJson(bytes))
  return read.success ? read.data : undefined
}

/** JSON as people read it, two spaces and a last newline. */
export function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

/** Text of UTF-8 bytes; undefined for bytes that are none. */
export function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
