import type { Asset } from '../../domain/asset.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { DraftLine } from '../../gateway/ports/drafts.ts'
import { maskAsset } from '../../http/masked.ts'
import { maskedSubjects } from '../../http/masked-subjects.ts'
import { readWritten, standingIn } from './content.ts'
import type { DraftGist } from './page.ts'

/** Whom and what these drafts are about, by masks alone: enough to tell one from another, so that the list stays no look. */
export async function gistsOf(gateway: Parts, drafts: readonly DraftLine[]): Promise<(draft: string) => DraftGist> {
  const rows = await gateway.reads.draftsWith(drafts.map(({ id }) => id))
  const parties = new Map(rows.map(({ id, content }) => [id, readWritten(content).party]))
  const assets = new Map(rows.map(({ id, content }) => [id, standingIn(content).targets.map(masked)]))
  const subjectOf = await maskedSubjects(
    gateway,
    rows.map(({ caseId }) => ({ caseId, party: '' })),
  )
  return (id) => ({ subject: subjectOf(parties.get(id) ?? ''), assets: assets.get(id) ?? [] })
}

const masked = ({ asset }: { readonly asset: Asset }): Asset => maskAsset(asset)
