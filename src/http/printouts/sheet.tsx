import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { courtName } from '../../domain/court.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { sheetStyle } from './style.ts'
import { signedDay } from './wording.ts'

/** When it is printed, and whose copy it is. */
export type Printing = { readonly now: Date; readonly mark: string }

type Of = {
  readonly facts: Pick<PrintFacts, 'file'>
  readonly printing: Printing
  readonly title: string
  readonly dense?: boolean
  readonly children: Child
}

/** One paper, `dense` where all of it has to go on one sheet: the court, what it is, the number of the case, and below whose print it is. */
export function Sheet({ facts, printing, title, children, dense = false }: Of) {
  return (
    <section class={dense ? 'sheet dense' : 'sheet'}>
      <h1>{courtName(facts.file.court)}</h1>
      <h2>{title}</h2>
      <p class="number">{facts.file.number}</p>
      {children}
      <div class="foot">
        <p>打印标识：{printing.mark}（北京时间）</p>
      </div>
    </section>
  )
}

/** The judge, the court and the day, under a paper that leaves the house. */
export function Signed({ facts, printing }: Pick<Of, 'facts' | 'printing'>) {
  return (
    <div class="signed">
      <p>承办人　{facts.file.judge}</p>
      <p>{signedDay(printing.now)}</p>
      <p>（院　　印）</p>
    </div>
  )
}

/** The whole document around its sheets. */
export function Page({ title, children }: { readonly title: string; readonly children: Child }) {
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <style>{raw(sheetStyle)}</style>
      </head>
      <body>{children}</body>
    </html>
  )
}

/** A table with its heads; cells are texts. */
export function Table({
  heads,
  rows,
}: {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}) {
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Lines of a form: what is asked on the left, what is known or a space to write on the right. */
export function Form({ rows }: { readonly rows: readonly (readonly [label: string, value?: string])[] }) {
  return (
    <table>
      <tbody>
        {rows.map(([label, value]) => (
          <tr>
            <th scope="row">{label}</th>
            <td class={value === undefined ? 'blank' : ''}>{value ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
