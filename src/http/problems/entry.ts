/** A text in both languages; Chinese comes first wherever both are shown. */
export type Said = { readonly zh: string; readonly en: string }

/** Who must act before the same call can succeed. */
export const actors = {
  officer: { zh: '经办人', en: 'officer' },
  approver: { zh: '审批人', en: 'approver' },
  registrar: { zh: '立案人员', en: 'registrar' },
  'finance-clerk': { zh: '案款人员', en: 'finance clerk' },
  auditor: { zh: '监督员', en: 'auditor' },
  operator: { zh: '系统运维人员', en: 'operator' },
  'security-administrator': { zh: '安全管理员', en: 'security administrator' },
  registry: { zh: '协助执行单位', en: 'registry' },
  integrator: { zh: '接入系统开发人员', en: 'integrator' },
} as const satisfies Record<string, Said>

export type Actor = keyof typeof actors

/** The parts of the house a problem can come from; the headings of `docs/errors.md`. */
export const areas = {
  edge: { zh: '接口', en: 'The interface itself' },
  access: { zh: '身份与权限', en: 'Who is calling' },
  secrecy: { zh: '保密与脱敏', en: 'Secrecy' },
  identifier: { zh: '号码与格式', en: 'Numbers and formats' },
  case: { zh: '案件与当事人', en: 'Cases, parties and documents' },
  request: { zh: '请求与审批', en: 'Requests and approvals' },
  audit: { zh: '监督：异常与抽查', en: 'Auditing: anomalies and samples' },
  task: { zh: '事项与来件', en: 'Tasks, and what comes in on paper' },
  funds: { zh: '案款账户与到账', en: 'Accounts of cases and arrived money' },
  law: { zh: '法律规则', en: 'Rules of law' },
  statement: { zh: '反馈', en: 'Statements of registries' },
  'by-people': { zh: '柜台与外勤', en: 'Answers that people enter: the counter and errands' },
  system: { zh: '系统接入与密钥', en: 'Systems, registries on their way in, and keys' },
} as const satisfies Record<string, Said>

export type Area = keyof typeof areas

/** One way in which a call can fail. The code, its key in the catalogue, is the contract and never changes. */
export type ProblemEntry = {
  readonly area: Area
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 421 | 422 | 429 | 431 | 500 | 503 | 504
  readonly who: Actor
  readonly title: Said
  readonly next: Said
  /** The statute and number, where it is a rule of law. */
  readonly article?: string
}

type Row = readonly [
  status: ProblemEntry['status'],
  who: Actor,
  titleZh: string,
  titleEn: string,
  nextZh: string,
  nextEn: string,
]

/** Reads one area's table. */
export function problemsOf<Code extends string>(
  area: Area,
  rows: Readonly<Record<Code, Row>>,
): Readonly<Record<Code, ProblemEntry>> {
  const entries = Object.entries<Row>(rows).map(([code, [status, who, titleZh, titleEn, nextZh, nextEn]]) => [
    code,
    { area, status, who, title: { zh: titleZh, en: titleEn }, next: { zh: nextZh, en: nextEn } },
  ])
  return Object.fromEntries(entries) as Record<Code, ProblemEntry>
}
