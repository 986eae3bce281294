import type { Sample } from '../../gateway/ports/samples.ts'
import type { HttpParts } from '../parts.ts'
import { sampledSheet } from '../printouts/sampled.tsx'
import type { Printing } from '../printouts/sheet.tsx'
import { viewSample } from './sample-views.ts'

/** The record of a sample (抽查记录) as a paper, with the names of those who judged and signed. */
export async function sampleSheetOf(
  { gateway, people }: Pick<HttpParts, 'gateway' | 'people'>,
  sample: Sample,
  printing: Printing,
) {
  const view = await viewSample(gateway, sample)
  const ids = [
    view.announcedBy,
    ...(view.signedOff ? [view.signedOff.by] : []),
    ...view.items.flatMap(({ verdict, about }) => [verdict?.by ?? [], about?.person ?? []].flat()),
  ]
  const named = new Map<string, string>()
  for (const id of new Set(ids)) named.set(id, (await people.byId(id, printing.now))?.name ?? id)
  return sampledSheet(view, (id) => named.get(id) ?? id, printing)
}
