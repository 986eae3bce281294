import { type Refusal, refuse } from '../../src/domain/refusal.ts'

/** The most a call may hold. A feedback on five thousand accounts with their earlier freezes is well below. */
export const bounds = { depth: 10, elements: 40_000, attributes: 64, gap: 1024 } as const

/** Where the content of the envelope's Body begins and ends, in the text as it came. */
export type Outline = { readonly kind: 'outline'; readonly bodyFrom: number; readonly bodyTo: number }

export type OutlineCode = 'xml-doctype' | 'xml-malformed' | 'xml-too-deep' | 'xml-too-large'

type Tag = { readonly name: string; readonly end: number; readonly closes: boolean; readonly empty: boolean }

/**
 * Walks over the tags once, before any parser sees the text. The body is not ours: whoever sent it may never have
 * logged in. Everything that begins with `<!` is refused (DOCTYPE, entities, CDATA, comments; the dialect needs none),
 * so is what is nested or many beyond reason, or padded between its values, and what a forgiving parser would mend by guessing.
 */
export function outline(text: string): Outline | Refusal<OutlineCode> {
  const open: string[] = []
  let [elements, bodyFrom, bodyTo, last] = [0, -1, -1, 0]
  for (let at = text.indexOf('<', afterDeclaration(text)); at !== -1; at = text.indexOf('<', at + 1)) {
    if (text[at + 1] === '!') return refuse('xml-doctype')
    if (at - last > bounds.gap) return refuse('xml-too-large')
    const tag = readTag(text, at)
    if ('kind' in tag) return tag
    last = tag.end
    if (open.length === 0 && elements > 0) return refuse('xml-malformed')
    if (tag.closes) {
      if (open.pop() !== tag.name) return refuse('xml-malformed')
      if (open.length === 1 && isBody(tag.name)) bodyTo = at
      continue
    }
    elements += 1
    if (elements > bounds.elements) return refuse('xml-too-large')
    if (open.length === 1 && isBody(tag.name) && !tag.empty) bodyFrom = tag.end
    if (!tag.empty) open.push(tag.name)
    if (open.length > bounds.depth) return refuse('xml-too-deep')
    at = tag.end - 1
  }
  const whole = open.length === 0 && bodyFrom !== -1 && bodyTo >= bodyFrom
  return whole ? { kind: 'outline', bodyFrom, bodyTo } : refuse('xml-malformed')
}

const isBody = (name: string): boolean => /^(?:[\w.-]+:)?Body$/.test(name)

function afterDeclaration(text: string): number {
  return /^\s{0,64}<\?xml [^<>?]{0,200}\?>/.exec(text)?.[0].length ?? 0
}

/** Reads one tag in a single pass: what stands between quotes is stepped over, so its length costs nothing. */
function readTag(text: string, at: number): Tag | Refusal<'xml-malformed' | 'xml-too-large'> {
  const [begin, slash = '', name = ''] = matchAt(/<(\/?)([A-Za-z_][\w.:-]{0,127})/y, text, at)
  if (begin === undefined) return refuse('xml-malformed')
  const mark = /["'<>]/g
  mark.lastIndex = at + begin.length
  for (let attributes = 0; attributes <= bounds.attributes; attributes += 1) {
    const from = mark.lastIndex
    const found = mark.exec(text)
    if (!found || found[0] === '<') return refuse('xml-malformed')
    if (found.index - from > bounds.gap) return refuse('xml-too-large')
    const end = found.index + 1
    if (found[0] === '>') return { name, end, closes: slash === '/', empty: text[end - 2] === '/' }
    const close = text.indexOf(found[0], end)
    if (close === -1) return refuse('xml-malformed')
    mark.lastIndex = close + 1
  }
  return refuse('xml-too-large')
}

function matchAt(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at
  return pattern.exec(text) ?? []
}
