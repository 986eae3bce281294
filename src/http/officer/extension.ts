import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { documentKindList, documentKinds } from '../../domain/legal-basis.ts'
import { look } from '../../gateway/look.ts'
import { prepareExtension, submitExtension } from '../../gateway/prepare-extension.ts'
import { sha256 } from '../../gateway/store-document.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { taskAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { documentReference } from './asked.ts'

const extensionView = z
  .object({
    request: z.looseObject({}).openapi({ description: '已备好的续行请求，缺文书 · as POST /v1/requests takes it' }),
    papers: z
      .array(z.object({ kind: z.enum(documentKindList), zh: z.string() }))
      .openapi({ description: '须附文书 · what it has to rest on' }),
  })
  .openapi('PreparedExtension')

const papersBody = z.strictObject({ documents: z.array(documentReference).max(20) }).openapi('ExtensionPapers')

/** The extension a reminder asks for, ready but for its papers. */
export function extensionRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/tasks/{id}/extension',
      tags: ['事项 Tasks'],
      summary: '已备好的续行请求 · The extension that was prepared',
      ...may('request.submit'),
      request: { params: idParam },
      responses: { 200: json(extensionView, '续行请求'), ...problems },
    }),
    async (c) => {
      const { row, file } = await taskAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'results.viewed' as const, at: 'page:extension' as const, caseId: file.id }
      const prepared = await look(gateway, c.get('person'), what, () => prepareExtension(gateway, file, row))
      const { drafted, papers } = granted(prepared)
      const named = papers.map((kind) => ({ kind, zh: documentKinds[kind] }))
      return c.json({ request: { case: file.number, ...asWritten(drafted) }, papers: named }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/tasks/{id}/extension',
      tags: ['事项 Tasks'],
      summary: '附文书提交续行请求，待审批 · Give it its papers: it waits for an approver',
      ...may('request.submit'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: papersBody } } } },
      responses: { 202: json(z.object({ id: z.uuid() }), '已提交，待审批'), ...problems },
    }),
    async (c) => {
      const { row, file } = await taskAt(gateway, c.var, c.req.valid('param').id)
      const { documents } = c.req.valid('json')
      const papers = { documents, digest: sha256(await c.req.text()) }
      const { id } = granted(await submitExtension(gateway, c.get('person'), file, row, papers))
      return c.json({ id }, 202, { Location: `/v1/requests/${id}` })
    },
  )
}

/** A term as it is written in a request: without the tag that tells its kinds apart. */
function asWritten({ measure, ...rest }: { readonly measure: object }): Record<string, unknown> {
  if (!('term' in measure) || typeof measure.term !== 'object') return { measure, ...rest }
  return { ...rest, measure: { ...measure, term: { ...measure.term, kind: undefined } } }
}
