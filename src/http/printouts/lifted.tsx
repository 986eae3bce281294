import { statutes } from '../../domain/statute.ts'
import { type IdType, idTypes } from '../../domain/subject.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { type Printing, Ruled, Sheet } from './sheet.tsx'
import { assetWords, caseWords, dayOf, measureWord, namesOf, rolesIn, roleWord } from './wording.ts'

/**
 * 民事裁定书（解除保全用）, as far as the gateway knows it: the parties, the application and what is held now. The reasons,
 * and whether all or part of it is lifted, are the court's to write (财产保全规定 第二十二条, 第二十三条).
 */
export function LiftingRuling({ facts, printing }: { readonly facts: PrintFacts; readonly printing: Printing }) {
  const { file, task, controls, registryName } = facts
  const asker = file.parties.filter(({ id }) => id === task.about.party)
  const held = controls.filter(({ control }) => control.effect !== 'ended')
  return (
    <Sheet facts={facts} printing={printing} title="民事裁定书">
      {file.parties.map(({ role, subject }) => (
        <p>
          {roleWord(file, role)}：{subject.name}，{numberLabel(subject.idType)}
          {subject.idNumber}。
        </p>
      ))}
      <p>
        本院在办理{caseWords(facts)}中，对{rolesIn(file).subject}的财产采取了保全措施。
        {asker[0] ? roleWord(file, asker[0].role) : ''}
        {namesOf(asker)}于{dayOf(task.raisedAt)}向本院申请解除保全。
      </p>
      <p>本院经审查认为，</p>
      <p>　</p>
      <p>依照《中华人民共和国民事诉讼法》第一百零七条、{statutes.preservation}第二十二条、第二十三条规定，裁定如下：</p>
      {held.length === 0 ? (
        <p>解除对　　　　　　　　的保全。</p>
      ) : (
        held.map(({ control, asset, subject }) => (
          <p>
            解除对{subject ?? rolesIn(file).subject}
            {assetWords(asset)}的{measureWord(control.measure)}（协助执行单位：{registryName(control.registry)}）。
          </p>
        ))
      )}
      <p>本裁定立即开始执行。</p>
      <p>如不服本裁定，可以自收到裁定书之日起五日内向本院申请复议一次。复议期间不停止裁定的执行。</p>
      <Ruled facts={facts} printing={printing} />
    </Sheet>
  )
}

/** Some of the names are of papers, some of numbers already. */
const numberLabel = (of: IdType): string => {
  if (of === 'other') return '证件号码'
  return idTypes[of].endsWith('码') ? idTypes[of] : `${idTypes[of]}号码`
}
