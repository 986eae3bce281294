import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { ProgressLink } from '../../gateway/ports/progress.ts'
import { closeProgress, isAlive, openProgress } from '../../gateway/progress.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { type Calling, caseAt } from '../reach.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'

const time = z.iso.datetime()

const openedView = z
  .object({
    id: z.uuid(),
    url: z.url().openapi({ description: '只在开通时给出一次 · told this once; whoever has it sees the progress' }),
    until: time,
    entry: z.uuid(),
  })
  .openapi('OpenedProgress')

const linkView = z
  .object({ id: z.uuid(), openedAt: time, until: time, alive: z.boolean(), endedAt: time.optional() })
  .openapi('ProgressLink')

/** 公开进度: links under which an applicant follows the case, opened and ended by those on it. */
export function progressRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway } = parts
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/progress-links',
      tags: ['公开进度 Progress'],
      summary: '开通公开进度链接 · Open the progress of a case to whoever has the link',
      ...may('progress.open'),
      request: { params: idParam },
      responses: { 201: json(openedView, '已开通 · opened'), ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { token, until, entry, ...opened } = granted(await openProgress(gateway, c.get('person'), id))
      const url = progressUrl(parts, c.req.url, token)
      return c.json({ id: opened.id, url, until: until.toISOString(), entry }, 201, {
        Location: `/v1/progress-links/${opened.id}`,
      })
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/progress-links',
      tags: ['公开进度 Progress'],
      summary: '本案的公开进度链接 · The links of a case, never the links themselves',
      ...may('progress.read'),
      request: { params: idParam },
      responses: { 200: json(z.object({ links: z.array(linkView) }), '链接'), ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const now = gateway.clock()
      return c.json({ links: (await gateway.reads.progressLinks(id)).map((link) => viewLink(link, now)) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/progress-links/{id}',
      tags: ['公开进度 Progress'],
      summary: '停用公开进度链接 · End a link at once',
      ...may('progress.close'),
      request: { params: idParam },
      responses: { 200: json(z.object({ entry: z.uuid() }), '已停用 · ended'), ...problems },
    }),
    async (c) => {
      const link = await linkAt(parts, c.var, c.req.valid('param').id)
      const { entry } = granted(await closeProgress(gateway, c.get('person'), link))
      return c.json({ entry }, 200)
    },
  )
}

/** Where a link leads: under the origin that applicants reach, else the one under which it was asked for. */
export function progressUrl(
  { progressOrigin }: Pick<HttpParts, 'progressOrigin'>,
  asked: string,
  token: string,
): string {
  return `${progressOrigin ?? new URL(asked).origin}/progress/${token}`
}

/** A link of a case within reach. */
export async function linkAt(
  { gateway }: Pick<HttpParts, 'gateway'>,
  calling: Calling,
  id: string,
): Promise<Pick<ProgressLink, 'id' | 'caseId'>> {
  const link = await gateway.reads.progressLink(id)
  const file = await caseAt(gateway, calling, link?.caseId ?? '', 'progress-link-unknown')
  return { id, caseId: file.id }
}

function viewLink({ id, openedAt, until, endedAt }: ProgressLink, now: Date): z.infer<typeof linkView> {
  return {
    id,
    openedAt: openedAt.toISOString(),
    until: until.toISOString(),
    alive: isAlive({ until, ...(endedAt && { endedAt }) }, now),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  }
}
