import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { reachOf } from '../domain/authority.ts'
import { courtName, parseCourtCode } from '../domain/court.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import { collectEvidence } from '../gateway/collect-evidence.ts'
import { type Look, look } from '../gateway/look.ts'
import type { Parts } from '../gateway/parts.ts'
import type { Exchange, PlacedEntry } from '../gateway/ports/reads.ts'
import { recordKinds } from '../ledger/record.ts'
import { caseNumber, given, moment, registryCode } from './fields.ts'
import { personsMay } from './identify.ts'
import { statementView, viewStatement } from './officer/views.ts'
import type { HttpParts } from './parts.ts'
import { waitPreferred } from './prefer.ts'
import { found } from './problem.ts'
import { type Calling, caseAt, caseNumbered, deliveryAt } from './reach.ts'
import { bytes, type Edge, idParam, json, nextOf, pageQuery, problems, surface } from './surface.ts'

const tags = ['监督 Audit']

const entryView = z
  .object({
    id: z.uuid(),
    at: z.string(),
    kind: z.enum(recordKinds),
    index: z.int().optional(),
    person: z.string().optional(),
    court: z.object({ code: z.string(), name: z.string() }).optional(),
    caseId: z.string().optional(),
    caseSeq: z.int().optional(),
    request: z.string().optional(),
    delivery: z.string().optional(),
    registry: z.string().optional(),
    about: z.string().optional(),
    hasPayload: z.boolean(),
  })
  .openapi('Entry')

const entryWithLeaf = entryView.extend({ leaf: z.string(), leafHash: z.string() }).openapi('EntryWithLeaf')

const exchangeView = z
  .object({
    delivery: z.object({ id: z.uuid(), registry: z.string(), reference: z.string(), request: z.uuid() }),
    request: z.string().openapi({ description: '请求 JWS 原文 · the exact request JWS' }),
    rendered: z.string().optional().openapi({ description: 'base64' }),
    attempts: z.array(
      z.object({
        id: z.string(),
        number: z.int(),
        act: z.string(),
        at: z.string(),
        outcome: z.string().optional(),
        detail: z.string().optional(),
        endedAt: z.string().optional(),
      }),
    ),
    statements: z.array(
      statementView.extend({
        jti: z.string(),
        payloadSha256: z.string(),
        message: z.string().openapi({ description: '反馈原文 base64 · the exact bytes' }),
        receipt: z.string().openapi({ description: '网关签收 JWS · the receipt we signed' }),
      }),
    ),
    entries: z.array(entryView),
  })
  .openapi('Exchange')

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

