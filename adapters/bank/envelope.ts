import { XMLParser } from 'fast-xml-parser'
import iconv from 'iconv-lite'
import { isRefusal, type Refusal, refuse } from '../../src/domain/refusal.ts'
import { BankFault } from './fault.ts'
import { type OutlineCode, outline } from './outline.ts'

/** One element as it was sent: attribute values still in base64. */
export type Element = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
}

/** One call: its head, what is called, and the exact bytes of the body. The password is in the head, so never in these. */
export type Envelope = {
  readonly kind: 'envelope'
  readonly head: readonly Element[]
  readonly call: Element
  readonly bytes: Uint8Array
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: false,
  ignoreDeclaration: true,
  removeNSPrefix: true,
})

/**
 * Reads a SOAP 1.1 envelope. Every value of the dialect is base64, so a whole message is plain ASCII; other bytes are
 * refused, and with them every encoding in which a DOCTYPE could hide.
 */
export function readEnvelope(bytes: Uint8Array): Envelope | Refusal<OutlineCode> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (/[^\t\n\r\x20-\x7e]/.test(text)) return refuse('xml-malformed')
  const drawn = outline(text)
  if (isRefusal(drawn)) return drawn
  const root = parse(text)
  const parts = root?.name === 'Envelope' ? root.children : []
  const calls = parts.find((part) => part.name === 'Body')?.children ?? []
  const [call] = calls
  if (!call || calls.length !== 1) return refuse('xml-malformed')
  const head = parts.find((part) => part.name === 'Header')?.children ?? []
  return { kind: 'envelope', head, call, bytes: bytes.slice(drawn.bodyFrom, drawn.bodyTo) }
}

/** Reads an element that stands alone, as a frozen rendering does. */
export function readElement(bytes: Uint8Array): Element {
  const element = parse(Buffer.from(bytes).toString('latin1'))
  if (!element) throw new BankFault('MESSAGE_GARBLED', 'no element where one should be')
  return element
}

/** Writes a SOAP envelope round elements that are already written. */
export function writeEnvelope(body: string, head = ''): string {
  const header = head && `<soap:Header>${head}</soap:Header>`
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">${header}<soap:Body>${body}</soap:Body></soap:Envelope>`
}

/** Writes an element; the values must be base64 already, so there is nothing to escape. */
export function writeElement(name: string, attributes: Readonly<Record<string, string>>, children = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`)
  return children ? `<${name}${written.join('')}>${children}</${name}>` : `<${name}${written.join('')}/>`
}

/** Text as the dialect carries it: GBK in base64. A character GBK does not have is a fault, never a question mark. */
export function spell(text: string): string {
  const bytes = iconv.encode(text, 'gbk')
  if (iconv.decode(bytes, 'gbk') !== text || isDisputed(bytes))
    throw new BankFault('TEXT_NOT_GBK', 'a character that GBK cannot write')
  return bytes.toString('base64')
}

/**
 * Rows of GBK that its own tables read differently: the user's area, and FE50 on, where ours has 䶮 and Java's has nothing.
 * A name must not depend on whose table the bank has.
 */
function isDisputed(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]]
    if (lead <= 0x80) continue
    if ((lead === 0xfe && trail >= 0x50) || (lead >= 0xaa && lead <= 0xaf && trail >= 0xa1)) return true
    if ((lead >= 0xf8 && trail >= 0xa1) || (lead >= 0xa1 && lead <= 0xa7 && trail < 0xa1)) return true
    at += 1
  }
  return false
}

/** The text of an attribute; empty when it is not there. */
export function readText(element: Element, attribute: string): string {
  const text = iconv.decode(readBytes(element, attribute), 'gbk')
  if (text.includes('\ufffd')) throw new BankFault('MESSAGE_GARBLED', `${attribute} is not GBK`)
  return text.trim()
}

/** The bytes of an attribute. Java's encoders break base64 into lines, bare or as character references: both are let be. */
export function readBytes(element: Element, attribute: string): Buffer {
  const written = element.attributes.get(attribute)?.replace(/&#(?:10|13|x[aAdD]);|\s+/g, '') ?? ''
  if (written.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(written)) {
    throw new BankFault('MESSAGE_GARBLED', `${attribute} is not base64`)
  }
  return Buffer.from(written, 'base64')
}

export const childrenNamed = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name)

function parse(text: string): Element | undefined {
  try {
    const nodes: unknown = parser.parse(text)
    return elementsOf(nodes)[0]
  } catch {
    // The parser throws for names it holds dangerous (__proto__) and for what it cannot mend: either way no envelope.
    return undefined
  }
}

/** The parser's ordered tree, `{name: children, ':@': attributes}`, without its text nodes. */
function elementsOf(nodes: unknown): Element[] {
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((node: Readonly<Record<string, unknown>>): Element[] => {
    const name = Object.keys(node).find((key) => key !== ':@')
    if (name === undefined || name === '#text') return []
    const attributes = new Map(Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, String(value)]))
    return [{ name, attributes, children: elementsOf(node[name]) }]
  })
}
