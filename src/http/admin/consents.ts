import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { decideAdmission } from '../../gateway/partners/admit.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'

const tags = ['管理 Administration']

const consentView = z
  .object({
    id: z.uuid(),
    kind: z.literal('partner.admit'),
    about: z.string(),
    asked: z.record(z.string(), z.any()).openapi({ description: '申请内容 · what exactly is let in' }),
    askedBy: z.string(),
    askedAt: z.string(),
    expiresAt: z.string(),
    decision: z.enum(['allowed', 'refused']).optional(),
    decidedBy: z.string().optional(),
  })
  .openapi('Consent')

const decision = z.strictObject({ decision: z.enum(['allowed', 'refused']) })

/** What waits for a security administrator's word: registries that ask to go live. */
export function consentRoutes(api: OpenAPIHono<Edge>, { gateway, changed }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/consents',
      tags,
      summary: '待二人办理的事项 · What waits for a second person',
      ...may('partner.list'),
      request: { query: pageQuery.extend({ waiting: z.stringbool().default(true) }) },
      responses: {
        200: json(z.object({ consents: z.array(consentView), next: z.uuid().optional() }), '事项'),
        ...problems,
      },
    }),
    async (c) => {
      const { waiting, after, limit } = c.req.valid('query')
      const filter = { kind: 'partner.admit' as const, waiting, limit, ...(after && { after }) }
      const consents = await gateway.reads.consents(filter)
      return c.json({ consents: consents.map(viewConsent), ...nextOf(consents, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/consents/{id}',
      tags,
      summary: '第二人决定 · The second person’s word',
      ...may('partner.admit'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: decision } } },
      },
      responses: { 200: json(decision, '已决定'), ...problems },
    }),
    async (c) => {
      const said = c.req.valid('json').decision
      granted(await decideAdmission(gateway, c.get('person'), c.req.valid('param').id, said))
      await changed()
      return c.json({ decision: said }, 200)
    },
  )
}

function viewConsent({ id, about = '', body, askedBy, askedAt, expiresAt, decision, decidedBy }: Consent) {
  return {
    ...{ id, kind: 'partner.admit' as const, about, asked: body as Record<string, unknown>, askedBy },
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(decision && { decision }),
    ...(decidedBy && { decidedBy }),
  }
}
