import { html } from 'hono/html'
import { assetClasses, assetKey } from '../../domain/asset.ts'
import { isInForce, lastDayOf, ownWord } from '../../domain/control.ts'
import { answerWord, fold, isAnswered } from '../../domain/fold.ts'
import type { InquiryKind } from '../../domain/measure.ts'
import type { Holding } from '../../domain/statement.ts'
import { statutes } from '../../domain/statute.ts'
import { type Inquiry, newestOf } from '../../gateway/inquiries.ts'
import type { CaseFacts, NamedControl, PrintFacts } from '../../gateway/printout.ts'
import { Page, type Printing, Sheet, Signed, Table } from './sheet.tsx'
import {
  applicantLine,
  assetWords,
  burdenText,
  caseWords,
  controlWord,
  dayOf,
  grouped,
  namesOf,
  rolesIn,
  shareWords,
  subjectsAbout,
  subjectsOf,
  sumWords,
  termWords,
} from './wording.ts'

/** What is told of a whole case. */
export type FindingsFacts = Pick<CaseFacts, 'file' | 'inquiries' | 'controls' | 'registryName'> & {
  /** Cases of the line whose controls whoever prints may not see. */
  readonly hidden?: number
}
type Told = Pick<FindingsFacts, 'file' | 'inquiries' | 'controls' | 'registryName'>
type Of<Facts> = { readonly facts: Facts; readonly printing: Printing }

const inquiryWord = (kind: InquiryKind): string => (kind === 'transactions' ? '交易流水' : assetClasses[kind].zh)

/** What of the case's inquiries the tasks of this paper are about. */
export function toldIn(facts: PrintFacts): Told {
  const requests = new Set(facts.told.flatMap(({ request }) => (request ? [request.id] : [])))
  return { ...facts, inquiries: facts.inquiries.filter(({ exchange }) => requests.has(exchange.delivery.request)) }
}

/** Who was asked for what of whom, when it answered, and what the answer was: silence is none of these words (invariant 6). */
export function Asked({ facts: { file, inquiries, registryName } }: { readonly facts: Told }) {
  return (
    <Table
      heads={[rolesIn(file).subject, '协助执行单位', '查询事项', '查询时间', '反馈时间', '反馈结果']}
      rows={inquiries.map(({ exchange: { delivery, statements }, subject, kinds }) => {
        const at = statements.at(-1)?.arrivedAt
        return [
          subject,
          registryName(delivery.registry),
          kinds.map(inquiryWord).join('、') || '—',
          dayOf(delivery.createdAt),
          at ? dayOf(at) : '—',
          answerWord(delivery.answer, 'inquire'),
        ]
      })}
    />
  )
}

