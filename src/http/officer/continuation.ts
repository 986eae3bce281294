import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { continuationList } from '../../domain/case-line.ts'
import { continueCase } from '../../gateway/continue-case.ts'
import { caseNumber } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

/** Which case it continues, as a registrar says it. */
export const continuationBody = z
  .strictObject({ number: caseNumber, as: z.enum(continuationList) })
  .openapi('Continuation', { description: '前案案号与承接方式 · the earlier case, and how this one goes on from it' })

/** Which case goes on from which: said by one registrar, confirmed by another like the rest of the case. */
export function continuationRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'put',
      path: '/cases/{id}/continuation',
      tags: ['案件 Cases'],
      summary:
        '承接前案：控制措施的期限与顺位随之承接 · Say which case this one continues; it waits for a second registrar',
      ...may('case.enter'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: continuationBody } } },
      },
      responses: { 200: json(z.object({ entry: z.uuid() }), '已录入，待确认 · waits to be confirmed'), ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await continueCase(gateway, c.get('person'), id, c.req.valid('json')))
      return c.json({ entry }, 200)
    },
  )
}
