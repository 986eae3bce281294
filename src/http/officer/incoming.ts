import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { recordIncoming } from '../../gateway/record-incoming.ts'
import { words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const received = {
  receivedAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .openapi({ type: 'string', format: 'date-time', description: '法院实际收到的时间 · when the court had it' }),
  words: words(2000).openapi({ description: '来件要点或者卷内位置 · what it says, or where it is filed' }),
}

const incomingBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('objection'), delivery: z.uuid(), ...received }),
    z.strictObject({
      kind: z.literal('lift-application'),
      party: words(60),
      urgent: z.boolean().default(false),
      ...received,
    }),
    z.strictObject({ kind: z.literal('renewal-application'), control: z.uuid(), ...received }),
  ])
  .openapi('Incoming')

const recordedView = z
  .object({
    task: z.uuid(),
    entry: z.uuid(),
    late: z.literal(true).optional().openapi({
      description:
        '保全续行申请晚于届满七日前（财产保全规定第十八条第一款） · asked later than seven days before the end',
    }),
  })
  .openapi('IncomingRecorded')

/** What came in on paper and starts a clock: an objection, an application to lift a preservation or to let a control go on. */
export function incomingRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/incoming',
      tags: ['事项 Tasks'],
      summary:
        '登记来件：协助单位书面异议、解除保全申请、续行申请 · Record what came in; its task has the deadline of the law',
      ...may('incoming.record'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: incomingBody } } } },
      responses: { 201: json(recordedView, '已登记'), ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const recorded = granted(await recordIncoming(gateway, c.get('person'), id, c.req.valid('json')))
      const { task, entry, isLate } = recorded
      return c.json({ task, entry, ...(isLate && { late: true as const }) }, 201, { Location: `/v1/tasks/${task}` })
    },
  )
}
