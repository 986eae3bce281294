import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { waitPreferred } from '../prefer.ts'
import { found } from '../problem.ts'
import { caseAt } from '../reach.ts'
import { bytes, type Edge, idParam, problems } from '../surface.ts'

/** Proof that an entry of one's own court is in the log. */
export function proofRoutes(api: OpenAPIHono<Edge>, { gateway, log }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries/{id}/proof',
      tags: ['存证 Log'],
      summary: '存证证明（.tlog-proof）· Why an entry is in the log; Prefer: wait for a fresh one',
      ...may('proof.read'),
      request: { params: idParam, headers: z.object({ prefer: z.string().optional() }) },
      responses: { 200: bytes('text/plain', 'C2SP tlog-proof@v1'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const entry = found(await gateway.reads.entry(id))
      // An entry of a sealed case is not there, rather than of a case that is not.
      await caseAt(gateway, c.var, found(entry.caseId), 'not-found')
      const proved = await log.prove(id, waitPreferred(c) * 1000)
      return c.text(found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet').proof, 200)
    },
  )
}
