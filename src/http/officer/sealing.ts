import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { askToOpen, type CaseOpening } from '../../gateway/open-up.ts'
import { sealCase } from '../../gateway/seal-case.ts'
import { reason, words } from '../fields.ts'
import type { May } from '../identify.ts'
import { idsOf } from '../named-people.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const members = z
  .array(words(60))
  .min(1)
  .max(50)
  .openapi({ description: '知悉人员用户名，办理人自动列入 · user names; whoever seals is among them by itself' })

/** Who may know of a secret case, and why it is one. */
export const sealing = z.strictObject({ members, reason }).openapi('Sealing')

const openingBody = z
  .strictObject({ unseal: z.literal(true).optional(), add: members.optional(), reason })
  .refine(({ unseal, add }) => (unseal === undefined) !== (add === undefined), 'either unseal or add')
  .openapi('CaseOpening', { example: { unseal: true, reason: '案件已结，不再保密' } })

/** Secret cases (保密案件): sealed at once, opened up by two. */
export function sealingRoutes(api: OpenAPIHono<Edge>, { gateway, people }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/seal',
      tags: ['保密 Secrecy'],
      summary: '设为保密案件，即时生效；已保密的可再缩小知悉范围 · Make a case a secret, at once',
      ...may('case.seal'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: sealing } } } },
      responses: { 200: json(z.object({ sealed: z.literal(true) }), '已保密'), ...problems },
    }),
    async (c) => {
      const { members: named, reason: why } = c.req.valid('json')
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const ids = await idsOf(people, gateway.clock(), named)
      granted(await sealCase(gateway, c.get('person'), id, { members: ids, reason: why }))
      return c.json({ sealed: true as const }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/openings',
      tags: ['保密 Secrecy'],
      summary: '申请解除保密或增加知悉人员，由另一知悉人员决定 · Ask to open a secret case up; another member decides',
      ...may('case.open-up'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: openingBody } } } },
      responses: { 201: json(z.object({ id: z.uuid() }), '待另一人决定 · waits for another member'), ...problems },
    }),
    async (c) => {
      const { add, reason: why } = c.req.valid('json')
      const { id: caseId } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const opening: CaseOpening = add ? { add: await idsOf(people, gateway.clock(), add) } : { unseal: true }
      const { id } = granted(await askToOpen(gateway, c.get('person'), caseId, { ...opening, reason: why }))
      return c.json({ id }, 201, { Location: `/v1/openings/${id}` })
    },
  )
}
