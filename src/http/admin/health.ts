import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { lookAtHealth, type SystemHealth } from '../health/look.ts'
import { type HealthPart, healthParts, type Standing, standings } from '../health/words.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { type Edge, json, problems } from '../surface.ts'

const said = z.object({ zh: z.string(), en: z.string() })
const fact = z.union([z.string(), z.number(), z.boolean()])

const healthView = z
  .object({
    at: z.iso.datetime(),
    lines: z.array(
      z.object({
        part: z.enum(Object.keys(healthParts) as [HealthPart, ...HealthPart[]]),
        standing: z.enum(Object.keys(standings) as [Standing, ...Standing[]]),
        title: said,
        means: said.openapi({ description: '不正常时意味着什么 · what it means when it is not well' }),
        who: said.openapi({ description: '由谁处理 · who acts' }),
        facts: z.record(z.string(), fact),
      }),
    ),
    registries: z.array(
      z.object({
        registry: z.string(),
        due: z.int(),
        unknown: z.int(),
        declined: z.int(),
        overdue: z.int(),
        heardAt: z.iso.datetime().optional(),
        failedAt: z.iso.datetime().optional(),
      }),
    ),
  })
  .openapi('SystemHealth')

/** How the gateway stands, for the three administrators: the same facts as the page 运行状况. */
export function healthRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/health',
      tags: ['管理 Administration'],
      summary: '运行状况：日志、数据库、时钟、磁盘、队列、各单位通路 · How the gateway stands',
      ...may('system.read'),
      responses: { 200: json(healthView, '运行状况'), ...problems },
    }),
    async (c) => c.json(viewHealth(await lookAtHealth(parts)), 200),
  )
}

function viewHealth({ at, lines, registries }: SystemHealth): z.infer<typeof healthView> {
  return {
    at: at.toISOString(),
    lines: lines.map((line) => ({ ...line, ...healthParts[line.part], facts: { ...line.facts } })),
    registries: registries.map(({ heardAt, failedAt, ...counts }) => ({
      ...counts,
      ...(heardAt && { heardAt: heardAt.toISOString() }),
      ...(failedAt && { failedAt: failedAt.toISOString() }),
    })),
  }
}
