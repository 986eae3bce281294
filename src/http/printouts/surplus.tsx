import { ceilingOf, controlledOf, heldOf } from '../../domain/ceiling.ts'
import { releaseProposal } from '../../domain/release-proposal.ts'
import { statutes } from '../../domain/statute.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { type Printing, Sheet, Signed, Table } from './sheet.tsx'
import { assetWords, caseWords, grouped, measureWord, sumWords } from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

/** 解除超标的额部分提示单: what is held, what may be, and which freezes should let go of how much (查扣冻规定 第十九条第一款). */
export function SurplusSlip({ facts, printing }: Of) {
  const { file, controls, registryName } = facts
  const all = controls.map(({ control }) => control)
  const ceiling = ceilingOf(file)
  const proposed = releaseProposal(all, ceiling, printing.now)
  const rows = proposed.flatMap(({ control: id, amount, overQuota, whole }) => {
    const named = controls.find(({ control }) => control.id === id)
    if (!named) return []
    const { control, asset } = named
    const what = whole ? '全部' : `实际控制${grouped(amount)}元，超额冻结${grouped(overQuota)}元`
    return [[registryName(control.registry), measureWord(control.measure), assetWords(asset), sumWords(named), what]]
  })
  return (
    <Sheet facts={facts} printing={printing} title="解除超标的额部分提示单">
      <p>
        {caseWords(facts)}，可控制的最高数额{grouped(ceiling)}元，现已实际控制
        {grouped(heldOf(controlledOf(all, printing.now)))}
        元。依照{statutes.seizure}
        第十九条第一款的规定，查封、扣押、冻结被执行人的财产以其价额足以清偿法律文书确定的债权额及执行费用为限，不得明显超标的额。建议于当日解除下列部分：
      </p>
      {rows.length === 0 ? (
        <p>目前没有应当解除的部分。</p>
      ) : (
        <Table heads={['协助执行单位', '措施', '财产', '现控制数额', '建议解除']} rows={rows} />
      )}
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}
