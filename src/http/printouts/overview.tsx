import { html } from 'hono/html'
import { toBeijingDate } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { isPreservation } from '../../domain/case-type.ts'
import { type Controlled, ceilingOf, controlledOf, exposureOf, heldOf } from '../../domain/ceiling.ts'
import { isInForce, lastDayOf } from '../../domain/control.ts'
import { compareMoney, type Money, subtractMoney, zeroMoney } from '../../domain/money.ts'
import { isRefusal } from '../../domain/refusal.ts'
import { releaseProposal } from '../../domain/release-proposal.ts'
import { statutes } from '../../domain/statute.ts'
import type { CaseFacts, NamedControl } from '../../gateway/printout.ts'
import { Page, type Printing, Sheet, Table } from './sheet.tsx'
import { assetWords, caseWords, controlWord, grouped, momentOf, rolesIn, sumWords, termWords } from './wording.ts'

/** `hidden` counts the cases of the line whose results whoever prints may not see: what they hold is in no sum. */
type Overview = CaseFacts & {
  readonly hidden: number
  /** Asked for in requests that no registry has answered for yet. */
  readonly pending: Money
}

const title = '本案财产控制一览表'

/** All that a case holds, on one sheet: what is in force, what waits, and whether more is held than may be (查扣冻规定 第十九条). */
export function overviewSheet(facts: Overview, printing: Printing) {
  const { now } = printing
  const live = facts.controls.filter(({ control }) => control.effect === 'waiting' || isInForce(control, now))
  const ended = facts.controls.length - live.length
  return html`<!doctype html>${(
    <Page title={title} printing={printing}>
      <Sheet facts={facts} printing={printing} title={title} dense>
        <p>
          {caseWords(facts)}，截至{momentOf(now)}：{sumsIn(facts, now)}
        </p>
        {facts.hidden > 0 ? (
          <p>
            注意：另有{facts.hidden}
            件关联案件不在您的查阅范围，其控制措施未列入本表，金额未计入。是否超标的额，须由能够查阅全部关联案件的人员核定。
          </p>
        ) : null}
        <p>{ceilingWords(facts.file)}</p>
        <p>本表只列打印人有权查阅的案件的控制措施，金额以此为限。</p>
        {live.length === 0 ? (
          <p>目前没有控制措施。</p>
        ) : (
          <Table
            heads={[
              '序号',
              rolesIn(facts.file).subject,
              '协助执行单位',
              '措施',
              '财产',
              '数额',
              '期限或者顺位',
              '剩余',
            ]}
            rows={live.map((one, index) => [String(index + 1), ...rowOf(one, facts, now)])}
          />
        )}
        {ended > 0 ? <p>另有{ended}项控制措施已经解除或者失效，未列入本表。</p> : null}
      </Sheet>
    </Page>
  )}`
}

function rowOf(named: NamedControl, { registryName }: CaseFacts, now: Date): readonly string[] {
  const { control, asset } = named
  const last = lastDayOf(control)
  const until = control.effect === 'effective' && last !== undefined ? daysTo(last, now) : '—'
  return [
    named.subject ?? '—',
    registryName(control.registry),
    controlWord(named),
    assetWords(asset),
    sumWords(named),
    termWords(named, last),
    until,
  ]
}

const daysTo = (last: string, now: Date): string =>
  `${Math.round((Date.parse(last) - Date.parse(toBeijingDate(now))) / 86_400_000)}日`

/** How much may be held, taken apart as `ceilingOf` adds it up (民诉法 第二百五十三条, 第二百六十四条). */
function ceilingWords(file: CaseFile): string {
  const all = `${grouped(ceilingOf(file))}元`
  if (isPreservation(file.number)) return `可控制的最高数额${all}，为保全裁定确定的数额。`
  const parts = [
    `执行标的${grouped(file.claim)}元`,
    `＋执行费用${grouped(file.costs)}元`,
    file.lateInterest ? `＋迟延履行利息${grouped(file.lateInterest)}元` : '',
    file.fulfilled ? `－已履行${grouped(file.fulfilled)}元` : '',
  ]
  return `可控制的最高数额${all}＝${parts.join('')}。`
}

/**
 * Claim against what is held, quotas and what is on its way with it, as a new measure is weighed by (`exposureOf`); what is worth
 * nobody knows how much is counted by its pieces and never as nothing.
 */
function sumsIn(facts: Overview, now: Date): string {
  const { file, controls, pending } = facts
  const controlled = controlledOf(
    controls.map(({ control }) => control),
    now,
  )
  const { actual, overQuota, sealed, unknown, foreign } = controlled
  const all = exposureOf(controlled, zeroMoney)
  return [
    `可控制的最高数额${grouped(ceilingOf(file))}元`,
    `已控制${grouped(all)}元，其中实际冻结${grouped(actual)}元、超额冻结（额度）${grouped(overQuota)}元、查封财产已知净值${grouped(sealed)}元`,
    ...(pending === zeroMoney ? [] : [`已提出、尚未办结的控制请求${grouped(pending)}元`]),
    ...(unknown.length > 0 ? [`价值不明的控制措施${unknown.length}项，未计入`] : []),
    ...foreign.map((one) => `${one.currency}实际冻结${grouped(one.actual)}，不折算`),
    verdictOn(facts, controlled, now),
  ]
    .join('；')
    .concat('。')
}

/** Whether it is too much, and what to do about it: of what is really held something is released, of a quota no more is asked for. */
function verdictOn({ file, controls, hidden, pending }: Overview, controlled: Controlled, now: Date): string {
  const ceiling = ceilingOf(file)
  const all = exposureOf(controlled, pending)
  const over = less(all, ceiling)
  if (over === zeroMoney)
    return hidden > 0 ? '所列部分未超标的额' : `未超标的额，尚可控制${grouped(less(ceiling, all))}元`
  const proposed = releaseProposal(
    controls.map(({ control }) => control),
    ceiling,
    now,
  )
  const words = `已超出${grouped(over)}元`
  if (proposed.length > 0) return `${words}，建议解除${proposed.length}项（${statutes.seizure}第十九条）`
  return compareMoney(heldOf(controlled), ceiling) > 0
    ? `${words}，应当审查解除超出部分（${statutes.seizure}第十九条）`
    : `${words}，系尚未到账的额度或者尚未办结的请求，不得再增加控制`
}

function less(from: Money, taken: Money): Money {
  const rest = subtractMoney(from, taken)
  return isRefusal(rest) ? zeroMoney : rest
}
