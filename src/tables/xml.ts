import { SaxesParser } from 'saxes'
import { refuseTable, type TableRefusal } from './table.ts'

/** What is seen on a walk through a document. A name has lost its prefix; a refusal ends the walk. */
export type XmlVisit = {
  open(name: string, attributes: Readonly<Record<string, string>>): TableRefusal | undefined
  text?(text: string): void
  close?(name: string): TableRefusal | undefined
}

/** Deeper than any part of a workbook nests, and more attributes than any element of it has. */
const mostDepth = 32
const mostAttributes = 64

/** How the walk is left early; caught below and nowhere else. */
class Stopped extends Error {
  readonly refusal: TableRefusal
  constructor(refusal: TableRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Walks through XML 1.0 in UTF-8. A stranger wrote it: a DOCTYPE is refused unread, so there are no entities to expand and
 * nothing to fetch; elements come one by one, so the walk may end long before the document does.
 */
export function walkXml(bytes: Uint8Array, visit: XmlVisit): TableRefusal | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuseTable('table-xml-damaged')
  }
  try {
    parserFor(visit).write(text).close()
    return undefined
  } catch (cause) {
    if (cause instanceof Stopped) return cause.refusal
    throw cause
  }
}

function parserFor(visit: XmlVisit): SaxesParser {
  const parser = new SaxesParser()
  const stop = (code: 'table-xml-damaged' | 'table-xml-unsafe'): never => {
    throw new Stopped(refuseTable(code))
  }
  const unless = (refusal: TableRefusal | undefined): void => {
    if (refusal) throw new Stopped(refusal)
  }
  let depth = 0
  let attributes = 0
  parser.on('error', () => stop('table-xml-damaged'))
  parser.on('doctype', () => stop('table-xml-unsafe'))
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) stop('table-xml-damaged')
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > mostAttributes) stop('table-xml-unsafe')
  })
  parser.on('opentag', (tag) => {
    depth += 1
    attributes = 0
    if (depth > mostDepth) stop('table-xml-unsafe')
    unless(visit.open(localName(tag.name), tag.attributes))
  })
  parser.on('text', (text) => visit.text?.(text))
  parser.on('cdata', (text) => visit.text?.(text))
  parser.on('closetag', (tag) => {
    depth -= 1
    unless(visit.close?.(localName(tag.name)))
  })
  return parser
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
