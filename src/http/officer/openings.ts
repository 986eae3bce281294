import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { lastsUntil } from '../../gateway/consent.ts'
import { decideOpening, openings } from '../../gateway/open-up.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Consent } from '../../gateway/ports/consent.ts'
import { lookAtResult, type ResultOpening } from '../../gateway/wrong-person.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted } from '../problem.ts'
import { type Calling, caseAt } from '../reach.ts'
import { revealedView, viewStatementWhole } from '../revealed.ts'
import { type Edge, idParam, json, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'

const openingView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['case.open-up', 'result.open-up']),
    wanted: z.enum(['unseal', 'add', 'look', 'lift']),
    reason: z.string(),
    askedBy: z.string(),
    askedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    decision: z.enum(['allowed', 'refused']).optional(),
  })
  .openapi('Opening')

export const decisionBody = z.strictObject({ decision: z.enum(['allow', 'refuse']) }).openapi('SecondWord')

export const decidedBySecond = z.object({ decision: z.enum(['allowed', 'refused']) }).openapi('SecondDecision')

/** What is sealed is opened by two: one has asked, another person on the case says yes or no. */
export function openingRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/openings',
      tags: ['保密 Secrecy'],
      summary: '本案待决定的启封申请 · What waits in this case for a second person',
      ...may('opening.decide'),
      request: { params: idParam },
      responses: { 200: json(z.object({ openings: z.array(openingView) }), '启封申请'), ...problems },
    }),
    async (c) => {
      const { id } = await caseAt(gateway, c.var, c.req.valid('param').id)
      const waiting = await Promise.all(
        openings.map((kind) => gateway.reads.consents({ kind, about: id, waiting: true, limit: 50 })),
      )
      return c.json({ openings: waiting.flat().map(viewOpening) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/openings/{id}/decision',
      tags: ['保密 Secrecy'],
      summary: '由另一人决定是否启封 · The second person’s word',
      ...may('opening.decide'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: decisionBody } } } },
      responses: { 200: json(decidedBySecond, '已决定'), ...problems },
    }),
    async (c) => {
      const { decision } = c.req.valid('json')
      const consent = await openingAt(gateway, c.var, c.req.valid('param').id)
      const word = decision === 'allow' ? 'allowed' : 'refused'
      const decided = granted(await decideOpening(gateway, c.get('person'), consent, word))
      return c.json({ decision: decided.decision }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/openings/{id}/look',
      tags: ['保密 Secrecy'],
      summary: '经同意查看一次已封存的反馈 · Look, once, at a sealed result two people agreed to look at',
      ...may('result.open-up'),
      request: { params: idParam },
      responses: { 200: json(revealedView, '反馈'), ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const consent = await openingAt(gateway, c.var, c.req.valid('param').id)
      const { row, measure, entry } = granted(await lookAtResult(gateway, person, consent))
      const { delivery, statement } = consent.body as ResultOpening
      const viewer = watermark(person, gateway.clock(), c.get('requestId'))
      const which = `${delivery}/${statement}`
      return c.json({ what: 'statement' as const, which, value: viewStatementWhole(row, measure), entry, viewer }, 200)
    },
  )
}

/** A consent about a case within the caller's reach; of any other there is nothing to tell. */
async function openingAt(gateway: Parts, calling: Calling, id: string): Promise<Consent> {
  const consent = found(await gateway.reads.consent(id), 'consent-unknown')
  found(
    openings.find((kind) => kind === consent.kind),
    'consent-unknown',
  )
  await caseAt(gateway, calling, found(consent.about, 'consent-unknown'), 'consent-unknown')
  return consent
}

function viewOpening(consent: Consent): z.infer<typeof openingView> {
  const { id, kind, body, askedBy, askedAt, decision } = consent
  const asked = body as { unseal?: true; wanted?: 'look' | 'lift'; reason: string }
  return {
    id,
    kind: kind === 'case.open-up' ? kind : 'result.open-up',
    wanted: asked.wanted ?? (asked.unseal ? 'unseal' : 'add'),
    reason: asked.reason,
    askedBy,
    askedAt: askedAt.toISOString(),
    expiresAt: lastsUntil(consent).toISOString(),
    ...(decision && { decision }),
  }
}
