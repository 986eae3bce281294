import { papersBy } from '../../domain/admit.ts'
import type { AssetClass } from '../../domain/asset.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { Objection } from '../../domain/draft.ts'
import { type DocumentKind, missingDocuments } from '../../domain/legal-basis.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import { say } from '../language.ts'
import { term } from '../terms.ts'
import type { Written } from './content.ts'
import { draftWords as words } from './words.ts'

type Held = readonly Pick<DocumentLine, 'kind'>[]

/** What a draft needs by way of papers, by its measure, its case and its property. */
export type Papers = {
  /** All of them, whatever is ticked. */
  readonly needed: readonly DocumentKind[]
  /** What is not ticked though the case has it, and would do. */
  readonly untouched: readonly DocumentLine[]
  /** The first that has to be fetched. */
  readonly lacked: DocumentKind | undefined
}

/** What goes on from a control, gives it up or moves its money rests on papers of its own: those of the control are others. */
const onNewPapers: readonly MeasureKind[] = ['extend', 'release', 'transfer', 'convey']

const isOnNewPapers = (kind: string): boolean => (onNewPapers as readonly string[]).includes(kind)

export function papersOf(
  file: Pick<CaseFile, 'standing' | 'number'>,
  kind: MeasureKind | undefined,
  { basis, measure }: Written,
  documents: readonly DocumentLine[],
): Papers {
  if (!kind) return { needed: [], untouched: [], lacked: undefined }
  const by = papersBy(
    file,
    measure.targets.map(({ asset }) => asset.class as AssetClass),
  )
  const missing = (held: Held) => missingDocuments(kind, held, by)
  const isTicked = ({ sha256 }: DocumentLine) => basis.documents.some((one) => one.sha256 === sha256)
  const ticked = documents.filter(isTicked)
  const lacks = missing(ticked)
  const untouched = documents.filter((one) => !isTicked(one) && missing([...ticked, one]).length < lacks.length)
  const [lacked] = isOnNewPapers(kind) ? lacks : missing([...ticked, ...untouched])
  return { needed: missing([]), untouched, lacked }
}

/** 案件中已有裁定书（…），请勾选: a paper that lies in the case and is merely not ticked is not fetched again. */
export function untickedNote({ code }: Objection, kind: string, { untouched }: Papers): string {
  if (code !== 'document-missing' || untouched.length === 0) return ''
  const there = untouched.map(({ zh, number }) => `${term(zh)}（${number}）`).join('、')
  return `${say(words.inCase)}${there}${say(isOnNewPapers(kind) ? words.tickIfNew : words.tickIt)}`
}
