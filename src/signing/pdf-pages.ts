import { inflateSync } from 'node:zlib'
import { readDictionary } from './pdf/values.ts'

/** Whoever sent the file is a stranger: what one compressed stream may unfold to (bytes), and how many of each are looked at. */
const unfoldedAtMost = 4_194_304
const streamsAtMost = 100
const nodesAtMost = 2000

/**
 * How many pages a PDF has by its own page tree (ISO 32000-1, 7.7.3), also where the tree lies in a compressed object stream
 * (7.5.7); undefined where it cannot be told. Of a file that was changed by increments the last tree counts.
 */
export function pdfPages(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes).toString('latin1')
  const plain = startsIn(text, /\bobj\s{0,4}(?=<<)/g).flatMap((at) => rootCount(bytes, at))
  return [...plain, ...compressedCounts(text)].at(-1)
}

/** Where a dictionary begins that may be of a page tree: most objects of a file are none, and are not read for it. */
function startsIn(text: string, before: RegExp): readonly number[] {
  const starts = [...text.matchAll(before)].map(({ index, 0: head }) => index + head.length)
  return starts.filter((at, nth) => text.slice(at, starts[nth + 1]).includes('/Pages')).slice(0, nodesAtMost)
}

/** What the root of a page tree counts; a node below it has a parent, and counts what the root has counted. */
function rootCount(bytes: Uint8Array, at: number): readonly number[] {
  const dictionary = readDictionary(bytes, at)
  const [type, count] = [dictionary?.get('Type'), dictionary?.get('Count')]
  const isRoot = type?.kind === 'name' && type.name === 'Pages' && !dictionary?.has('Parent')
  return isRoot && count?.kind === 'number' && count.value > 0 ? [count.value] : []
}

function compressedCounts(text: string): readonly number[] {
  const heads = [...text.matchAll(/\/Type\s{0,4}\/ObjStm\b[^\0]{0,400}?stream\r?\n/g)].slice(0, streamsAtMost)
  return heads.flatMap(({ index, 0: head }) => {
    const from = index + head.length
    const unfolded = unfold(Buffer.from(text.slice(from, text.indexOf('endstream', from)), 'latin1'))
    return unfolded ? startsIn(unfolded.toString('latin1'), /(?=<<)/g).flatMap((at) => rootCount(unfolded, at)) : []
  })
}

/** Undefined for what is not deflated, or is more than anybody's page tree: its pages are counted by hand. */
function unfold(stream: Uint8Array): Buffer | undefined {
  try {
    return inflateSync(stream, { maxOutputLength: unfoldedAtMost })
  } catch {
    return undefined
  }
}
