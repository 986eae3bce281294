import type { Said } from '../../http/problems/entry.ts'

/** The words of the pages of anomalies. What each rule is called and why it matters stands in `domain/anomaly.ts`. */
export const anomalyWords = {
  anomalies: { zh: '异常', en: 'Anomalies' },
  anomaly: { zh: '异常核查', en: 'Anomaly' },
  what: {
    zh: '按固定规则从日志中找出值得核查的情形。异常不等于违规，每一项都列明所依据的存证条目。',
    en: 'What fixed rules find in the log that is worth a look. An anomaly is no offence; each rests on entries that are named.',
  },
  rule: { zh: '规则', en: 'rule' },
  allRules: { zh: '全部规则', en: 'all' },
  state: { zh: '核查情况', en: 'looked into' },
  new: { zh: '未核查', en: 'not yet' },
  all: { zh: '全部', en: 'all' },
  number: { zh: '项数', en: 'how many' },
  none: { zh: '所选期间按这些规则没有发现异常。', en: 'The rules find nothing in these days.' },
  cut: {
    zh: '所选范围内的条目过多，只检查了其中较新的部分。请缩短期间或者选择法院。',
    en: 'There is more in these days than is gone through at once: only the newest entries were. Choose fewer days, or a court.',
  },
  shortened: {
    zh: '一次最多查看九十二日。',
    en: 'Ninety-two days at most are gone through at once.',
  },
  asOf: { zh: '以下结果检查截至', en: 'The log was gone through at' },
  again: { zh: '立即重新检查', en: 'go through it now' },
  list: { zh: '由近及远', en: 'The latest first' },
  latest: { zh: '回到最近', en: 'latest' },
  earlier: { zh: '更早的异常', en: 'earlier' },
  moreCases: { zh: '另有案件', en: 'more cases:' },
  when: { zh: '时间', en: 'when' },
  who: { zh: '涉及人员', en: 'who' },
  cases: { zh: '案件', en: 'cases' },
  count: { zh: '条目', en: 'entries' },
  median: { zh: '本院中位数', en: 'median of the court' },
  why: { zh: '规则与理由', en: 'The rule, and why' },
  restsOn: { zh: '所依据的存证条目', en: 'The entries it rests on' },
  marks: { zh: '核查记录', en: 'What came of it' },
  noMarks: { zh: '尚无人核查。', en: 'Nobody has looked into it.' },
  outcome: { zh: '结论', en: 'outcome' },
  note: { zh: '核查情况说明', en: 'what was found' },
  noteHow: {
    zh: '写明向谁核实、依据何种材料。说明加密保存，与核查一并存证。',
    en: 'Whom you asked and what you saw. Kept encrypted, and logged with the mark.',
  },
  before: { zh: '此前：', en: 'before: ' },
  newerEntries: { zh: '较新的条目', en: 'newer' },
  olderEntries: { zh: '更早的条目', en: 'older' },
  newSince: { zh: '新增', en: 'new' },
  lookAgain: {
    zh: '此前的核查结论不包括新增部分，新增部分按未核查处理。',
    en: 'What was said before does not speak of these: for them it is as if nobody had looked.',
  },
  grownMeanwhile: {
    zh: '您查看本页后又有新增，请看过新增条目再记录',
    en: 'More has come since you opened this page: look at it before you record anything',
  },
  grownMeanwhileNext: {
    zh: '新增条目已在下方列出，所填内容仍在。',
    en: 'It is listed below; what you wrote is still there.',
  },
  ownMatter: {
    zh: '涉及您本人，请另一名监督员核查',
    en: 'This is about you: another auditor has to look into it',
  },
  mark: { zh: '记录核查情况', en: 'Record it' },
  by: { zh: '核查人', en: 'by' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>

/** Of how many entries the last verdict does not speak. */
export function grownSince(count: number): Said {
  return { zh: `核查后又有新增 ${count} 条`, en: `${count} more since it was looked into` }
}
