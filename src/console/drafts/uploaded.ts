import { z } from 'zod'
import { papersBy } from '../../domain/admit.ts'
import type { AssetClass } from '../../domain/asset.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { type DocumentKind, documentKindList, needsPaper } from '../../domain/legal-basis.ts'
import { changeDraft } from '../../gateway/drafts.ts'
import type { Parts } from '../../gateway/parts.ts'
import { documentLines } from '../../http/officer/documents.ts'
import { granted } from '../../http/problem.ts'
import type { AtDesk } from '../desk/door.ts'
import { readWritten, referenceTo } from './content.ts'

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** Where a paper is fetched for: a draft, an inquiry or an extension of ours, and no other address whatever it says. */
const page = new RegExp(
  `^/(?:drafts/${id}|cases/${id}/inquiry|tasks/${id}/extension)(?:\\?stored=[\\w-]{43}(?:,[\\w-]{43}){0,19})?$`,
)

export const backToForm = z.string().regex(page).optional().catch(undefined)

/** The kind of paper that is missing there, so that the form begins with it. */
export const kindLacking = z.enum(documentKindList).optional().catch(undefined)

/** The papers that were fetched for a page, as its address names them: by their digests. */
export const storedIn = (text: string | undefined): readonly string[] => text?.split(',') ?? []

/** The same page with one more paper fetched for it. */
export function backWith(back: string, sha256: string): string {
  return `${back}${back.includes('?stored=') ? ',' : '?stored='}${sha256}`
}

/** The way to the form on which a paper is uploaded, and back again. */
export function uploadWay(caseId: string, back: string, kind: DocumentKind | undefined): string {
  return `/cases/${caseId}?${new URLSearchParams({ back, ...(kind && { kind }) })}#upload`
}

/** A paper that was fetched for a draft is put to those it rests on, where the measure needs one of its kind. */
export async function tickInDraft(gateway: Parts, at: AtDesk, file: CaseFile, draft: string, sha256: string) {
  const row = await gateway.reads.draft(draft)
  if (row?.caseId !== file.id || row.maker !== at.person.id || row.state !== 'open' || !row.measure) return
  const { basis, measure } = readWritten(row.content)
  if (basis.documents.some((one) => one.sha256 === sha256)) return
  const paper = (await documentLines(gateway, at.person, file)).find((one) => one.sha256 === sha256)
  const classes = measure.targets.map(({ asset }) => asset.class as AssetClass)
  if (!paper || !needsPaper(row.measure, paper.kind, papersBy(file, classes))) return
  const content = {
    ...(row.content as object),
    basis: { ...basis, documents: [...basis.documents, referenceTo(paper)] },
  }
  granted(await changeDraft(gateway, at.person, row, content))
}
