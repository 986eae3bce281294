import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { isAssigned } from '../../domain/authority.ts'
import { look } from '../../gateway/look.ts'
import type { May } from '../identify.ts'
import { maskReview } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { requestAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { reviewView, viewDocument, viewFields } from './paper-view.ts'

/** What an approver looks at: the fields of a request beside its papers. */
export function reviewRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  const { reads } = gateway
  api.openapi(
    createRoute({
      method: 'get',
      path: '/requests/{id}/review',
      tags: ['审批 Approvals'],
      summary: '审批核对：请求各项与文书对照 · What an approver confirms, field by field, beside the documents',
      ...may('request.approve'),
      request: { params: idParam },
      responses: { 200: json(reviewView, '核对事项'), ...problems },
    }),
    async (c) => {
      const { row, file } = await requestAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'document.viewed' as const, caseId: file.id, request: row.id }
      const [kept, seals] = await look(gateway, c.get('person'), what, async () => [
        await reads.documents(file.id),
        await reads.seals(file.id),
      ])
      const { basis, measure, party } = row.asked
      const documents = basis.documents.flatMap(({ sha256 }) => kept.find((one) => one.sha256 === sha256) ?? [])
      const view = {
        request: row.id,
        required: gateway.papers.confirm.includes(measure.kind),
        fields: viewFields(row.asked, file.parties.find(({ id }) => id === party)?.subject),
        documents: documents.map((document) => viewDocument(file.id, document, seals)),
      }
      return c.json(isAssigned(c.get('person'), file) ? view : maskReview(view), 200)
    },
  )
}
