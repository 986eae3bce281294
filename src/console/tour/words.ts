/** The words of the first steps. */
export const tourWords = {
  title: { zh: '三步试用', en: 'Three steps' },
  lead: {
    zh: '用一个虚构案件走完一次查控：查询、冻结、取证。每一步由三名专用的演示人员按真实流程办理，日志中以其名义留痕，由沙盒协助单位按各自的接口答复。',
    en: 'One fictional case from inquiry to evidence. Each step is done as in earnest by three people of the demo who do nothing else, whose names stand in the log, and answered by sandbox registries in their own dialects.',
  },
  inquire: { zh: '查询', en: 'Inquire' },
  inquireHow: {
    zh: '演示经办人凭协助查询通知书，向有信息系统的协助执行单位查询被执行人张某某的存款、土地和房屋。查询不改变任何权利，提交后即时发出。',
    en: 'The officer of the demo asks every registry that has a system what the debtor owns, on a notice of inquiry. An inquiry changes nothing, so it leaves at once.',
  },
  inquireDo: { zh: '发出查询', en: 'Ask' },
  freeze: { zh: '冻结', en: 'Freeze' },
  freezeHow: {
    zh: '演示经办人就查到的存款申请冻结五万元，演示审批人核对后签发：提交人不能审批自己的请求。银行答复两个金额：实际冻结，以及等待入账的额度。',
    en: 'The officer asks for 50,000.00 of the account that was found to be frozen, and the approver lets it go out: nobody approves their own. The bank answers two amounts: what is held, and what waits for money to come.',
  },
  freezeDo: { zh: '提交冻结并由审批人签发', en: 'Freeze, and have it approved' },
  freezeFirst: { zh: '先完成查询，查到存款后才能冻结。', en: 'Ask first: only what was found can be frozen.' },
  target: { zh: '将冻结', en: 'to be frozen' },
  prove: { zh: '取证', en: 'Prove it' },
  proveHow: {
    zh: '演示监督员取出该次往来的核验包，只凭包内文件核验：签名、送达、答复、在日志中的位置。取出本身也记入日志。',
    en: 'The auditor of the demo takes the bundle of this exchange and verifies it from its files alone: signatures, delivery, answer, place in the log. That it was taken is in the log as well.',
  },
  proveDo: { zh: '取出并核验', en: 'Take it and verify it' },
  proveFirst: { zh: '先完成查询。', en: 'Ask first.' },
  waiting: {
    zh: '等待协助执行单位反馈，本页每两秒刷新一次。',
    en: 'Waiting for the registries; this page reloads every two seconds.',
  },
  holds: { zh: '核验通过', en: 'It holds' },
  fails: { zh: '核验不通过', en: 'It does not hold' },
  checks: { zh: '项检查，包内文件', en: 'checks, files in the bundle:' },
  failed: { zh: '项不通过', en: 'failed' },
  done: { zh: '已完成', en: 'done' },
  after: {
    zh: '三步已完成。用启动时终端里列出的人员和口令登录，在工作台上办理这个案件，或以监督员身份查看日志。',
    en: 'That was all three. Sign in with a person and password from the terminal and go on with this case at the desk, or read the log as its auditor.',
  },
  signIn: { zh: '登录', en: 'Sign in' },
  list: { zh: '查看请求列表', en: 'The list of requests' },
  start: { zh: '三步试用：查询、冻结、取证', en: 'Three steps: inquire, freeze, prove' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>
