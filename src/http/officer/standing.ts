import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { caseStandingList } from '../../domain/case-file.ts'
import { changeStanding } from '../../gateway/enter-case.ts'
import { day, given } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

/** How a case stands, as a registrar says it. */
export const standingBody = z
  .strictObject({ standing: z.enum(caseStandingList), terminatedOn: day.optional() })
  .transform(given)
  .openapi('Standing', {
    description: '案件状态；终本的，写明裁定之日 · how the case stands; of 终本 the day of its ruling',
    example: { standing: 'terminated', terminatedOn: '2025-09-01' },
  })

/** How a case stands from now on: said by one registrar, confirmed by another like the rest of the case. */
export function standingRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'put',
      path: '/cases/{id}/standing',
      tags: ['案件 Cases'],
      summary: '变更案件状态：终本、结案、恢复 · Say how a case stands; it waits for a second registrar',
      ...may('case.enter'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: standingBody } } },
      },
      responses: { 200: json(z.object({ entry: z.uuid() }), '已录入，待确认 · waits to be confirmed'), ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await changeStanding(gateway, c.get('person'), id, c.req.valid('json')))
      return c.json({ entry }, 200)
    },
  )
}
