import { html } from 'hono/html'
import { formatBeijing } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { answerWord, statementWord } from '../../domain/fold.ts'
import type { MeasureKind } from '../../domain/measure.ts'
import { effects, standingBefore, type TargetResult } from '../../domain/statement.ts'
import { outcomeWord, serviceOf } from '../../gateway/delivery-word.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { AttemptRow, StatementRow } from '../../gateway/ports/rows.ts'
import { Page, type Printing, Sheet, Signed, Table } from './sheet.tsx'
import {
  assetWords,
  caseWords,
  dayText,
  grouped,
  measureWord,
  momentOf,
  namesOf,
  queueWords,
  rolesIn,
} from './wording.ts'

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
  /** Officers carry it there on paper, and what is known of its arrival is what the receipt says. */
  readonly carried: boolean
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

const actWord = (act: AttemptRow['act'], { carried }: Pick<DeliveredFacts, 'carried'>): string =>
  carried && act === 'fetched' ? '执行人员出发' : actWords[act]

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
        <p>{serviceWords(facts)}</p>
        <p class="head">一、送达经过</p>
        {attempts.length === 0 ? <p>尚未送达。</p> : <Attempts facts={facts} />}
        <p class="head">{ranked ? '二、反馈与顺位' : '二、反馈'}</p>
        {statements.length === 0 ? (
          <p>尚无反馈。</p>
        ) : (
          <Table
            heads={['反馈', '单位签发时间', '本院收到时间', '证明等级', ranked ? '财产与顺位' : '财产', '存证记录']}
            rows={statements.map((row) => [
              statementWord(row.statement.kind, delivery.measure),
              issuedWords(row),
              formatBeijing(row.arrivedAt),
              row.grade,
              row.statement.targets.map((target) => standingWords(target, file)).join('；') || foundWords(row),
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

/** When the registry had it (送达), which decides priority between courts; what cannot be true says so beside it. */
function serviceWords({ exchange, carried }: DeliveredFacts): string {
  const service = serviceOf(exchange)
  if (!service) return `送达时间：${exchange.statements.length > 0 ? '单位未告知' : '尚未送达'}。`
  const source = carried ? '以回执记载为准' : '以单位签收为准'
  const doubt = service.doubtful ? '；该时间与送达经过不符，存疑，须向单位核实' : ''
  return `送达时间：${formatBeijing(service.at)}（${source}${doubt}）。`
}

/** What was tried when and what came of it; a column of which nothing is known is left out. */
function Attempts({ facts }: { readonly facts: DeliveredFacts }) {
  const { attempts } = facts.exchange
  const rows = attempts.map((one, index) => {
    const { at, result } = endOf(one, attempts[index + 1], facts)
    return [String(one.number), actWord(one.act, facts), formatBeijing(one.at), at ? formatBeijing(at) : '—', result]
  })
  const known = (column: number): boolean => column < 3 || rows.some((cells) => cells[column] !== '—')
  const only = (cells: readonly string[]) => cells.filter((_, column) => known(column))
  return <Table heads={only(['次序', '动作', '开始时间', '结束时间', '结果'])} rows={rows.map(only)} />
}

/** How an attempt ended. Of one that was fetched or carried nobody reports: the first word that came before the next tells. */
function endOf(
  { at, outcome, endedAt }: AttemptRow,
  next: AttemptRow | undefined,
  { exchange, carried }: DeliveredFacts,
): { readonly at?: Date | undefined; readonly result: string } {
  if (outcome !== undefined) return { at: endedAt, result: outcomeWord(outcome) }
  const first = exchange.statements.find(({ arrivedAt }) => arrivedAt >= at && (!next || arrivedAt < next.at))
  if (!first) return { at: endedAt, result: '—' }
  return carried
    ? { at: first.statement.receivedAt ?? first.arrivedAt, result: '已送达，取得回执' }
    : { at: first.arrivedAt, result: outcomeWord('answered') }
}

/** When the registry wrote it; on a paper that was entered by people it stands on the receipt itself. */
const issuedWords = ({ grade, issuedAt }: StatementRow): string => (grade === 'C' ? '见回执' : formatBeijing(issuedAt))

/** What an inquiry found is on the sheet of findings; here it is only that, and how much. */
const foundWords = ({ statement: { holdings } }: StatementRow): string =>
  holdings.length > 0 ? `查到财产${holdings.length}项` : '—'

/** What stands on a thing: whether it holds or waits and behind whom, the two amounts of a freeze, and for how long. */
function standingWords(target: TargetResult, { number }: CaseFile): string {
  const { asset, effect, queuePlace, registeredAt, term } = target
  const isWaiting = effect === 'waiting'
  const before = standingBefore(target.encumbrances ?? [], { cases: [number], queuePlace })
  return [
    assetWords(asset),
    isWaiting ? queueWords(queuePlace, before) : effects[effect],
    target.amount !== undefined && `实际控制${grouped(target.amount)}元`,
    target.overQuota !== undefined && `超额冻结${grouped(target.overQuota)}元`,
    target.quantity,
    term && `期限自${dayText(term.from)}起至${dayText(term.to)}止`,
    registeredAt && `登记于${formatBeijing(registeredAt)}`,
  ]
    .filter(Boolean)
    .join('，')
}

function placeOf({ placed }: DeliveredFacts, { entry }: StatementRow): string {
  const place = placed.find((one) => one.entry === entry)
  return place ? `第${place.index}条` : '待公布'
}

/** Each published tree once: the name of the log, its size and its root. */
function treesIn({ placed }: DeliveredFacts): readonly string[] {
  return [...new Set(placed.map(({ checkpoint }) => checkpoint.split('\n').slice(0, 3).join('　')))]
}
