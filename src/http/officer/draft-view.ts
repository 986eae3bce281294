import { z } from '@hono/zod-openapi'
import { draftStates, type Objection } from '../../domain/draft.ts'
import { measureList } from '../../domain/measure.ts'
import type { DraftLine, DraftRow } from '../../gateway/ports/drafts.ts'
import { Refused } from '../problem.ts'
import { catalogue, isProblemCode } from '../problem-catalogue.ts'
import type { ProblemEntry } from '../problems/entry.ts'
import { draftContent } from './draft-form.ts'

const said = z.object({ zh: z.string(), en: z.string() })

const objectionView = z
  .object({
    code: z.string(),
    pointer: z.string().optional().openapi({ example: '/measure/targets/0/amount' }),
    title: said,
    next: said,
    article: z.string().optional(),
    detail: z.record(z.string(), z.string()).optional(),
  })
  .openapi('Objection')

const members = {
  id: z.uuid(),
  caseId: z.uuid(),
  case: z.string(),
  maker: z.string(),
  state: z.object({ code: z.string(), zh: z.string() }),
  measure: z.enum(measureList).optional(),
  savedAt: z.iso.datetime(),
  entry: z.uuid(),
  objections: z.array(objectionView).openapi({ description: '上次提交未通过的各项 · what stood against it' }),
  replaces: z.uuid().optional().openapi({ description: '所更正的请求 · the request it corrects' }),
  request: z.uuid().optional().openapi({ description: '提交后形成的请求 · the request it became' }),
}

export const draftLineView = z.object(members).openapi('DraftLine')
export const draftView = z.object({ ...members, content: draftContent }).openapi('Draft')
export const savedView = z
  .object({ id: z.uuid(), entry: z.uuid().optional().openapi({ description: '存证条目 · the log entry' }) })
  .openapi('SavedDraft')

export function viewDraftLine(line: DraftLine): z.infer<typeof draftLineView> {
  const { id, caseId, caseNumber, maker, state, measure, savedAt, entry, objections, replaces, request } = line
  return {
    id,
    caseId,
    case: caseNumber,
    maker,
    state: { code: state, zh: draftStates[state] },
    ...(measure && { measure }),
    savedAt: savedAt.toISOString(),
    entry,
    objections: objections.map(viewObjection),
    ...(replaces && { replaces }),
    ...(request && { request }),
  }
}

export function viewDraft({ content, ...row }: DraftRow, caseNumber: string): z.infer<typeof draftView> {
  return { ...viewDraftLine({ ...row, caseNumber }), content: content as z.infer<typeof draftContent> }
}

/** The first is the problem; every one of them stands in its `errors`. */
export function refuseAll(objections: readonly Objection[]): never {
  const [first] = objections
  if (!first || !isProblemCode(first.code)) throw new TypeError('an objection that is not in the catalogue')
  const errors = objections.map(({ code, field }) => ({ code, ...placed(field) }))
  throw new Refused(first.code, { ...placed(first.field), errors, ...(first.detail && { detail: first.detail }) })
}

const placed = (field: string | undefined) => (field ? { pointer: `/${field.replaceAll('.', '/')}` } : {})

function viewObjection({ code, field, detail }: Objection): z.infer<typeof objectionView> {
  if (!isProblemCode(code)) throw new TypeError(`the code ${code} is not in the catalogue`)
  const { title, next, article }: ProblemEntry = catalogue[code]
  return { code, ...placed(field), title, next, ...(article && { article }), ...(detail && { detail: { ...detail } }) }
}
