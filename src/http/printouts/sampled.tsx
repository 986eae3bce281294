import { html } from 'hono/html'
import { formatBeijing } from '../../domain/beijing-date.ts'
import { type CourtCode, courtName } from '../../domain/court.ts'
import { measures } from '../../domain/measure.ts'
import { sampleVerdicts, sampleWhats } from '../../domain/sample.ts'
import type { SampleItemAbout, SampleView } from '../audit/sample-views.ts'
import { Form, Page, type Printing, Table } from './sheet.tsx'

const title = '查控抽查记录'

/** The record of a sample: how it was drawn so that nobody chose, what was found of each item, and who signed. */
export function sampledSheet(view: SampleView, nameOf: (id: string) => string, printing: Printing) {
  const { court, what, from, to, items, signedOff } = view
  const { mark } = printing
  const drawn = view.population !== undefined
  return html`<!doctype html>${(
    <Page title={title} printing={printing}>
      <section class="sheet dense">
        <h1>{courtName(court as CourtCode)}</h1>
        <h2>{title}</h2>
        <Form
          rows={[
            ['抽查对象', `${sampleWhats[what].zh}，${from}至${to}`],
            ['申报', `${nameOf(view.announcedBy)}，${momentOf(view.announcedAt)}，存证条目${view.entry}`],
            ['总体与样本', drawn ? `总体${view.population}件，抽取${items.length}件` : '尚未抽取'],
            ['总体摘要', view.populationSha256 === undefined ? '—' : `SHA-256 ${view.populationSha256}`],
            ['判定', sumOf(items)],
          ]}
        />
        {view.seed === undefined ? null : (
          <div>
            <p>
              种子如下。样本为总体中SHA-256（SHA-256（种子）‖编号）最小的{items.length}
              件；检查点在申报之后产生，抽取人不能预知或者选择。
            </p>
            <Table
              heads={['种子原文（每行以换行结束）']}
              rows={view.seed
                .trimEnd()
                .split('\n')
                .map((line) => [line])}
            />
          </div>
        )}
        <Table
          heads={['序号', '编号', '案号', '何人', '单位、措施、请求单号', '判定', '说明', '判定人', '判定时间']}
          rows={items.map((item) => rowOf(item, nameOf))}
        />
        <div class="signed">
          <p>判定人　{judges(items, nameOf)}</p>
          <p>复核人　{signedOff ? `${nameOf(signedOff.by)}　${momentOf(signedOff.at)}` : '（尚未复核签字）'}</p>
        </div>
        <div class="foot">
          <p>{signedOff ? `复核签字的存证条目：${signedOff.entry}` : '本记录未经复核签字。'}</p>
          <p>打印标识：{mark}（北京时间）</p>
        </div>
      </section>
    </Page>
  )}`
}

type Items = SampleView['items']

function rowOf({ position, item, about, verdict, isSealed }: Items[number], nameOf: (id: string) => string): string[] {
  return [
    String(position),
    isSealed ? '（案件已设为保密）' : (item ?? '—'),
    about?.case ?? '—',
    about?.person ? nameOf(about.person) : '—',
    aboutOf(about),
    verdict ? sampleVerdicts[verdict.verdict].zh : '未判定',
    verdict?.note ?? '',
    verdict ? nameOf(verdict.by) : '',
    verdict ? momentOf(verdict.at) : '',
  ]
}

function aboutOf(about: SampleItemAbout | undefined): string {
  const { registry, registryName = registry, measure, reference } = about ?? {}
  return [registryName, measure && measures[measure], reference].filter(Boolean).join('　') || '—'
}

function sumOf(items: Items): string {
  const count = (code: keyof typeof sampleVerdicts) => items.filter(({ verdict }) => verdict?.verdict === code).length
  const told = Object.entries(sampleVerdicts).map(
    ([code, { zh }]) => `${zh}${count(code as keyof typeof sampleVerdicts)}件`,
  )
  const open = items.filter(({ verdict }) => !verdict).length
  return [...told, ...(open > 0 ? [`未判定${open}件`] : [])].join('，')
}

function judges(items: Items, nameOf: (id: string) => string): string {
  const ids = new Set(items.flatMap(({ verdict }) => verdict?.by ?? []))
  return ids.size === 0 ? '—' : [...ids].map(nameOf).join('、')
}

const momentOf = (iso: string): string => formatBeijing(new Date(iso))
