import { inflateSync } from 'node:zlib'

/** What one compressed stream may unfold to while pages are counted. Bytes. */
const unfoldedAtMost = 4_194_304

/**
 * How many pages a PDF has by its own page tree (ISO 32000-1, 7.7.3), also where the tree lies in a compressed object stream
 * (7.5.7); undefined where it cannot be told. Of a file that was changed by increments the last tree counts.
 */
export function pdfPages(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes).toString('latin1')
  const counts = [text, ...objectStreams(text)].flatMap(rootCounts)
  return counts.at(-1)
}

/** How many nodes of page trees are looked at, and how far a dictionary may reach around its type. Characters. */
const nodesAtMost = 500
const reach = 2000

/** The counts of page trees without a parent, in the order of the file. */
function rootCounts(text: string): number[] {
  const counts: number[] = []
  let nodes = 0
  for (const { index } of text.matchAll(/\/Type\s{0,4}\/Pages\b/g)) {
    nodes += 1
    if (nodes > nodesAtMost) break
    const dictionary = dictionaryAround(text, index)
    if (/\/Parent\b/.test(dictionary)) continue
    const count = Number(/\/Count\s{1,4}(\d{1,5})\b/.exec(dictionary)?.[1] ?? 0)
    if (count > 0) counts.push(count)
  }
  return counts
}

/** The dictionary in which this place stands; dictionaries inside it are passed over. */
function dictionaryAround(text: string, at: number): string {
  let depth = 0
  let from = at
  for (; from > Math.max(0, at - reach); from -= 1) {
    if (text.startsWith('>>', from)) depth += 1
    if (!text.startsWith('<<', from)) continue
    if (depth === 0) break
    depth -= 1
  }
  depth = 0
  let to = at
  for (; to < Math.min(text.length, at + reach); to += 1) {
    if (text.startsWith('<<', to)) depth += 1
    if (!text.startsWith('>>', to)) continue
    if (depth === 0) break
    depth -= 1
  }
  return text.slice(from, to)
}

function objectStreams(text: string): string[] {
  const found: string[] = []
  for (const { index, 0: head } of text.matchAll(/\/Type\s*\/ObjStm\b[^\0]{0,400}?stream\r?\n/g)) {
    const from = index + head.length
    const to = text.indexOf('endstream', from)
    if (to < 0) continue
    try {
      const body = Buffer.from(text.slice(from, to), 'latin1')
      found.push(inflateSync(body, { maxOutputLength: unfoldedAtMost }).toString('latin1'))
    } catch {
      // Not deflated, or more than anybody's page tree: it is counted by hand.
    }
  }
  return found
}
