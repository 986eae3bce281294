import { crc32, inflateRawSync } from 'node:zlib'
import { refuseTable, type TableLimits, type TableRefusal } from './table.ts'
import { readDirectory, type ZipEntry } from './zip-directory.ts'

/** An archive whose parts may be unpacked one by one. */
export type Zip = {
  readonly kind: 'zip'
  readonly names: readonly string[]
  /** The bytes of a part; undefined when it has none of that name. */
  read(name: string): Buffer | TableRefusal | undefined
}

export function openZip(bytes: Uint8Array, limits: TableLimits): Zip | TableRefusal {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(file, limits)
  if ('kind' in entries) return entries
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  return {
    kind: 'zip',
    names: entries.map(({ name }) => name),
    read: (name) => {
      const entry = byName.get(name)
      return entry && unpack(file, entry)
    },
  }
}

/** The directory's word on the size is a ceiling to the unpacking, and then has to be true to the byte and to the CRC. */
function unpack(file: Buffer, { name, from, to, packed, unpacked, isDeflated, crc }: ZipEntry): Buffer | TableRefusal {
  if (file.readUInt32LE(from) !== 0x04034b50) return refuseTable('table-archive-damaged')
  const nameEnd = from + 30 + file.readUInt16LE(from + 26)
  const start = nameEnd + file.readUInt16LE(from + 28)
  const sameName = file.toString('utf8', from + 30, nameEnd) === name
  if (!sameName || start + packed > to) return refuseTable('table-archive-unsafe')
  const data = file.subarray(start, start + packed)
  const whole = isDeflated ? inflate(data, unpacked) : data
  if (whole?.length !== unpacked || crc32(whole) !== crc) return refuseTable('table-archive-damaged')
  return whole
}

/** Undefined when the data is no deflate stream, or would become longer than was said. */
function inflate(data: Buffer, most: number): Buffer | undefined {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, most) })
  } catch {
    return undefined
  }
}
