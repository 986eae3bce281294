import {
  accountWords,
  assetWords,
  calls,
  certificateBlobs,
  controlWords,
  earlierWords,
  elements,
  fileBlobs,
  fileWords,
  inquiryWords,
  orderWords,
  outcomeWords,
  resultWords,
  rightWords,
  rollbackWords,
  subAccountWords,
} from './wire.ts'

type Said = { readonly zh: string; readonly en: string }

const said = (zh: string, en: string): Said => ({ zh, en })

/** What is said of words of the dialect, each by our name for it. */
function of<Words extends Readonly<Record<string, string>>, What>(
  words: Words,
  what: { readonly [Name in keyof Words]?: What },
): Readonly<Record<string, What>> {
  return Object.fromEntries(Object.entries<What>(what as Record<string, What>).map(([name, one]) => [words[name], one]))
}

/** What their elements carry, for who reads a message. */
const elementsSaid: Readonly<Record<string, Said>> = {
  ...of(elements, {
    inquiry: said('查询请求', 'inquiry'),
    control: said('控制请求', 'control'),
    order: said('控制账户', 'account to control'),
    result: said('确认', 'confirmation'),
    inquiryResults: said('确认清单', 'confirmations'),
    accounts: said('账户清单', 'accounts'),
    account: said('账户', 'account'),
    outcomes: said('控制结果清单', 'outcomes'),
    outcome: said('控制结果', 'outcome'),
    earlier: said('在先冻结', 'earlier freeze'),
    right: said('优先权利', 'right that stood before'),
    subAccount: said('关联子账户', 'sub-account'),
    asset: said('其他金融资产', 'other financial asset'),
    receipts: said('回执清单', 'sealed receipts'),
    receipt: said('回执', 'sealed receipt'),
    rollbacks: said('回退清单', 'rollbacks'),
    rollback: said('回退', 'rollback'),
  }),
  ...of(calls, {
    answerInquiry: said('查询反馈', 'answer to an inquiry'),
    answerControl: said('控制反馈', 'answer to a control'),
  }),
}

