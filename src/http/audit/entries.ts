import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { given } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { waitPreferred } from '../prefer.ts'
import { found } from '../problem.ts'
import { bytes, type Edge, idParam, json, nextOf, problems } from '../surface.ts'
import { askedOfLog, entryAt, entryFilters } from './asked.ts'
import { seen, viewOf } from './seen.ts'
import { entryView, entryWithLeaf, viewEntry } from './views.ts'

const tags = ['监督 Audit']

/** The entries of the log, by filter, one by one and with their proofs. No name stands in any of them. */
export function entryRoutes(api: OpenAPIHono<Edge>, { gateway, log }: HttpParts, may: May): void {
  const { reads } = gateway

  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries',
      tags,
      summary: '存证条目 · Entries by filter',
      ...may('audit.read'),
      request: { query: entryFilters },
      responses: {
        200: json(z.object({ entries: z.array(entryView), next: z.uuid().optional() }), '条目'),
        ...problems,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query')
      const { filter, about } = await askedOfLog(gateway, c.var, asked)
      const entries = await seen(gateway, c.get('person'), about, () => reads.entries(filter))
      return c.json({ entries: entries.map(viewEntry), ...nextOf(entries, asked.limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries/{id}',
      tags,
      summary: '一个条目及其叶 · One entry with its leaf',
      ...may('audit.read'),
      request: { params: idParam },
      responses: { 200: json(entryWithLeaf, '条目'), ...problems },
    }),
    async (c) => {
      const entry = await entryAt(gateway, c.var, c.req.valid('param').id)
      const { caseId } = entry
      await seen(
        gateway,
        c.get('person'),
        { ...given({ caseId }), view: viewOf('entry', { kind: entry.kind }) },
        async () => undefined,
      )
      const leaf = Buffer.from(entry.leaf).toString('latin1')
      return c.json({ ...viewEntry(entry), leaf, leafHash: Buffer.from(entry.leafHash).toString('base64') }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries/{id}/proof',
      tags,
      summary: '存证证明 · Why an entry is in the log',
      ...may('audit.read'),
      request: { params: idParam, headers: z.object({ prefer: z.string().optional() }) },
      responses: { 200: bytes('text/plain', 'C2SP tlog-proof@v1'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const entry = await entryAt(gateway, c.var, id)
      const wait = waitPreferred(c) * 1000
      const about = { ...given({ caseId: entry.caseId }), view: viewOf('proof', { kind: entry.kind }) }
      const proved = await seen(gateway, c.get('person'), about, () => log.prove(id, wait))
      return c.text(found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet').proof, 200)
    },
  )
}
