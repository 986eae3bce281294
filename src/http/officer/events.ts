import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { isAssigned, refusalOn } from '../../domain/authority.ts'
import { maskedWords } from '../../domain/mask.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Escalation } from '../../gateway/ports/duty.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { ApprovalRow, RequestRow } from '../../gateway/ports/rows.ts'
import type { May } from '../identify.ts'
import { maskStatement } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { rest } from '../prefer.ts'
import { found } from '../problem.ts'
import { type Calling, requestAt } from '../reach.ts'
import { bytes, type Edge, idParam, problems } from '../surface.ts'
import { viewEscalation } from './duty.ts'
import { allAnswered, viewAnswer, viewStatement } from './views.ts'

const askEveryMs = 1000
const heartbeatMs = 15_000

type Told = { readonly id: string; readonly event: string; readonly data: object }

/**
 * What happens to a request, as it happens. Statements, approvals and the submission are told once each, in order, and
 * resumed after `Last-Event-ID`; a `state` event tells how things stand now, at the beginning and whenever it changed.
 */
export function eventRoutes(api: OpenAPIHono<Edge>, { gateway, report }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/requests/{id}/events',
      tags: ['请求 Requests'],
      summary: '请求动态（SSE，可用 Last-Event-ID 续接）· Events of a request, resumable',
      ...may('request.read'),
      request: { params: idParam, headers: z.object({ 'last-event-id': z.string().max(100).optional() }) },
      responses: {
        200: bytes('text/event-stream', 'submitted · escalation · approval · statement · state'),
        ...problems,
      },
    }),
    async (c) => {
      const officer = c.get('person')
      const { id } = c.req.valid('param')
      const { file } = await requestAt(gateway, c.var, id)
      // One entry for the whole stream: it is one response, and it holds results from its first statement on.
      await look(
        gateway,
        officer,
        { kind: 'results.viewed', at: 'page:request', caseId: file.id, request: id },
        async () => undefined,
      )
      const { 'last-event-id': last } = c.req.valid('header')
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, async (stream) => {
        // Whatever breaks ends the stream; its reader comes back with the last id and misses nothing.
        await tellAll(stream, gateway, c.var, { id, caseId: file.id }, last).catch((fault) =>
          report(fault, c.get('requestId')),
        )
      })
    },
  )
}

async function tellAll(
  stream: SSEStreamingApi,
  gateway: Parts,
  { person, deed }: Calling,
  { id, caseId }: { readonly id: string; readonly caseId: string },
  lastSeen: string | undefined,
) {
  const sent = new Set<string>()
  let last = lastSeen ?? ''
  let shown = ''
  let quietSince = Date.now()
  const send = async (event: string, data: string) => {
    await stream.writeSSE({ event, data, id: last })
    quietSince = Date.now()
  }
  for (let first = true; !stream.aborted && !stream.closed; first = false) {
    // Asked anew each time: a case that was sealed meanwhile is no longer there for who is not named on it.
    const guard = await gateway.reads.guardOf(caseId)
    if (!guard || refusalOn(person, deed, guard)) return
    const [row, approvals, exchanges, called] = await snapshot(gateway, id)
    const journal = journalOf(row, [approvals, called], exchanges, isAssigned(person, guard))
    const seen = first ? journal.findIndex((told) => told.id === lastSeen) : -1
    for (const told of journal.slice(0, seen + 1)) sent.add(told.id)
    for (const told of journal) {
      if (sent.has(told.id)) continue
      sent.add(told.id)
      last = told.id
      await send(told.event, JSON.stringify(told.data))
    }
    const state = JSON.stringify(stateOf(row, exchanges, gateway))
    if (state !== shown) await send('state', state)
    shown = state
    if (Date.now() - quietSince >= heartbeatMs) {
      await stream.write(': 心跳 heartbeat\n\n')
      quietSince = Date.now()
    }
    await rest(askEveryMs)
  }
}

async function snapshot(gateway: Parts, id: string) {
  const { reads } = gateway
  const row = found(await reads.request(id), 'request-unknown')
  return [row, await reads.approvals(id), await reads.exchangesOf(id), await reads.escalations(id)] as const
}

/** Everything that only ever grows, in the order of its ids: they are UUIDv7, made under the lock of the case. */
function journalOf(
  row: RequestRow,
  [approvals, called]: readonly [readonly ApprovalRow[], readonly Escalation[]],
  exchanges: readonly Exchange[],
  plainly: boolean,
): Told[] {
  const submitted = { id: row.id, event: 'submitted', data: { request: row.id, at: row.submittedAt.toISOString() } }
  const decided = approvals.map(({ id, decision, personName, comment, at }) => {
    const reveal = { what: 'comment', which: `${row.id}/${id}` }
    const said = comment !== undefined && (plainly ? { comment } : { comment: maskedWords, reveal })
    return { id, event: 'approval', data: { decision, by: personName, at: at.toISOString(), ...said } }
  })
  const escalated = called.map((one) => ({ id: one.id, event: 'escalation', data: viewEscalation(one) }))
  const stated = exchanges.flatMap(({ delivery, statements }) =>
    statements.map((statement) => {
      const view = viewStatement(statement, delivery.measure)
      const told = plainly ? view : maskStatement(view, delivery.id)
      const data = { delivery: delivery.id, registry: delivery.registry, ...told }
      return { id: statement.id, event: 'statement', data }
    }),
  )
  return [submitted, ...[...decided, ...escalated, ...stated].sort((a, b) => (a.id < b.id ? -1 : 1))]
}

function stateOf(row: RequestRow, exchanges: readonly Exchange[], parts: Pick<Parts, 'counter'>): object {
  const deliveries = exchanges.map(({ delivery }) => {
    const { id, registry, phase } = delivery
    return { id, registry, phase, answer: viewAnswer(delivery, parts) }
  })
  return { request: row.id, state: row.state, answered: allAnswered(row, exchanges), deliveries }
}
