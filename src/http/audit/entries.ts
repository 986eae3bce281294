import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { courtsOf } from '../../domain/authority.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { PlacedEntry } from '../../gateway/ports/reads.ts'
import { recordKinds } from '../../ledger/record.ts'
import { caseNumber, given, moment, registryCode } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { waitPreferred } from '../prefer.ts'
import { found } from '../problem.ts'
import { type Calling, caseAt, caseNumbered } from '../reach.ts'
import { bytes, type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { seen } from './seen.ts'
import { entryView, entryWithLeaf, viewEntry } from './views.ts'

const tags = ['监督 Audit']

const filters = pageQuery.extend({
  kind: z.enum(recordKinds).optional(),
  from: moment.optional(),
  to: moment.optional(),
  case: caseNumber.optional(),
  request: z.uuid().optional(),
  delivery: z.uuid().optional(),
  registry: registryCode.optional(),
  person: z.uuid().optional(),
  court: z.string().max(20).optional(),
})

const systemFilters = pageQuery.extend({
  kind: z.enum(recordKinds).optional(),
  from: moment.optional(),
  to: moment.optional(),
  person: z.string().max(60).optional(),
  about: z.string().max(60).optional(),
})

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
      request: { query: filters },
      responses: {
        200: json(z.object({ entries: z.array(entryView), next: z.uuid().optional() }), '条目'),
        ...problems,
      },
    }),
    async (c) => {
      const { case: number, ...asked } = c.req.valid('query')
      const person = c.get('person')
      const file = number === undefined ? undefined : await caseNumbered(gateway, c.var, number)
      // An auditor of some courts sees the entries of those, and nobody those of a sealed case, whatever was asked for.
      const reach = { courts: courtsOf(person, 'audit.read'), viewer: person.id }
      const filter = { ...given({ ...asked, ...reach }), ...(file && { caseId: file.id }) }
      const about = given({ caseId: file?.id, request: asked.request, delivery: asked.delivery })
      const entries = await seen(gateway, person, about, () => reads.entries(filter))
      return c.json({ entries: entries.map(viewEntry), ...nextOf(entries, asked.limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/system',
      tags,
      summary: '系统审计：登录、授权、密钥、启停 · What belongs to no case: sign-ins, grants, keys, start and stop',
      ...may('audit.system'),
      request: { query: systemFilters },
      responses: {
        200: json(z.object({ entries: z.array(entryView), next: z.uuid().optional() }), '条目'),
        ...problems,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query')
      const filter = { ...given(asked), ofSystem: true } as const
      const entries = await seen(gateway, c.get('person'), {}, () => reads.entries(filter))
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
      await seen(gateway, c.get('person'), given({ caseId }), async () => undefined)
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
      const about = given({ caseId: entry.caseId })
      const proved = await seen(gateway, c.get('person'), about, () => log.prove(id, wait))
      return c.text(found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet').proof, 200)
    },
  )
}

/** An entry of a case within reach; one that belongs to no case, by the court it was made at. */
async function entryAt(gateway: Parts, calling: Calling, id: string): Promise<PlacedEntry> {
  const entry = found(await gateway.reads.entry(id))
  if (entry.caseId !== undefined) await caseAt(gateway, calling, entry.caseId, 'not-found')
  const courts = courtsOf(calling.person, 'audit.read')
  return found(courts === undefined || (entry.court !== undefined && courts.includes(entry.court)) ? entry : undefined)
}
