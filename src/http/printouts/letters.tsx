import { answerWord } from '../../domain/fold.ts'
import { measures } from '../../domain/measure.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { type Printing, Sheet, Signed } from './sheet.tsx'
import { caseWords, dayOf, momentOf, numbersOf } from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

const noticeKinds = [
  'inquiry-notice',
  'freeze-notice',
  'execution-notice',
  'release-notice',
  'transfer-notice',
] as const

function addresseeOf({ exchange, registryName }: PrintFacts): string {
  return exchange ? registryName(exchange.delivery.registry) : '　　　　　　　　'
}

const onNetwork =
  '依照《最高人民法院关于网络查询、冻结被执行人存款的规定》第四条第二款、第十条的规定，协助执行单位完成查询、冻结等事项后，应当及时通过网络向人民法院回复加盖电子印章的结果。'

/**
 * 催办函: what was sent when, until when it was owed, and what the law says of not helping; a later one says how many went
 * before. The days it gives are those of `daysToAnswerLetter`.
 */
export function PressingLetter({ facts, printing }: Of) {
  const delivery = facts.exchange?.delivery
  const isVisited = delivery !== undefined && facts.isVisited(delivery.registry)
  const { letter } = facts.task.about
  return (
    <Sheet facts={facts} printing={printing} title={letter === undefined ? '催办函' : `催办函（第${letter}次）`}>
      <p class="to">{addresseeOf(facts)}：</p>
      <p>
        本院在办理{caseWords(facts)}中，于{delivery ? dayOf(delivery.createdAt) : '　　年　月　日'}
        {isVisited ? '由执行人员登门向你单位送达' : '通过网络执行查控系统向你单位发出'}
        {numbersOf(facts, ...noticeKinds)}协助通知书，请你单位协助办理
        {delivery ? measures[delivery.measure] : '　　'}事项（查控请求单号：{delivery?.reference ?? '　　'}
        ），并应当于{delivery ? momentOf(delivery.respondBy) : '　　年　月　日'}前反馈。截至
        {momentOf(printing.now)}，本院收到的办理状态为“
        {delivery ? answerWord(delivery.answer, delivery.measure) : '尚无反馈'}
        ”，未收到办理结果。
        {letter === undefined ? '' : `本院此前已发出催办函${letter - 1}次，均未收到办理结果。`}
      </p>
      <p>{isVisited ? '' : onNetwork}请你单位于收到本函之日起三个工作日内办理并反馈；不能办理的，书面说明理由。</p>
      <p>
        有义务协助调查、执行的单位拒绝或者妨碍协助执行的，本院可以依照《中华人民共和国民事诉讼法》第一百一十七条的规定，责令其履行协助义务，并可以予以罚款。
      </p>
      <p>
        联系人：{facts.request?.asked.contact.name ?? '　　　'}　　联系电话：
        {facts.request?.asked.contact.phone ?? '　　　'}
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

/** 异议答复函, due within 15 days (法释〔2013〕20号 第六条). What the court found is for whoever examined it to write. */
export function ObjectionAnswer({ facts, printing }: Of) {
  const { exchange, task } = facts
  const told = exchange?.statements.findLast(({ statement }) => statement.reason !== undefined)
  const grounds = task.words ?? told?.statement.reason?.text
  return (
    <Sheet facts={facts} printing={printing} title="异议答复函">
      <p class="to">{addresseeOf(facts)}：</p>
      <p>
        你单位对本院在{caseWords(facts)}中采取的{exchange ? measures[exchange.delivery.measure] : '查控'}
        措施（查控请求单号：
        {exchange?.delivery.reference ?? '　　'}）提出的书面异议，本院于{dayOf(task.raisedAt)}收悉。
      </p>
      <p>你单位提出：{grounds ?? '　　　　'}</p>
      <p>经审查，本院认为：</p>
      <p>　</p>
      <p>　</p>
      <p>□异议成立，本院依法撤销、变更上述措施。</p>
      <p>□异议不成立，请你单位继续协助办理。</p>
      <p>依照《最高人民法院关于网络查询、冻结被执行人存款的规定》第六条、第十条的规定，特此答复。</p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}
