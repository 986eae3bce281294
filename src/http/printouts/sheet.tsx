import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { courtName } from '../../domain/court.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { type Bar, printScriptPath, ScreenBar } from './bar.tsx'
import { sheetStyle } from './style.ts'
import { signedDay } from './wording.ts'

/** When it is printed, and whose copy it is; `bar` where it is shown on a screen first. */
export type Printing = { readonly now: Date; readonly mark: string; readonly bar?: Bar }

/** Whose copy it is, and the bar over it, once it is known where the paper belongs. */
export type PrintedFor = { readonly mark: string; readonly barTo?: (href: string) => Bar }

/** The printing of a paper that belongs to this address. */
export function printingAt({ mark, barTo }: PrintedFor, now: Date, href: string): Printing {
  return { now, mark, ...(barTo && { bar: barTo(href) }) }
}

type Of = {
  readonly facts: Pick<PrintFacts, 'file'>
  readonly printing: Printing
  readonly title: string
  readonly dense?: boolean
  readonly tight?: boolean
  readonly children: Child
}

/**
 * One paper: the court, what it is, the number of the case, and below whose print it is. `dense` where all of it has to go on
 * one sheet; `tight` where it is carried as one, and the margins of a paper for the file are not needed.
 */
export function Sheet({ facts, printing, title, children, dense = false, tight = false }: Of) {
  const kinds = ['sheet', dense && 'dense', tight && 'tight'].filter(Boolean)
  return (
    <section class={kinds.join(' ')}>
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

/** Who gives a ruling: the judge and the clerk of the court, who sign it themselves. */
export function Ruled({ facts, printing }: Pick<Of, 'facts' | 'printing'>) {
  return (
    <div class="signed">
      <p>审判员　{facts.file.judge}</p>
      <p>{signedDay(printing.now)}</p>
      <p>书记员　　　　　</p>
      <p>（院　　印）</p>
    </div>
  )
}

/** The whole document around its sheets. */
export function Page({
  title,
  printing: { bar },
  children,
}: {
  readonly title: string
  readonly printing: Pick<Printing, 'bar'>
  readonly children: Child
}) {
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <style>{raw(sheetStyle)}</style>
        {bar ? <script type="module" src={printScriptPath} /> : ''}
      </head>
      <body>
        {bar ? <ScreenBar bar={bar} /> : ''}
        {children}
      </body>
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
