import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { courtsOf, reachOf } from '../../domain/authority.ts'
import { parseCourtCode } from '../../domain/court.ts'
import { escalateEveryMinutes } from '../../domain/duty.ts'
import { endDuty, setDuty } from '../../gateway/duty.ts'
import type { Duty, Escalation, Waiting } from '../../gateway/ports/duty.ts'
import { field, moment } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted } from '../problem.ts'
import { type Edge, idParam, json, pageQuery, problems } from '../surface.ts'

const time = z.iso.datetime()

export const escalationView = z
  .object({
    step: z.int(),
    by: z.string().openapi({ description: '被通知的人 · who was called' }),
    as: z.enum(['duty', 'director']),
    zh: z.string(),
    at: time,
    entry: z.uuid(),
  })
  .openapi('Escalation')

const dutyView = z
  .object({ id: z.uuid(), court: z.string(), person: z.string(), name: z.string(), from: time, until: time })
  .openapi('Duty')

const dutyBody = z
  .strictObject({
    court: field((text) => parseCourtCode(text), '津0116'),
    person: z.string().min(1).max(64).openapi({ description: '用户名 · user name', example: 'zhao' }),
    from: moment,
    until: moment,
  })
  .openapi('DutyToKeep')

const waitingView = z
  .object({
    request: z.uuid(),
    caseId: z.uuid(),
    escalations: z.array(escalationView),
    nextAt: time.optional().openapi({ description: '届时仍未决定的通知下一人 · when the next is called' }),
  })
  .openapi('UrgentRequest')

const keptView = z.object({ id: z.uuid(), entry: z.uuid() })

/** Who is the approver on duty, and the urgent requests that wait for them. */
export function dutyRoutes(api: OpenAPIHono<Edge>, { gateway, people }: HttpParts, may: May): void {
  const { reads, clock } = gateway
  api.openapi(
    createRoute({
      method: 'get',
      path: '/duty',
      tags: ['值班 Duty'],
      summary: '本院值班表：现在和今后 · Who is on duty, now and later',
      ...may('duty.read'),
      request: { query: pageQuery.pick({ limit: true }) },
      responses: { 200: json(z.object({ duties: z.array(dutyView) }), '值班表'), ...problems },
    }),
    async (c) => {
      const courts = courtsOf(c.get('person'), 'duty.read')
      const { limit } = c.req.valid('query')
      const duties = await reads.duties({ from: clock(), limit, ...(courts && { courts }) })
      return c.json({ duties: duties.map(viewDuty) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/duty',
      tags: ['值班 Duty'],
      summary: '立案人员登记值班审批人 · A registrar says who is the approver on duty',
      ...may('duty.keep'),
      request: { body: { required: true, content: { 'application/json': { schema: dutyBody } } } },
      responses: { 201: json(keptView, '已登记 · set'), ...problems },
    }),
    async (c) => {
      const { court, person, from, until } = c.req.valid('json')
      const named = found(await people.byUsername(person, clock()), 'person-unknown')
      const { id, entry } = granted(await setDuty(gateway, c.get('person'), court, named, { from, until }))
      return c.json({ id, entry }, 201, { Location: `/v1/duty/${id}` })
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/duty/{id}',
      tags: ['值班 Duty'],
      summary: '提前结束值班 · End a duty before its time',
      ...may('duty.keep'),
      request: { params: idParam },
      responses: { 200: json(keptView, '已结束 · ended'), ...problems },
    }),
    async (c) => {
      const { id, entry } = granted(await endDuty(gateway, c.get('person'), c.req.valid('param').id))
      return c.json({ id, entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/urgent',
      tags: ['值班 Duty'],
      summary: '待审批的紧急请求及已通知的人 · Urgent requests that wait, and who was called',
      ...may('request.list'),
      responses: { 200: json(z.object({ urgent: z.array(waitingView) }), '紧急请求'), ...problems },
    }),
    async (c) => {
      const waiting = await reads.urgentWaiting(reachOf(c.get('person'), 'request.list'))
      const urgent = await Promise.all(
        waiting.map(async (row) => viewWaiting(row, await reads.escalations(row.request))),
      )
      return c.json({ urgent }, 200)
    },
  )
}

function viewDuty({ id, court, person, personName, from, until }: Duty): z.infer<typeof dutyView> {
  return { id, court, person, name: personName, from: from.toISOString(), until: until.toISOString() }
}

function viewWaiting(
  { request, caseId, calledAt }: Waiting,
  called: readonly Escalation[],
): z.infer<typeof waitingView> {
  const next = calledAt && new Date(calledAt.getTime() + escalateEveryMinutes * 60_000)
  return { request, caseId, escalations: called.map(viewEscalation), ...(next && { nextAt: next.toISOString() }) }
}

/** That somebody was called for a request. */
export function viewEscalation({ step, personName, as, at, entry }: Escalation): z.infer<typeof escalationView> {
  return { step, by: personName, as, zh: words[as], at: at.toISOString(), entry }
}

const words = { duty: '已通知值班审批人', director: '已通知执行局长' } as const
