import { html } from 'hono/html'
import { formatBeijing } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { answerWord, statementWord } from '../../domain/fold.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { effects, type TargetResult } from '../../domain/statement.ts'
import { outcomeWord } from '../../gateway/delivery-word.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { AttemptRow, StatementRow } from '../../gateway/ports/rows.ts'
import { Page, type Printing, Sheet, Signed, Table } from './sheet.tsx'
import { assetWords, caseWords, measureWord, momentOf, namesOf, rolesIn } from './wording.ts'

/** Where an entry stands in the log: the number of its leaf, and the published checkpoint that covers it. */
export type Placed = { readonly entry: string; readonly index: number; readonly checkpoint: string }

export type DeliveredFacts = {
  readonly file: CaseFile
  readonly exchange: Exchange
  /** Whose property it is about. */
  readonly party: string
  /** SHA-256 of the signed request as it went out, base64url. */
  readonly digest: string
  readonly placed: readonly Placed[]
  readonly registryName: (code: string) => string
}

/** What it proves: an order that holds something has a place among those of other courts, any other has none. */
export const deliveredTitle = (measure: MeasureKind): string => (provesPlace(measure) ? '送达及顺位证明' : '送达证明')

export const provesPlace = (measure: MeasureKind): boolean => placed.includes(measure)

const placed: readonly MeasureKind[] = ['freeze', 'seal', 'pre-seal', 'extend']

const actWords: Record<AttemptRow['act'], string> = {
  deliver: '送达',
  status: '查询办理状态',
  fetched: '协助执行单位领取',
  withdraw: '撤回',
}

/**
 * When an order reached its registry and what it said when, to the second, with the place in the queue and where each word
 * stands in the log: receipt is delivery (网络司法查控 以系统签收为送达), and the first to arrive is the first in the queue.
 */
export function deliveredSheet(facts: DeliveredFacts, printing: Printing) {
  const { exchange, registryName, digest, file, party } = facts
  const { delivery, attempts, statements } = exchange
  const [title, ranked] = [deliveredTitle(delivery.measure), provesPlace(delivery.measure)]
  const whose = namesOf(file.parties.filter(({ id }) => id === party)) || rolesIn(file).subject
  return html`<!doctype html>${(
    <Page title={title} printing={printing}>
      <Sheet facts={facts} printing={printing} title={title} dense>
        <p>
          本院在办理{caseWords(facts)}中，向{registryName(delivery.registry)}发出协助{measureWord(delivery.measure)}
          {whose}财产的请求（查控请求单号：{delivery.reference}），于{formatBeijing(delivery.createdAt)}
          签发，截至{momentOf(printing.now)}的办理状态为“{answerWord(delivery.answer, delivery.measure)}”。
        </p>
        <p class="head">一、送达经过</p>
        {attempts.length === 0 ? (
          <p>尚未送达。</p>
        ) : (
          <Table
            heads={['次序', '动作', '开始时间', '结束时间', '结果']}
            rows={attempts.map(({ number, act, at, endedAt, outcome }) => [
              String(number),
              actWords[act],
              formatBeijing(at),
              endedAt ? formatBeijing(endedAt) : '—',
              outcome === undefined ? '—' : outcomeWord(outcome),
            ])}
          />
        )}
        <p class="head">{ranked ? '二、反馈与顺位' : '二、反馈'}</p>
        {statements.length === 0 ? (
          <p>尚无反馈。</p>
        ) : (
          <Table
            heads={['反馈', '单位签发时间', '本院收到时间', '证明等级', ranked ? '财产与顺位' : '财产', '存证记录']}
            rows={statements.map((row) => [
              statementWord(row.statement.kind, delivery.measure),
              formatBeijing(row.issuedAt),
              formatBeijing(row.arrivedAt),
              row.grade,
              row.statement.targets.map(queueWords).join('；') || foundWords(row),
              placeOf(facts, row),
            ])}
          />
        )}
        <p class="head">三、核验方法</p>
        <p>
          所发请求的摘要（SHA-256）：{digest}
          。存证记录的序号与下列已公布的树根对应，任何人可以下载树根与路径自行验算，不依赖本系统。
        </p>
        {treesIn(facts).map((line) => (
          <p class="small">{line}</p>
        ))}
        <Signed facts={facts} printing={printing} />
      </Sheet>
    </Page>
  )}`
}

/** What an inquiry found is on the sheet of findings; here it is only that, and how much. */
const foundWords = ({ statement: { holdings } }: StatementRow): string =>
  holdings.length > 0 ? `查到财产${holdings.length}项` : '—'

function queueWords({ asset, effect, queuePlace, registeredAt }: TargetResult): string {
  const place = effect === 'waiting' && queuePlace ? `轮候第${queuePlace}位` : effects[effect]
  return [assetWords(asset), place, registeredAt && `登记于${formatBeijing(registeredAt)}`].filter(Boolean).join('，')
}

function placeOf({ placed }: DeliveredFacts, { entry }: StatementRow): string {
  const place = placed.find((one) => one.entry === entry)
  return place ? `第${place.index}条` : '待公布'
}

/** Each published tree once: the name of the log, its size and its root. */
function treesIn({ placed }: DeliveredFacts): readonly string[] {
  return [...new Set(placed.map(({ checkpoint }) => checkpoint.split('\n').slice(0, 3).join('　')))]
}
