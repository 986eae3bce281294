import { Hono } from 'hono'
import type { Parts } from '../gateway/parts.ts'
import { watermark } from '../http/watermark.ts'
import { closedPage, requestsPage } from './requests-page.ts'
import { style } from './style.ts'

/** What the pages need: `open` shows the requests to whoever looks, and is for a demo only. */
export type ConsoleParts = {
  readonly gateway: Pick<Parts, 'reads' | 'counter' | 'clock'>
  readonly door: 'open' | 'closed'
}

/** Nothing from elsewhere, no script, no frame, no form: a page can show, and that is all. */
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The demo's page is open: whoever looks has not said who they are. */
const anybody = { name: '演示', username: '未登录' }

const linesOnAPage = 20

/**
 * The pages for people. Mounted by main beside the surfaces: `app.route('/', consolePages(parts))`.
 */
export function consolePages({ gateway, door }: ConsoleParts): Hono<{ Variables: { requestId?: string } }> {
  const pages = new Hono<{ Variables: { requestId?: string } }>()

  pages.get('/', async (c) => {
    c.header('Content-Security-Policy', policy)
    if (door === 'closed') return c.html(closedPage())
    const after = c.req.query('after')
    const lines = await gateway.reads.requestLines({ limit: linesOnAPage, ...(after && { after }) })
    const told = await Promise.all(lines.map((line) => gateway.reads.exchangesOf(line.id)))
    const nameOf = (registry: string) => gateway.counter(registry)?.registry.name ?? registry
    const requests = lines.map((line, at) => ({ ...line, exchanges: told[at] ?? [] }))
    const older = lines.length === linesOnAPage ? lines.at(-1)?.id : undefined
    const now = gateway.clock()
    const viewer = watermark(anybody, now, c.get('requestId') ?? '')
    return c.html(requestsPage({ requests, nameOf, now, viewer, ...(older && { older }) }))
  })

  pages.get('/console.css', (c) =>
    c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' }),
  )

  return pages
}
