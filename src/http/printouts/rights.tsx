import { statutes } from '../../domain/statute.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { controlOf } from './sealed.tsx'
import { type Printing, Sheet, Signed } from './sheet.tsx'
import {
  assetWords,
  caseWords,
  dayOf,
  measureWord,
  namesOf,
  numbersOf,
  rolesIn,
  shareWords,
  subjectsAbout,
} from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

/** What the court did to the thing, in the one sentence both notices begin with. */
function Done({ facts }: Pick<Of, 'facts'>) {
  const named = controlOf(facts)
  const control = named?.control
  return (
    <p>
      本院在办理{caseWords(facts)}中，依据{numbersOf(facts, 'ruling')}裁定，已于
      {control?.effectiveFrom ? dayOf(control.effectiveFrom) : '　　年　月　日'}
      {control ? measureWord(control.measure) : '查封'}登记在{rolesIn(facts.file).subject}
      {namesOf(subjectsAbout(facts))}名下的下列财产：{assetWords(named?.asset)}。
    </p>
  )
}

/** To whoever else owns the thing (查扣冻规定 第十二条); the register tells that there are others, not always who. */
export function CoOwnerNotice({ facts, printing }: Of) {
  const ref = controlOf(facts)?.control.assetRef
  const share = facts.holdings.find(({ assetRef, share: of }) => assetRef === ref && of !== undefined)?.share
  return (
    <Sheet facts={facts} printing={printing} title="通知书">
      <p class="to">　　　　　　　　（共有人）：</p>
      <Done facts={facts} />
      <p>经查，上述财产的共有情况为{share ? shareWords[share] : '共有'}。</p>
      <p>
        依照{statutes.seizure}
        第十二条的规定，特此通知。共有人协议分割共有财产并经债权人认可的，本院可以认定有效，查封、扣押、冻结的效力及于协议分割后
        {rolesIn(facts.file).subject}
        享有份额内的财产；共有人可以提起析产诉讼，诉讼期间中止对该财产的执行。
      </p>
      <p>
        你（单位）认为对上述财产享有足以排除执行的权利的，可以依照《中华人民共和国民事诉讼法》第二百三十八条的规定，向本院提出书面异议。
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

/** To each holder of a mortgage for a maximum sum, a sheet of its own: from its receipt on the debt grows no more. */
export function MortgageeNotices({ facts, printing }: Of) {
  const holders = mortgageesOf(facts)
  return (
    <>
      {(holders.length > 0 ? holders : ['　　　　　　　　']).map((holder) => (
        <Sheet facts={facts} printing={printing} title="通知书">
          <p class="to">{holder}：</p>
          <Done facts={facts} />
          <p>经查，你（单位）系上述财产的最高额抵押权人。</p>
          <p>依照{statutes.seizure}第二十五条第一款的规定，受抵押担保的债权数额自你（单位）收到本通知时起不再增加。</p>
          <p>请于收到本通知之日起十日内，将截至收到之日受抵押担保的债权数额及相应凭证书面告知本院。</p>
          <p>特此通知。</p>
          <Signed facts={facts} printing={printing} />
        </Sheet>
      ))}
    </>
  )
}

/** Whoever holds such a mortgage on the thing, as inquiries and the register's own answer to the seal tell. */
function mortgageesOf({ holdings, exchange, ...facts }: PrintFacts): readonly string[] {
  const ref = controlOf({ holdings, ...facts })?.control.assetRef
  const found = holdings.filter(({ assetRef }) => assetRef === ref).flatMap(({ encumbrances }) => encumbrances)
  const told = exchange?.statements.flatMap(({ statement }) => statement.targets) ?? []
  const beside = told.flatMap(({ encumbrances = [] }) => encumbrances)
  const ofMaximum = [...found, ...beside].filter(({ kind, maximum }) => kind === 'mortgage' && maximum)
  return [...new Set(ofMaximum.map(({ holder }) => holder))]
}
