import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { html, raw } from 'hono/html'
import { Marked, type Tokens } from 'marked'
import { shippedFolder } from '../../shipped.ts'
import { docsFrame } from './page.ts'

/** What is written about the product beside the reference: shipped with it, for machines that reach nothing else. */
export type Manual = { readonly name: string; readonly title: string; readonly path: string }

const folder = () => shippedFolder('docs', 'protocol.md')
const adapters = () => join(dirname(folder()), 'adapters')

/** Every manual by its name; those of the dialects are called `adapter-<name>`. */
export function manuals(): readonly Manual[] {
  const written = readdirSync(folder())
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ name: file.slice(0, -'.md'.length), path: join(folder(), file) }))
  const dialects = readdirSync(adapters(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(adapters(), entry.name)).includes('README.md'))
    .map(({ name }) => ({ name: `adapter-${name}`, path: join(adapters(), name, 'README.md') }))
  return [...written, ...dialects].map((one) => ({ ...one, title: titleOf(readFileSync(one.path, 'utf8')) }))
}

/** The page of one; undefined where there is none of this name. */
export function manualPage(name: string): ReturnType<typeof docsFrame> | undefined {
  const manual = manuals().find((one) => one.name === name)
  if (!manual) return undefined
  const text = readFileSync(manual.path, 'utf8').replace(/^# .*\n/, '')
  return docsFrame(manual.title, html`${raw(rendered(text))}`)
}

/** A schema or a table of test vectors the protocol names, as it is in the folder. */
export function protocolFile(name: string): string | undefined {
  const files = readdirSync(join(folder(), 'protocol'))
  return files.includes(name) ? readFileSync(join(folder(), 'protocol', name), 'utf8') : undefined
}

const titleOf = (text: string): string => /^# (.*)$/m.exec(text)?.[1] ?? ''

function rendered(text: string): string {
  return new Marked({ gfm: true, renderer: { heading, link, image, table } }).parse(text, { async: false })
}

type Rendering = {
  parser: { parseInline(tokens: Tokens.Generic[]): string }
  tablecell(cell: Tokens.TableCell): string
}

/** Named as the links of the text name it. */
function heading(this: Rendering, { tokens, depth, text }: Tokens.Heading): string {
  const id = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
  return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
}

/** To what is served here; what lies in the sources alone is named, and leads nowhere. */
function link(this: Rendering, { href, tokens }: Tokens.Link): string {
  const said = this.parser.parseInline(tokens)
  const to = served(href)
  return to === undefined ? said : `<a href="${to}">${said}</a>`
}

function served(href: string): string | undefined {
  if (href.startsWith('#')) return href
  const [, page, mark = ''] = /^(?:\.\.\/)*(?:docs\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? []
  if (page !== undefined && page !== 'README')
    return page === 'errors' ? `/docs/errors${mark}` : `/docs/manuals/${page}${mark}`
  const [, dialect] = /adapters\/([\w-]+)\/README\.md$/.exec(href) ?? []
  if (dialect !== undefined) return `/docs/manuals/adapter-${dialect}`
  const [, file] = /^(?:docs\/)?protocol\/([\w.-]+\.json)$/.exec(href) ?? []
  return file === undefined ? undefined : `/docs/protocol/${file}`
}

/** Pictures are of the pages the reader has before them. */
const image = ({ text }: Tokens.Image): string => (text ? `<em>${text}</em>` : '')

/** A wide one is moved in its own frame. */
function table(this: Rendering, { header, rows }: Tokens.Table): string {
  const row = (cells: readonly Tokens.TableCell[]) => `<tr>${cells.map((cell) => this.tablecell(cell)).join('')}</tr>`
  return `<div class="wide"><table><thead>${row(header)}</thead><tbody>${rows.map(row).join('')}</tbody></table></div>`
}
