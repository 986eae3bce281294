import { assetClasses, assetKey } from '../../domain/asset.ts'
import { lastDayOf } from '../../domain/control.ts'
import { answerWord, fold } from '../../domain/fold.ts'
import type { InquiryKind } from '../../domain/measure.ts'
import type { Exchange } from '../../gateway/ports/reads.ts'
import type { PrintFacts, Told } from '../../gateway/printout.ts'
import { type Printing, Sheet, Signed, Table } from './sheet.tsx'
import {
  applicantsOf,
  assetWords,
  burdenText,
  caseWords,
  dayOf,
  measureWord,
  namesOf,
  rolesIn,
  shareWords,
  subjectsAbout,
  sumWords,
  termWords,
} from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

const inquiryWord = (kind: InquiryKind): string => (kind === 'transactions' ? '交易流水' : assetClasses[kind].zh)

/** Who was asked for what, when it answered, and what the answer was: silence is none of these words (invariant 6). */
export function Asked({ facts: { told, registryName } }: Pick<Of, 'facts'>) {
  const answeredOn = ({ statements }: Exchange) => statements.at(-1)?.arrivedAt
  return (
    <Table
      heads={['协助执行单位', '查询事项', '查询时间', '反馈时间', '反馈结果']}
      rows={told.flatMap(({ request, exchanges }) =>
        exchanges.map((exchange) => {
          const { registry, createdAt, answer } = exchange.delivery
          const at = answeredOn(exchange)
          return [
            registryName(registry),
            kindsOf(request),
            dayOf(createdAt),
            at ? dayOf(at) : '—',
            answerWord(answer, 'inquire'),
          ]
        }),
      )}
    />
  )
}

function kindsOf(request: Told['request']): string {
  const measure = request?.asked.measure
  return measure?.kind === 'inquire' ? measure.kinds.map(inquiryWord).join('、') : '—'
}

/** 未查询到可供保全财产告知书 (财产保全规定 第十一条第三款). */
export function NothingFoundNotice({ facts, printing }: Of) {
  const { applicant, subject } = rolesIn(facts.file)
  return (
    <Sheet facts={facts} printing={printing} title="未查询到可供保全财产告知书">
      <p class="to">
        {applicant}
        {namesOf(applicantsOf(facts.file))}：
      </p>
      <p>
        本院在办理{caseWords(facts)}中，根据你（单位）的书面申请，通过网络执行查控系统对{subject}
        {namesOf(subjectsAbout(facts))}的财产进行了查询，情况如下：
      </p>
      <Asked facts={facts} />
      <p>
        经查询，未查询到可供保全的财产。依照《最高人民法院关于人民法院办理财产保全案件若干问题的规定》第十一条第三款的规定，特此告知。你（单位）可以继续向本院提供明确的被保全财产信息或者具体的财产线索。
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

/** What the registries of these requests named, with what lies on it; a thing that several named as the last of them did. */
export function Found({ facts: { told, registryName } }: Pick<Of, 'facts'>) {
  const named = told
    .flatMap(({ exchanges }) => exchanges)
    .flatMap(({ delivery, statements }) =>
      fold(
        statements.map(({ statement }) => statement),
        delivery.measure,
      ).holdings.map((holding) => ({ ...holding, registry: delivery.registry })),
    )
  const found = [...new Map(named.map((one) => [`${one.registry} ${assetKey(one.asset)}`, one])).values()]
  if (found.length === 0) return <p>未查到财产。</p>
  return (
    <Table
      heads={['协助执行单位', '财产', '数额', '权属及权利负担']}
      rows={found.map(({ registry, asset, balance, available, share, encumbrances }) => [
        registryName(registry),
        assetWords(asset),
        [balance && `余额${balance}元`, available && `可用${available}元`].filter(Boolean).join('，') || '—',
        [share && shareWords[share], ...encumbrances.map(burdenText)].filter(Boolean).join('；') || '—',
      ])}
    />
  )
}

/** 财产查控结果告知书: what was asked, found and is held; with the duty to keep it (财产调查规定 第十二条第三款). */
export function FindingsNotice({ facts, printing }: Of) {
  const { file, registryName, controls } = facts
  const { applicant, subject } = rolesIn(file)
  const held = controls.filter(({ control }) => control.effect !== 'ended')
  return (
    <Sheet facts={facts} printing={printing} title="财产查控结果告知书">
      <p class="to">
        {applicant}
        {namesOf(applicantsOf(file))}：
      </p>
      <p>
        本院在办理{caseWords(facts)}中，通过网络执行查控系统对{subject}
        {namesOf(subjectsAbout(facts))}的财产进行了查询和控制，现将结果告知如下：
      </p>
      <p class="head">一、查询情况</p>
      <Asked facts={facts} />
      <p class="head">二、查到的财产</p>
      <Found facts={facts} />
      <p class="head">三、已经采取的控制措施</p>
      {held.length === 0 ? (
        <p>目前没有控制措施。</p>
      ) : (
        <Table
          heads={['协助执行单位', '措施', '财产', '数额', '期限']}
          rows={held.map((named) => [
            registryName(named.control.registry),
            measureWord(named.control.measure),
            assetWords(named.asset),
            sumWords(named),
            termWords(named, lastDayOf(named.control)),
          ])}
        />
      )}
      <p>
        你（单位）对本告知书所载信息应当保密，不得用于本案执行以外的目的（《最高人民法院关于民事执行中财产调查若干问题的规定》第十二条第三款）。如有其他财产线索，请及时向本院提供。
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}
