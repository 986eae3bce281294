import { type PdfValue, readDictionary } from './values.ts'

/** A signature of a PDF as it lies in the file (ISO 32000-1, 12.8): `covered` is what it signs, in order. */
export type FoundSeal = {
  readonly kind: 'found'
  readonly format: string
  readonly cms: Uint8Array
  readonly covered: readonly Uint8Array[]
  /** When the dictionary says it was sealed; itself covered. */
  readonly saidAt?: Date
}

export type SealSearch = FoundSeal | { readonly kind: 'none' | 'damaged' | 'changed' }

const mark = '/ByteRange'
/** More signatures than any paper bears; a file full of marks is somebody's joke. */
const mostMarks = 64

type Candidate = { readonly range: readonly [number, number, number, number]; readonly entries: Entries }
type Entries = ReadonlyMap<string, PdfValue>

/**
 * Finds the signature that covers the whole file but for the hole in which it lies itself. Of several, as of a judge and
 * then of the court, that is the last one. What was added after it is a change, whatever it is: a reader shows the later
 * state of the file, and the seal speaks of the earlier. No bytes of a file throw.
 */
export function findSeal(file: Uint8Array): SealSearch {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const marks = marksIn(bytes)
  if (marks.length === 0) return { kind: 'none' }
  if (marks.length > mostMarks) return { kind: 'damaged' }
  const seals = marks.flatMap((at) => candidateAt(bytes, at) ?? [])
  const whole = seals.filter(({ range: [, , from, length] }) => from + length === bytes.length)
  const [seal, another] = whole
  if (!seal || another) return { kind: seal || seals.length === 0 ? 'damaged' : 'changed' }
  return opened(bytes, seal)
}

function marksIn(bytes: Buffer): readonly number[] {
  const marks: number[] = []
  for (let at = bytes.indexOf(mark); at >= 0 && marks.length <= mostMarks; at = bytes.indexOf(mark, at + 1))
    marks.push(at)
  return marks
}

/** The signature dictionary around a mark: an object of its own, whose ByteRange leaves out exactly its Contents. */
function candidateAt(bytes: Buffer, at: number): Candidate | undefined {
  const entries = readDictionary(bytes, objectBefore(bytes, at))
  const range = rangeOf(entries?.get('ByteRange'))
  const contents = entries?.get('Contents')
  if (!entries || !range || contents?.kind !== 'hex') return undefined
  const [start, before, after, length] = range
  const isHole = start === 0 && before === contents.from && after === contents.to && after + length <= bytes.length
  return isHole ? { range, entries } : undefined
}

/** Where the value of the object begins in which this offset lies: behind `12 0 obj`. */
function objectBefore(bytes: Buffer, at: number): number {
  let from = at
  for (let tries = 0; tries < 16; tries += 1) {
    from = bytes.lastIndexOf('obj', from - 1)
    if (from < 1) return at
    const before = bytes.subarray(Math.max(0, from - 20), from).toString('latin1')
    if (/\d\s+\d+\s+$/.test(before)) return from + 3
  }
  return at
}

function rangeOf(value: PdfValue | undefined): Candidate['range'] | undefined {
  if (value?.kind !== 'array' || value.items.length !== 4) return undefined
  const numbers = value.items.flatMap((item) => (item.kind === 'number' ? item.value : []))
  const [start, before, after, length] = numbers
  return numbers.length === 4 ? [start ?? 0, before ?? 0, after ?? 0, length ?? 0] : undefined
}

function opened(bytes: Buffer, { range: [, before, after], entries }: Candidate): SealSearch {
  const cms = bytesOfHex(bytes.subarray(before + 1, after - 1).toString('latin1'))
  const format = entries.get('SubFilter')
  if (!cms || format?.kind !== 'name') return { kind: 'damaged' }
  const saidAt = timeOf(entries.get('M'))
  const covered = [bytes.subarray(0, before), bytes.subarray(after)]
  return { kind: 'found', format: format.name, cms, covered, ...(saidAt && { saidAt }) }
}

/** One spelling: digits of one case, nothing between them, and behind the signature nothing but zeros. */
function bytesOfHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !(/^[0-9a-f]+$/.test(hex) || /^[0-9A-F]+$/.test(hex))) return undefined
  const padded = Buffer.from(hex, 'hex')
  const length = lengthOfDer(padded)
  if (length === undefined || padded.subarray(length).some((byte) => byte !== 0)) return undefined
  return padded.subarray(0, length)
}

/** How long the SEQUENCE at the beginning is, its head included. */
function lengthOfDer(bytes: Buffer): number | undefined {
  const first = bytes[1] ?? 0
  if (bytes[0] !== 0x30 || first < 0x80) return undefined
  const digits = first - 0x80
  if (digits < 1 || digits > 4 || bytes.length < 2 + digits) return undefined
  const total = 2 + digits + bytes.readUIntBE(2, digits)
  return total <= bytes.length ? total : undefined
}

/** `D:20260301093000+08'00'` (ISO 32000-1, 7.9.4). */
function timeOf(value: PdfValue | undefined): Date | undefined {
  if (value?.kind !== 'text') return undefined
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'(\d\d)'?)/.exec(value.text)
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, zone = '+00', past = '00'] = found
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${past}`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
