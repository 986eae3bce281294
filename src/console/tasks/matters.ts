import { html } from 'hono/html'
import type { CaseFile } from '../../domain/case-file.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { RequestAbout } from '../../gateway/ports/reads.ts'
import type { TaskRow } from '../../gateway/ports/tasks.ts'
import { viewCase } from '../../http/officer/cases.ts'
import type { ControlLine } from '../../http/officer/result-view.ts'
import { controlLines } from '../desk/control-lines.ts'
import type { AtDesk } from '../desk/door.ts'
import { assetCell } from '../desk/results.ts'
import type { Html } from '../layout.ts'
import { moment } from '../moment.ts'
import { term } from '../terms.ts'

/** What tells tasks of one kind apart: the control, the registry, the party or the inquiry; masked for who is not on the case. */
export type Matter = {
  readonly line?: ControlLine
  readonly registry?: string
  readonly measure?: MeasureKind
  readonly askedAt?: Date
  readonly party?: string
}

/** What these tasks are about, in a few reads however many; of each case of which a control is named it is on record. */
export async function mattersOf(
  gateway: Parts,
  at: AtDesk,
  rows: readonly TaskRow[],
  files: readonly CaseFile[],
): Promise<(row: TaskRow) => Matter> {
  const { reads } = gateway
  const fileOf = new Map(files.map((file) => [file.id, file]))
  const onControls = filesOf(rows, fileOf, ({ about }) => about.control !== undefined)
  const ids = onControls.flatMap(({ id, line }) => line ?? [id])
  const controls = new Map(ids.length === 0 ? [] : (await reads.controls(...ids)).map((one) => [one.id, one]))
  const held = rows.flatMap(({ about, caseId }) => {
    const [control, file] = [controls.get(about.control ?? ''), fileOf.get(caseId)]
    return control && file ? [{ control, file }] : []
  })
  const lineOf = await controlLines(gateway, at, held)
  const heads = await reads.deliveryHeads([...new Set(rows.flatMap(({ about }) => about.delivery ?? []))])
  const sent = new Map(heads.map((one) => [String(one.id), one]))
  const asking = filesOf(rows, fileOf, ({ about }) => isOfRequest(about))
  const parties = asking.flatMap((file) => file.parties.map(({ id }) => ({ caseId: file.id, party: id })))
  const asked = new Map((await reads.requestsAbout(parties)).map((one) => [one.id, one]))
  return (row) => {
    const { about } = row
    const file = fileOf.get(row.caseId)
    const control = controls.get(about.control ?? '')
    const head = sent.get(about.delivery ?? '')
    const request = isOfRequest(about) ? asked.get(about.request ?? '') : undefined
    const party = about.party ?? request?.party
    const name = file && party && viewCase(at.person, file).parties.find(({ id }) => id === party)?.name
    return {
      ...(control && file && { line: lineOf(control, file) }),
      ...(head && { registry: head.registry, measure: head.measure }),
      ...askedIn(request),
      ...(name && { party: name }),
    }
  }
}

/** Where a task names a delivery or a control too, that says more than the request. */
const isOfRequest = ({ request, delivery, control }: TaskRow['about']): boolean =>
  request !== undefined && delivery === undefined && control === undefined

const askedIn = (request: RequestAbout | undefined): Pick<Matter, 'measure' | 'askedAt'> =>
  request ? { measure: request.measure, askedAt: request.submittedAt } : {}

function filesOf(
  rows: readonly TaskRow[],
  fileOf: ReadonlyMap<string, CaseFile>,
  isMeant: (row: TaskRow) => boolean,
): readonly CaseFile[] {
  return [...new Set(rows.filter(isMeant).map(({ caseId }) => caseId))].flatMap((id) => fileOf.get(id) ?? [])
}

/** The same in one cell; empty where a task is about its case as a whole. */
export function matterCell(
  { line, registry, measure, askedAt, party }: Matter,
  nameOf: (code: string) => string,
): Html | '' {
  const kind = (line?.measure ?? measure) as MeasureKind | undefined
  const where = line?.registry ?? registry
  const first = [kind && term(measures[kind]), where && nameOf(where), party].filter(
    (one) => one !== undefined && one !== '',
  )
  if (first.length === 0 && !line) return ''
  return html`${first.join(' · ')}${askedAt ? html` <span class="nowrap">${moment(askedAt)}</span>` : ''}${line ? html`<br>${assetCell(line.asset)}` : ''}`
}
