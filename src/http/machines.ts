import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { anyone, type Opens } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { Refused } from './problem.ts'
import { type Edge, json, problems } from './surface.ts'

const tags = ['机器 Machines']
const live = z.object({ status: z.literal('ok'), version: z.string() })
const ready = z.object({ status: z.literal('ready'), checks: z.record(z.string(), z.string()) })

const about = {
  title: 'Writ 查控网关',
  description: [
    '把法院的财产查询、冻结、查封、续行、解除、扣划送达协助执行单位，并对往来各方的全部意思表示留存证据。',
    'Carries a court’s property orders to land, real-estate and bank registries, and keeps proof of every word said.',
    '错误见 /docs/errors · Every refusal is a problem (RFC 9457), listed at /docs/errors.',
  ].join('\n\n'),
}

const securitySchemes = {
  person: { type: 'http', scheme: 'bearer', description: '人员令牌 · a person’s token' },
  partner: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'writ-partner+jwt',
    description: '协助单位每次调用自签的令牌 · a JWT the registry signs for each call',
  },
  client: {
    type: 'oauth2',
    description: '法院系统以签名断言换取的令牌 · a token a court’s system gets for a signed assertion (RFC 7523)',
    flows: { clientCredentials: { tokenUrl: '/oauth/token', scopes: {} } },
  },
} as const

/** The document of the whole app, made from the routes themselves. */
export function openApiOf(app: OpenAPIHono<Edge>, version: string) {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { ...about, version },
    servers: [{ url: '/' }],
  })
  document.components = { ...document.components, securitySchemes }
  for (const { method, path, opens } of doorsOf(app)) {
    const operation = document.paths?.[path]?.[method]
    if (!operation) continue
    const scheme = schemeOf(opens)
    if (scheme) operation.security = [{ [scheme]: [] }]
  }
  return document
}

/** Every documented route with whom it is for. Throws for one that declares nobody: it would be open by neglect. */
export function doorsOf(app: OpenAPIHono<Edge>): readonly { method: Method; path: string; opens: Opens }[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { method, path, 'x-opens': opens } = definition.route as typeof definition.route & { 'x-opens'?: Opens }
    if (opens === undefined) throw new TypeError(`${method} ${path} does not say whom it is for`)
    return [{ method: method as Method, path, opens }]
  })
}

type Method = 'get' | 'post' | 'put' | 'delete' | 'patch'

function schemeOf(opens: Opens): keyof typeof securitySchemes | undefined {
  if (opens === 'anyone' || opens === 'dialect') return undefined
  return opens === 'partner' || opens === 'client' ? opens : 'person'
}

/** What machines ask: is it alive, can it work, what can it do. */
export function machineRoutes(app: OpenAPIHono<Edge>, { health, version }: HttpParts): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/livez',
      tags,
      ...anyone,
      summary: '存活 · Alive',
      responses: { 200: json(live, '存活') },
    }),
    (c) => c.json({ status: 'ok' as const, version }, 200),
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/readyz',
      tags,
      ...anyone,
      summary: '就绪 · Can it do its work',
      responses: { 200: json(ready, '就绪'), ...problems },
    }),
    async (c) => {
      const { ready, checks } = await health()
      if (!ready) throw new Refused('not-ready', { checks })
      return c.json({ status: 'ready' as const, checks: { ...checks } }, 200)
    },
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/openapi.json',
      tags,
      ...anyone,
      summary: '本文档 · This document',
      responses: { 200: json(z.any(), 'OpenAPI 3.1') },
    }),
    (c) => c.json(openApiOf(app, version), 200),
  )
}
