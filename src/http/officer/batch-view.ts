import { z } from '@hono/zod-openapi'
import { refusalOn, seesPlainly } from '../../domain/authority.ts'
import {
  batchStateList,
  batchStates,
  outcomeOf,
  type RowOutcome,
  rowOutcomeList,
  rowOutcomes,
  secondsLeft,
} from '../../domain/batch.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { Person } from '../../domain/person.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Batch, BatchLine, BatchPage } from '../../gateway/ports/batch.ts'
import { maskParty } from '../masked.ts'
import { catalogue, isProblemCode } from '../problem-catalogue.ts'
import type { BatchError } from './batch-rows.ts'
import { type PartyView, partyView, viewParty } from './case-view.ts'

const time = z.iso.datetime()
const said = z.object({ zh: z.string(), en: z.string() })

export const batchErrorView = z
  .object({
    row: z.int().optional().openapi({ description: '表格所示行号，或 rows 中第几行 · as the spreadsheet shows it' }),
    heading: z.string().optional(),
    code: z.string(),
    title: said,
    next: said.optional(),
    askedOn: z.iso.date().optional(),
  })
  .openapi('BatchError')

export const checkedView = z
  .object({
    rows: z.int(),
    requests: z.int().openapi({ description: '可以提交的行数，每行一件请求 · rows that may go out, a request each' }),
    errors: z.array(batchErrorView),
  })
  .openapi('BatchChecked')

const countsView = z.object(
  Object.fromEntries(rowOutcomeList.map((one) => [one, z.int()])) as Record<RowOutcome, z.ZodInt>,
)

export const batchView = z
  .object({
    id: z.uuid(),
    state: z.object({ code: z.enum(batchStateList), zh: z.string() }),
    rows: z.int(),
    startedAt: time,
    endedAt: time.optional(),
    entry: z.uuid(),
    counts: countsView.openapi({ description: '各行办理情况；逾期未反馈不是未查到 · silence is not “nothing found”' }),
    secondsLeft: z.int().optional().openapi({
      description: '按实测速度估计的剩余提交时间；实测不足时没有 · at the measured pace; absent while unknown',
    }),
  })
  .openapi('Batch')

export const batchRowView = z
  .object({
    row: z.int(),
    outcome: z.object({ code: z.enum(rowOutcomeList), zh: z.string() }),
    caseId: z
      .uuid()
      .optional()
      .openapi({ description: '不在承办范围的，只有行号和办理情况 · absent when out of reach' }),
    case: z.string().optional(),
    party: partyView.optional(),
    registries: z.array(z.string()).optional(),
    request: z.uuid().optional(),
    refused: z.object({ code: z.string(), title: said, next: said }).optional(),
  })
  .openapi('BatchRow')

export type BatchView = z.infer<typeof batchView>
export type BatchRowView = z.infer<typeof batchRowView>

export const viewErrors = (errors: readonly BatchError[]): z.infer<typeof batchErrorView>[] =>
  errors.map((one) => ({ ...one }))

/** A batch with what has come of its rows until now. */
export async function viewBatch({ reads, clock }: Pick<Parts, 'reads' | 'clock'>, batch: Batch): Promise<BatchView> {
  const now = clock()
  const counts = Object.fromEntries(rowOutcomeList.map((one) => [one, 0])) as Record<RowOutcome, number>
  for (const { facts, count } of await reads.batchCounts(batch.id, now)) counts[outcomeOf(facts, batch.state)] += count
  const { id, state, rows, startedAt, since, endedAt, entry } = batch
  const seconds = (now.getTime() - since.getTime()) / 1000
  const left =
    state === 'running' ? secondsLeft(counts.waiting, await reads.batchDoneSince(id, since), seconds) : undefined
  return {
    ...{ id, rows, entry, counts },
    state: { code: state, zh: batchStates[state] },
    startedAt: startedAt.toISOString(),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(left !== undefined && { secondsLeft: left }),
  }
}

/** The rows of a batch as this person may see them now: one may have left a case since. */
export async function rowsShown(
  { reads, clock }: Pick<Parts, 'reads' | 'clock'>,
  person: Person,
  batch: Batch,
  page: BatchPage,
): Promise<readonly BatchRowView[]> {
  const lines = await reads.batchLines(batch.id, page, clock())
  const files = await reads.casesWith([...new Set(lines.map(({ row }) => row.caseId))])
  return lines.map((line) =>
    viewRow(
      line,
      batch,
      person,
      files.find(({ id }) => id === line.row.caseId),
    ),
  )
}

function viewRow({ row, facts }: BatchLine, batch: Batch, person: Person, file: CaseFile | undefined): BatchRowView {
  const code = outcomeOf(facts, batch.state)
  const told = { row: row.row, outcome: { code, zh: rowOutcomes[code] } }
  if (!file || refusalOn(person, 'request.read', file)) return told
  const party = partyShown(person, file, row.party)
  return {
    ...told,
    ...{ caseId: file.id, case: file.number, registries: [...row.registries] },
    ...(party && { party }),
    ...(row.request && { request: row.request }),
    ...(row.refused && { refused: viewRefused(row.refused) }),
  }
}

export function partyShown(person: Person, file: CaseFile, id: string): PartyView | undefined {
  const party = file.parties.find((one) => one.id === id)
  if (!party) return undefined
  return seesPlainly(person, file, party) ? viewParty(party) : maskParty(viewParty(party))
}

function viewRefused(code: string) {
  const { title, next } = catalogue[isProblemCode(code) ? code : 'internal']
  return { code, title, next }
}
