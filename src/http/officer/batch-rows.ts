import { type AssetClass, assetClasses } from '../../domain/asset.ts'
import { listed, mostBatchRows } from '../../domain/batch.ts'
import type { Objection } from '../../domain/draft.ts'
import { isRefusal } from '../../domain/refusal.ts'
import type { SaidRow } from '../../gateway/batches/read-row.ts'
import type { Weighed } from '../../gateway/batches/weigh.ts'
import { type Finding, headed } from '../../tables/headed.ts'
import { readTable } from '../../tables/read-table.ts'
import { refuseTable, type Table, type TableRefusal, tableLimits } from '../../tables/table.ts'
import { tableWords } from '../../tables/words.ts'
import { writeCsv } from '../../tables/write-csv.ts'
import { writeWorkbook } from '../../tables/write-workbook.ts'
import { catalogue, isProblemCode } from '../problem-catalogue.ts'
import type { Said } from '../problems/entry.ts'

/** The columns of a list of inquiries. 措施 may stand there, and may only say 查询; 错误 is what we wrote beside a row before. */
export const batchHeadings = {
  required: ['案号', '被执行人', '协助执行单位'],
  optional: ['财产种类', '措施', '错误'],
} as const

export type BatchHeading = (typeof batchHeadings)['required' | 'optional'][number]

/** How much of a list is read; the headings are a row of their own. */
export const batchLimits = { ...tableLimits, fileBytes: 1_048_576, rows: mostBatchRows + 1, columns: 20 }

/** Something that is wrong with a list, in words, and where. */
export type BatchError = {
  readonly row?: number
  readonly heading?: string
  readonly code: string
  readonly title: Said
  readonly next?: Said
  readonly askedOn?: string
}

export type ReadBatch = {
  readonly rows: readonly SaidRow[]
  /** What keeps the list from being read at all. */
  readonly errors: readonly BatchError[]
  /** As a CSV whose rows have the numbers of the list. */
  readonly text: string
}

/** Reads a list of inquiries, CSV or .xlsx, as far as it can be read; who is meant is for the gateway to find. */
export function readBatch(bytes: Uint8Array): ReadBatch {
  const table = readTable(bytes, batchLimits)
  if (isRefusal(table)) return { rows: [], errors: [inWords(table)], text: '' }
  const { rows, findings } = headed<BatchHeading>(table, batchHeadings)
  const text = canonical(table)
  if (findings.length > 0) return { rows: [], errors: findings.map(inWords), text }
  if (rows.length === 0) return { rows: [], errors: [inWords(refuseTable('table-empty'))], text }
  const said = rows.map(({ row, values }) => ({
    row,
    case: values.案号,
    subject: values.被执行人,
    registries: listed(values.协助执行单位),
    kinds: listed(values.财产种类),
    measure: values.措施,
  }))
  return { rows: said, errors: [], text }
}

/** What was copied from a spreadsheet has tabs between its cells, and a CSV has commas. */
export function pasted(text: string): Uint8Array {
  const [first = ''] = text.split(/\r?\n/, 1)
  if (!first.includes('\t')) return Buffer.from(text, 'utf8')
  const lines = text.split(/\r?\n/).map((line) => line.split('\t').map(quoted).join(','))
  return Buffer.from(lines.join('\n'), 'utf8')
}

const quoted = (cell: string): string => `"${cell.replace(/^"(.*)"$/s, '$1').replaceAll('"', '""')}"`

