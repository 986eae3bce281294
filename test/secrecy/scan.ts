import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'

/** One thing that came out: where it was met, and its bytes. */
export type Output = { readonly where: string; readonly bytes: Buffer }

/** How a text may be spelled where it is not read as text: by a database, a dump, an address, a log. */
function spellings(text: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(text)
  const utf16 = Buffer.from(text, 'utf16le')
  const gbk = iconv.encode(text, 'gbk')
  const all: [string, Buffer][] = [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
    ['GBK', gbk],
    ['percent-encoded', Buffer.from(encodeURIComponent(text))],
    ['percent-encoded, lower case', Buffer.from(encodeURIComponent(text).toLowerCase())],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['hex of GBK', Buffer.from(gbk.toString('hex'))],
    ['JSON escaped', Buffer.from(escaped(text))],
    ...base64s('base64 of UTF-8', utf8),
    ...base64s('base64 of GBK', gbk),
  ]
  // One spelling under one name: of plain digits most are the same.
  const known = new Map<string, [string, Buffer]>()
  for (const [name, bytes] of all)
    if (!known.has(bytes.toString('hex'))) known.set(bytes.toString('hex'), [name, bytes])
  return new Map(known.values())
}

const escaped = (text: string): string =>
  [...text].map((sign) => (sign < '\u0080' ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('')

/** Inside a longer text base64 looks in three ways, by where the text begins; the signs it shares with its neighbours go. */
function base64s(name: string, bytes: Buffer): [string, Buffer][] {
  return [0, 1, 2].flatMap((shift): [string, Buffer][] => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = [0, 2, 3][shift] ?? 0
    const to = (shift + bytes.length) % 3 === 0 ? text.length : text.length - 1
    const inner = text.slice(from, to)
    const url = inner.replaceAll('+', '-').replaceAll('/', '_')
    return [
      [`${name}, ${shift}`, Buffer.from(inner)],
      [`base64url, ${name}, ${shift}`, Buffer.from(url)],
    ]
  })
}

type Needle = { readonly mark: string; readonly spelling: string; readonly bytes: Buffer }

/**
 * Where which mark was met, in which spelling; empty when nothing leaked. Each output is walked once, however many needles
 * there are: two bytes tell whether any begins here, four which ones may, and only those are compared.
 */
export function leaks(outputs: readonly Output[], marks: Readonly<Record<string, string>>): readonly string[] {
  const needles = Object.entries(marks).flatMap(([mark, text]) =>
    [...spellings(text)].map(([spelling, bytes]): Needle => ({ mark, spelling, bytes })),
  )
  const short = needles.find(({ bytes }) => bytes.length < 4)
  if (short) throw new Error(`the mark ${short.mark} is too short to be looked for`)
  const begins = new Uint8Array(1 << 16)
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    begins[needle.bytes.readUInt16BE(0)] = 1
    const start = needle.bytes.readUInt32BE(0)
    byStart.set(start, [...(byStart.get(start) ?? []), needle])
  }
  return outputs.flatMap(({ where, bytes }) =>
    [...met(bytes, begins, byStart)].map(({ mark, spelling }) => `${mark} (${spelling}) in ${where}`),
  )
}

function met(bytes: Buffer, begins: Uint8Array, byStart: ReadonlyMap<number, readonly Needle[]>): ReadonlySet<Needle> {
  const found = new Set<Needle>()
  const last = bytes.length - 4
  for (let at = 0, pair = bytes[0] ?? 0; at <= last; at += 1) {
    pair = ((pair & 0xff) << 8) | (bytes[at + 1] ?? 0)
    if (begins[pair] === 0) continue
    for (const needle of byStart.get(bytes.readUInt32BE(at)) ?? []) {
      const end = at + needle.bytes.length
      if (end <= bytes.length && needle.bytes.compare(bytes, at, end) === 0) found.add(needle)
    }
  }
  return found
}

/** Every file below a folder, but for what `except` names. */
export function filesBelow(folder: string, except: (path: string) => boolean = () => false): Output[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => !except(path) && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false))
    .map((path) => ({ where: path, bytes: readFileSync(path) }))
}

/**
 * Arguments and environment of every process that descends from this one, as any user of the machine reads them. This one
 * is the test itself, which made the marks, and no part of what is tested.
 */
export function processesBelow(pid = process.pid): Output[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = readIf(`/proc/${name}/stat`)?.toString()
    const [, parent] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const descends = (id: number): boolean => {
    const parent = parents.get(id)
    return parent !== undefined && (parent === pid || descends(parent))
  }
  return [...parents.keys()].filter(descends).flatMap((id) =>
    ['cmdline', 'environ'].flatMap((what): Output[] => {
      const bytes = readIf(`/proc/${id}/${what}`)
      return bytes ? [{ where: `/proc/${linkOf(id)}/${what}`, bytes }] : []
    }),
  )
}

function readIf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function linkOf(id: number): string {
  try {
    return `${id} ${readlinkSync(`/proc/${id}/exe`)}`
  } catch {
    return String(id)
  }
}
