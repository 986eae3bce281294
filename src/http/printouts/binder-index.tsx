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

/** 卷内目录: what lies in the file of a case and from which page; the digest ties each to the file beside it. What is still open is named. */
export function binderIndex(file: CaseFile, lines: readonly BinderLine[], open: readonly string[], printing: Printing) {
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
          。页次空白的，由立卷人清点后填写。电子证据在“证据”文件夹内，每次查控一个文件夹，请求与反馈的原文、签名、存证证明均在其中；需要核验真伪的，按其中
          README.txt 载明的方法办理，不依赖本系统，也无须联网。
        </p>
        <Table heads={['序号', '材料名称', '文号', '页次', '页数', '文件', '摘要（前16位）']} rows={rows} />
        <p class="head">未办结</p>
        {open.length === 0 ? (
          <p>截至立卷时没有未办结的事项。</p>
        ) : (
          open.map((one, at) => (
            <p>
              {at + 1}．{one}
            </p>
          ))
        )}
      </Sheet>
    </Page>
  )}`
}
