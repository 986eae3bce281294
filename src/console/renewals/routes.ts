import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { isRefusal } from '../../domain/refusal.ts'
import { saveDraft } from '../../gateway/drafts.ts'
import { look } from '../../gateway/look.ts'
import { submitExtension, writeExtension } from '../../gateway/prepare-extension.ts'
import { sha256 } from '../../gateway/store-document.ts'
import { documentLines } from '../../http/officer/documents.ts'
import { writeDraft } from '../../http/officer/draft-form.ts'
import { granted } from '../../http/problem.ts'
import { caseAt, taskAt } from '../../http/reach.ts'
import type { AtDesk, DeskDoor } from '../desk/door.ts'
import { troubleOf } from '../drafts/objections.ts'
import { backWith, storedIn, uploadWay } from '../drafts/uploaded.ts'
import { formOf, ticked } from '../forms.ts'
import type { ConsoleParts } from '../parts.ts'
import { extensionPage } from './extension-page.ts'
import { approveMany } from './many.ts'
import { renewalsPage, windows } from './page.ts'
import { renewalsShown, type Window } from './shown.ts'

const usual = 30

const papersForm = z.object({
  once: z.string().min(8).max(100),
  documents: ticked,
  as: z.enum(['request', 'draft', 'upload']),
})

const earlyForm = z.object({ control: z.string().min(1).max(200), once: z.string().min(8).max(100) })

/** Which days are asked for; what an address says that we do not offer is the usual window. */
function windowIn(c: Context): { days: Window; after?: string } {
  const days = windows.find((one) => String(one) === c.req.query('days')) ?? usual
  const after = c.req.query('after')
  return { days, ...(after && { after }) }
}

/** The pages on which controls are made to go on before they end. */
export function renewalPages(pages: Hono, { gateway }: ConsoleParts, open: DeskDoor): void {
  const nameOf = (code: string) => gateway.counter(code)?.registry.name ?? code
  const about = () => ({ nameOf, now: gateway.clock(), newId: gateway.newId })
  const idOf = (c: Context) => c.req.param('id') ?? ''

  pages.get(
    '/renewals',
    open('results.read', async (c, at) =>
      c.html(renewalsPage(await renewalsShown(gateway, at, windowIn(c)), about(), at)),
    ),
  )

  pages.post(
    '/renewals/approvals',
    open('request.approve', async (c, at) => {
      const { request } = await formOf(c, at.who.token, z.object({ request: ticked }))
      const outcomes = await approveMany(gateway, at, request)
      const shown = await renewalsShown(gateway, at, { days: usual })
      return c.html(renewalsPage(shown, { ...about(), outcomes }, at))
    }),
  )

  const prepared = async (at: AtDesk, id: string) => {
    const { row, file } = await taskAt(gateway, at, id)
    const what = { kind: 'results.viewed' as const, at: 'page:extension' as const, caseId: file.id }
    const { drafted, papers } = granted(await look(gateway, at.person, what, () => writeExtension(gateway, file, row)))
    const documents = await documentLines(gateway, at.person, file)
    const party = file.parties.find((one) => one.id === drafted.party)?.subject.name ?? ''
    const said = { drafted, papers, documents, party, nameOf }
    return { row, file, shown: { task: row.id, caseId: file.id, case: file.number, ...said } }
  }

  pages.post(
    '/cases/:id/extension',
    open('draft.keep', async (c, at) => {
      const { control, once } = await formOf(c, at.who.token, earlyForm)
      const file = await caseAt(gateway, at, idOf(c))
      const what = { kind: 'results.viewed' as const, at: 'page:extension' as const, caseId: file.id }
      const about = { kind: 'renew-control' as const, about: { control } }
      const { drafted } = granted(await look(gateway, at.person, what, () => writeExtension(gateway, file, about)))
      const key = { client: at.person.id, key: sha256(once), digest: sha256(`extension ${file.id} ${control}`) }
      const { id } = granted(await saveDraft(gateway, at.person, file.id, writeDraft(drafted), key))
      return c.redirect(`/drafts/${id}`, 303)
    }),
  )

  pages.get(
    '/tasks/:id/extension',
    open('request.submit', async (c, at) => {
      const { shown } = await prepared(at, idOf(c))
      const stored = storedIn(c.req.query('stored'))
      return c.html(extensionPage({ ...shown, ticked: stored, stored, once: gateway.newId() }, at))
    }),
  )

  pages.post(
    '/tasks/:id/extension',
    open('request.submit', async (c, at) => {
      const form = await formOf(c, at.who.token, papersForm)
      const { row, file, shown } = await prepared(at, idOf(c))
      const chosen = shown.documents.filter((one) => form.documents.includes(one.sha256))
      const documents = chosen.map(({ kind, number, sha256: digest, mediaType, length }) => ({
        ...{ kind, number, mediaType, length },
        sha256: digest,
      }))
      const digest = sha256(JSON.stringify(documents))
      if (form.as === 'upload') {
        const back = chosen.reduce((way, one) => backWith(way, one.sha256), `/tasks/${row.id}/extension`)
        const lacking = shown.papers.find((kind) => !chosen.some((one) => one.kind === kind))
        return c.redirect(uploadWay(file.id, back, lacking), 303)
      }
      if (form.as === 'draft') {
        const { basis } = shown.drafted
        const content = writeDraft({ ...shown.drafted, basis: { ...basis, documents } })
        const once = { client: at.person.id, key: sha256(form.once), digest }
        const { id } = granted(await saveDraft(gateway, at.person, file.id, content, once))
        return c.redirect(`/drafts/${id}`, 303)
      }
      const submitted = await submitExtension(gateway, at.person, file, row, { documents, digest })
      if (!isRefusal(submitted)) return c.redirect(`/requests/${submitted.id}`, 303)
      const said = { ticked: form.documents, stored: [], once: form.once, trouble: troubleOf(submitted) }
      return c.html(extensionPage({ ...shown, ...said }, at), 422)
    }),
  )
}
