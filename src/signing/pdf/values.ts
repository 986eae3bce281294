/** A value as a PDF writes it (ISO 32000-1, 7.3), as far as a signature dictionary has any. `from` and `to` are offsets in the file. */
export type PdfValue =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hex'; readonly from: number; readonly to: number }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfValue> }

/** Whoever sent the file is a stranger: no dictionary of a signature needs more than this. */
const mostDepth = 8
const mostValues = 2000
const longestHex = 4 * 1024 * 1024
const longestText = 64 * 1024

/** What is not written as a PDF writes it; never leaves this file. */
class Unreadable extends Error {}

type Place = { readonly bytes: Uint8Array; at: number; left: number }

/** Reads the dictionary that begins at this offset; undefined when there is none that can be read one way only. */
export function readDictionary(bytes: Uint8Array, at: number): ReadonlyMap<string, PdfValue> | undefined {
  try {
    const value = readValue({ bytes, at, left: mostValues }, 0)
    return value.kind === 'dictionary' ? value.entries : undefined
  } catch (cause) {
    if (cause instanceof Unreadable) return undefined
    throw cause
  }
}

function readValue(place: Place, depth: number): PdfValue {
  skipSpace(place)
  place.left -= 1
  if (depth > mostDepth || place.left < 0) throw new Unreadable()
  switch (charAt(place, 0)) {
    case '/':
      return readName(place)
    case '(':
      return readText(place)
    case '[':
      return { kind: 'array', items: readUntil(place, ']', depth) }
    case '<':
      return charAt(place, 1) === '<' ? readEntries(place, depth) : readHex(place)
    default:
      return readWord(place)
  }
}

function readName(place: Place): PdfValue {
  place.at += 1
  const name = readRegular(place)
  // An escape is a second spelling of the same name: two readers may then find two different keys.
  if (name.includes('#')) throw new Unreadable()
  return { kind: 'name', name }
}

function readWord(place: Place): PdfValue {
  const word = readRegular(place)
  if (word === '') throw new Unreadable()
  return /^\d{1,12}$/.test(word) ? { kind: 'number', value: Number(word) } : { kind: 'word', word }
}

function readRegular(place: Place): string {
  const from = place.at
  while (place.at < place.bytes.length && place.at - from <= 200 && !isDelimiter(charAt(place, 0))) place.at += 1
  if (place.at - from > 200) throw new Unreadable()
  return Buffer.from(place.bytes.subarray(from, place.at)).toString('latin1')
}

function readHex(place: Place): PdfValue {
  const from = place.at
  const end = place.bytes.indexOf(0x3e, from)
  if (end < 0 || end - from > longestHex) throw new Unreadable()
  place.at = end + 1
  return { kind: 'hex', from, to: end + 1 }
}

/** Balanced parentheses need no backslash. */
function readText(place: Place): PdfValue {
  const from = place.at + 1
  let open = 0
  for (; place.at < place.bytes.length && place.at - from < longestText; place.at += 1) {
    const char = charAt(place, 0)
    if (char === '\\') place.at += 1
    else if (char === '(') open += 1
    else if (char === ')') open -= 1
    if (open > 0) continue
    const text = Buffer.from(place.bytes.subarray(from, place.at)).toString('latin1')
    place.at += 1
    return { kind: 'text', text }
  }
  throw new Unreadable()
}

function readUntil(place: Place, end: string, depth: number): readonly PdfValue[] {
  place.at += end.length
  const items: PdfValue[] = []
  for (;;) {
    skipSpace(place)
    if (place.at >= place.bytes.length) throw new Unreadable()
    const isEnd = [...end].every((char, ahead) => charAt(place, ahead) === char)
    if (isEnd) {
      place.at += end.length
      return items
    }
    items.push(readValue(place, depth + 1))
  }
}

function readEntries(place: Place, depth: number): PdfValue {
  const items = readUntil(place, '>>', depth)
  const entries = new Map<string, PdfValue>()
  for (let at = 0; at < items.length; ) {
    const [key, value, second, third] = items.slice(at, at + 4)
    if (key?.kind !== 'name' || !value || entries.has(key.name)) throw new Unreadable()
    entries.set(key.name, value)
    // `5 0 R` is one value in three words.
    const isReference = value.kind === 'number' && second?.kind === 'number' && third?.kind === 'word'
    at += isReference && third.word === 'R' ? 4 : 2
  }
  return { kind: 'dictionary', entries }
}

function skipSpace(place: Place): void {
  while (isSpace(charAt(place, 0))) place.at += 1
}

const charAt = ({ bytes, at }: Place, ahead: number): string => String.fromCharCode(bytes[at + ahead] ?? 0x100)
const isSpace = (char: string): boolean => '\0\t\n\f\r '.includes(char)
const isDelimiter = (char: string): boolean => isSpace(char) || '()<>[]{}/%'.includes(char)
