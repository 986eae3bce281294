import type { DeliveryPhase } from '../../gateway/ports/rows.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { RegistryAdapter } from '../../relay/port.ts'

/** The words of the partner portal. */
export const portalWords = {
  fileRun: {
    zh: '提交方法：由系统管理员提交 npm run conformance -- --json 的报告（PUT /admin/v1/partners/{代码}/conformance，或 writ partner conformance 代码 报告.json）。',
    en: 'To file one: a system administrator sends the report of npm run conformance -- --json (PUT /admin/v1/partners/{code}/conformance, or writ partner conformance code report.json).',
  },
  title: { zh: '对接门户', en: 'Partner portal' },
  whose: {
    zh: '供协助执行单位的系统人员查看对接情况。报文一律脱敏：只列结构，不显示姓名、号码、账号、地址；原始字节由监督员填写理由查看。',
    en: 'For the programmers of a registry. Messages are masked: their structure is shown, no name, number, account or address; the exact bytes are for an auditor, for a reason.',
  },
  registry: { zh: '协助执行单位', en: 'registry' },
  standing: { zh: '接入状态', en: 'standing' },
  none: { zh: '没有属于您的协助执行单位，请系统管理员核对授权', en: 'No registry is yours: have your grant looked at' },
  identity: { zh: '密钥与证书', en: 'Keys and certificates' },
  certificates: { zh: '绑定的客户端证书（SHA-256）', en: 'Client certificates bound (SHA-256)' },
  nothing: { zh: '无', en: 'none' },
  from: { zh: '起', en: 'from' },
  ended: { zh: '终止', en: 'ended' },
  traffic: { zh: '往来概况', en: 'Traffic' },
  deliveries: { zh: '查控请求单', en: 'Deliveries' },
  delivery: { zh: '查控请求单', en: 'Delivery' },
  noDeliveries: { zh: '尚无查控请求单', en: 'Nothing was sent yet' },
  reference: { zh: '单号', en: 'reference' },
  measure: { zh: '措施', en: 'measure' },
  created: { zh: '生成时间', en: 'made' },
  respondBy: { zh: '反馈期限', en: 'answer due' },
  phase: { zh: '发送', en: 'carried' },
  answer: { zh: '反馈', en: 'answer' },
  milliseconds: { zh: '毫秒', en: 'ms' },
  tries: { zh: '次数', en: 'attempts' },
  more: { zh: '更早的', en: 'Older' },
  attempts: { zh: '历次发送', en: 'Attempts' },
  act: { zh: '动作', en: 'act' },
  at: { zh: '时间', en: 'at' },
  outcome: { zh: '结果', en: 'outcome' },
  took: { zh: '耗时', en: 'took' },
  statements: { zh: '历次反馈', en: 'Statements' },
  grade: { zh: '证明等级', en: 'grade' },
  after: { zh: '距生成', en: 'after' },
  request: { zh: '请求报文（签名原件）', en: 'The request, as signed' },
  rendered: { zh: '请求报文（本单位接口规范）', en: 'The request in the registry’s dialect' },
  message: { zh: '反馈报文', en: 'The statement' },
  bytes: { zh: '字节', en: 'bytes' },
  opaque: { zh: '无法识别的格式，不显示', en: 'of no form that is known here: not shown' },
  sealed: { zh: '内容已封存', en: 'what it says is sealed' },
  empty: { zh: '（空）', en: '(empty)' },
  signs: { zh: '位', en: 'signs' },
  furtherItems: { zh: '项未列出', en: 'more' },
  resend: { zh: '立即重发', en: 'Send it now' },
  resendHow: {
    zh: '提前到现在发送，报文与单号不变；可能已送达的先询问状态，不会产生第二次效果。',
    en: 'Due now instead of later: same bytes, same id. What may have arrived is asked about first; there is never a second effect.',
  },
  noResend: { zh: '已有答复，不能重发', en: 'It was answered: it is not sent again' },
  conformance: { zh: '符合性测试', en: 'Conformance' },
  noRuns: { zh: '尚未提交报告', en: 'No report was attached' },
  report: { zh: '报告（可打印）', en: 'Report, to print' },
  noSystem: {
    zh: '本单位没有接入系统，查控请求单由人员签收或登门办理，不使用密钥和接口。',
    en: 'This registry has no system: people take its deliveries up or carry them there, without keys or an interface.',
  },
  sandbox: { zh: '沙盒被查人', en: 'People of the sandboxes' },
  sandboxHow: {
    zh: '仅演示：以下虚构号码使沙盒单位出现相应异常，可在请求中使用。',
    en: 'Demo only: these fictional numbers make a sandbox registry behave as told; use them in requests.',
  },
  name: { zh: '姓名', en: 'name' },
  number: { zh: '身份证号', en: 'number' },
  behaves: { zh: '表现', en: 'behaves' },
  behavesWell: { zh: '正常答复', en: 'answers well' },
  docs: { zh: '对接文档', en: 'Documents' },
  protocolHow: {
    zh: '本单位使用原生协议。协议全文内附各报文结构；自测命令 npm run conformance。',
    en: 'This registry speaks the native protocol, whose text links every schema; test with npm run conformance.',
  },
  dialectHow: {
    zh: '本单位使用自有接口，报文、调用次序和取值见其接口规范。',
    en: 'This registry speaks a dialect of its own: messages, order of calls and values are in its manual.',
  },
  protocol: { zh: '协议全文', en: 'The protocol' },
  vectors: { zh: '验签样例', en: 'Test vectors' },
  api: { zh: '接口说明', en: 'API reference' },
  errors: { zh: '错误代码', en: 'errors' },
  looked: { zh: '查看本页已记入存证日志。', en: 'That this was looked at stands in the log.' },
  read: { zh: '译码后（脱敏）', en: 'Decoded, masked' },
  raw: { zh: '原报文结构', en: 'As it was sent, by its structure' },
  acts: {
    deliver: { zh: '发送', en: 'deliver' },
    status: { zh: '询问状态', en: 'ask for its status' },
    fetched: { zh: '取走', en: 'fetched' },
    withdraw: { zh: '撤回', en: 'withdraw' },
  },
} as const

