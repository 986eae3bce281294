import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { reachOf } from '../../domain/authority.ts'
import { requestStates } from '../../domain/request.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { submit } from '../../gateway/submit.ts'
import { caseNumber } from '../fields.ts'
import { keyOf } from '../idempotency-key.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseNumbered, requestAt } from '../reach.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { askedBody } from './asked.ts'
import { answered, shown, shownAfterWait, submitHeaders, submittedView } from './submitted.ts'
import { requestLineView, requestView, viewLine } from './views.ts'

const states = Object.keys(requestStates) as [keyof typeof requestStates, ...(keyof typeof requestStates)[]]

/** Requests: submitted once under a key, listed by the court, shown with everything the registries said. */
export function requestRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway } = parts
  api.openapi(
    createRoute({
      method: 'post',
      path: '/requests',
      tags: ['请求 Requests'],
      summary:
        '提交请求；查询即时发出，其他措施待审批 · Submit; an inquiry leaves at once, the rest waits for an approver',
      ...may('request.submit'),
      request: {
        headers: submitHeaders,
        body: { required: true, content: { 'application/json': { schema: askedBody } } },
      },
      responses: { 202: json(submittedView, '已提交 · submitted'), ...problems },
    }),
    async (c) => {
      const officer = c.get('person')
      const { case: number, ...asked } = c.req.valid('json')
      const file = await caseNumbered(gateway, c.var, number)
      const once = { client: officer.id, key: keyOf(c), digest: sha256(await c.req.text()) }
      const said = granted(await submit(gateway, officer, file.id, asked, once))
      return c.json(await answered(c, parts, c.var, said), 202)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/requests',
      tags: ['请求 Requests'],
      summary: '本院请求，新的在前 · Requests of the court, newest first',
      ...may('request.list'),
      request: { query: pageQuery.extend({ state: z.enum(states).optional(), case: caseNumber.optional() }) },
      responses: {
        200: json(z.object({ requests: z.array(requestLineView), next: z.uuid().optional() }), '请求'),
        ...problems,
      },
    }),
    async (c) => {
      const { state, case: number, after, limit } = c.req.valid('query')
      const file = number && (await caseNumbered(gateway, c.var, number))
      const filter = {
        reach: reachOf(c.get('person'), 'request.list'),
        limit,
        ...(state && { state }),
        ...(after && { after }),
        ...(file && { caseId: file.id }),
      }
      const lines = await gateway.reads.requestLines(filter)
      return c.json({ requests: lines.map((line) => viewLine(line, gateway)), ...nextOf(lines, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/requests/{id}',
      tags: ['请求 Requests'],
      summary: '请求及其全部反馈 · A request with all that was answered',
      ...may('request.read'),
      request: { params: idParam, headers: z.object({ prefer: z.string().optional() }) },
      responses: { 200: json(requestView, '请求'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      await requestAt(gateway, c.var, id)
      return c.json((await shownAfterWait(c, gateway, c.var, id)) ?? (await shown(gateway, c.var, id)), 200)
    },
  )
}
