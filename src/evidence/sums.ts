import { createHash } from 'node:crypto'
import { type Check, failed, passed } from './check.ts'
import { type Layout, type Manifest, places, textOf } from './manifest.ts'

/** `SHA256SUMS` over every other file, as `sha256sum -c` reads it. */
export function formatSums(layout: Layout): Uint8Array {
  const lines = [...layout].filter(([path]) => path !== places.sums).map(([path, bytes]) => `${hex(bytes)}  ${path}\n`)
  return Buffer.from(lines.join(''))
}

/** Every file is the one that was summed, none is missing, none was added. */
export function checkSums(layout: Layout): Check[] {
  const bytes = layout.get(places.sums)
  if (!bytes) return [failed('sums', places.sums, 'sums-absent')]
  const sums = parseSums(textOf(bytes) ?? '')
  if (!sums) return [failed('sums', places.sums, 'sums-malformed')]
  const wrong = [...sums].flatMap(([path, sum]) => {
    const found = layout.get(path)
    if (!found) return [failed('sums', path, 'file-absent')]
    return hex(found) === sum ? [] : [failed('sums', path, 'sum-differs')]
  })
  const added = [...layout.keys()].filter((path) => path !== places.sums && !sums.has(path))
  const all = [...wrong, ...added.map((path) => failed('sums', path, 'file-unlisted'))]
  return all.length > 0 ? all : [passed('sums', places.sums, `${sums.size} files`)]
}

/** The manifest lists exactly the files that are there, and every file it gives a part to. */
export function checkFiles(layout: Layout, manifest: Manifest): Check[] {
  const listed = new Set(manifest.files)
  const needed = [
    ...manifest.files,
    ...manifest.entries.flatMap(({ record, proof, message = record, receipt = record }) => [
      record,
      proof,
      message,
      receipt,
    ]),
    ...manifest.attachments.map(({ file }) => file),
  ]
  const absent = [...new Set(needed)].filter((path) => !layout.has(path))
  const apart: readonly string[] = [places.sums, places.manifest]
  const added = [...layout.keys()].filter((path) => !listed.has(path) && !apart.includes(path))
  const wrong = [
    ...absent.map((path) => failed('manifest', path, 'file-absent')),
    ...added.map((path) => failed('manifest', path, 'file-unlisted')),
    ...checkNumbers(manifest),
  ]
  return wrong.length > 0 ? wrong : [passed('manifest', places.manifest, `delivery ${manifest.delivery}`)]
}

/** One request, number 1, and every statement answers it; no number, entry or file plays two parts. */
function checkNumbers({ entries }: Manifest): Check[] {
  const told = (detail: string) => [failed('manifest', places.manifest, 'manifest-differs', detail)]
  const requests = entries.filter(({ role }) => role === 'request')
  if (requests.length !== 1 || requests[0]?.number !== 1) return told('not one request, numbered 1')
  if (entries.some(({ role, answers }) => (role === 'statement') !== (answers === 1))) return told('answers')
  if (entries.some(({ role, message }) => role === 'context' && message)) return told('a context with a message')
  const parts = entries.flatMap(({ number, entry, record, proof, message, receipt }) => [
    String(number),
    entry,
    ...[record, proof, message, receipt].filter((path) => path !== undefined),
  ])
  return new Set(parts).size < parts.length ? told('one thing plays two parts') : []
}

function parseSums(text: string): Map<string, string> | undefined {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length === 0) return undefined
  const sums = new Map<string, string>()
  for (const line of lines) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (!sum || !path || sums.has(path)) return undefined
    sums.set(path, sum)
  }
  return sums
}

function hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
