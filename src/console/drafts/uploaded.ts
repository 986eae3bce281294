import { z } from 'zod'
import { papersBy } from '../../domain/admit.ts'
import type { AssetClass } from '../../domain/asset.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { needsPaper } from '../../domain/legal-basis.ts'
import { changeDraft } from '../../gateway/drafts.ts'
import type { Parts } from '../../gateway/parts.ts'
import { documentLines } from '../../http/officer/documents.ts'
import { granted } from '../../http/problem.ts'
import type { AtDesk } from '../desk/door.ts'
import { readWritten, referenceTo } from './content.ts'

/** Where a form leads back to: a draft of ours, and no other address whatever it says. */
export const backToDraft = z
  .string()
  .regex(/^\/drafts\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .optional()
  .catch(undefined)

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