const [withdrawn, unknown] = [
  { zh: '已撤回', en: 'withdrawn' },
  { zh: '状态不明', en: 'unknown' },
] as const

/** A registry that is called is sent to. */
const pushed = {
  ...{ withdrawn, unknown },
  ready: { zh: '待发送', en: 'to be sent' },
  sending: { zh: '发送中', en: 'being sent' },
  handed: { zh: '已送达', en: 'handed over' },
  declined: { zh: '被拒收', en: 'declined' },
  answered: { zh: '已有答复', en: 'answered' },
} as const

/** What the phase of a delivery means, by how its registry is reached: to people nothing is sent. */
export const phaseWords = {
  push: pushed,
  pull: {
    ...pushed,
    ready: { zh: '待取走', en: 'waits to be fetched' },
    sending: { zh: '正在取走', en: 'being fetched' },
    handed: { zh: '已取走', en: 'fetched' },
  },
  desk: {
    ...pushed,
    ready: { zh: '在窗口待签收', en: 'at the desk, not taken up' },
    sending: { zh: '在窗口待签收', en: 'at the desk, not taken up' },
    handed: { zh: '窗口已签收，待答复', en: 'taken up at the desk' },
    answered: { zh: '窗口已答复', en: 'answered at the desk' },
  },
  errand: {
    ...pushed,
    ready: { zh: '待登门办理', en: 'to be carried there' },
    sending: { zh: '待登门办理', en: 'to be carried there' },
    handed: { zh: '已登门办理，待取回答复', en: 'carried there, its answer awaited' },
    answered: { zh: '已取回答复', en: 'its answer was brought back' },
  },
} as const satisfies Record<RegistryAdapter['kind'], Record<DeliveryPhase, Said>>
