import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { atCourt, type Needs } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { waitPreferred } from '../prefer.ts'
import { found } from '../problem.ts'
import { bytes, type Edge, idParam, problems } from '../surface.ts'

/** Proof that an entry of one's own court is in the log. */
export function proofRoutes(api: OpenAPIHono<Edge>, { gateway, log }: HttpParts, needs: Needs): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries/{id}/proof',
      tags: ['存证 Log'],
      summary: '存证证明（.tlog-proof）· Why an entry is in the log; Prefer: wait for a fresh one',
      middleware: needs('officer', 'approver', 'registrar'),
      request: { params: idParam, headers: z.object({ prefer: z.string().optional() }) },
      responses: { 200: bytes('text/plain', 'C2SP tlog-proof@v1'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { court } = atCourt(c.var)
      const entry = await gateway.reads.entry(id)
      found(entry?.court === court ? entry : undefined)
      const proved = await log.prove(id, waitPreferred(c) * 1000)
      return c.text(found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet').proof, 200)
    },
  )
}
