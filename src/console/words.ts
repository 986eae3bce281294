/** The words of the pages: Chinese is what is shown, English what stands beside it. */
export const words = {
  title: { zh: '查控网关', en: 'Writ' },
  subtitle: { zh: '财产查控请求与反馈', en: 'Requests and what the registries answered' },
  time: { zh: '提交时间', en: 'submitted' },
  case: { zh: '案号', en: 'case' },
  measure: { zh: '措施', en: 'measure' },
  state: { zh: '状态', en: 'state' },
  answers: { zh: '协助执行单位反馈', en: 'answers' },
  none: { zh: '尚无请求', en: 'Nothing has been asked yet' },
  notSent: { zh: '未发出', en: 'not sent' },
  overdue: { zh: '逾期未反馈', en: 'overdue' },
  older: { zh: '更早的请求', en: 'older' },
  grade: { zh: '证明等级', en: 'grade of proof' },
  demo: {
    zh: '演示模式：内嵌数据库、虚构案件、沙盒单位。仅供试用，不得用于办案。',
    en: 'Demo: embedded database, fictional cases, sandbox registries. For trying out only.',
  },
  beijing: { zh: '时间均为北京时间。本页不显示当事人。', en: 'Times are Beijing time. No party is named here.' },
  closed: { zh: '网页登录尚未开通', en: 'Signing in by browser is not open yet' },
  closedHow: {
    zh: '请由办案系统凭令牌调用接口：',
    en: 'Use the API with a bearer token:',
  },
  docs: { zh: '接口一览', en: 'API' },
  errors: { zh: '错误代码', en: 'errors' },
  log: { zh: '存证检查点', en: 'log checkpoint' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>