/** What their attributes say. One that is not here stands under its own name alone. */
const attributesSaid: Readonly<Record<string, Said>> = {
  ...of(inquiryWords, {
    reference: said('请求单号', 'reference'),
    category: said('单位类别', 'category'),
    nature: said('性质', 'nature'),
    name: said('姓名或者名称', 'name'),
    idType: said('证件类型', 'id type'),
    idNumber: said('证件号码', 'id number'),
    courtName: said('法院名称', 'court'),
    courtCode: said('法院代码', 'court code'),
    officers: said('承办人', 'officers'),
    phone: said('联系电话', 'phone'),
    case: said('案号', 'case number'),
    workCertificates: said('工作证编号', 'work certificates'),
    dutyCertificates: said('执行公务证编号', 'duty certificates'),
    notice: said('协助通知书文号', 'notice number'),
    from: said('查询起始日', 'from'),
    to: said('查询截止日', 'to'),
    documents: said('文书编号', 'document set'),
  }),
  ...of(controlWords, { contact: said('联系方式', 'contact'), remark: said('备注', 'remark') }),
  ...of(orderWords, {
    ruling: said('裁定书文号', 'ruling number'),
    item: said('序号', 'item'),
    assetKind: said('控制类型', 'kind of asset'),
    measure: said('控制措施', 'measure'),
    account: said('账号', 'account'),
    subAccount: said('子账号', 'sub-account'),
    branch: said('开户网点代码', 'branch code'),
    assetName: said('资产名称', 'asset'),
    assetType: said('资产类型', 'type of asset'),
    product: said('产品编号', 'product'),
    fundAccount: said('理财账号', 'fund account'),
    unit: said('计量单位', 'unit'),
    quantity: said('数额', 'quantity'),
    content: said('控制内容', 'content'),
    currency: said('币种', 'currency'),
    amount: said('金额', 'amount'),
    from: said('起始日', 'from'),
    to: said('截止日', 'to'),
    exchange: said('是否结汇', 'exchange'),
    payeeName: said('执行款专户户名', 'payee'),
    payeeBank: said('执行款专户开户行', 'bank of the payee'),
    payeeBankCode: said('执行款专户行号', 'bank code of the payee'),
    payeeAccount: said('执行款专户账号', 'account of the payee'),
    payeeKind: said('执行款专户类型', 'kind of the payee'),
    parentReference: said('原冻结单号', 'reference of the freeze'),
    parentCase: said('原冻结案号', 'case of the freeze'),
  }),
  ...of(accountWords, {
    branch: said('开户网点', 'branch'),
    kind: said('账户类别', 'kind'),
    state: said('账户状态', 'state'),
    openedOn: said('开户日', 'opened'),
    closedOn: said('销户日', 'closed'),
    balance: said('余额', 'balance'),
    available: said('可用余额', 'available'),
    toldAt: said('反馈时间', 'told at'),
  }),
  ...of(earlierWords, {
    item: said('序号', 'item'),
    until: said('冻结截止日', 'until'),
    holder: said('冻结机关', 'holder'),
    document: said('冻结文号', 'document'),
    amount: said('冻结金额', 'amount'),
  }),
  ...of(rightWords, {
    kind: said('权利类型', 'kind of right'),
    holder: said('权利人', 'holder'),
    amount: said('权利金额', 'amount'),
  }),
  ...of(subAccountWords, { main: said('主账号', 'main account'), kind: said('子账户类别', 'kind') }),
  ...of(assetWords, { item: said('序号', 'item'), total: said('资产总额', 'total') }),
  ...of(outcomeWords, {
    state: said('控制状态', 'state of the control'),
    from: said('措施起始日', 'from'),
    to: said('措施截止日', 'to'),
    limit: said('冻结限额', 'limit'),
    quantity: said('实控数额', 'quantity held'),
    held: said('实控金额', 'amount held'),
    overQuota: said('超额实控金额', 'over the balance'),
    reason: said('未能控制原因', 'why not'),
  }),
  ...of(resultWords, {
    result: said('结果', 'result'),
    text: said('说明', 'words'),
    receipt: said('签收回执', 'receipt of the gateway'),
  }),
  ...of(rollbackWords, {
    reason: said('回退原因', 'why'),
    note: said('回退说明', 'note'),
    person: said('回退人', 'who'),
    phone: said('回退人电话', 'phone'),
  }),
  ...of(fileWords, {
    name: said('文件名', 'file'),
    type: said('文件类型', 'type of file'),
    kind: said('文书类别', 'kind of document'),
    md5: said('摘要', 'digest'),
  }),
  ...of(fileBlobs, { content: said('文件内容', 'the file itself') }),
}

export const elementsInWords = (name: string): Said | undefined => own(elementsSaid, name)
export const attributesInWords = (name: string): Said | undefined => own(attributesSaid, name)

const own = (words: Readonly<Record<string, Said>>, name: string): Said | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined

const blobs: readonly string[] = [...Object.values(fileBlobs), ...Object.values(certificateBlobs)]
export const isBlob = (name: string): boolean => blobs.includes(name)

const [figure, letters, day] = [/^\d{1,3}$/, /^[A-Za-z]{2,4}$/, /^\d{4}-?\d{2}-?\d{2}(?: ?\d{2}:?\d{2}:?\d{2})?$/]

/**
 * Values that name nobody, by their name and by their form: codes, counters, days of the order and digests. Both must fit,
 * so that a number is not shown because somebody sent it under another name. Days on which accounts were opened are their
 * holder's, and so is every amount.
 */
const technical: Readonly<Record<string, RegExp>> = {
  ...of(inquiryWords, { category: letters, nature: figure, idType: figure, from: day, to: day }),
  ...of(orderWords, {
    assetKind: figure,
    measure: figure,
    content: figure,
    currency: /^\w{3}$/,
    item: figure,
    payeeKind: figure,
    exchange: figure,
    from: day,
    to: day,
  }),
  ...of(accountWords, { toldAt: day }),
  ...of(earlierWords, { item: figure }),
  ...of(assetWords, { item: figure }),
  ...of(outcomeWords, { state: figure, from: day, to: day }),
  ...of(resultWords, { result: figure }),
  ...of(fileWords, { type: letters, kind: letters, md5: /^[0-9a-f]{32}$/i }),
}

export const isTechnical = (name: string, text: string): boolean =>
  Object.hasOwn(technical, name) && (technical[name]?.test(text) ?? false)
