/**
 * A rule of the law as the gateway keeps it. `breaks` says what is wrong when it is broken: what was `written`, the
 * `facts` as they stand, or `who` acts. Its key in the catalogue is the code a refusal bears.
 */
export type Rule = {
  readonly breaks: 'written' | 'facts' | 'who'
  /** Who must act before the same request can succeed. */
  readonly who: 'officer' | 'approver' | 'registrar' | 'finance-clerk'
  /** Statute and number, as a ruling would cite it; `设计` where it is the gateway's own and no statute's. */
  readonly article: string
  readonly zh: string
  readonly en: string
  /** What can be done instead. */
  readonly insteadZh: string
  readonly insteadEn: string
}

type Row = readonly [
  breaks: Rule['breaks'],
  who: Rule['who'],
  article: string,
  zh: string,
  en: string,
  insteadZh: string,
  insteadEn: string,
]

/** Reads one chapter of the catalogue. */
export function rulesOf<Code extends string>(rows: Readonly<Record<Code, Row>>): Readonly<Record<Code, Rule>> {
  const entries = Object.entries<Row>(rows).map(([code, [breaks, who, article, zh, en, insteadZh, insteadEn]]) => [
    code,
    { breaks, who, article, zh, en, insteadZh, insteadEn },
  ])
  return Object.fromEntries(entries) as Record<Code, Rule>
}
