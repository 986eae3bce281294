import type { OpenAPIHono } from '@hono/zod-openapi'
import { createRoute, z } from '@hono/zod-openapi'
import { formatEntryBundle } from '../ledger/entry-bundle.ts'
import { parseTilePath, type TileName, tileWidth } from '../ledger/tile-path.ts'
import { personsNeeded } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problem.ts'
import type { PublicLog } from './public-log.ts'
import { bytes, type Edge, json, problems, surface } from './surface.ts'

const tags = ['存证日志 Log']
const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' }
const hashBytes = 32

/** `/log` and the keys: what anyone may check. Leaves need a mirror's credential: the times of freezes are not public. */
export function logApi(parts: HttpParts): OpenAPIHono<Edge> {
  const { log } = parts
  const api = surface()

  api.openapi(
    createRoute({
      method: 'get',
      path: '/log/checkpoint',
      tags,
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
      summary: '日志验证公钥 · The verifier key of the log',
      responses: { 200: bytes('text/plain', 'C2SP signed-note vkey'), ...problems },
    }),
    (c) => c.text(`${log.vkey()}\n`, 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/.well-known/jwks.json',
      tags,
      summary: '现用、下一把与已停用的公钥 · Public keys: current, next and retired',
      responses: { 200: json(z.object({ keys: z.array(z.looseObject({})) }), 'JWK Set'), ...problems },
    }),
    (c) =>
      c.json({ keys: log.jwks().keys.map((key) => ({ ...key })) }, 200, { 'Cache-Control': 'public, max-age=300' }),
  )

  document(api, '/log/tile/{path}', '哈希瓦片 · A hash tile, C2SP tlog-tiles')
  document(api, '/log/tile/entries/{path}', '条目瓦片，限镜像 · Leaves, for mirrors')
  api.get('/log/tile/entries/:path{.+}', personsNeeded(parts)('auditor'), async (c) => {
    const name = coveredTile(log, `entries/${c.req.param('path')}`)
    const leaves = await log.leaves(name.index * tileWidth, name.width)
    found(leaves.length === name.width ? leaves : undefined)
    return c.body(Buffer.from(formatEntryBundle(leaves)), 200, { ...octets, 'Cache-Control': 'private, no-store' })
  })
  api.get('/log/tile/:path{.+}', async (c) => {
    const name = coveredTile(log, c.req.param('path'))
    const tile = await log.tile(Number(name.level), name.index)
    const wanted = name.width * hashBytes
    const kept = found(tile && tile.length >= wanted ? tile.subarray(0, wanted) : undefined)
    // A partial tile never changes either, but it is soon of no use: no cache should keep it for a year.
    const caching = name.width === tileWidth ? forEver : { 'Cache-Control': 'public, max-age=60' }
    return c.body(Buffer.from(kept), 200, { ...octets, ...caching })
  })

  return api
}

const octets = { 'Content-Type': 'application/octet-stream' }

/** What no served checkpoint covers is not shown: it could still be lost, and then the log would have shown two pasts. */
function coveredTile(log: PublicLog, path: string): TileName {
  const name = found(parseTilePath(path))
  const size = log.checkpoint()?.size ?? 0
  const level = name.level === 'entries' ? 0 : name.level
  const leaves = (name.index * tileWidth + name.width) * tileWidth ** level
  return found(leaves <= size ? name : undefined)
}

function document(api: OpenAPIHono<Edge>, path: string, summary: string): void {
  api.openAPIRegistry.registerPath({
    method: 'get',
    path,
    tags,
    summary,
    request: { params: z.object({ path: z.string() }) },
    responses: { 200: bytes('application/octet-stream', 'C2SP tlog-tiles'), ...problems },
  })
}
