import { formatBeijing } from '../../domain/beijing-date.ts'
import { lastDayOf } from '../../domain/control.ts'
import { statutes } from '../../domain/statute.ts'
import type { NamedControl, PrintFacts } from '../../gateway/printout.ts'
import { Form, type Printing, Sheet, Signed } from './sheet.tsx'
import {
  assetWords,
  caseWords,
  dayOf,
  measureWord,
  namesOf,
  numbersOf,
  rolesIn,
  subjectsAbout,
  termWords,
} from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

/** The control a task is about. */
export const controlOf = ({ task, controls }: PrintFacts): NamedControl | undefined =>
  controls.find(({ control }) => control.id === task.about.control)

/** 查封笔录, with the four things 查扣冻规定 第十八条 asks for and room for everybody who signs. */
export function SealRecord({ facts, printing }: Of) {
  const { request, file, registryName } = facts
  const named = controlOf(facts)
  const control = named?.control
  const officers = request?.asked.officers.map(({ name, workCertificate }) => `${name}（${workCertificate}）`) ?? []
  const registered = control?.registeredAt ?? control?.effectiveFrom
  const word = control ? measureWord(control.measure) : '查封'
  return (
    <Sheet facts={facts} printing={printing} title={`${word}笔录`}>
      <Form
        rows={[
          ['案件', caseWords(facts)],
          [`${word}依据`, `本院${numbersOf(facts, 'ruling')}裁定`],
          ['执行人员', officers.join('、') || '　'],
          ['记录人'],
          [`${word}开始及完成的时间`, '　　年　月　日　时　分开始，　　年　月　日　时　分完成'],
          [
            '登记办理时间',
            control && registered ? `${registryName(control.registry)}　${formatBeijing(registered)}` : '　',
          ],
          ['财产的所在地、种类、数量', named ? assetWords(named.asset) : '　'],
          ['期限', named ? termWords(named, lastDayOf(named.control)) : '　'],
          [`${rolesIn(file).subject}`, namesOf(subjectsAbout(facts))],
          ['财产的保管人'],
          ['是否张贴封条、公告及张贴位置'],
          ['其他应当记明的事项'],
          ['执行人员签名（两名）'],
          ['记录人签名'],
          ['保管人签名'],
          [`${rolesIn(file).subject}或者到场人员签名`],
        ]}
      />
      <p class="small">
        依据：{statutes.seizure}第十八条。{rolesIn(file).subject}
        或者其成年家属、法定代表人、基层组织工作人员到场的，应当签名；拒绝签名的记明情况。
      </p>
    </Sheet>
  )
}

/** 查封公告, posted at the thing (查扣冻规定 第七条, 第八条). It bears no number of anybody. */
export function SealNotice({ facts, printing }: Of) {
  const { file, registryName } = facts
  const named = controlOf(facts)
  const control = named?.control
  const word = control ? measureWord(control.measure) : '查封'
  const since = control?.effectiveFrom
  return (
    <Sheet facts={facts} printing={printing} title={`${word}公告`}>
      <p>
        本院在办理{caseWords(facts)}中，依据{numbersOf(facts, 'ruling')}裁定，已于
        {since ? dayOf(since) : '　　年　月　日'}
        {control ? `经${registryName(control.registry)}` : ''}
        {word}
        {rolesIn(file).subject}
        {namesOf(subjectsAbout(facts))}名下的下列财产：
      </p>
      <p>{assetWords(named?.asset)}</p>
      <p>
        {word}期限{named ? termWords(named, lastDayOf(named.control)) : '　　'}。{word}
        期间，任何单位和个人不得对上述财产实施转移、设定权利负担或者其他有碍执行的行为；所作的此类行为不得对抗
        {rolesIn(file).applicant}（{statutes.seizure}第二十四条）。
      </p>
      <p>
        隐藏、转移、变卖、毁损上述财产的，本院将依照《中华人民共和国民事诉讼法》第一百一十四条的规定予以罚款、拘留；构成犯罪的，依法追究刑事责任。
      </p>
      <p>案外人对上述财产主张权利的，可以依法向本院提出书面异议。</p>
      <p>特此公告。</p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}
