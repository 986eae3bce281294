import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { isAssigned, reachOf } from '../../domain/authority.ts'
import { requestStates } from '../../domain/request.ts'
import { type Warning, warnings } from '../../domain/restricted.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { submit } from '../../gateway/submit.ts'
import { caseNumber } from '../fields.ts'
import type { May } from '../identify.ts'
import { maskRequest } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { askUntil, waitPreferred } from '../prefer.ts'
import { granted, Refused } from '../problem.ts'
import { type Calling, caseNumbered, requestAt } from '../reach.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { askedBody } from './asked.ts'
import { allAnswered, requestLineView, requestView, viewLine, viewRequest } from './views.ts'

const states = Object.keys(requestStates) as [keyof typeof requestStates, ...(keyof typeof requestStates)[]]

const warningList = Object.keys(warnings) as [Warning, ...Warning[]]

const submittedView = z
  .object({
    id: z.uuid(),
    entry: z.uuid().optional().openapi({ description: '存证条目；重放时没有 · the log entry; none for a replay' }),
    warnings: z
      .array(z.object({ code: z.enum(warningList), zh: z.string(), en: z.string() }))
      .optional()
      .openapi({ description: '应当知悉但不妨碍提交的事项 · what to know, though it stops nothing' }),
    request: requestView.optional().openapi({ description: '仅在 Prefer: wait 时 · only with Prefer: wait' }),
  })
  .openapi('Submitted')

const submitHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: '必填，8–200 个字符 · required', example: 'a1b2c3d4-0001' }),
  prefer: z.string().optional().openapi({ example: 'wait=20' }),
})

/** Requests: submitted once under a key, listed by the court, shown with everything the registries said. */
export function requestRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
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
      const { kind, id, entry, warnings: noted = [] } = granted(await submit(gateway, officer, file.id, asked, once))
      const request = await shownAfterWait(c, gateway, c.var, id)
      c.header('Location', `/v1/requests/${id}`)
      if (kind === 'replayed') c.header('Idempotent-Replayed', 'true')
      const told = noted.map((code) => ({ code, ...warnings[code] }))
      const body = {
        id,
        ...(entry && { entry }),
        ...(told.length > 0 && { warnings: told }),
        ...(request && { request }),
      }
      return c.json(body, 202)
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
      return c.json({ requests: lines.map(viewLine), ...nextOf(lines, limit) }, 200)
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

async function shownAfterWait(c: Context, gateway: Parts, calling: Calling, id: string) {
  const wait = waitPreferred(c)
  if (wait === 0) return undefined
  await askUntil(
    async () => [await gateway.reads.request(id), await gateway.reads.exchangesOf(id)] as const,
    // A request that waits for an approver does not go out while we wait here.
    ([row, exchanges]) => row?.state !== 'approved' || allAnswered(row, exchanges),
    wait,
    c.req.raw.signal,
  )
  return shown(gateway, calling, id)
}

async function shown(gateway: Parts, calling: Calling, id: string) {
  const { row, file } = await requestAt(gateway, calling, id)
  const what = { kind: 'results.viewed' as const, caseId: file.id, request: id }
  const exchanges = await look(gateway, calling.person, what, () => gateway.reads.exchangesOf(id))
  const view = viewRequest(row, file.number, exchanges, gateway)
  return isAssigned(calling.person, file) ? view : maskRequest(view)
}

function keyOf(c: Context): string {
  const key = c.req.header('idempotency-key') ?? ''
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) throw new Refused('idempotency-key-missing', { field: 'Idempotency-Key' })
  // A client may have made its key of what it likes, a party's number among it: kept is only what tells keys apart.
  return sha256(key)
}
