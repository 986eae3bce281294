import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { reachOf, refusalOn } from '../../domain/authority.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { Objection } from '../../domain/draft.ts'
import { isRefusal, type Refusal } from '../../domain/refusal.ts'
import type { DraftedRequest } from '../../domain/request.ts'
import { changeDraft, correctRequest, discardDraft } from '../../gateway/drafts.ts'
import { look } from '../../gateway/look.ts'
import type { DraftRow } from '../../gateway/ports/drafts.ts'
import { exposureIn, type Preview, previewRequest } from '../../gateway/preview-request.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { submitDraft } from '../../gateway/submit-draft.ts'
import { caseNumber } from '../../http/fields.ts'
import { viewCase } from '../../http/officer/cases.ts'
import { documentLines } from '../../http/officer/documents.ts'
import { readDraft, writeDraft } from '../../http/officer/draft-form.ts'
import { found, granted } from '../../http/problem.ts'
import { caseAt, requestAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { formOf } from '../forms.ts'
import { controlsUnder } from '../later/stands.ts'
import type { ConsoleParts } from '../parts.ts'
import { saysTheSame } from './changed.ts'
import { draftForm, readWritten, rewritten, standingIn } from './content.ts'
import { gistsOf } from './gists.ts'
import { together, troubleOf } from './objections.ts'
import { draftPage, draftsPage } from './page.ts'
import { papersOf } from './papers.ts'
import type { CaseSums } from './preview.ts'
import { uploadWay } from './uploaded.ts'

const atOnce = 50

/** The name of the buttons that do more than save; by this name, for an object that has the word itself looks like a promise. */
const step = 'then'

/** The form with what is to become of it: saved, saved and submitted, or saved to go and fetch a paper. */
const sentForm = draftForm.extend({
  entry: z.string().default(''),
  [step]: z.enum(['save', 'submit', 'upload']).default('save'),
})

/** Drafts: listed, written, looked at as what they would become, submitted, thrown away; as the officer API does it. */
export function draftPages(pages: Hono, { gateway, registries }: ConsoleParts, open: DeskDoor): void {
  const { reads } = gateway
  const idOf = (c: Context) => c.req.param('id') ?? ''
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code

  pages.get(
    '/drafts',
    open('draft.read', async (c, at) => {
      const { case: number, after, begun } = c.req.query()
      const read = number ? caseNumber.safeParse(number) : undefined
      const file = read?.success ? await reads.caseByNumber(read.data) : undefined
      if (number && (!file || refusalOn(at.person, 'draft.read', file)))
        return c.html(
          draftsPage({ drafts: [], case: number, isUnknown: true, gistOf: await gistsOf(gateway, []) }, at),
          404,
        )
      const whose = file ? { caseId: file.id } : { maker: at.person.id }
      const filter = { reach: reachOf(at.person, 'draft.read'), state: 'open' as const, limit: atOnce, ...whose }
      const drafts = await reads.draftLines({ ...filter, ...(after && { after }) })
      const last = drafts.at(-1)
      const next = last && drafts.length === atOnce ? { next: last.id } : {}
      const told = /^\d{1,3}$/.test(begun ?? '') ? { begun: Number(begun) } : {}
      const shown = {
        drafts,
        gistOf: await gistsOf(gateway, drafts),
        ...(number && { case: number }),
        ...next,
        ...told,
      }
      return c.html(draftsPage(shown, at))
    }),
  )

  /** A draft with its case, when that is within reach. To open it is a look. */
  const draftAt = async (at: AtDesk, id: string): Promise<{ row: DraftRow; file: CaseFile }> => {
    const { caseId } = found(await reads.draft(id), 'draft-unknown')
    const file = await caseAt(gateway, at, caseId, 'draft-unknown')
    const what = { kind: 'draft.viewed' as const, caseId: file.id, about: id }
    return { row: found(await look(gateway, at.person, what, () => reads.draft(id)), 'draft-unknown'), file }
  }

  const previewed = async ({ person }: AtDesk, { row, file }: { row: DraftRow; file: CaseFile }) => {
    const drafted = row.state === 'open' ? readDraft(file.number, row.content) : []
    if (isList(drafted)) return { objections: drafted }
    const preview = granted(await previewRequest(gateway, person, file.id, drafted))
    return { preview, objections: preview.objections }
  }

  /** The controls a draft stands on: to be shown what is held is a look. */
  const under = async ({ person }: AtDesk, { row, file }: { row: DraftRow; file: CaseFile }) => {
    const said = standingIn(row.content)
    if (!said.parent || row.state !== 'open') return []
    const what = { kind: 'results.viewed' as const, caseId: file.id, about: row.id }
    const held = await look(gateway, person, what, () => reads.controls(...(file.line ?? [file.id])))
    return controlsUnder(gateway, held, said)
  }

  const sumsOf = async (file: CaseFile, preview: Preview | undefined): Promise<CaseSums> =>
    preview?.facts?.money ?? (await exposureIn(gateway, file))

  const shown = async (at: AtDesk, place: { row: DraftRow; file: CaseFile }, told: Told = {}) => {
    const { row, file } = place
    const { preview, objections } = await previewed(at, place)
    const documents = await documentLines(gateway, at.person, file)
    const live = (await registries.all()).filter(({ state }) => state === 'live')
    const written = readWritten(row.content)
    return draftPage(
      {
        ...{ row, id: row.id, view: viewCase(at.person, file), written, nameOf, entry: row.entry, ...told },
        registries: live.map(({ code: id, name }) => ({ id, name })),
        documents,
        papers: papersOf(file, row.measure, written, documents),
        under: await under(at, place),
        sums: row.measure === 'inquire' ? undefined : await sumsOf(file, preview),
        objections: together(objections.map(objectionOf), row.objections),
        isOwn: row.maker === at.person.id && !refusalOn(at.person, 'draft.keep', file),
        ...(preview && { preview }),
      },
      at,
    )
  }

  pages.get(
    '/drafts/:id',
    open('draft.read', async (c, at) =>
      c.html(await shown(at, await draftAt(at, idOf(c)), { isChanged: c.req.query('changed') !== undefined })),
    ),
  )

  pages.post(
    '/drafts/:id',
    open('draft.keep', async (c, at) => {
      const { entry, [step]: next, ...fields } = await formOf(c, at.who.token, sentForm)
      const place = await draftAt(at, idOf(c))
      const { row, file } = place
      const documents = await documentLines(gateway, at.person, file)
      const content = rewritten(row.content, fields, documents)
      const isSame = saysTheSame(row.content, content)
      if (!isSame || next === 'save') granted(await changeDraft(gateway, at.person, row, content))
      const { lacked } = papersOf(file, row.measure, readWritten(content), documents)
      if (next === 'upload') return c.redirect(uploadWay(file.id, `/drafts/${row.id}`, lacked), 303)
      if (next === 'save') return c.redirect(`/drafts/${row.id}#preview`, 303)
      if (!isSame || (row.state === 'open' && row.entry !== entry))
        return c.redirect(`/drafts/${row.id}?changed=1#preview`, 303)
      return submitted(c, at, place)
    }),
  )

  const submitted = async (c: Context, at: AtDesk, place: { row: DraftRow; file: CaseFile }) => {
    const { row, file } = place
    const once = { client: at.person.id, key: `draft-${row.id}`, digest: sha256(`draft ${row.id}`) }
    const said = await submitDraft(gateway, at.person, row, (content) => readDraft(file.number, content), once)
    if (said.kind === 'objected')
      return c.html(await shown(at, { row: { ...row, ...said }, file }, { isRefused: true }), 422)
    if (isRefusal(said)) return c.html(await shown(at, place, { trouble: troubleOf(said) }), 409)
    return c.redirect(`/requests/${said.id}`, 303)
  }

  pages.post(
    '/drafts/:id/discard',
    open('draft.keep', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const { row } = await draftAt(at, idOf(c))
      granted(await discardDraft(gateway, at.person, row))
      return c.redirect('/drafts', 303)
    }),
  )

  pages.post(
    '/requests/:id/correction',
    open('draft.keep', async (c, at) => {
      await formOf(c, at.who.token, z.object({}))
      const { row } = await requestAt(gateway, at, idOf(c))
      const { id } = granted(await correctRequest(gateway, at.person, row, writeDraft))
      return c.redirect(`/drafts/${id}`, 303)
    }),
  )
}

type Told = Pick<Parameters<typeof draftPage>[0], 'trouble' | 'isChanged' | 'isRefused'>

const isList = (read: DraftedRequest | readonly Refusal[]): read is readonly Refusal[] => Array.isArray(read)

const objectionOf = ({ kind: _, ...objection }: Refusal): Objection => objection