/** Empty rows keep their place, so that a row has the same number wherever the list is read again. */
function canonical({ rows }: Table): string {
  const lines: (readonly string[])[] = []
  for (const { row, cells } of rows) {
    while (lines.length < row - 1) lines.push([''])
    lines.push(cells)
  }
  return Buffer.from(writeCsv(lines))
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

const headingOfPlace: Readonly<Record<string, BatchHeading>> = {
  case: '案号',
  party: '被执行人',
  registries: '协助执行单位',
  measure: '措施',
  'measure.kinds': '财产种类',
}

function headingOf(field: string | undefined): BatchHeading | undefined {
  if (field === undefined) return undefined
  return (
    headingOfPlace[field] ?? headingOfPlace[field.replace(/\.\d+.*$/, '')] ?? headingOfPlace[field.split('.')[0] ?? '']
  )
}

/** Everything that stands against a list: first what all its rows say alike, then row by row. */
export function errorsOf({ alike, rows }: Weighed): readonly BatchError[] {
  return [
    ...alike.map((one) => errorOf(one)),
    ...rows.flatMap(({ row, objections }) => objections.map((one) => ({ row, ...errorOf(one) }))),
  ]
}

function errorOf({ code, field, detail }: Objection): BatchError {
  const { title, next } = wordsOf(code)
  const heading = headingOf(field)
  const askedOn = detail?.askedOn
  return { code, title, ...(heading && { heading }), ...(next && { next }), ...(askedOn && { askedOn }) }
}

function inWords(finding: Finding | TableRefusal): BatchError {
  const { code, row } = finding
  const heading = 'heading' in finding ? finding.heading : undefined
  return { code, ...(row !== undefined && { row }), ...(heading && { heading }), ...wordsOf(code) }
}

/** The limits of this list are not those of every list. */
const ownWords: Readonly<Record<string, Said>> = {
  'table-too-large': { zh: '文件超过 1 MiB，请分成几份', en: 'The file is larger than 1 MiB: divide the list' },
  'table-too-many-rows': { zh: `超过 ${mostBatchRows} 行，请分成几批`, en: 'More than 2,000 rows: divide the list' },
  'table-too-many-columns': { zh: '超过 20 列', en: 'More than 20 columns' },
}

function wordsOf(code: string): { readonly title: Said; readonly next?: Said } {
  if (isProblemCode(code)) return { title: catalogue[code].title, next: catalogue[code].next }
  const said = ownWords[code] ?? (tableWords as Readonly<Record<string, Said>>)[code]
  return { title: said ?? { zh: code, en: code } }
}

/** The same list with a column that says what is wrong with each row; reading it again leaves that column out. */
export function corrected(rows: readonly SaidRow[], errors: readonly BatchError[]): Uint8Array {
  const told = (row: number) =>
    errors
      .filter((one) => one.row === row)
      .map(({ heading, title, next }) => `${heading ? `${heading}：` : ''}${title.zh}${next ? `（${next.zh}）` : ''}`)
      .join('；')
  return writeCsv([
    [...batchHeadings.required, '财产种类', '措施', '错误'],
    ...rows.map((one) => [
      one.case,
      one.subject,
      one.registries.join('、'),
      one.kinds.join('、'),
      one.measure,
      told(one.row),
    ]),
  ])
}

const beginning = [...batchHeadings.required, '财产种类']

/** What a list begins with. */
export function batchTemplate(): Uint8Array {
  return writeCsv([beginning])
}

/** A registry that can be asked, as a row may name it: by its code or its name, and what it keeps. */
export type AskableRegistry = { readonly id: string; readonly name: string; readonly kinds: readonly AssetClass[] }

/** The same as a workbook, with the registries on a second sheet; only the first sheet is read when it comes back. */
export function batchWorkbook(registries: readonly AskableRegistry[]): Uint8Array {
  const rows = registries.map(({ id, name, kinds }) => [id, name, kinds.map((one) => assetClasses[one].zh).join('、')])
  const hint =
    '“协助执行单位”一栏填写下列代码或者名称，须与本表完全一致（全角、半角括号和空格不计）；几个单位用顿号分开。'
  return writeWorkbook([
    { name: '查询清单', rows: [beginning], widths: [26, 24, 48, 24] },
    { name: '协助执行单位', rows: [['代码', '名称', '财产种类'], ...rows, [], [hint]], widths: [22, 40, 40] },
  ])
}
