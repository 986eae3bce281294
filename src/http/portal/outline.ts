import type { Told } from '../../relay/port.ts'

/** One line of the structure of a message: a plain technical value, or only its shape. */
export type OutlineLine = {
  readonly depth: number
  readonly name: string
  /** What the name means, in a registry's own dialect. */
  readonly says?: Told['says']
  readonly value?: string
  /** How many signs the value has, of a text; digits of a number. */
  readonly hidden?: number
  /** How many items there are, of a list of which not all are shown. */
  readonly more?: number
  /** How long a file is. */
  readonly bytes?: number
}

/** What a message looks like, without what it says. `opaque`: bytes of no form that is known here. */
export type Outline = {
  readonly form: 'jws' | 'json' | 'xml' | 'opaque'
  readonly bytes: number
  readonly lines: readonly OutlineLine[]
}

const mostLines = 300
const itemsShown = 3

const code = /^[a-z][a-z+./-]{0,40}$/i
const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const party = /^(?!.*\d{13})[\u4e00-\u9fa5]?[\w.-]{1,40}$/
const digest = /^(?!\d+$)[\w-]{43}$/
const moment = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,12}(?:Z|[+-]\d{2}:\d{2}))?$/
const small = /^\d{1,10}$/

/**
 * The values that may be seen, by their name in the native protocol and by their form: ids, digests, moments, codes and
 * counters. Both must fit, so that nobody's number is shown because it was sent under another name. All else, and every
 * value of a registry's own dialect, is only told by its length (invariant 10).
 */
const plain: Readonly<Record<string, RegExp>> = {
  ...{ alg: /^(?:EdDSA|ES256|SM2)$/, typ: code, kid: digest, iss: party, aud: party, via: party },
  ...{ jti: id, re: id, replaces: id, delivery: id, re_sha256: digest, sha256: digest },
  ...{ iat: small, exp: small, sequence: small, caseSeq: small, length: small, n: small, of: small, months: small },
  ...{ validUntil: moment, respondBy: moment, receivedAt: moment, registeredAt: moment, from: moment, to: moment },
  ...{ measure: code, kind: code, class: code, scope: code, effect: code, endedBy: code, starts: code },
  ...{ mediaType: code, currency: code, role: code, idType: code },
}

/** The structure of a message in whatever form it came; a JWS as it is, a dialect's JSON or XML, once also in base64. */
export function outlineOf(message: Uint8Array | string): Outline {
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('utf8')
  const bytes = Buffer.byteLength(message)
  const read = readJws(text) ?? readJson(text) ?? readXml(text) ?? readBase64(text)
  if (!read) return { form: 'opaque', bytes, lines: [] }
  const lines = read.lines.slice(0, mostLines)
  const more = read.lines.length - lines.length
  return { form: read.form, bytes, lines: more > 0 ? [...lines, { depth: 0, name: '…', more }] : lines }
}

/**
 * The same of a message that its dialect has decoded: what its names mean, and how long its values really are. Of the values
 * those are shown that the dialect knows for codes, days and digests, and the delivery's own name, which stands on the page.
 */
export function toldOutline(told: Told, reference: string): readonly OutlineLine[] {
  const lines = toldLines(told, reference, 0)
  const more = lines.length - mostLines
  return more > 0 ? [...lines.slice(0, mostLines), { depth: 0, name: '…', more }] : lines
}

function toldLines({ name, says, values, children }: Told, reference: string, depth: number): OutlineLine[] {
  const shown = values.map(({ name: of, says: means, text = '', bytes, isTechnical }): OutlineLine => {
    const line = { depth: depth + 1, name: safeName(of), ...(means && { says: means }) }
    if (bytes !== undefined) return { ...line, bytes }
    return isTechnical || text === reference ? { ...line, value: text } : { ...line, hidden: text.length }
  })
  const head = { depth, name: safeName(name), ...(says && { says }) }
  return [head, ...shown, ...children.flatMap((child) => toldLines(child, reference, depth + 1))]
}

type Read = Pick<Outline, 'form' | 'lines'>

function readJws(text: string): Read | undefined {
  const [header, payload, signature, ...rest] = text.trim().split('.')
  if (!header || !payload || signature === undefined || rest.length > 0) return undefined
  const [head, claims] = [jsonOf(base64(header)), jsonOf(base64(payload))]
  if (!isObject(head) || !isObject(claims)) return undefined
  const lines = [{ depth: 0, name: 'header' }, ...members(head, 1, true), { depth: 0, name: 'claims' }]
  return { form: 'jws', lines: [...lines, ...members(claims, 1, true)] }
}

function readJson(text: string): Read | undefined {
  const value = jsonOf(text)
  if (Array.isArray(value)) return { form: 'json', lines: linesOf('', value, 0, false) }
  return isObject(value) ? { form: 'json', lines: members(value, 0, false) } : undefined
}

function readBase64(text: string): Read | undefined {
  if (!/^[\w+/\s-]+=*\s*$/.test(text)) return undefined
  const inner = base64(text)
  return readJson(inner) ?? readXml(inner)
}

const tag = /<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>([^<]*)/g

/** Element and attribute names; the values of a dialect are its own words, so none of them is shown. */
function readXml(text: string): Read | undefined {
  if (!text.trimStart().startsWith('<')) return undefined
  const lines: OutlineLine[] = []
  let depth = 0
  for (const [, closing, name = '', attributes = '', empty, content = ''] of text.matchAll(tag)) {
    if (closing) {
      depth = Math.max(0, depth - 1)
      continue
    }
    const inside = content.trim().length
    lines.push({ depth, name: safeName(name), ...(inside > 0 && { hidden: inside }) })
    for (const [, attribute = '', quoted = ''] of attributes.matchAll(/([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g))
      lines.push({ depth: depth + 1, name: `@${safeName(attribute)}`, hidden: quoted.length - 2 })
    if (!empty) depth += 1
  }
  return lines.length > 0 ? { form: 'xml', lines } : undefined
}

function members(value: Readonly<Record<string, unknown>>, depth: number, isOurs: boolean): OutlineLine[] {
  return Object.entries(value).flatMap(([name, member]) => linesOf(name, member, depth, isOurs))
}

function linesOf(name: string, value: unknown, depth: number, isOurs: boolean): OutlineLine[] {
  const shown = safeName(name)
  if (Array.isArray(value)) {
    const items = value.slice(0, itemsShown).flatMap((item, at) => linesOf(`[${at}]`, item, depth + 1, isOurs))
    const rest = value.length - itemsShown
    const more = rest > 0 ? [{ depth: depth + 1, name: '…', more: rest }] : []
    return [{ depth, name: `${shown}[${value.length}]` }, ...items, ...more]
  }
  if (isObject(value)) return [{ depth, name: shown }, ...members(value, depth + 1, isOurs)]
  const text = String(value)
  if (typeof value === 'boolean' || value === null) return [{ depth, name: shown, value: text }]
  const isPlain = isOurs && (plain[name]?.test(text) ?? false)
  return [{ depth, name: shown, ...(isPlain ? { value: text } : { hidden: text.length }) }]
}

/** A name that is no name might be somebody's. */
const safeName = (name: string): string => (/^(?:\[\d+\]|[A-Za-z_][\w:.-]{0,40}|)$/.test(name) ? name : '?')

const base64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
