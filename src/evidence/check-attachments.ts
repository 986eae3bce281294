import { digestOf, readCompact } from '../signing/compact.ts'
import { type Check, failed, passed, skipped } from './check.ts'
import type { ProvedEntry } from './check-entry.ts'
import type { ProvedRequest, ProvedStatement } from './check-exchange.ts'
import type { Layout, Manifest } from './manifest.ts'

/** Whether a message names a file by its SHA-256, base64url; whoever bound the message has then bound the file. */
export function namesDigest(message: Uint8Array, sha256: string): boolean {
  return Buffer.from(readCompact(message)?.payload ?? message).includes(sha256)
}

/** Documents and stamped receipts: each is the one a proved message names, and each that is named is here. */
export function checkAttachments(
  { layout, manifest }: { readonly layout: Layout; readonly manifest: Manifest },
  entries: readonly ProvedEntry[],
  request: ProvedRequest | undefined,
  statements: readonly ProvedStatement[],
): Check[] {
  const messages = new Map(entries.map(({ about, message }) => [about.number, message]))
  const checks = manifest.attachments.map(({ file, sha256, length, namedBy }): Check => {
    const bytes = layout.get(file)
    if (!bytes) return skipped('attachment', file, 'file-absent')
    if (bytes.length !== length || digestOf(bytes) !== sha256) return failed('attachment', file, 'attachment-differs')
    const isNamed = namedBy.every((number) => {
      const message = messages.get(number)
      return message && namesDigest(message, sha256)
    })
    return isNamed
      ? passed('attachment', file, `named by message ${namedBy.join(', ')}`)
      : failed('attachment', file, 'attachment-unnamed')
  })
  const named = [
    ...(request?.claims.basis.documents.map(({ sha256 }) => sha256) ?? []),
    ...statements.flatMap(({ sealedReceipt }) => sealedReceipt ?? []),
  ]
  const here = new Set(manifest.attachments.map(({ sha256 }) => sha256))
  const absent = [...new Set(named)].filter((sha256) => !here.has(sha256))
  return [...checks, ...absent.map((sha256) => skipped('attachment', sha256, 'attachment-absent'))]
}
