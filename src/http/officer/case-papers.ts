import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { sheetPolicy } from '../printouts/style.ts'
import type { Calling } from '../reach.ts'
import { bytes, type Edge, idParam, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { deliveredPaper, exhaustionPaper, findingsPaper, overviewPaper } from './case-sheets.ts'

const papers = [
  {
    path: '/cases/{id}/controls/printout',
    summary: '打印本案财产控制一览表（A4） · All that a case holds, on one sheet',
    paper: overviewPaper,
  },
  {
    path: '/cases/{id}/findings/printout',
    summary: '打印财产查控结果告知书（A4，截至打印时） · What was asked, found and is held, as things stand',
    paper: findingsPaper,
  },
  {
    path: '/cases/{id}/exhaustion/printout',
    summary: '打印网络查控穷尽财产调查清单（A4） · The checklist as a paper',
    paper: exhaustionPaper,
  },
  {
    path: '/deliveries/{id}/printout',
    summary: '打印送达及顺位证明（A4） · When an order arrived and where it stands, to the second',
    paper: deliveredPaper,
  },
] as const

/** Papers about a whole case or a whole exchange, to be printed and filed; for those on the case. */
export function casePaperRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  for (const { path, summary, paper } of papers)
    api.openapi(
      createRoute({
        method: 'get',
        path,
        tags: ['结果 Results'],
        summary,
        ...may('task.print'),
        request: { params: idParam },
        responses: { 200: bytes('text/html', '打印页'), ...problems },
      }),
      async (c) => {
        const calling: Calling = c.var
        const mark = watermark(calling.person, parts.gateway.clock(), c.get('requestId'))
        const sheet = await paper(parts, calling, c.req.valid('param').id, { mark })
        c.header('Content-Security-Policy', sheetPolicy)
        return c.html(sheet, 200)
      },
    )
}
