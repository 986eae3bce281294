import type { OpenAPIHono } from '@hono/zod-openapi'
import { openDesk } from '../gateway/desk.ts'
import { certificateNeeded } from './certificate-needed.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problem.ts'
import { type Edge, surface } from './surface.ts'

/**
 * `/adapters/<registry>/…`: each registry that pulls is served in its own dialect, by its own adapter, at a desk from
 * which nothing but its own deliveries can be reached. The adapter signs the registry in; nothing here does.
 */
export function adapterApi({ gateway, desk, peers }: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  for (const method of ['get', 'post'] as const) {
    api.openAPIRegistry.registerPath({
      method,
      path: '/{registry}/{path}',
      tags: ['协助单位 Partners'],
      'x-opens': 'dialect',
      summary: '协助单位自有接口规范 · The registry’s own dialect; see adapters/<name>/README.md',
      responses: { 200: { description: '按该单位规范 · as the dialect says' } },
    })
    api.on(method, '/:registry/:path{.+}', (c) => {
      const counter = found(gateway.counter(c.req.param('registry')))
      certificateNeeded(peers, c, counter, gateway.clock())
      const adapter = found(counter.adapter.kind === 'pull' ? counter.adapter : undefined)
      return adapter.serve(c.req.raw, openDesk(gateway, counter, desk))
    })
  }
  return api
}
