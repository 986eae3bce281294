import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { reachOf } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { changeDraft, correctRequest, discardDraft, saveDraft } from '../../gateway/drafts.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { DraftRow } from '../../gateway/ports/drafts.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { submitDraft } from '../../gateway/submit-draft.ts'
import { caseNumber } from '../fields.ts'
import { keyOf } from '../idempotency-key.ts'
import type { May } from '../identify.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted } from '../problem.ts'
import { type Calling, caseAt, caseNumbered, requestAt } from '../reach.ts'
import { type Edge, idParam, json, nextOf, pageQuery, problems } from '../surface.ts'
import { draftBody, draftContent, readDraft, writeDraft } from './draft-form.ts'
import { draftLineView, draftView, refuseAll, savedView, viewDraft, viewDraftLine } from './draft-view.ts'
import { answered, submitHeaders, submittedView } from './submitted.ts'

const keyHeader = submitHeaders.pick({ 'idempotency-key': true })
const content = { required: true, content: { 'application/json': { schema: draftContent } } }

/** Drafts: kept encrypted with their case, seen by whoever works on it, written by their owner alone. */
export function draftRoutes(api: OpenAPIHono<Edge>, parts: HttpParts, may: May): void {
  const { gateway } = parts
  api.openapi(
    createRoute({
      method: 'post',
      path: '/drafts',
      tags: ['草稿 Drafts'],
      summary: '保存草稿，可不完整 · Save what there is of a request so far',
      ...may('draft.keep'),
      request: {
        headers: keyHeader,
        body: { required: true, content: { 'application/json': { schema: draftBody } } },
      },
      responses: { 201: json(savedView, '已保存 · saved'), ...problems },
    }),
    async (c) => {
      const officer = c.get('person')
      const { case: number, ...written } = c.req.valid('json')
      const file = await caseNumbered(gateway, c.var, number)
      const once = { client: officer.id, key: keyOf(c), digest: sha256(await c.req.text()) }
      const { kind, id, entry } = granted(await saveDraft(gateway, officer, file.id, written, once))
      if (kind === 'replayed') c.header('Idempotent-Replayed', 'true')
      return c.json({ id, ...(entry && { entry }) }, 201, { Location: `/v1/drafts/${id}` })
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/drafts',
      tags: ['草稿 Drafts'],
      summary: '本人草稿；按案号列出承办案件的全部草稿 · One’s own drafts, or those of a case one works on',
      ...may('draft.read'),
      request: { query: pageQuery.extend({ case: caseNumber.optional() }) },
      responses: {
        200: json(z.object({ drafts: z.array(draftLineView), next: z.uuid().optional() }), '草稿'),
        ...problems,
      },
    }),
    async (c) => {
      const person = c.get('person')
      const { case: number, after, limit } = c.req.valid('query')
      const file = number && (await caseNumbered(gateway, c.var, number))
      const whose = file ? { caseId: file.id } : { maker: person.id }
      const filter = { reach: reachOf(person, 'draft.read'), state: 'open' as const, limit, ...whose }
      const lines = await gateway.reads.draftLines({ ...filter, ...(after && { after }) })
      return c.json({ drafts: lines.map(viewDraftLine), ...nextOf(lines, limit) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/drafts/{id}',
      tags: ['草稿 Drafts'],
      summary: '草稿及上次提交未通过的各项 · A draft, with all that stood against it',
      ...may('draft.read'),
      request: { params: idParam },
      responses: { 200: json(draftView, '草稿'), ...problems },
    }),
    async (c) => {
      const { row, file } = await draftAt(gateway, c.var, c.req.valid('param').id)
      const what = { kind: 'draft.viewed' as const, caseId: file.id, about: row.id }
      const shown = await look(gateway, c.get('person'), what, () => gateway.reads.draft(row.id))
      return c.json(viewDraft(found(shown, 'draft-unknown'), file.number), 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'put',
      path: '/drafts/{id}',
      tags: ['草稿 Drafts'],
      summary: '修改草稿 · Write a draft anew',
      ...may('draft.keep'),
      request: { params: idParam, body: content },
      responses: { 200: json(savedView, '已保存 · saved'), ...problems },
    }),
    async (c) => {
      const { row } = await draftAt(gateway, c.var, c.req.valid('param').id)
      const { id, entry } = granted(await changeDraft(gateway, c.get('person'), row, c.req.valid('json')))
      return c.json({ id, ...(entry && { entry }) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/drafts/{id}',
      tags: ['草稿 Drafts'],
      summary: '删除草稿，日志保留记录 · Throw a draft away; the log remembers that it was',
      ...may('draft.keep'),
      request: { params: idParam },
      responses: { 200: json(savedView, '已删除 · discarded'), ...problems },
    }),
    async (c) => {
      const { row } = await draftAt(gateway, c.var, c.req.valid('param').id)
      const { id, entry } = granted(await discardDraft(gateway, c.get('person'), row))
      return c.json({ id, ...(entry && { entry }) }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/drafts/{id}/submission',
      tags: ['草稿 Drafts'],
      summary: '提交草稿；未通过的留为草稿并列明各项 · Submit a draft; what is refused stays one, with every reason',
      ...may('request.submit'),
      request: { params: idParam, headers: submitHeaders },
      responses: { 202: json(submittedView, '已提交 · submitted'), ...problems },
    }),
    async (c) => {
      const officer = c.get('person')
      const { row, file } = await draftAt(gateway, c.var, c.req.valid('param').id)
      const once = { client: officer.id, key: keyOf(c), digest: sha256(`draft ${row.id}`) }
      const read = (written: unknown) => readDraft(file.number, written)
      const said = granted(await submitDraft(gateway, officer, row, read, once))
      if (said.kind === 'objected') return refuseAll(said.objections)
      return c.json(await answered(c, parts, c.var, said), 202)
    },
  )

  api.openapi(
    createRoute({
      method: 'post',
      path: '/requests/{id}/correction',
      tags: ['草稿 Drafts'],
      summary: '更正被退回或已撤回的请求，生成草稿 · Begin the next version of what was returned or withdrawn',
      ...may('draft.keep'),
      request: { params: idParam },
      responses: { 201: json(savedView, '草稿 · a draft'), ...problems },
    }),
    async (c) => {
      const { row } = await requestAt(gateway, c.var, c.req.valid('param').id)
      const { id, entry } = granted(await correctRequest(gateway, c.get('person'), row, writeDraft))
      return c.json({ id, ...(entry && { entry }) }, 201, { Location: `/v1/drafts/${id}` })
    },
  )
}

/** A draft with its case, when the case is within reach. */
async function draftAt(gateway: Parts, calling: Calling, id: string): Promise<{ row: DraftRow; file: CaseFile }> {
  const row = found(await gateway.reads.draft(id), 'draft-unknown')
  return { row, file: await caseAt(gateway, calling, row.caseId, 'draft-unknown') }
}
