import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { askForResult, sealWrongPerson } from '../../gateway/wrong-person.ts'
import { reason } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { deliveryAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const sealingBody = z.strictObject({ statement: z.uuid(), reason }).openapi('WrongPerson')

const openingBody = z
  .strictObject({
    statement: z.uuid(),
    wanted: z
      .enum(['look', 'lift'])
      .openapi({ description: '查看一次，或解除封存 · look at it once, or let it count again' }),
    reason,
  })
  .openapi('ResultOpening')

/** Answers about somebody else of the same name (错误主体): hidden by one, seen or counted again by two. */
export function wrongPersonRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/deliveries/{id}/wrong-person',
      tags: ['保密 Secrecy'],
      summary: '反馈涉及错误主体，封存查得内容 · What a statement found is somebody else’s: seal it',
      ...may('result.seal'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: sealingBody } } } },
      responses: { 200: json(z.object({ sealed: z.literal(true), entry: z.uuid() }), '已封存'), ...problems },
    }),
    async (c) => {
      const { row } = await deliveryAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await sealWrongPerson(gateway, c.get('person'), row, c.req.valid('json')))
      return c.json({ sealed: true as const, entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/deliveries/{id}/openings',
      tags: ['保密 Secrecy'],
      summary: '申请查看或解除封存的反馈，由本案另一人决定 · Ask to see a sealed result or to lift the seal',
      ...may('result.open-up'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: openingBody } } } },
      responses: { 201: json(z.object({ id: z.uuid() }), '待另一人决定'), ...problems },
    }),
    async (c) => {
      const { row } = await deliveryAt(gateway, c.var, c.req.valid('param').id)
      const opening = { ...c.req.valid('json'), delivery: row.id }
      const { id } = granted(await askForResult(gateway, c.get('person'), row.caseId, opening))
      return c.json({ id }, 201, { Location: `/v1/openings/${id}` })
    },
  )
}
