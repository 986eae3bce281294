import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { reveal } from '../../gateway/reveal.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { granted } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { revealBody, revealedView, viewRevealed } from '../revealed.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'

/** What is masked is shown one by one, for a reason that stays in the log. */
export function revealRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/reveals',
      tags: ['保密 Secrecy'],
      summary: '填写理由，逐件查看脱敏内容 · See one masked thing plainly, for a reason that is logged',
      ...may('subject.reveal'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: revealBody } } } },
      responses: { 200: json(revealedView, '明文，仅此一次 · plainly, in this answer alone'), ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const asked = c.req.valid('json')
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      const { revealed, entry } = granted(await reveal(gateway, person, 'subject.reveal', file, asked))
      const viewer = watermark(person, gateway.clock(), c.get('requestId'))
      const { what, which } = asked
      return c.json({ what, which, value: viewRevealed(revealed, gateway), entry, viewer }, 200)
    },
  )
}