/** 未查询到可供保全财产告知书 (财产保全规定 第十一条第三款). */
export function NothingFoundNotice({ facts, printing }: Of<PrintFacts>) {
  const { subject } = rolesIn(facts.file)
  return (
    <Sheet facts={facts} printing={printing} title="未查询到可供保全财产告知书">
      <p class="to">{applicantLine(facts.file)}</p>
      <p>
        本院在办理{caseWords(facts)}中，根据你（单位）的书面申请，通过网络执行查控系统对{subject}
        {namesOf(subjectsAbout(facts))}的财产进行了查询，情况如下：
      </p>
      <Asked facts={toldIn(facts)} />
      <p>
        经向上列单位查询，未查询到可供保全的财产。依照{statutes.preservation}
        第十一条第三款的规定，特此告知。你（单位）可以继续向本院提供明确的被保全财产信息或者具体的财产线索。
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

type FoundThing = Holding & { readonly registry: string; readonly subjects: readonly string[] }

/** Each thing once for each registry, as the last answer about it told; of everybody of whom it was found. */
function foundIn(inquiries: readonly Inquiry[]): readonly FoundThing[] {
  const things = new Map<string, FoundThing>()
  for (const { exchange, subject } of inquiries) {
    const { delivery, statements } = exchange
    const told = statements.map(({ statement }) => statement)
    for (const holding of fold(told, delivery.measure).holdings) {
      const key = `${delivery.registry} ${assetKey(holding.asset)}`
      const others = (things.get(key)?.subjects ?? []).filter((one) => one !== subject)
      things.set(key, { ...holding, registry: delivery.registry, subjects: [...others, subject] })
    }
  }
  return [...things.values()]
}

/** What the registries named, of whom, with what lies on it: also what this case laid on it since. */
export function Found({
  facts: { file, inquiries, controls, registryName },
  now,
}: {
  readonly facts: Told
  readonly now: Date
}) {
  const found = foundIn(inquiries)
  if (found.length === 0) return <p>未查到财产。</p>
  return (
    <Table
      heads={[rolesIn(file).subject, '协助执行单位', '财产', '数额', '权属及权利负担']}
      rows={found.map(({ registry, subjects, asset, balance, available, area, share, encumbrances }) => [
        subjects.join('、'),
        registryName(registry),
        assetWords(asset),
        [balance && `余额${grouped(balance)}元`, available && `可用${grouped(available)}元`, area && `${area}平方米`]
          .filter(Boolean)
          .join('，') || '—',
        [share && shareWords[share], ...encumbrances.map(burdenText), ...ownWords({ registry, asset }, controls, now)]
          .filter(Boolean)
          .join('；') || '—',
      ])}
    />
  )
}

/** What this case itself holds or waits for on a thing. */
function ownWords(
  { registry, asset }: Pick<FoundThing, 'registry' | 'asset'>,
  controls: readonly NamedControl[],
  now: Date,
): readonly string[] {
  const key = assetKey(asset)
  const own = controls.filter((one) => one.control.registry === registry && one.asset && assetKey(one.asset) === key)
  return [...new Set(own.flatMap(({ control }) => ownWord(control, now) ?? []))]
}

/**
 * 财产查控结果告知书: what was asked of every debtor, found and is held as things stand, with the duty to keep it (财产调查规定
 * 第十二条第三款). A registry that has not answered is named, so that nobody takes its silence for nothing found.
 */
export function FindingsNotice({ facts: all, printing }: Of<FindingsFacts>) {
  const facts = { ...all, inquiries: newestOf(all.inquiries) }
  const { file, hidden = 0 } = facts
  return (
    <Sheet facts={facts} printing={printing} title="财产查控结果告知书" dense>
      <p class="to">{applicantLine(file)}</p>
      <p>
        本院在办理{caseWords(facts)}中，通过网络执行查控系统查询、控制{rolesIn(file).subject}
        财产，现将截至{dayOf(printing.now)}的情况告知如下：
      </p>
      <p class="head">一、查询情况</p>
      {facts.inquiries.length === 0 ? <p>尚未查询。</p> : <Asked facts={facts} />}
      <Unanswered facts={facts} />
      <Unasked facts={facts} />
      <p class="head">二、查到的财产</p>
      <Found facts={facts} now={printing.now} />
      <p class="head">三、已经采取的控制措施</p>
      <Held facts={facts} now={printing.now} />
      {hidden > 0 ? <p>另有{hidden}件关联案件的控制措施未列入本告知书。</p> : ''}
      <p>
        你（单位）对本告知书所载信息应当保密，不得用于本案执行以外的目的（《最高人民法院关于民事执行中财产调查若干问题的规定》第十二条第三款）。如有其他财产线索，请及时向本院提供。
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

function Unanswered({ facts: { inquiries, registryName } }: { readonly facts: Told }) {
  const open = inquiries.filter(({ exchange }) => !isAnswered(exchange.delivery.answer))
  if (open.length === 0) return ''
  const named = open.map(({ exchange, subject }) => `${registryName(exchange.delivery.registry)}（${subject}）`)
  return <p>以下单位尚未反馈：{[...new Set(named)].join('、')}，反馈后另行告知。</p>
}

/** Of whom nothing was asked yet: what was not looked for is no more "nothing found" than silence is. */
function Unasked({ facts: { file, inquiries } }: { readonly facts: Told }) {
  const asked = new Set(inquiries.map(({ subject }) => subject))
  const left = subjectsOf(file).filter(({ subject }) => !asked.has(subject.name))
  if (left.length === 0 || inquiries.length === 0) return ''
  return (
    <p>
      {rolesIn(file).subject}
      {namesOf(left)}的财产尚未查询。
    </p>
  )
}

function Held({ facts, now }: { readonly facts: FindingsFacts; readonly now: Date }) {
  const { file, controls, registryName } = facts
  const held = controls.filter(({ control }) => control.effect === 'waiting' || isInForce(control, now))
  if (held.length === 0) return <p>目前没有控制措施。</p>
  return (
    <Table
      heads={[rolesIn(file).subject, '协助执行单位', '措施', '财产', '数额', '期限']}
      rows={held.map((named) => [
        named.subject ?? '—',
        registryName(named.control.registry),
        controlWord(named),
        assetWords(named.asset),
        sumWords(named),
        termWords(named, lastDayOf(named.control)),
      ])}
    />
  )
}

/** The same as a page of its own, while no task asks for it yet. */
export function findingsSheet(facts: FindingsFacts, printing: Printing) {
  return html`<!doctype html>${(
    <Page title="财产查控结果告知书" printing={printing}>
      <FindingsNotice facts={facts} printing={printing} />
    </Page>
  )}`
}
