import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { BatchDeed } from '../../domain/batch.ts'
import type { Person } from '../../domain/person.ts'
import { holdBatch } from '../../gateway/batches/hold.ts'
import { startBatch, withoutRepeats } from '../../gateway/batches/start.ts'
import { weighBatch } from '../../gateway/batches/weigh.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Batch } from '../../gateway/ports/batch.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { attachment } from '../attachment.ts'
import { keyOf } from '../idempotency-key.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted, Refused } from '../problem.ts'
import type { Calling } from '../reach.ts'
import { bytes, type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { exportBatch, mostExported } from './batch-export.ts'
import { batchBody, rowsIn } from './batch-form.ts'
import { type BatchError, corrected, errorsOf } from './batch-rows.ts'
import { batchRowView, batchView, checkedView, rowsShown, viewBatch, viewErrors } from './batch-view.ts'
import { submitHeaders } from './submitted.ts'

const tags = ['批量查询 Batches']
const body = { required: true, content: { 'application/json': { schema: batchBody } } }
const rowPage = z.object({ after: z.coerce.number().int().min(0).optional() })

/** One's own batch; another's is not there. */
export async function batchAt({ reads }: Parts, { person }: Calling, id: string): Promise<Batch> {
  const batch = await reads.batch(id)
  return found(batch?.maker === person.id ? batch : undefined, 'batch-unknown')
}

/** A file of ours to be saved. */
export function csvHeaders(name: string): Record<string, string> {
  return {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': attachment(`${name}.csv`),
    'Cache-Control': 'no-store',
  }
}

/** The same for a workbook. */
export function workbookHeaders(name: string): Record<string, string> {
  return {
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': attachment(`${name}.xlsx`),
    'Cache-Control': 'no-store',
  }
}

/** Batches of inquiries: checked, started, followed and stopped by whoever made them. Nothing that changes something goes by batch. */
export function batchRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  const checked = async (person: Person, said: z.infer<typeof batchBody>) => {
    const { rows, errors } = rowsIn(said)
    if (errors.length > 0) return { rows, errors, requests: 0 }
    const all = await weighBatch(gateway, person, said, rows)
    const weighed = said.again ? all : withoutRepeats(all)
    const requests = weighed.rows.filter(({ objections }) => objections.length === 0).length
    return { rows, errors: errorsOf(weighed), requests: weighed.alike.length > 0 ? 0 : requests }
  }

  api.openapi(
    createRoute({
      method: 'post',
      path: '/batches/check',
      tags,
      summary: '检查清单，不提交 · Hold a list against the law; nothing is kept or sent',
      ...may('batch.keep'),
      request: { body },
      responses: { 200: json(checkedView, '检查结果'), ...problems },
    }),
    async (c) => {
      const { rows, errors, requests } = await checked(c.get('person'), c.req.valid('json'))
      return c.json({ rows: rows.length, requests, errors: viewErrors(errors) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/batches/corrected',
      tags,
      summary: '同一清单，加“错误”一列 · The same list with a column that says what is wrong',
      ...may('batch.keep'),
      request: { body },
      responses: { 200: bytes('text/csv', 'CSV'), ...problems },
    }),
    async (c) => {
      const { rows, errors } = await checked(c.get('person'), c.req.valid('json'))
      return c.body(Buffer.from(corrected(rows, errors)), 200, csvHeaders('batch-corrected'))
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/batches',
      tags,
      summary: '开始批量查询；有一行不能提交则全部不提交 · Start; one row that may not go out keeps all of them here',
      ...may('batch.keep'),
      request: { headers: submitHeaders.pick({ 'idempotency-key': true }), body },
      responses: { 201: json(batchView, '已开始 · started'), ...problems },
    }),
    async (c) => {
      const officer = c.get('person')
      const { again, rows: _rows, file: _file, ...terms } = c.req.valid('json')
      const { rows, errors } = rowsIn(c.req.valid('json'))
      if (errors.length > 0) throw refusedList(errors)
      const once = { client: officer.id, key: keyOf(c), digest: sha256(await c.req.text()) }
      const started = granted(await startBatch(gateway, officer, { terms, rows, again }, once))
      if (started.kind === 'objected') throw refusedList(errorsOf(started.weighed))
      if (started.kind === 'replayed') c.header('Idempotent-Replayed', 'true')
      c.header('Location', `/v1/batches/${started.id}`)
      return c.json(await viewBatch(gateway, found(await gateway.reads.batch(started.id))), 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/batches',
      tags,
      summary: '本人的批次，新的在前 · One’s own, newest first',
      ...may('batch.keep'),
      request: { query: pageQuery },
      responses: {
        200: json(z.object({ batches: z.array(batchView), next: z.uuid().optional() }), '批次'),
        ...problems,
      },
    }),
    async (c) => {
      const { after, limit } = c.req.valid('query')
      const batches = await gateway.reads.batches({ maker: c.get('person').id, limit, ...(after && { after }) })
      const views = await Promise.all(batches.map((batch) => viewBatch(gateway, batch)))
      return c.json({ batches: views, ...nextOf(views, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/batches/{id}',
      tags,
      summary: '批次进度 · What has come of it until now',
      ...may('batch.keep'),
      request: { params: idParam },
      responses: { 200: json(batchView, '批次'), ...problems },
    }),
    async (c) => c.json(await viewBatch(gateway, await batchAt(gateway, c.var, c.req.valid('param').id)), 200),
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/batches/{id}/rows',
      tags,
      summary: '逐行办理情况 · Row by row; after is the last row seen',
      ...may('batch.keep'),
      request: { params: idParam, query: rowPage.extend({ limit: pageQuery.shape.limit }) },
      responses: {
        200: json(z.object({ rows: z.array(batchRowView), next: z.int().optional() }), '各行'),
        ...problems,
      },
    }),
    async (c) => {
      const { after, limit } = c.req.valid('query')
      const batch = await batchAt(gateway, c.var, c.req.valid('param').id)
      const rows = await rowsShown(gateway, c.get('person'), batch, { limit, ...(after !== undefined && { after }) })
      const last = rows.at(-1)
      return c.json({ rows: [...rows], ...(last && rows.length >= limit && { next: last.row }) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/batches/{id}/export',
      tags,
      summary:
        '导出结果，CSV，每份至多 500 行 · Results as CSV; Link names the next file. A look, and on record as one',
      ...may('batch.keep'),
      request: { params: idParam, query: rowPage },
      responses: { 200: bytes('text/csv', '结果'), ...problems },
    }),
    async (c) => {
      const { after } = c.req.valid('query')
      const batch = await batchAt(gateway, c.var, c.req.valid('param').id)
      const mark = watermark(c.get('person'), gateway.clock(), c.get('requestId'))
      const page = { limit: mostExported, ...(after !== undefined && { after }) }
      const { bytes: csv, rows, last } = await exportBatch(gateway, c.get('person'), batch, page, mark)
      if (rows === mostExported) c.header('Link', `</v1/batches/${batch.id}/export?after=${last}>; rel="next"`)
      return c.body(Buffer.from(csv), 200, csvHeaders(`batch-${batch.id}`))
    },
  )

  const holds = [
    ['pause', '/batches/{id}/pause', '暂停提交 · Submit no further rows for now'],
    ['resume', '/batches/{id}/resumption', '恢复提交 · Go on'],
    ['stop', '/batches/{id}/stop', '停止：未提交的不再提交，已发出的不受影响 · For good; what is out stays out'],
  ] as const satisfies readonly (readonly [BatchDeed, string, string])[]
  for (const [deed, path, summary] of holds)
    api.openapi(
      createRoute({
        method: 'post',
        path,
        tags,
        summary,
        ...may('batch.keep'),
        request: { params: idParam },
        responses: { 200: json(batchView, '批次'), ...problems },
      }),
      async (c) => {
        const { id } = await batchAt(gateway, c.var, c.req.valid('param').id)
        granted(await holdBatch(gateway, c.get('person'), id, deed))
        return c.json(await viewBatch(gateway, found(await gateway.reads.batch(id))), 200)
      },
    )
}

/** Where in the list, as a reader of JSON wants it: the row, and the heading of the column. */
function refusedList(errors: readonly BatchError[]): Refused {
  const places = errors.slice(0, 200).map(({ code, row, heading }) => ({
    code,
    ...(row !== undefined && { pointer: `/${row}` }),
    ...(heading !== undefined && { field: heading }),
  }))
  return new Refused('batch-list-refused', { errors: places })
}
