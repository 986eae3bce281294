import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { docsPage, errorsPage } from '../docs-page.ts'
import { anyone } from '../identify.ts'
import { openApiOf } from '../machines.ts'
import { found } from '../problem.ts'
import { bytes, type Edge, problems } from '../surface.ts'
import { type Document, surfaceList } from './document.ts'
import { manualPage, manuals, protocolFile } from './manuals.ts'
import { referenceIndex, referencePage } from './reference.ts'
import { docsPolicy, docsStyle } from './style.ts'

const tags = ['机器 Machines']
const surfaceParam = z.object({ surface: z.enum(surfaceList) })
const manualParam = z.object({ name: z.string().max(60) })
const fileParam = z.object({ file: z.string().max(60) })

/** What programmers read, made from the same document as `/openapi.json`: nothing here can differ from what is served. */
export function docsRoutes(app: OpenAPIHono<Edge>, version: string): void {
  let known: Document | undefined
  // The routes do not change while we run.
  const document = (): Document => {
    known ??= openApiOf(app, version) as Document
    return known
  }
  const show = (c: Context, page: ReturnType<typeof docsPage>) => {
    c.header('Content-Security-Policy', docsPolicy)
    return c.html(page)
  }
  const page = (path: string, summary: string) =>
    createRoute({ method: 'get', path, tags, ...anyone, summary, responses: { 200: bytes('text/html', summary) } })

  app.openapi(page('/docs', '接口一览 · The routes, to read'), (c) => show(c, docsPage(document(), manuals())))
  app.openapi(page('/docs/errors', '错误代码 · Every problem'), (c) => show(c, errorsPage()))
  app.openapi(page('/docs/api', '接口说明目录 · The reference, by whom it is for'), (c) =>
    show(c, referenceIndex(document())),
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/docs/api/{surface}',
      tags,
      ...anyone,
      summary: '接口说明：参数、结构、答复、样例 · The reference of one part',
      request: { params: surfaceParam },
      responses: { 200: bytes('text/html', '接口说明'), ...problems },
    }),
    (c) => show(c, referencePage(document(), c.req.valid('param').surface)),
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/docs/manuals/{name}',
      tags,
      ...anyone,
      summary: '说明文件：对接规范、办理说明、管理与审计 · A manual: dialects, protocol, how to do what',
      request: { params: manualParam },
      responses: { 200: bytes('text/html', '说明文件'), ...problems },
    }),
    (c) => show(c, found(manualPage(c.req.valid('param').name))),
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/docs/protocol/{file}',
      tags,
      ...anyone,
      summary: '原生协议的 JSON Schema 与测试向量 · Schemas and test vectors of the native protocol',
      request: { params: fileParam },
      responses: { 200: bytes('application/json', 'JSON'), ...problems },
    }),
    (c) => c.body(found(protocolFile(c.req.valid('param').file)), 200, { 'Content-Type': 'application/json' }),
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/docs/style.css',
      tags,
      ...anyone,
      summary: '文档样式 · The style of these pages',
      responses: { 200: bytes('text/css', '样式') },
    }),
    (c) =>
      c.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' }),
  )
}
