import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { confirmedFieldList } from '../../domain/confirm.ts'
import { approve, sendBack, withdraw } from '../../gateway/approve.ts'
import { callBack } from '../../gateway/call-back.ts'
import { words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { deliveryAt, requestAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const approvalBody = z
  .strictObject({
    decision: z.enum(['approve', 'return']),
    comment: z.string().max(1000).default(''),
    confirmed: z
      .array(z.enum(confirmedFieldList))
      .max(confirmedFieldList.length)
      .default([])
      .openapi({ description: '审批人已对照文书核对的各项，见 review · what was compared with the documents' }),
  })
  .openapi('ApprovalDecision')

const withdrawalBody = z.strictObject({ reason: words(300) }).openapi('Withdrawal')

const decidedView = z
  .object({
    decision: z.enum(['approved', 'seconded', 'returned', 'withdrawn']).openapi({
      description: 'seconded：已同意，仍需另一名审批人 · another approver has to agree',
    }),
    entry: z.uuid(),
  })
  .openapi('Decided')

/** The word of a second person, without which no measure leaves (invariant 8). */
export function approvalRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/requests/{id}/approval',
      tags: ['审批 Approvals'],
      summary: '审批：签发或退回 · Let a measure go out, or send it back with a word why',
      ...may('request.approve'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: approvalBody } } },
      },
      responses: { 200: json(decidedView, '已决定 · decided'), ...problems },
    }),
    async (c) => {
      const approver = c.get('person')
      const { decision, comment, confirmed } = c.req.valid('json')
      const { row } = await requestAt(gateway, c.var, c.req.valid('param').id)
      const decided =
        decision === 'approve'
          ? await approve(gateway, approver, row, confirmed)
          : await sendBack(gateway, approver, row, comment)
      const { kind, entry } = granted(decided)
      return c.json({ decision: kind, entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/requests/{id}/withdrawal',
      tags: ['审批 Approvals'],
      summary: '经办人在审批前撤回 · Its maker takes a request back before it is approved',
      ...may('request.withdraw'),
      request: { params: idParam },
      responses: { 200: json(decidedView, '已撤回 · withdrawn'), ...problems },
    }),
    async (c) => {
      const officer = c.get('person')
      const { row } = await requestAt(gateway, c.var, c.req.valid('param').id)
      const { kind, entry } = granted(await withdraw(gateway, officer, row))
      return c.json({ decision: kind, entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/deliveries/{id}/withdrawal',
      tags: ['审批 Approvals'],
      summary: '请协助执行单位在生效前撤回 · Ask the registry to drop a delivery before it takes effect',
      ...may('delivery.call-back'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: withdrawalBody } } },
      },
      responses: { 200: json(z.object({ said: z.string() }), '该单位的答复 · what the registry says'), ...problems },
    }),
    async (c) => {
      const { reason } = c.req.valid('json')
      const { row } = await deliveryAt(gateway, c.var, c.req.valid('param').id)
      const { said } = granted(await callBack(gateway, c.get('person'), row.id, reason))
      return c.json({ said }, 200)
    },
  )
}
