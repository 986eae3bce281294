import { html } from 'hono/html'
import { formatBeijing } from '../../domain/beijing-date.ts'
import type { ConformanceRun } from '../portal/conformance.ts'
import { Form, Page, type Printing, Table } from './sheet.tsx'

const outcomes = { ok: '通过', failed: '未通过', 'not-shown': '未演示' } as const

/** 符合性测试报告 as a page of its own, to be printed on A4. */
export function printedConformance(name: string, run: ConformanceRun, printing: Pick<Printing, 'mark' | 'bar'>) {
  return html`<!doctype html>${(
    <Page title="符合性测试报告" printing={printing}>
      <section class="sheet dense">
        <h1>{name}</h1>
        <h2>符合性测试报告</h2>
        <Form
          rows={[
            ['协助执行单位', `${name}（${run.registry}）`],
            ['协议', run.protocol],
            ['测试时间', formatBeijing(new Date(run.at))],
            ['提交时间', formatBeijing(run.attachedAt)],
            ['密钥', run.keys.join('，')],
            ['存证条目', run.id],
            ['结果', countsOf(run)],
          ]}
        />
        <Table
          heads={['序号', '检查项', '结果']}
          rows={run.results.map(({ title, outcome }, at) => [String(at + 1), title, outcomes[outcome]])}
        />
        <div class="foot">
          <p>打印标识：{printing.mark}（北京时间）</p>
        </div>
      </section>
    </Page>
  )}`
}

function countsOf({ results }: ConformanceRun): string {
  const counts = (Object.keys(outcomes) as (keyof typeof outcomes)[]).map(
    (outcome) => [outcomes[outcome], results.filter((one) => one.outcome === outcome).length] as const,
  )
  return counts.map(([word, count]) => `${word} ${count} 项`).join('，')
}
