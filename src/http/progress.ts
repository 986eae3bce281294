import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { progressNodes } from '../domain/progress.ts'
import { readProgress, type ShownProgress } from '../gateway/progress.ts'
import { anyone } from './identify.ts'
import type { HttpParts } from './parts.ts'
import { granted } from './problem.ts'
import { type Edge, json, problems, surface } from './surface.ts'

/** The secret of a link, as it stands in its address. */
export const progressToken = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

const progressView = z
  .object({
    court: z.string(),
    case: z
      .string()
      .openapi({ description: '案号，序号只显示末位 · the serial is masked', example: '（2026）津0116执***6号' }),
    standing: z.string(),
    nodes: z.array(
      z.object({
        code: z.string(),
        zh: z.string(),
        en: z.string(),
        on: z.string().openapi({ description: '北京时间的日期 · a day in Beijing', example: '2026-06-03' }),
        asked: z.int().optional(),
        answered: z.int().optional(),
      }),
    ),
    now: z.iso.datetime(),
  })
  .openapi('Progress')

/** `/public/v1`: what the court's own app shows an applicant: nodes and days, never property and never a name. */
export function progressApi({ gateway }: HttpParts): OpenAPIHono<Edge> {
  const api = surface()
  api.openapi(
    createRoute({
      method: 'get',
      path: '/progress/{token}',
      tags: ['公开进度 Progress'],
      ...anyone,
      summary: '公开进度：节点与日期 · The progress behind a link: nodes and days',
      request: { params: z.object({ token: progressToken }) },
      responses: { 200: json(progressView, '公开进度'), ...problems },
    }),
    async (c) => {
      c.header('X-Robots-Tag', 'noindex')
      return c.json(viewProgress(granted(await readProgress(gateway, c.req.valid('param').token))), 200)
    },
  )
  return api
}

function viewProgress({ court, number, standing, nodes, now }: ShownProgress): z.infer<typeof progressView> {
  const told = nodes.map(({ node, ...rest }) => ({ code: node, ...progressNodes[node], ...rest }))
  return { court, case: number, standing, nodes: told, now: now.toISOString() }
}
