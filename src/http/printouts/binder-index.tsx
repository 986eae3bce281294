import { html } from 'hono/html'
import type { CaseFile } from '../../domain/case-file.ts'
import { Page, type Printing, Sheet, Table } from './sheet.tsx'
import { momentOf } from './wording.ts'

/** One thing in the file of a case. `pages` is left out where it cannot be told: it is counted by hand. */
export type BinderLine = {
  readonly title: string
  readonly number?: string
  readonly name: string
  readonly pages?: number
  readonly sha256: string
}

/** 卷内目录: what lies in the file of a case and from which page; the digest ties each to the file beside it. */
export function binderIndex(file: CaseFile, lines: readonly BinderLine[], printing: Printing) {
  let next: number | undefined = 1
  const rows = lines.map(({ title, number, name, pages, sha256 }, at) => {
    const from = next
    next = from === undefined || pages === undefined ? undefined : from + pages
    return [
      String(at + 1),
      title,
      number ?? '',
      from === undefined ? '' : String(from),
      pages === undefined ? '' : String(pages),
      name,
      sha256.slice(0, 16),
    ]
  })
  return html`<!doctype html>${(
    <Page title="卷内目录" printing={printing}>
      <Sheet facts={{ file }} printing={printing} title="卷内目录" dense>
        <p>
          网络财产查控材料，截至{momentOf(printing.now)}
          。页次空白的，由立卷人清点后填写。电子证据（核验包）在“证据”文件夹内，用 writ verify 离线核验。
        </p>
        <Table heads={['序号', '材料名称', '文号', '页次', '页数', '文件', '摘要（前16位）']} rows={rows} />
      </Sheet>
    </Page>
  )}`
}
