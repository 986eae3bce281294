import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { documentOf, findDelivery, take } from '../gateway/desk.ts'
import type { Counter, Parts } from '../gateway/parts.ts'
import { quarantineLoose, receive } from '../gateway/receive.ts'
import { keepSealedReceipt } from '../gateway/sealed-receipt.ts'
import { sha256 as sha256Of } from '../gateway/store-document.ts'
import type { Outgoing, Proved, Reception, Unproved } from '../relay/port.ts'
import { keysAmong } from '../signing/key.ts'
import { deliveryNamedIn, openStatement } from '../signing/statement.ts'
import { partnerNeeded } from './identify.ts'
import { fileHeaders } from './officer/results.ts'
import type { HttpParts } from './parts.ts'
import { possessionRoute } from './possession.ts'
import { askUntil, longestWait } from './prefer.ts'
import { found, Refused } from './problem.ts'
import type { ProblemCode } from './problem-catalogue.ts'
import { bytes, type Edge, json, problems, surface } from './surface.ts'

const digest = z.string().regex(/^[\w-]{43}$/)
const handed = z.object({ delivery: z.uuid(), jws: z.string() }).openapi('HandedDelivery')
const tags = ['协助单位 Partners']

/** `/partner/v1`: the native protocol, version 1. Every call is signed by the registry that makes it. */
export function partnerApi(parts: HttpParts): OpenAPIHono<Edge> {
  const { gateway } = parts
  const api = surface()
  const partner = partnerNeeded(parts)

  api.openapi(
    createRoute({
      method: 'get',
      path: '/deliveries',
      tags,
      summary: '领取待办请求单（租期 60 秒）· Take what waits, leased for 60 s',
      ...partner,
      request: {
        query: z.object({
          limit: z.coerce.number().int().min(1).max(100).default(20),
          wait: z.coerce.number().int().min(0).default(0),
        }),
      },
      responses: { 200: json(z.array(handed), '请求单，可为空 · may be empty'), ...problems },
    }),
    async (c) => {
      const { limit, wait } = c.req.valid('query')
      const deliveries = await askUntil(
        () => take(gateway, c.get('partner'), { limit, inquiries: true, controls: true }),
        (taken) => taken.length > 0,
        Math.min(wait, longestWait),
        c.req.raw.signal,
      )
      return c.json(
        deliveries.map(({ id, jws }) => ({ delivery: id, jws })),
        200,
      )
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/statements',
      tags,
      summary: '反馈 · Say something about a delivery; the answer is a signed receipt',
      ...partner,
      request: { body: { required: true, content: { 'application/jose': { schema: { type: 'string' } } } } },
      responses: { 200: bytes('application/jose', 'writ-receipt+jws'), ...problems },
    }),
    async (c) => {
      const message = new Uint8Array(await c.req.arrayBuffer())
      return c.body(receiptOf(await told(gateway, c.get('partner'), message)), 200, {
        'Content-Type': 'application/jose',
      })
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/documents/{delivery}/{sha256}',
      tags,
      summary: '请求单所附文书 · A document that a delivery names',
      ...partner,
      request: { params: z.object({ delivery: z.uuid(), sha256: digest }) },
      responses: { 200: bytes('application/octet-stream', '文书原件'), ...problems },
    }),
    async (c) => {
      const { delivery, sha256 } = c.req.valid('param')
      const outgoing = found(await findDelivery(gateway, c.get('partner'), delivery))
      const named = found(outgoing.claims.basis.documents.find((document) => document.sha256 === sha256))
      const document = found(await documentOf(gateway, outgoing, sha256))
      return c.body(Buffer.from(document), 200, fileHeaders(named.mediaType))
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/receipts/{sha256}',
      tags,
      summary: '上传盖章回执，先于所属反馈 · The stamped document, before the statement that names it',
      ...partner,
      request: {
        params: z.object({ sha256: digest }),
        query: z.object({ delivery: z.uuid() }),
        body: { required: true, content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } },
      },
      responses: { 200: json(z.object({ sha256: z.string(), length: z.int() }), '已保存'), ...problems },
    }),
    async (c) => {
      const { sha256 } = c.req.valid('param')
      const outgoing = await findDelivery(gateway, c.get('partner'), c.req.valid('query').delivery)
      const { id } = found(outgoing, 'statement-unknown-delivery')
      const file = new Uint8Array(await c.req.arrayBuffer())
      if (file.length === 0 || sha256Of(file) !== sha256) throw new Refused('receipt-digest')
      const mediaType = c.req.header('content-type') ?? 'application/pdf'
      await keepSealedReceipt(gateway, id, { bytes: file, mediaType })
      return c.json({ sha256, length: file.length }, 200)
    },
  )

  possessionRoute(api, parts)
  return api
}

/** The registry is known; what it says is proved against the delivery it names, committed or kept as evidence. */
async function told(gateway: Parts, counter: Counter, message: Uint8Array): Promise<Reception> {
  const named = deliveryNamedIn(message)
  const outgoing = named === undefined ? undefined : await findDelivery(gateway, counter, named)
  if (outgoing) {
    const parsed = await prove(gateway, counter, message, outgoing)
    return receive(gateway, counter.registry, outgoing.reference, { message, parsed })
  }
  const code = named === undefined ? 'statement-unreadable' : 'statement-unknown-delivery'
  if ((await quarantineLoose(gateway, counter.registry, message, code)) === 'flooded') return { kind: 'flooded' }
  throw new Refused(code)
}

function prove(gateway: Parts, counter: Counter, message: Uint8Array, outgoing: Outgoing): Promise<Proved | Unproved> {
  const now = gateway.clock()
  if (counter.adapter.kind === 'push') return counter.adapter.parse(message, outgoing, now)
  const keysOf = keysAmong(counter.registered.keys)
  return openStatement(message, outgoing, { keysOf, gateway: gateway.gatewayId, now })
}

function receiptOf(reception: Reception): string {
  switch (reception.kind) {
    case 'committed':
    case 'repeated':
      return reception.receipt
    case 'unproved':
      throw new Refused(reception.code)
    case 'contradicted':
    case 'sequence-used':
    case 'unknown-delivery':
    case 'flooded':
      throw new Refused(codeOf[reception.kind])
  }
}

const codeOf = {
  contradicted: 'statement-contradicts',
  'sequence-used': 'statement-sequence-used',
  'unknown-delivery': 'statement-unknown-delivery',
  flooded: 'quarantine-full',
} as const satisfies Record<string, ProblemCode>
