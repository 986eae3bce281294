import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { courtsOf } from '../../domain/authority.ts'
import { mostPopulation, mostSampled, sampleVerdictList, sampleWhatList } from '../../domain/sample.ts'
import { judgeItem, signOffSample } from '../../gateway/judge-sample.ts'
import { day, given, words } from '../fields.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { sheetPolicy } from '../printouts/printed.tsx'
import { found, granted } from '../problem.ts'
import { bytes, type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { watermark } from '../watermark.ts'
import { sampleSheetOf } from './sample-sheet.ts'
import { sampleLine, sampleView, viewLine, viewSample } from './sample-views.ts'
import { drawWhenCovered, itemAt, sampleAt, startSample } from './sampling.ts'
import { seen, viewOf } from './seen.ts'
import { entryView, exchangeView, viewEntry } from './views.ts'

const tags = ['抽查 Samples']

export const sampleBody = z
  .strictObject({
    court: z.string().max(20),
    what: z.enum(sampleWhatList),
    from: day,
    to: day,
    size: z.coerce.number().int().min(1).max(mostSampled),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'] })
  .openapi('SampleAsked')

const verdictBody = z
  .strictObject({ verdict: z.enum(sampleVerdictList), note: words(2000).optional() })
  .openapi('SampleVerdict')

const itemParam = idParam.extend({ position: z.coerce.number().int().min(1).max(mostSampled) })
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})
const noted = z.object({ entry: z.uuid() })

/** Sampling (抽查): announced, drawn by what nobody could know, looked at and judged one by one, signed off by another. */
export function sampleRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway, log } = parts

  api.openapi(
    createRoute({
      method: 'post',
      path: '/samples',
      tags,
      summary: '申报并抽取样本 · Announce a sample and draw it',
      ...may('sample.draw'),
      request: { body: body(sampleBody) },
      responses: { 201: json(sampleView, '样本'), ...problems },
    }),
    async (c) => {
      const { id } = await startSample(gateway, log, c.var, c.req.valid('json'))
      const view = await viewSample(gateway, await sampleAt(gateway, c.var, id))
      return c.json(view, 201, { Location: `/audit/v1/samples/${id}` })
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/samples/{id}/draw',
      tags,
      summary: '日志覆盖申报后抽取 · Draw what was announced, where the log was slow',
      ...may('sample.draw'),
      request: { params: idParam },
      responses: { 200: json(sampleView, '样本'), ...problems },
    }),
    async (c) => {
      const sample = await sampleAt(gateway, c.var, c.req.valid('param').id)
      granted(await drawWhenCovered(gateway, log, c.get('person'), sample))
      return c.json(await viewSample(gateway, await sampleAt(gateway, c.var, sample.id)), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/samples',
      tags,
      summary: '抽查，包括申报后未抽取的 · Samples, those that were never drawn included',
      ...may('audit.read'),
      request: { query: pageQuery },
      responses: {
        200: json(z.object({ samples: z.array(sampleLine), next: z.uuid().optional() }), '抽查'),
        ...problems,
      },
    }),
    async (c) => {
      const asked = c.req.valid('query')
      const courts = courtsOf(c.get('person'), 'audit.read')
      const filter = { ...given(asked), ...(courts && { courts }) }
      const samples = await seen(gateway, c.get('person'), { view: viewOf('samples') }, () =>
        gateway.reads.samples(filter),
      )
      return c.json({ samples: samples.map(viewLine), ...nextOf(samples, asked.limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/samples/{id}',
      tags,
      summary: '样本、种子与判定 · A sample: its seed, its items and the verdicts',
      ...may('audit.read'),
      request: { params: idParam },
      responses: { 200: json(sampleView, '样本'), ...problems },
    }),
    async (c) => {
      const sample = await sampleAt(gateway, c.var, c.req.valid('param').id)
      const view = await seen(gateway, c.get('person'), { about: sample.id, view: viewOf('sample') }, () =>
        viewSample(gateway, sample),
      )
      return c.json(view, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/samples/{id}/population',
      tags,
      summary:
        '总体：可供抽取的全部编号，一行一个 · The ids of all there is to draw from, one a line, to draw it again',
      ...may('audit.read'),
      request: { params: idParam },
      responses: { 200: bytes('text/plain', '编号 · ids'), ...problems },
    }),
    async (c) => {
      const sample = await sampleAt(gateway, c.var, c.req.valid('param').id)
      const { index: before } = found(sample.drawn, 'sample-not-drawn')
      const all = await seen(gateway, c.get('person'), { about: sample.id, view: viewOf('population') }, () =>
        gateway.reads.population({ ...sample, before, most: mostPopulation }),
      )
      return c.text(populationText(all), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/samples/{id}/items/{position}',
      tags,
      summary: '逐项查看（脱敏），查看即存证 · Look at one item, masked; the look is logged under its name',
      ...may('audit.read'),
      request: { params: itemParam },
      responses: {
        200: json(
          z.object({ position: z.int(), exchange: exchangeView.optional(), entry: entryView.optional() }),
          '一项',
        ),
        ...problems,
      },
    }),
    async (c) => {
      const { id, position } = c.req.valid('param')
      const shown = await itemAt(gateway, c.var, await sampleAt(gateway, c.var, id), position)
      const what = shown.kind === 'exchange' ? { exchange: shown.view } : { entry: viewEntry(shown.entry) }
      return c.json({ position, ...what }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/samples/{id}/items/{position}/verdict',
      tags,
      summary: '判定：合规、存疑、不合规 · A verdict on an item, by somebody who has looked at it',
      ...may('sample.judge'),
      request: { params: itemParam, body: body(verdictBody) },
      responses: { 201: json(noted, '已判定'), ...problems },
    }),
    async (c) => {
      const { id, position } = c.req.valid('param')
      const sample = await sampleAt(gateway, c.var, id)
      const at = { sample: sample.id, position }
      const { entry } = granted(await judgeItem(gateway, c.get('person'), at, given(c.req.valid('json'))))
      return c.json({ entry }, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/samples/{id}/sign-off',
      tags,
      summary: '由未参与判定的监督员复核签字 · Signed off whole by an auditor who judged none of it',
      ...may('sample.sign-off'),
      request: { params: idParam },
      responses: { 201: json(noted, '已签字'), ...problems },
    }),
    async (c) => {
      const sample = await sampleAt(gateway, c.var, c.req.valid('param').id)
      const { entry } = granted(await signOffSample(gateway, c.get('person'), sample.id))
      return c.json({ entry }, 201)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/samples/{id}/printout',
      tags,
      summary: '抽查记录（A4）· The record of a sample as a paper',
      ...may('audit.read'),
      request: { params: idParam },
      responses: { 200: bytes('text/html', '抽查记录'), ...problems },
    }),
    async (c) => {
      const person = c.get('person')
      const sample = await sampleAt(gateway, c.var, c.req.valid('param').id)
      const now = gateway.clock()
      const mark = watermark(person, now, c.get('requestId'))
      const sheet = await seen(gateway, person, { about: sample.id, view: viewOf('sample-paper') }, () =>
        sampleSheetOf(parts, sample, { now, mark }),
      )
      c.header('Content-Security-Policy', sheetPolicy)
      return c.html(sheet, 200)
    },
  )
}

/** One id a line, in their order, as the digest of the population is made. */
export function populationText(all: readonly { readonly item: string }[]): string {
  return all
    .map(({ item }) => `${item}\n`)
    .sort()
    .join('')
}
