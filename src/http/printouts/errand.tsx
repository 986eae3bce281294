import { html } from 'hono/html'
import { type AssetClass, assetClasses } from '../../domain/asset.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { isDated } from '../../domain/by-people.ts'
import type { CaseFile } from '../../domain/case-file.ts'
import { type MeasureKind, measures } from '../../domain/measure.ts'
import { idTypes } from '../../domain/subject.ts'
import type { AtCounter } from '../../gateway/by-people/at-counter.ts'
import { documentWord } from '../clerk/view.ts'
import { qrPath } from '../qr.ts'
import { Form, Page, type Printing, Sheet, Table } from './sheet.tsx'
import { assetWords, rolesIn } from './wording.ts'

type Carried = AtCounter & { readonly file: CaseFile }
type Claims = AtCounter['sent']['claims']

const title = '外勤任务单'

/**
 * What two officers carry to a registry that has to be visited (登门临柜): who goes where until when, with which papers and
 * for what; and the space in which the counter says that it has them. Two certificates each (法释〔2013〕20号 第二条).
 */
export function errandSheet({ file, row, counter, sent }: Carried, page: string, printing: Printing) {
  const { claims } = sent
  const { visit } = counter.registered
  const { name, idType, idNumber } = claims.subject
  return html`<!doctype html>${(
    <Page title={title} printing={printing}>
      <Sheet facts={{ file }} printing={printing} title={title} dense tight>
        <Qr page={page} />
        <Form
          rows={[
            ['协助执行单位', `${counter.registry.name}（${counter.registry.code}）`],
            ['地址', visit?.address ?? ''],
            ['路线', visit?.route ?? ''],
            ['办公时间与电话', [visit?.hours, visit?.phone].filter(Boolean).join('；')],
            ['请求单号', row.id],
            ['措施', measures[row.measure]],
            [rolesIn(file).subject, `${name}　${idTypes[idType]}：${idNumber}`],
            ['法律依据', `${claims.basis.statute}；${claims.basis.purpose}`],
            ['办理期限', `${formatBeijing(row.respondBy)} 前反馈；${formatBeijing(row.validUntil)} 后不得开始办理`],
            ['联系人', `${claims.contact.name}　${claims.contact.phone}`],
          ]}
        />
        <p>一、执行人员（两名，均须出示两证）</p>
        <Table
          heads={['姓名', '工作证编号', '执行公务证编号']}
          rows={claims.officers.map((one) => [one.name, one.workCertificate, one.dutyCertificate])}
        />
        <p>二、办理事项</p>
        {claims.targets ? (
          <Table
            heads={['序号', '财产', '范围', '数额']}
            rows={claims.targets.map(({ asset, scope, amount, quantity }, at) => [
              String(at + 1),
              assetWords(asset as Parameters<typeof assetWords>[0]),
              scopeWords[scope],
              amount === undefined ? (quantity ?? '—') : `${amount}元`,
            ])}
          />
        ) : (
          <p>查询：{inquiryWords(claims)}。</p>
        )}
        <p>{termWords(claims)}</p>
        <p>三、携带文书（逐件核对后勾选）</p>
        <Table
          heads={['□', '文书', '文号', '份数']}
          rows={[
            ...claims.basis.documents.map(({ kind, number }) => ['□', documentWord(kind), number, '一']),
            ['□', '回执（空白，供单位盖章）', '—', '一'],
          ]}
        />
        <p>四、柜台签收与回执（由协助执行单位填写并盖章）</p>
        <div class="write">
          <Form
            rows={[
              ['收到时间', '　　　　年　　月　　日　　时　　分　　秒'],
              ...outcomeRows(row.measure),
              ['经办人签名', ''],
              ['单位盖章'],
            ]}
          />
          {claims.inquiry ? <Found kinds={claims.inquiry.kinds} /> : ''}
        </div>
        <p class="small">
          收到时间即送达时间；查封、冻结的，决定顺位，请精确到秒。外勤人员取得盖章回执后，扫描上方二维码登记、拍照上传；由两人分别录入，第三人对照原件核对。
        </p>
      </Sheet>
    </Page>
  )}`
}

/** What the counter is asked to fill in: the same that is entered afterwards, and of an inquiry nothing about a control. */
function outcomeRows(measure: MeasureKind): [string, string][] {
  if (measure === 'inquire') return [['查询结果', '□已查到（见下表）　□未查到　□不予办理，原因：']]
  const amount: [string, string][] = measure === 'freeze' ? [['实际冻结金额', '　　　　　　　　　　元']] : []
  const days = '自　　　　年　　月　　日起至　　　　年　　月　　日止'
  return [
    ['办理结果', '□已办理　□轮候，顺位第　　位　□未查到　□不予办理，原因：'],
    ...amount,
    ...(isDated(measure) ? [['起止日期', days] as [string, string]] : []),
    ['控制编号', ''],
  ]
}

/** The table of what an inquiry found, with room for five, or four of either kind of which there are two; each kind of property with what is asked of it. */
function Found({ kinds }: { readonly kinds: readonly string[] }) {
  const money = kinds.includes('deposit')
  const houses = kinds.some((kind) => kind !== 'deposit')
  const room = money && houses ? 4 : 5
  const blank = (count: number) => Array.from({ length: room }, (_, at) => [`${at + 1}`, ...Array(count).fill('　')])
  return (
    <>
      <p>查到的财产</p>
      {houses ? (
        <Table
          heads={['序号', '号码（单元号、权证号等）', '坐　　　　　落', '面积（㎡）', '权利负担及权利人']}
          rows={blank(4)}
        />
      ) : (
        ''
      )}
      {money ? (
        <Table heads={['序号', '账　　　　　　号', '余额（元）', '可用余额（元）', '在先冻结及机关']} rows={blank(4)} />
      ) : (
        ''
      )}
    </>
  )
}

const scopeWords = { whole: '全部', share: '份额', part: '部分' } as const

/** The id of the delivery and nothing of what it says: whoever finds the sheet learns no more from it than is printed. */
function Qr({ page }: { readonly page: string }) {
  const { side, path } = qrPath(page)
  return (
    <div class="code">
      <svg
        viewBox={`0 0 ${side} ${side}`}
        width="110"
        height="110"
        role="img"
        aria-label="二维码：登记本任务"
        shape-rendering="crispEdges"
      >
        <rect width={side} height={side} fill="#ffffff" />
        <path d={path} fill="#000000" />
      </svg>
    </div>
  )
}

function inquiryWords({ inquiry }: Claims): string {
  const kinds = (inquiry?.kinds ?? []).map((kind) =>
    Object.hasOwn(assetClasses, kind) ? assetClasses[kind as AssetClass].zh : '交易流水',
  )
  const from = inquiry?.from ? `，自${inquiry.from}` : ''
  const to = inquiry?.to ? `至${inquiry.to}` : ''
  return `${kinds.join('、')}${from}${to}`
}

function termWords({ term }: Claims): string {
  if (!term) return ''
  return 'from' in term ? `期限：自${term.from}起至${term.to}止。` : `期限：${term.months}个月，自生效之日起算。`
}
