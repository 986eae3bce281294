import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Person } from '../../domain/person.ts'
import { decideAdmission } from '../../gateway/partners/admit.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import { decideGrant } from '../../gateway/roster/grants.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'

const tags = ['管理 Administration']

const kinds = ['partner.admit', 'grant.give'] as const

const consentView = z
  .object({
    id: z.uuid(),
    kind: z.enum(kinds),
    about: z.string(),
    asked: z.record(z.string(), z.any()).openapi({ description: '申请内容 · what exactly is asked for' }),
    askedBy: z.string(),
    askedAt: z.string(),
    expiresAt: z.string(),
    decision: z.enum(['allowed', 'refused']).optional(),
    decidedBy: z.string().optional(),
  })
  .openapi('Consent')

const decision = z.strictObject({ decision: z.enum(['allowed', 'refused']) })

/** What waits for a second administrator's word: registries that ask to go live, and people who are to watch or look after them. */
export function consentRoutes(api: OpenAPIHono<Edge>, { gateway, changed }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/consents',
      tags,
      summary: '待二人办理的事项 · What waits for a second person',
      ...may('partner.list'),
      request: {
        query: pageQuery.extend({
          waiting: z.stringbool().default(true),
          kind: z.enum(kinds).default('partner.admit'),
        }),
      },
      responses: {
        200: json(z.object({ consents: z.array(consentView), next: z.uuid().optional() }), '事项'),
        ...problems,
      },
    }),
    async (c) => {
      const { kind, waiting, after, limit } = c.req.valid('query')
      const filter = { kind, waiting, limit, ...(after && { after }) }
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
      ...may('grant.agree'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: decision } } },
      },
      responses: { 200: json(decision, '已决定'), ...problems },
    }),
    async (c) => {
      const said = c.req.valid('json').decision
      granted(await decideAsked(gateway, c.get('person'), c.req.valid('param').id, said))
      await changed()
      return c.json({ decision: said }, 200)
    },
  )
}

/** The word on whatever it is that waits under this id; each kind has its own people who may decide it. */
export async function decideAsked(
  gateway: Parts,
  by: Person,
  id: string,
  decision: 'allowed' | 'refused',
  reason?: string,
): Promise<Awaited<ReturnType<typeof decideGrant | typeof decideAdmission>>> {
  const isGrant = (await gateway.reads.consent(id))?.kind === 'grant.give'
  return (isGrant ? decideGrant : decideAdmission)(gateway, by, id, decision, reason)
}

function viewConsent({ id, kind, about = '', body, askedBy, askedAt, expiresAt, decision, decidedBy }: Consent) {
  return {
    ...{
      id,
      kind: kind === 'grant.give' ? kind : ('partner.admit' as const),
      about,
      asked: body as Record<string, unknown>,
      askedBy,
    },
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(decision && { decision }),
    ...(decidedBy && { decidedBy }),
  }
}
