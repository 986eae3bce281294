import type { ConsentKind } from '../../gateway/ports/consent.ts'
import type { RevealKind } from '../../gateway/reveal-item.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { ViewName } from '../../ledger/record.ts'

/** What each list or page that is looked at is called. */
export const viewWords: Readonly<Record<ViewName, Said>> = {
  log: { zh: '存证日志', en: 'the log' },
  entry: { zh: '存证条目', en: 'an entry' },
  proof: { zh: '存证证明', en: 'the proof of an entry' },
  exchange: { zh: '一次往来', en: 'an exchange' },
  reveals: { zh: '明文查看列表', en: 'the list of reveals' },
  statistics: { zh: '统计', en: 'the statistics' },
  anomalies: { zh: '异常列表', en: 'the list of anomalies' },
  anomaly: { zh: '一项异常', en: 'an anomaly' },
  samples: { zh: '抽查列表', en: 'the list of samples' },
  sample: { zh: '抽查样本', en: 'a sample' },
  population: { zh: '抽查总体', en: 'the population of a sample' },
  'sample-item': { zh: '样本中的一件', en: 'an item of a sample' },
  'sample-paper': { zh: '抽查记录', en: 'the record of a sample' },
  searches: { zh: '人员查找列表', en: 'the list of searches' },
  system: { zh: '审计记录', en: 'the log of acts' },
}

/** What was revealed; of which one stands beside it as an id only where it helps. */
export const revealWords: Readonly<Record<RevealKind, Said>> = {
  party: { zh: '当事人', en: 'a party' },
  holding: { zh: '查到的财产', en: 'a holding' },
  target: { zh: '控制对象', en: 'a target' },
  control: { zh: '控制措施', en: 'a control' },
  statement: { zh: '反馈', en: 'a statement' },
  receipt: { zh: '回执', en: 'a receipt' },
  document: { zh: '文书', en: 'a document' },
  request: { zh: '请求', en: 'a request' },
  comment: { zh: '审批意见', en: 'a comment' },
  'fund-account': { zh: '执行款账户', en: 'a fund account' },
  exchange: { zh: '往来原文', en: 'an exchange, exact' },
}

/** What takes the word of a second person. */
export const consentWords: Readonly<Record<ConsentKind, Said>> = {
  'partner.admit': { zh: '协助执行单位转为正式运行', en: 'a registry goes live' },
  'subject.search': { zh: '查找人员', en: 'search for a person' },
  'case.open-up': { zh: '解除案件保密或者增加知悉人员', en: 'opening of a sealed case' },
  'result.open-up': { zh: '解除错误主体结果的封存', en: 'opening of a sealed result' },
}

export const aboutWords = {
  sampleItem: { zh: '抽查样本第', en: 'item of a sample, number ' },
  sampleItemEnd: { zh: '件', en: '' },
  session: { zh: '会话，尾号', en: 'session ending in ' },
  factor: { zh: '第二因素，尾号', en: 'second factor ending in ' },
  unknownUser: { zh: '用户名不存在', en: 'a user name that nobody has' },
  kind: { zh: '事项', en: 'kind' },
  who: { zh: '何人', en: 'who' },
  court: { zh: '法院', en: 'court' },
  registry: { zh: '单位', en: 'registry' },
  about: { zh: '关于', en: 'about' },
  state: { zh: '状态', en: 'state' },
  part: { zh: '部分', en: 'part' },
} as const satisfies Record<string, Said>
