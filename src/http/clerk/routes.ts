import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { answerAtDesk, takeUp } from '../../gateway/by-people/clerk.ts'
import { keepPaper } from '../../gateway/by-people/keep-paper.ts'
import { sha256 as sha256Of } from '../../gateway/store-document.ts'
import { answerBody, answeredFrom } from '../answered.ts'
import { given } from '../fields.ts'
import { keyOf } from '../idempotency-key.ts'
import type { May } from '../identify.ts'
import { fileHeaders } from '../officer/results.ts'
import { submitHeaders } from '../officer/submitted.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { bytes, type Edge, idParam, json, problems } from '../surface.ts'
import { clerkDeliveryAt, clerkDocument, clerkLines, lookAtDelivery } from './reach.ts'
import { counterDelivery, counterLine } from './view.ts'

const tags = ['协助单位经办人 Clerks']
const digest = z.string().regex(/^[\w-]{43}$/)

const committed = z
  .object({
    sequence: z.int(),
    receipt: z.string().openapi({ description: 'writ-receipt+jws：本网关签名的收讫凭证' }),
  })
  .openapi('StatementReceipt')

const keptPaper = z.object({ sha256: z.string(), mediaType: z.string(), length: z.int() }).openapi('KeptReceipt')

/** `/v1/clerk`: a registry that has no system, by its own clerk or by a little tool that carries the clerk's token. */
export function clerkRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/clerk/deliveries',
      tags,
      summary: '本单位的查控请求单，紧急、期限在前的在前 · What waits for the clerk’s registry',
      ...may('clerk.list'),
      request: { query: z.object({ state: z.enum(['owed', 'answered']).default('owed') }) },
      responses: { 200: json(z.object({ deliveries: z.array(counterLine) }), '查控请求单'), ...problems },
    }),
    async (c) => {
      const lines = await clerkLines(gateway, c.get('person'), c.req.valid('query').state)
      return c.json({ deliveries: [...lines] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/clerk/deliveries/{id}',
      tags,
      summary: '一件查控请求单，法院签署的明文内容 · One request, as the court signed it',
      ...may('clerk.read'),
      request: { params: idParam },
      responses: { 200: json(counterDelivery, '查控请求单'), ...problems },
    }),
    async (c) => c.json(await lookAtDelivery(gateway, c.var, c.req.valid('param').id), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/clerk/deliveries/{id}/documents/{sha256}',
      tags,
      summary: '请求单所附文书 · A document that the request names',
      ...may('clerk.read'),
      request: { params: idParam.extend({ sha256: digest }) },
      responses: { 200: bytes('application/octet-stream', '文书原件'), ...problems },
    }),
    async (c) => {
      const { id, sha256 } = c.req.valid('param')
      const document = await clerkDocument(gateway, c.var, id, sha256)
      return c.body(Buffer.from(document.bytes), 200, fileHeaders(document.mediaType))
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/clerk/deliveries/{id}/reception',
      tags,
      summary: '签收，签收时间即送达时间 · Take it up: the moment of service; again it is the same',
      ...may('clerk.answer'),
      request: { params: idParam },
      responses: { 200: json(committed, '已签收'), ...problems },
    }),
    async (c) => {
      const { id } = (await clerkDeliveryAt(gateway, c.var, c.req.valid('param').id)).row
      const { sequence, receipt } = granted(await takeUp(gateway, c.get('person'), id))
      return c.json({ sequence, receipt }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/clerk/deliveries/{id}/receipts',
      tags,
      summary: '上传盖章回执（PDF、JPEG、PNG），先于所属反馈 · The stamped receipt, before the answer that names it',
      ...may('clerk.answer'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } },
      },
      responses: { 200: json(keptPaper, '已保存'), ...problems },
    }),
    async (c) => {
      const { row } = await clerkDeliveryAt(gateway, c.var, c.req.valid('param').id)
      const file = new Uint8Array(await c.req.arrayBuffer())
      const { sha256, mediaType, length } = granted(
        await keepPaper(gateway, c.get('person'), row, file, () => undefined),
      )
      return c.json({ sha256, mediaType, length }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/clerk/deliveries/{id}/statements',
      tags,
      summary: '反馈、更正反馈、续报 · Answer, correct an answer, or say what became of a control',
      ...may('clerk.answer'),
      request: {
        params: idParam,
        headers: submitHeaders.pick({ 'idempotency-key': true }),
        body: { required: true, content: { 'application/json': { schema: answerBody } } },
      },
      responses: { 200: json(committed, '已存证；重复提交答复相同'), ...problems },
    }),
    async (c) => {
      const { row } = await clerkDeliveryAt(gateway, c.var, c.req.valid('param').id)
      const person = c.get('person')
      const body = c.req.valid('json')
      const { case: number, subject, sealedReceipt: receipt } = body
      const said = {
        answered: answeredFrom(body),
        before: { case: number, subject },
        once: sha256Of(`${person.id}|${keyOf(c)}`),
        ...given({ receipt }),
      }
      const { sequence, receipt: signed } = granted(await answerAtDesk(gateway, person, row.id, said))
      return c.json({ sequence, receipt: signed }, 200)
    },
  )
}
