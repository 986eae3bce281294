import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRoute, z } from '@hono/zod-openapi'
import { parseTilePath, tileWidth } from '../ledger/tile-path.ts'
import { anyone, type Opens, personsMay } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problem.ts'
import { bytes, type Edge, json, problems, surface } from './surface.ts'

const tags = ['存证日志 Log']
const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' }

/** `/log` and the keys: what anyone may check. Leaves need a mirror's credential: the times of freezes are not public. */
export function logApi(parts: HttpParts): OpenAPIHono<Edge> {
  const { log } = parts
  const api = surface()

  api.openapi(
    createRoute({
      method: 'get',
      path: '/log/checkpoint',
      tags,
      ...anyone,
      summary: '最新检查点（C2SP signed note）· The newest checkpoint',
      responses: { 200: bytes('text/plain', 'C2SP tlog-checkpoint'), ...problems },
    }),
    (c) => c.text(found(log.checkpoint()).note, 200, { 'Cache-Control': 'no-cache' }),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/log/key',
      tags,
      ...anyone,
      summary: '日志验证公钥 · The verifier key of the log',
      responses: { 200: bytes('text/plain', 'C2SP signed-note vkey'), ...problems },
    }),
    (c) => c.text(`${log.vkey}\n`, 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/log/key/sm2',
      tags,
      ...anyone,
      summary: '检查点国密签名行的验证公钥，未启用则无 · The verifier key of the SM2 lines, where checkpoints bear one',
      responses: { 200: bytes('text/plain', 'C2SP signed-note vkey, type 0xff'), ...problems },
    }),
    (c) => c.text(`${found(log.sm2Vkey)}\n`, 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/.well-known/jwks.json',
      tags,
      ...anyone,
      summary: '现用、下一把与已停用的公钥 · Public keys: current, next and retired',
      responses: { 200: json(z.object({ keys: z.array(z.looseObject({})) }), 'JWK Set'), ...problems },
    }),
    (c) =>
      c.json({ keys: log.jwks().keys.map((key) => ({ ...key })) }, 200, { 'Cache-Control': 'public, max-age=300' }),
  )

  document(api, '/log/tile/{path}', '散列数据块 · A hash tile, C2SP tlog-tiles', 'anyone')
  document(api, '/log/tile/entries/{path}', '条目瓦片，限镜像 · Leaves, for mirrors', 'log.mirror')
  api.get('/log/tile/entries/:path{.+}', personsMay(parts)('log.mirror').middleware, async (c) => {
    const name = found(parseTilePath(`entries/${c.req.param('path')}`))
    const bundle = found(await log.tile(name))
    return c.body(Buffer.from(bundle), 200, { ...octets, 'Cache-Control': 'private, no-store' })
  })
  api.get('/log/tile/:path{.+}', async (c) => {
    const name = found(parseTilePath(c.req.param('path')))
    const tile = found(name.level === 'entries' ? undefined : await log.tile(name))
    // A partial tile never changes either, but it is soon of no use: no cache should keep it for a year.
    const caching = name.width === tileWidth ? forEver : { 'Cache-Control': 'public, max-age=60' }
    return c.body(Buffer.from(tile), 200, { ...octets, ...caching })
  })

  return api
}

const octets = { 'Content-Type': 'application/octet-stream' }

function document(api: OpenAPIHono<Edge>, path: string, summary: string, opens: Opens): void {
  api.openAPIRegistry.registerPath({
    method: 'get',
    path,
    tags,
    summary,
    'x-opens': opens,
    request: { params: z.object({ path: z.string() }) },
    responses: { 200: bytes('application/octet-stream', 'C2SP tlog-tiles'), ...problems },
  })
}
