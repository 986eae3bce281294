import { assetClasses } from '../../domain/asset.ts'
import { isAssigned, refusalOn } from '../../domain/authority.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import type { Person } from '../../domain/person.ts'
import { encumbranceWord } from '../../domain/statement.ts'
import { deliveryWord } from '../../gateway/delivery-word.ts'
import { look } from '../../gateway/look.ts'
import type { Parts } from '../../gateway/parts.ts'
import type { Batch, BatchLine, BatchPage } from '../../gateway/ports/batch.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import { writeCsv } from '../../tables/write-csv.ts'
import { maskHoldingLine } from '../masked.ts'
import { partyShown, rowsShown } from './batch-view.ts'
import { type HoldingLine, viewHoldings } from './result-view.ts'

/** So many rows in one file: each that holds results is a look of its own. */
export const mostExported = 500

const headings = [
  '行号',
  '案号',
  '被执行人',
  '协助执行单位',
  '办理情况',
  '财产种类',
  '财产',
  '币种',
  '余额',
  '可用金额',
  '权利限制',
  '最近反馈',
  '证明等级',
  '请求编号',
]

export type Exported = { readonly bytes: Uint8Array; readonly rows: number; readonly last?: number }

/**
 * What the registries said, a line for each holding, with the masks of the API. To look is to act: each request whose results
 * are in it has its entry first. The last line says whose copy it is.
 */
export async function exportBatch(
  gateway: Parts,
  person: Person,
  batch: Batch,
  page: BatchPage,
  mark: string,
): Promise<Exported> {
  const shown = await rowsShown(gateway, person, batch, page)
  const lines = await gateway.reads.batchLines(batch.id, page, gateway.clock())
  const files = await gateway.reads.casesWith([...new Set(lines.map(({ row }) => row.caseId))])
  const cells: string[][] = [headings]
  for (const [at, line] of lines.entries()) {
    const view = shown[at]
    const file = files.find(({ id }) => id === line.row.caseId)
    if (!view) continue
    if (!file || !view.caseId || refusalOn(person, 'results.read', file))
      cells.push([String(view.row), '', '', '', view.outcome.zh])
    else if (!line.row.request) {
      const why = view.refused ? `${view.outcome.zh}：${view.refused.title.zh}` : view.outcome.zh
      cells.push([
        ...begun(person, file, line),
        line.row.registries.map((code) => nameOf(gateway, code)).join('、'),
        why,
      ])
    } else cells.push(...(await answered(gateway, person, file, line, line.row.request)))
  }
  const last = lines.at(-1)?.row.row
  return { bytes: writeCsv([...cells, [mark]]), rows: lines.length, ...(last !== undefined && { last }) }
}

const nameOf = ({ counter }: Parts, code: string): string => counter(code)?.registry.name ?? code

const begun = (person: Person, file: CaseFile, { row }: BatchLine): string[] => [
  String(row.row),
  file.number,
  partyShown(person, file, row.party)?.name ?? '',
]

async function answered(
  gateway: Parts,
  person: Person,
  file: CaseFile,
  line: BatchLine,
  request: string,
): Promise<string[][]> {
  const what = { kind: 'results.viewed' as const, at: 'page:batch' as const, caseId: file.id, request }
  const exchanges = await look(gateway, person, what, () => gateway.reads.exchangesOf(request))
  return exchanges.flatMap((exchange) => {
    const plain = viewHoldings(exchange, gateway)
    const holdings = isAssigned(person, file) ? plain : plain.map(maskHoldingLine)
    const before = [
      ...begun(person, file, line),
      nameOf(gateway, exchange.delivery.registry),
      deliveryWord(exchange.delivery, gateway),
    ]
    const after = [
      lastWord(exchange),
      [...new Set(exchange.statements.map(({ grade }) => grade))].sort().join('、'),
      request,
    ]
    const none = ['', '', '', '', '', '']
    return holdings.length === 0
      ? [[...before, ...none, ...after]]
      : holdings.map((one) => [...before, ...holdingCells(one), ...after])
  })
}

function lastWord({ statements }: Exchange): string {
  const times = statements.map(({ arrivedAt }) => arrivedAt.getTime())
  return times.length === 0 ? '' : formatBeijing(new Date(Math.max(...times)))
}

function holdingCells(holding: HoldingLine): string[] {
  const { asset, currency = '', encumbrances } = holding
  const names = [
    asset.account,
    asset.subAccount,
    asset.unitCode,
    asset.parcelCode,
    asset.presaleContractNo,
    asset.certNo,
  ]
  const money = 'balance' in holding ? [holding.balance ?? '', holding.available ?? ''] : ['', '']
  return [
    assetClasses[asset.class].zh,
    [...names, asset.address].filter((name) => name !== undefined).join(' '),
    currency,
    ...money,
    encumbrances.map((one) => [encumbranceWord(one), one.until ? `至 ${one.until}` : ''].join(' ').trim()).join('；'),
  ]
}
