import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { isAssigned, reachOf } from '../../domain/authority.ts'
import { taskKindList } from '../../domain/task.ts'
import { finishTask, handOverTask } from '../../gateway/finish-task.ts'
import { look } from '../../gateway/look.ts'
import { printoutOf, toldWith } from '../../gateway/printout.ts'
import { caseNumber, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { printed, sheetPolicy } from '../printouts/printed.tsx'
import { found, granted } from '../problem.ts'
import { caseNumbered, taskAt } from '../reach.ts'
import { bytes, type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { taskView, viewTask } from './task-view.ts'

const taskQuery = pageQuery.extend({
  mine: z.stringbool().default(false).openapi({ description: '只列本人承办的事项 · mine alone' }),
  ended: z.stringbool().default(false).openapi({ description: '已办结的事项 · those that have ended' }),
  kind: z.enum(taskKindList).optional(),
  case: caseNumber.optional(),
})

const togetherQuery = z.object({
  together: z.stringbool().default(false).openapi({
    description: '同案同日的告知合为一份文书 · one paper for all that tell of one case and day',
  }),
})

const outcomeBody = z
  .strictObject({ outcome: z.enum(['done', 'dropped']), note: words(2000) })
  .openapi('TaskOutcome', { example: { outcome: 'done', note: '2026年6月5日邮寄送达，回证入卷。' } })

const noted = z.object({ entry: z.uuid() }).openapi('TaskNoted')

/** What has to be done by hand (事务性节点): listed by deadline, printed, and ended with a note. */
export function taskRoutes(api: OpenAPIHono<Edge>, { gateway, people }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/tasks',
      tags: ['事项 Tasks'],
      summary: '待办事项，期限在前的在前 · Tasks within reach, by deadline',
      ...may('task.list'),
      request: { query: taskQuery },
      responses: {
        200: json(z.object({ tasks: z.array(taskView), next: z.uuid().optional() }), '事项'),
        ...problems,
      },
    }),
    async (c) => {
      const { mine, ended, kind, case: number, after, limit } = c.req.valid('query')
      const person = c.get('person')
      const file = number && (await caseNumbered(gateway, c.var, number))
      const rows = await gateway.reads.tasks({
        reach: reachOf(person, 'task.list'),
        limit,
        ended,
        ...(mine && { owner: person.id }),
        ...(kind && { kind }),
        ...(file && { caseId: file.id }),
        ...(after && { after }),
      })
      const files = await gateway.reads.casesWith([...new Set(rows.map(({ caseId }) => caseId))])
      const isPlain = (caseId: string) => files.some((one) => one.id === caseId && isAssigned(person, one))
      const now = gateway.clock()
      const tasks = rows.map((row) => viewTask(row, row.caseNumber, now, isPlain(row.caseId)))
      return c.json({ tasks, ...nextOf(rows, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/tasks/{id}',
      tags: ['事项 Tasks'],
      summary: '一件事项 · One task',
      ...may('task.read'),
      request: { params: idParam },
      responses: { 200: json(taskView, '事项'), ...problems },
    }),
    async (c) => {
      const { row, file } = await taskAt(gateway, c.var, c.req.valid('param').id)
      return c.json(viewTask(row, file.number, gateway.clock(), isAssigned(c.get('person'), file)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/tasks/{id}/printout',
      tags: ['事项 Tasks'],
      summary: '打印该事项的文书（A4） · The paper of a task, to be printed',
      ...may('task.print'),
      request: { params: idParam, query: togetherQuery },
      responses: { 200: bytes('text/html', '文书打印页'), ...problems },
    }),
    async (c) => {
      const { row, file } = await taskAt(gateway, c.var, c.req.valid('param').id)
      const person = c.get('person')
      const reach = reachOf(person, 'task.list')
      const others = c.req.valid('query').together ? await toldWith(gateway, reach, row) : []
      const { request, delivery } = row.about
      const what = { kind: 'document.viewed' as const, at: `task:${row.kind}` as const, caseId: file.id }
      const about = { ...(request && { request }), ...(delivery && { delivery }) }
      const facts = await look(gateway, person, { ...what, ...about }, () => printoutOf(gateway, file, row, others))
      const now = gateway.clock()
      c.header('Content-Security-Policy', sheetPolicy)
      return c.html(printed(facts, { now, mark: watermark(person, now, c.get('requestId')) }), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/tasks/{id}/outcome',
      tags: ['事项 Tasks'],
      summary: '办结事项并写明办理情况 · End a task, with a note of what was done',
      ...may('task.finish'),
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: outcomeBody } } },
      },
      responses: { 200: json(noted, '已办结'), ...problems },
    }),
    async (c) => {
      const { row } = await taskAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await finishTask(gateway, c.get('person'), row, c.req.valid('json')))
      return c.json({ entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/tasks/{id}/owner',
      tags: ['事项 Tasks'],
      summary: '移交事项 · Hand a task over to somebody else on the case',
      ...may('task.hand-over'),
      request: {
        params: idParam,
        body: {
          required: true,
          content: { 'application/json': { schema: z.strictObject({ owner: words(60) }).openapi('TaskOwner') } },
        },
      },
      responses: { 200: json(noted, '已移交'), ...problems },
    }),
    async (c) => {
      const { row } = await taskAt(gateway, c.var, c.req.valid('param').id)
      const to = found(await people.byUsername(c.req.valid('json').owner, gateway.clock()), 'person-unknown')
      const { entry } = granted(await handOverTask(gateway, c.get('person'), row, to))
      return c.json({ entry }, 200)
    },
  )
}
