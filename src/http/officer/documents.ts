import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { isAssigned } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { documentKindList, documentKinds } from '../../domain/legal-basis.ts'
import type { Person } from '../../domain/person.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import { type NewDocument, storeDocument } from '../../gateway/store-document.ts'
import { endingOf } from '../attachment.ts'
import type { May } from '../identify.ts'
import { maskDocument } from '../masked.ts'
import type { HttpParts } from '../parts.ts'
import { found, granted, Refused } from '../problem.ts'
import { type Calling, caseAt } from '../reach.ts'
import { bytes, type Edge, idParam, json, problems } from '../surface.ts'
import { type DocumentLine, documentLine, sealView, viewDocument, viewSeal } from './paper-view.ts'
import { fileHeaders } from './results.ts'

const named = z.object({
  kind: z.enum(documentKindList),
  number: z.string().trim().min(1).max(120),
  sha256: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional(),
})

const storedView = z
  .object({
    kind: z.enum(documentKindList),
    number: z.string(),
    sha256: z.string(),
    mediaType: z.string(),
    length: z.int(),
    seal: sealView,
  })
  .openapi('DocumentReference', { description: '可原样填入 basis.documents · goes into basis.documents as it is' })

const upload = {
  'multipart/form-data': {
    schema: {
      type: 'object' as const,
      required: ['file', 'kind', 'number'],
      properties: {
        file: { type: 'string' as const, format: 'binary' },
        kind: { type: 'string' as const, enum: [...documentKindList] },
        number: { type: 'string' as const },
        sha256: { type: 'string' as const },
      },
    },
  },
  'application/pdf': { schema: { type: 'string' as const, format: 'binary' } },
}

/** Documents of a case: kept once for each content, named by their SHA-256. */
export function documentRoutes(api: OpenAPIHono<Edge>, { gateway }: HttpParts, may: May): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/documents',
      tags: ['文书 Documents'],
      summary: '上传文书 · Upload a document: a form, or its bytes with Writ-Document-Kind and -Number',
      ...may('document.store'),
      request: { params: idParam, body: { required: true, content: upload } },
      responses: {
        201: json(storedView, '已保存 · stored'),
        200: json(storedView, '本案已有该文书 · the case had it already'),
        ...problems,
      },
    }),
    async (c) => {
      const document = await readUpload(c)
      const stored = granted(await storeDocument(gateway, c.get('person'), c.req.valid('param').id, document))
      const { kind, number, mediaType } = document
      const reference = {
        kind,
        number,
        sha256: stored.sha256,
        mediaType,
        length: stored.length,
        seal: viewSeal(stored.seal),
      }
      return stored.kind === 'stored' ? c.json(reference, 201) : c.json(reference, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/documents',
      tags: ['文书 Documents'],
      summary: '案件文书及签章验证结果 · The documents of a case, with what was found on their seals',
      ...may('document.read'),
      request: { params: idParam },
      responses: { 200: json(z.object({ documents: z.array(documentLine) }), '文书'), ...problems },
    }),
    async (c) => {
      const file = await caseAt(gateway, c.var, c.req.valid('param').id)
      return c.json({ documents: [...(await documentLines(gateway, c.get('person'), file))] }, 200)
    },
  )

  api.openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/documents/{sha256}',
      tags: ['文书 Documents'],
      summary: '文书原件 · A document as it was uploaded',
      ...may('document.read'),
      request: { params: idParam.extend({ sha256: z.string().regex(/^[\w-]{43}$/) }) },
      responses: { 200: bytes('application/octet-stream', '文书原件'), ...problems },
    }),
    async (c) => {
      const { id, sha256 } = c.req.valid('param')
      const document = await documentOf(gateway, c.var, id, sha256)
      return c.body(Buffer.from(document.bytes), 200, fileHeaders(document.row.mediaType, document.name))
    },
  )
}

/** The documents of a case with what was found on their seals, masked for who is not on it. */
export async function documentLines(
  { reads }: Parts,
  person: Person,
  file: CaseFile,
): Promise<readonly DocumentLine[]> {
  const seals = await reads.seals(file.id)
  const lines = (await reads.documents(file.id)).map((row) => viewDocument(file.id, row, seals))
  return isAssigned(person, file) ? lines : lines.map(maskDocument)
}

/** Paper cannot be masked: to who is not on the case it is shown for a reason, or not at all. */
export async function documentOf(gateway: Parts, calling: Calling, id: string, sha256: string) {
  const file = await caseAt(gateway, calling, id)
  if (!isAssigned(calling.person, file)) throw new Refused('reveal-needed')
  const kind = (await gateway.reads.documents(file.id)).find((one) => one.sha256 === sha256)?.kind
  const what = { kind: 'document.viewed' as const, caseId: file.id, ...(kind && { at: `paper:${kind}` as const }) }
  const paper = found(await look(gateway, calling.person, what, () => gateway.reads.document(file.id, sha256)))
  const name = `${file.number} ${documentKinds[paper.row.kind]}.${endingOf(paper.row.mediaType)}`
  return { ...paper, name }
}

async function readUpload(c: Context): Promise<NewDocument> {
  const { file, ...fields } = isForm(c) ? await formOf(c) : await rawOf(c)
  const read = named.safeParse(fields)
  if (!file || !read.success) throw new Refused('document-incomplete')
  const { kind, number, sha256 } = read.data
  return { kind, number, ...file, ...(sha256 !== undefined && { sha256 }) }
}

type Upload = Readonly<Record<string, unknown>> & { readonly file?: { mediaType: string; bytes: Uint8Array } }

async function formOf(c: Context): Promise<Upload> {
  // A form that cannot be read is not the sender's secret and not our fault: it is refused like an incomplete one.
  const { file, ...fields } = await c.req.parseBody().catch((): Record<string, string | File> => ({}))
  if (!(file instanceof File)) return fields
  return { ...fields, file: { mediaType: plain(file.type), bytes: new Uint8Array(await file.arrayBuffer()) } }
}

/** Headers are ASCII, so a Chinese number comes percent-encoded. */
async function rawOf(c: Context): Promise<Upload> {
  return {
    kind: c.req.header('writ-document-kind'),
    number: decoded(c.req.header('writ-document-number') ?? ''),
    sha256: c.req.header('writ-document-sha256'),
    file: { mediaType: plain(c.req.header('content-type')), bytes: new Uint8Array(await c.req.arrayBuffer()) },
  }
}

const isForm = (c: Context): boolean => /^multipart\/form-data/i.test(c.req.header('content-type') ?? '')

/** The type a sender names, where it is one; anything else is bytes. */
export function plain(mediaType: string | undefined): string {
  const [type = ''] = (mediaType ?? '').toLowerCase().split(';')
  return /^[\w.+-]+\/[\w.+-]+$/.test(type.trim()) ? type.trim() : 'application/octet-stream'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
