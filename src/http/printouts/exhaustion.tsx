import { html } from 'hono/html'
import { assetClasses } from '../../domain/asset.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { type ClassLookedInto, exhaustedWords, type PartyLookedInto } from '../../domain/exhaustion.ts'
import { Page, type Printing, Sheet, Signed, Table } from './sheet.tsx'
import { caseWords, dayText, momentOf } from './wording.ts'

type Facts = {
  readonly file: CaseFile
  readonly parties: readonly PartyLookedInto[]
  readonly registryName: (code: string) => string
}

const title = '网络查控穷尽财产调查清单'

/** 终本规定 第一条第三项、第三条: one paper for the file, a table for each debtor. What no registry here keeps, it says. */
export function exhaustionSheet(facts: Facts, printing: Printing) {
  const { file, parties } = facts
  return html`<!doctype html>${(
    <Page title={title} printing={printing}>
      <Sheet facts={facts} printing={printing} title={title} dense>
        <p>
          本院在办理{caseWords(facts)}中，通过网络执行查控系统调查被执行人财产的情况如下，截至
          {momentOf(printing.now)}。
        </p>
        {parties.map((one) => (
          <OfParty one={one} facts={facts} />
        ))}
        <p>
          本清单只记载已接入本系统的协助执行单位的查询与反馈；载明“未接入，另行调查”的财产，以及财产线索核实、现场调查、搜查、审计等措施，应当依照《最高人民法院关于严格规范终结本次执行程序的规定（试行）》第三条另行办理并入卷。清单不认定是否符合终结本次执行程序的其他条件。
        </p>
        {file.terminatedOn ? <p>终结本次执行程序之日：{dayText(file.terminatedOn)}。</p> : null}
        <Signed facts={facts} printing={printing} />
      </Sheet>
    </Page>
  )}`
}

function OfParty({ one, facts }: { readonly one: PartyLookedInto; readonly facts: Facts }) {
  return (
    <>
      <p>
        {one.party.subject.name}：{one.isExhausted ? '已接入单位全部查询并反馈' : '尚未穷尽'}
      </p>
      <Table
        heads={['财产类别', '情况', '协助执行单位', '查询时间', '反馈时间', '查到项数', '查控请求单号']}
        rows={one.classes.flatMap((looked) => rowsOf(looked, facts))}
      />
    </>
  )
}

/** What is said of the class as a whole stands in its first row alone. */
function rowsOf({ assetClass, state, last, missing }: ClassLookedInto, { registryName }: Facts): readonly string[][] {
  const asked = last.map(({ registry, at, answeredAt, found, reference }) => [
    registryName(registry),
    formatBeijing(at),
    answeredAt ? formatBeijing(answeredAt) : '未反馈',
    answeredAt ? String(found) : '—',
    reference,
  ])
  const rest = missing.map((code) => [registryName(code), '未查询', '—', '—', '—'])
  const rows = asked.length + rest.length > 0 ? [...asked, ...rest] : [['—', '—', '—', '—', '—']]
  return rows.map((row, index) => [
    ...(index === 0 ? [assetClasses[assetClass].zh, exhaustedWords[state].zh] : ['', '']),
    ...row,
  ])
}
