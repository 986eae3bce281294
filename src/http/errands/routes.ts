import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { refusalOn } from '../../domain/authority.ts'
import { commitCompared, sendBackErrand } from '../../gateway/by-people/compare.ts'
import { enterPaper, setOut } from '../../gateway/by-people/errand.ts'
import { keepPaper } from '../../gateway/by-people/keep-paper.ts'
import { answeredFrom, paperBody } from '../answered.ts'
import { counterLine } from '../clerk/view.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { sheetPolicy } from '../printouts/style.ts'
import { granted } from '../problem.ts'
import { bytes, type Edge, idParam, json, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { errandAt, errandLines, lookAtErrand } from './reach.ts'
import { sheetOf } from './sheet.ts'
import { errandView } from './view.ts'

const tags = ['外勤任务 Errands']
const noted = z.object({ entry: z.uuid() }).openapi('ErrandNoted')
const entered = z.object({ entry: z.uuid(), round: z.int() }).openapi('ErrandEntered')
const keptScan = z.object({ sha256: z.string(), mediaType: z.string(), length: z.int() }).openapi('KeptScan')

/** Either the same as the scan, which is named; or not, and then where. */
const comparison = z
  .discriminatedUnion('same', [
    z.strictObject({
      same: z.literal(true),
      scan: z.string().regex(/^[\w-]{43}$/),
      early: z.boolean().optional().openapi({
        description: '收到时间早于请求发出时间，已核对原件 · the paper is older than the errand, and does say so',
      }),
    }),
    z.strictObject({ same: z.literal(false), fields: z.array(z.string().max(200)).min(1).max(500) }),
  ])
  .openapi('ErrandComparison', { example: { same: false, fields: ['targets/0/controlNo'] } })

const compared = z
  .object({ result: z.enum(['committed', 'sent-back']), sequence: z.int().optional(), entry: z.uuid().optional() })
  .openapi('ErrandCompared')

/** `/v1/errands`: registries that have to be visited. An errand has the id of its delivery. */
export function errandRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/errands',
      tags,
      summary: '外勤任务，紧急、期限在前的在前 · Errands of the cases within reach',
      ...may('errand.list'),
      request: { query: z.object({ state: z.enum(['owed', 'answered']).default('owed') }) },
      responses: { 200: json(z.object({ errands: z.array(counterLine) }), '外勤任务'), ...problems },
    }),
    async (c) => {
      const lines = await errandLines(gateway, c.get('person'), c.req.valid('query').state)
      return c.json({ errands: [...lines] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/errands/{id}',
      tags,
      summary: '一件外勤任务 · One errand: what is carried, and how far it has come',
      ...may('errand.read'),
      request: { params: idParam },
      responses: { 200: json(errandView, '外勤任务'), ...problems },
    }),
    async (c) => c.json(await lookAtErrand(gateway, c.var, c.req.valid('param').id), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/deliveries/{id}/sheet',
      tags,
      summary: '打印外勤任务单（A4） · The sheet that two officers carry',
      ...may('errand.read'),
      request: { params: idParam },
      responses: { 200: bytes('text/html', '外勤任务单'), ...problems },
    }),
    async (c) => {
      const { person } = c.var
      const now = gateway.clock()
      const printing = { now, mark: watermark(person, now, c.get('requestId')) }
      const sheet = await sheetOf(gateway, c.var, c.req.valid('param').id, { url: c.req.url, printing })
      c.header('Content-Security-Policy', sheetPolicy)
      return c.html(sheet, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/errands/{id}/start',
      tags,
      summary: '出发，文书交由承办人员携带 · Set out with the papers',
      ...may('errand.carry'),
      request: { params: idParam },
      responses: { 200: json(noted, '已登记出发'), ...problems },
    }),
    async (c) => {
      const { row } = await errandAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await setOut(gateway, c.get('person'), row.id))
      return c.json({ entry }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/errands/{id}/scan',
      tags,
      summary: '上传盖章回执的照片或扫描件（PDF、JPEG、PNG） · A photograph or a scan of the stamped paper',
      ...may('errand.carry'),
      request: {
        params: idParam,
        body: { required: true, content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } } },
      },
      responses: { 200: json(keptScan, '已保存'), ...problems },
    }),
    async (c) => {
      const { row } = await errandAt(gateway, c.var, c.req.valid('param').id)
      const person = c.get('person')
      const file = new Uint8Array(await c.req.arrayBuffer())
      const { sha256, mediaType, length } = granted(
        await keepPaper(gateway, person, row, file, ({ file: of }) => refusalOn(person, 'errand.carry', of)),
      )
      return c.json({ sha256, mediaType, length }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/errands/{id}/entries',
      tags,
      summary: '录入回执内容，两人各自独立 · Enter what the paper says; two do, neither sees the other’s',
      ...may('errand.enter'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: paperBody } } } },
      responses: { 201: json(entered, '已录入'), ...problems },
    }),
    async (c) => {
      const { row } = await errandAt(gateway, c.var, c.req.valid('param').id)
      const body = c.req.valid('json')
      const read = { case: body.case, subject: body.subject, statement: answeredFrom(body) }
      const { entry, round } = granted(await enterPaper(gateway, c.get('person'), row.id, read))
      return c.json({ entry, round }, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/errands/{id}/comparison',
      tags,
      summary: '第三人与扫描件核对：一致即存证，不一致退回两人 · A third compares with the scan',
      ...may('errand.compare'),
      request: { params: idParam, body: { required: true, content: { 'application/json': { schema: comparison } } } },
      responses: { 200: json(compared, '已核对'), ...problems },
    }),
    async (c) => {
      const { row } = await errandAt(gateway, c.var, c.req.valid('param').id)
      const body = c.req.valid('json')
      const person = c.get('person')
      if (body.same) {
        const { sequence } = granted(await commitCompared(gateway, person, row.id, body))
        return c.json({ result: 'committed' as const, sequence }, 200)
      }
      const { entry } = granted(await sendBackErrand(gateway, person, row.id, body.fields))
      return c.json({ result: 'sent-back' as const, entry }, 200)
    },
  )
}
