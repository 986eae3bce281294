import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { exportBundle } from '../../gateway/export-bundle.ts'
import { reason } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { waitPreferred } from '../prefer.ts'
import { granted } from '../problem.ts'
import { deliveryAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { exchangeAt } from './asked.ts'
import { exchangeView } from './views.ts'

const tags = ['监督 Audit']

const exportBody = z.strictObject({ reason }).openapi('BundleExport')

const bundleView = z
  .object({ files: z.record(z.string(), z.string()), viewer: z.string(), entry: z.uuid() })
  .openapi('Bundle')

/** What went between a court and a registry: masked to look at, with its bytes for a reason, as a bundle to take away. */
export function exchangeRoutes(api: OpenAPIHono<Edge>, { gateway, log }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/exchanges/{id}',
      tags,
      summary: '一次往来（脱敏）· One exchange, masked: attempts, statements, digests, entries',
      ...may('audit.read'),
      request: { params: idParam },
      responses: { 200: json(exchangeView, '往来'), ...problems },
    }),
    async (c) => {
      const { view } = await exchangeAt(gateway, c.var, c.req.valid('param').id)
      return c.json(view, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/exchanges/{id}/evidence',
      tags,
      summary:
        '填写理由，导出一次往来的核验包 · Export, for a reason, the bundle that verifies an exchange offline: path → base64',
      ...may('bundle.export'),
      request: {
        params: idParam,
        headers: z.object({ prefer: z.string().optional() }),
        body: { required: true, content: { 'application/json': { schema: exportBody } } },
      },
      responses: { 200: json(bundleView, '核验包'), ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const { row } = await deliveryAt(gateway, c.var, c.req.valid('param').id)
      const viewer = watermark(person, gateway.clock(), c.get('requestId'))
      const asked = { reason: c.req.valid('json').reason, exporter: viewer, waitMs: waitPreferred(c) * 1000 }
      const { layout, entry } = granted(await exportBundle(gateway, log, person, row, asked))
      const files = [...layout].map(([path, content]) => [path, Buffer.from(content).toString('base64')])
      return c.json({ files: Object.fromEntries(files), viewer, entry }, 200)
    },
  )
}
