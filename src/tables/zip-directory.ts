import { refuseTable, type TableLimits, type TableRefusal } from './table.ts'

/** A part of an archive as its central directory describes it; none of it is believed until it was unpacked. */
export type ZipEntry = {
  readonly name: string
  readonly packed: number
  readonly unpacked: number
  readonly isDeflated: boolean
  readonly crc: number
  /** Where its local header stands, and where whatever follows begins. */
  readonly from: number
  readonly to: number
}

const endSize = 22
const entrySize = 46
const localSize = 30

/**
 * Reads the central directory of a zip (APPNOTE.TXT 4.3) and refuses everything a workbook has no need of: what another
 * reader might understand differently, and what would unpack to more than was agreed. Nothing is unpacked here.
 */
export function readDirectory(file: Buffer, limits: TableLimits): readonly ZipEntry[] | TableRefusal {
  const end = endOfDirectory(file)
  if (end === undefined) return refuseTable('table-archive-damaged')
  const count = file.readUInt16LE(end + 10)
  const [size, start] = [file.readUInt32LE(end + 12), file.readUInt32LE(end + 16)]
  const isWhole = file.readUInt32LE(end + 4) === 0 && file.readUInt16LE(end + 8) === count && start + size === end
  if (!isWhole || count > limits.archiveEntries) return refuseTable('table-archive-unsafe')
  const entries: Omit<ZipEntry, 'to'>[] = []
  let at = start
  for (let n = 0; n < count; n += 1) {
    const read = readEntry(file, at, end)
    if (!('entry' in read)) return read
    entries.push(read.entry)
    at = read.next
  }
  if (at !== end) return refuseTable('table-archive-damaged')
  return weigh(withEnds(entries, start), limits)
}

/** The end record, whose comment must reach exactly to the file's end: two of them, or bytes behind, are a trick. */
function endOfDirectory(file: Buffer): number | undefined {
  for (let at = file.length - endSize; at >= Math.max(0, file.length - endSize - 0xffff); at -= 1) {
    if (file.readUInt32LE(at) === 0x06054b50 && at + endSize + file.readUInt16LE(at + 20) === file.length) return at
  }
  return undefined
}

type Read = { readonly entry: Omit<ZipEntry, 'to'>; readonly next: number }

function readEntry(file: Buffer, at: number, end: number): Read | TableRefusal {
  if (at + entrySize > end || file.readUInt32LE(at) !== 0x02014b50) return refuseTable('table-archive-damaged')
  const [flags, method] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10)]
  const nameLength = file.readUInt16LE(at + 28)
  const next = at + entrySize + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  if (next > end) return refuseTable('table-archive-damaged')
  const entry = {
    name: file.toString('utf8', at + entrySize, at + entrySize + nameLength),
    packed: file.readUInt32LE(at + 20),
    unpacked: file.readUInt32LE(at + 24),
    isDeflated: method === 8,
    crc: file.readUInt32LE(at + 16),
    from: file.readUInt32LE(at + 42),
  }
  // Encrypted (bits 0, 6 and 13), packed by a method no workbook uses, or larger than zip without its 64-bit extension.
  const isStrange = (flags & 0x2041) !== 0 || (method !== 0 && method !== 8) || entry.unpacked === 0xffffffff
  return isStrange || !isSafeName(entry.name) ? refuseTable('table-archive-unsafe') : { entry, next }
}

/** Parts are never written to a disk; a name that would leave its folder there says what the archive is for. */
function isSafeName(name: string): boolean {
  if (name.length === 0 || name.length > 255 || /[\p{Cc}\\:]|^\//u.test(name)) return false
  return !name.split('/').some((step) => step === '..' || step === '.')
}

/** Each part ends where the next begins; the last before the directory. */
function withEnds(entries: readonly Omit<ZipEntry, 'to'>[], start: number): readonly ZipEntry[] {
  const inOrder = entries.toSorted((a, b) => a.from - b.from)
  return inOrder.map((entry, nth) => ({ ...entry, to: inOrder[nth + 1]?.from ?? start }))
}

function weigh(entries: readonly ZipEntry[], limits: TableLimits): readonly ZipEntry[] | TableRefusal {
  const names = new Set(entries.map(({ name }) => name.toLowerCase()))
  // Parts that share bytes unpack to more than their sum; a name that is there twice is read by one and hidden from another.
  const overlap = entries.some(({ from, to, packed }) => from + localSize + packed > to)
  if (entries[0]?.from !== 0 || overlap || names.size !== entries.length) return refuseTable('table-archive-unsafe')
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  const isBomb = entries.some((entry) => entry.unpacked > Math.max(4096, entry.packed * limits.ratio))
  return unpacked > limits.unpackedBytes || isBomb ? refuseTable('table-unpacked-too-large') : entries
}
