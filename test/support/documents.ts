import type { DocumentReference } from '../../src/domain/legal-basis.ts'
import { digestOf } from '../../src/signing/compact.ts'

/** Papers enough for any measure, put on the shelf from which a registry fetches them. */
export function documentsFor(shelf: Map<string, Uint8Array>): DocumentReference[] {
  const kinds = [
    'ruling',
    'inquiry-notice',
    'execution-notice',
    'freeze-notice',
    'release-notice',
    'transfer-notice',
  ] as const
  return kinds.map((kind) => {
    const bytes = Buffer.from(`%PDF-1.4\n% ${kind}\n%%EOF\n`)
    const sha256 = digestOf(bytes)
    shelf.set(sha256, bytes)
    return {
      kind,
      number: `（2026）津0116执3456号之${kind}`,
      sha256,
      mediaType: 'application/pdf',
      length: bytes.length,
    }
  })
}