/** `/audit/v1`: what happened, and why it can be believed. An auditor is seen looking, too. */
export function auditorApi(parts: HttpParts): OpenAPIHono<Edge> {
  const { gateway, log } = parts
  const { reads } = gateway
  const api = surface()
  const auditors = personsMay(parts)('audit.read')
  const seen = <T>(by: Person, what: Omit<Look, 'kind'>, read: () => Promise<T>) =>
    look(gateway, by, { kind: 'audit.viewed', ...what }, read)

  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries',
      tags,
      summary: '存证条目 · Entries by filter',
      ...auditors,
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
      // An auditor of some courts sees the entries of those, whatever filter was asked for.
      const filter = { ...given({ ...asked, courts: courtsOf(person) }), ...(file && { caseId: file.id }) }
      const about = given({ caseId: file?.id, request: asked.request, delivery: asked.delivery })
      const entries = await seen(person, about, () => reads.entries(filter))
      return c.json({ entries: entries.map(viewEntry), ...nextOf(entries, asked.limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/system',
      tags,
      summary: '系统审计：登录、授权、密钥、启停 · What belongs to no case: sign-ins, grants, keys, start and stop',
      ...personsMay(parts)('audit.system'),
      request: { query: systemFilters },
      responses: {
        200: json(z.object({ entries: z.array(entryView), next: z.uuid().optional() }), '条目'),
        ...problems,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query')
      const filter = { ...given(asked), ofSystem: true } as const
      const entries = await seen(c.get('person'), {}, () => reads.entries(filter))
      return c.json({ entries: entries.map(viewEntry), ...nextOf(entries, asked.limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/exchanges/{id}',
      tags,
      summary: '一次往来的全部原文 · One exchange: exact bytes both ways, attempts, receipts, entries',
      ...auditors,
      request: { params: idParam },
      responses: { 200: json(exchangeView, '往来'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { row } = await deliveryAt(gateway, c.var, id)
      const read = async () => [await reads.exchange(id), await reads.entries({ delivery: id, limit: 200 })] as const
      const [exchange, entries] = await seen(c.get('person'), { caseId: row.caseId, delivery: id }, read)
      return c.json(viewExchange(found(exchange), entries), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/exchanges/{id}/evidence',
      tags,
      summary: '一次往来的核验包 · The bundle that verifies an exchange offline: path → base64',
      ...auditors,
      request: { params: idParam, headers: z.object({ prefer: z.string().optional() }) },
      responses: { 200: json(z.object({ files: z.record(z.string(), z.string()) }), '核验包'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const { row } = await deliveryAt(gateway, c.var, id)
      const wait = waitPreferred(c) * 1000
      const read = () => collectEvidence(gateway, log, id, wait)
      const collected = await seen(c.get('person'), { caseId: row.caseId, delivery: id }, read)
      const { layout } = found(collected.kind === 'collected' ? collected : undefined, 'proof-not-yet')
      const files = [...layout].map(([path, content]) => [path, Buffer.from(content).toString('base64')])
      return c.json({ files: Object.fromEntries(files) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/entries/{id}',
      tags,
      summary: '一个条目及其叶 · One entry with its leaf',
      ...auditors,
      request: { params: idParam },
      responses: { 200: json(entryWithLeaf, '条目'), ...problems },
    }),
    async (c) => {
      const entry = await entryAt(gateway, c.var, c.req.valid('param').id)
      const { caseId } = entry
      await seen(c.get('person'), given({ caseId }), async () => undefined)
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
      ...auditors,
      request: { params: idParam, headers: z.object({ prefer: z.string().optional() }) },
      responses: { 200: bytes('text/plain', 'C2SP tlog-proof@v1'), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const entry = await entryAt(gateway, c.var, id)
      const wait = waitPreferred(c) * 1000
      const proved = await seen(c.get('person'), given({ caseId: entry.caseId }), () => log.prove(id, wait))
      return c.text(found(proved.kind === 'proved' ? proved : undefined, 'proof-not-yet').proof, 200)
    },
  )

  return api
}

/** The courts whose entries an auditor sees; undefined for who serves them all. */
function courtsOf(person: Person): readonly string[] | undefined {
  const courts = reachOf(person, 'audit.read').spans.map(({ court }) => court)
  return courts.includes(undefined) ? undefined : courts.flatMap((court) => court ?? [])
}

/** An entry of a case within reach; one that belongs to no case, by the court it was made at. */
async function entryAt(gateway: Parts, calling: Calling, id: string): Promise<PlacedEntry> {
  const entry = found(await gateway.reads.entry(id))
  if (entry.caseId !== undefined) await caseAt(gateway, calling, entry.caseId)
  const courts = courtsOf(calling.person)
  return found(courts === undefined || (entry.court !== undefined && courts.includes(entry.court)) ? entry : undefined)
}

function viewEntry({ leaf: _, leafHash: __, payload, at, court, ...row }: PlacedEntry): z.infer<typeof entryView> {
  return {
    ...row,
    at: at.toISOString(),
    hasPayload: payload !== undefined,
    ...(court !== undefined && { court: { code: court, name: nameOf(court) } }),
  }
}

function nameOf(court: string): string {
  const code = parseCourtCode(court)
  return isRefusal(code) ? court : courtName(code)
}

function viewExchange(
  { delivery, attempts, statements }: Exchange,
  entries: readonly PlacedEntry[],
): z.infer<typeof exchangeView> {
  const { id, registry, reference, request, jws, rendered } = delivery
  return {
    delivery: { id, registry, reference, request },
    request: jws,
    ...(rendered && { rendered: Buffer.from(rendered).toString('base64') }),
    attempts: attempts.map(({ delivery: _, at, endedAt, ...attempt }) => {
      return { ...attempt, at: at.toISOString(), ...(endedAt && { endedAt: endedAt.toISOString() }) }
    }),
    statements: statements.map((row) => {
      const message = Buffer.from(row.message).toString('base64')
      return {
        ...viewStatement(row, delivery.measure),
        jti: row.jti,
        payloadSha256: row.digest,
        message,
        receipt: row.receipt,
      }
    }),
    entries: entries.map(viewEntry),
  }
}
