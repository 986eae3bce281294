import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { isAssigned } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestRow } from '../../gateway/ports/rows.ts'
import type { May } from '../identify.ts'
import { maskReview } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { type Calling, requestAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { type ReviewView, reviewView, viewDocument, viewFields } from './paper-view.ts'

/** What an approver looks at: the fields of a request beside its papers. */
export function reviewRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
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
    async (c) => c.json((await reviewOf(gateway, c.var, c.req.valid('param').id)).view, 200),
  )
}

/** The request with what is to be compared, masked for who is not on the case. To read the papers' seals is a look. */
export async function reviewOf(
  gateway: Parts,
  calling: Calling,
  id: string,
): Promise<{ readonly row: RequestRow; readonly file: CaseFile; readonly view: ReviewView }> {
  const { row, file } = await requestAt(gateway, calling, id)
  const what = { kind: 'document.viewed' as const, at: 'page:review' as const, caseId: file.id, request: row.id }
  const [kept, seals] = await look(gateway, calling.person, what, async () => [
    await gateway.reads.documents(file.id),
    await gateway.reads.seals(file.id),
  ])
  const { basis, measure, party } = row.asked
  const documents = basis.documents.flatMap(({ sha256 }) => kept.find((one) => one.sha256 === sha256) ?? [])
  const view = {
    request: row.id,
    required: gateway.papers.confirm.includes(measure.kind),
    fields: viewFields(row.asked, file.parties.find((one) => one.id === party)?.subject),
    documents: documents.map((document) => viewDocument(file.id, document, seals)),
  }
  return { row, file, view: isAssigned(calling.person, file) ? view : maskReview(view) }
}
