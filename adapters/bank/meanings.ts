import { certificateBlobs, fileBlobs } from './wire.ts'

type Said = { readonly zh: string; readonly en: string }

const said = (zh: string, en: string): Said => ({ zh, en })

/** What their elements carry, for who reads a message. */
const elements: Readonly<Record<string, Said>> = {
  cxqq: said('查询请求', 'inquiry'),
  kzqq: said('控制请求', 'control'),
  kzzh: said('控制账户', 'account to control'),
  shfeedXzcxInfo: said('查询反馈', 'answer to an inquiry'),
  shfeedXzkzInfo: said('控制反馈', 'answer to a control'),
  result: said('确认', 'confirmation'),
  cxjglist: said('确认清单', 'confirmations'),
  zhxxList: said('账户清单', 'accounts'),
  zhxx: said('账户', 'account'),
  kzxxList: said('控制结果清单', 'outcomes'),
  kzxx: said('控制结果', 'outcome'),
  djxx: said('在先冻结', 'earlier freeze'),
  qlxx: said('优先权利', 'right that stood before'),
  glxx: said('关联子账户', 'sub-account'),
  jrxx: said('其他金融资产', 'other financial asset'),
  hzxxList: said('回执清单', 'sealed receipts'),
  hzxx: said('回执', 'sealed receipt'),
  htxxList: said('回退清单', 'rollbacks'),
  htxx: said('回退', 'rollback'),
}

/** What their attributes say. One that is not here stands under its own name alone. */
const attributes: Readonly<Record<string, Said>> = {
  ...{ BDHM: said('请求单号', 'reference'), LB: said('单位类别', 'category'), XZ: said('性质', 'nature') },
  ...{ XM: said('姓名或者名称', 'name'), ZJLX: said('证件类型', 'id type'), DSRZJHM: said('证件号码', 'id number') },
  ...{ FYMC: said('法院名称', 'court'), FYDM: said('法院代码', 'court code'), CBR: said('承办人', 'officers') },
  ...{ YHDH: said('联系电话', 'phone'), LXFS: said('联系方式', 'contact'), AH: said('案号', 'case number') },
  ...{ GZZBH: said('工作证编号', 'work certificates'), GWZBH: said('执行公务证编号', 'duty certificates') },
  ...{ CKH: said('协助通知书文号', 'notice number'), CKWH: said('裁定书文号', 'ruling number') },
  ...{ CKKSSJ: said('查询起始日', 'from'), CKJSSJ: said('查询截止日', 'to'), WSBH: said('文书编号', 'document set') },
  ...{ BEIZ: said('备注', 'remark'), CCXH: said('序号', 'item'), KZLX: said('控制类型', 'kind of asset') },
  ...{ KZCS: said('控制措施', 'measure'), KHZH: said('账号', 'account'), GLZHHM: said('子账号', 'sub-account') },
  ...{ KHWD: said('开户网点', 'branch'), KHWDDM: said('开户网点代码', 'branch code') },
  ...{ ZCMC: said('资产名称', 'asset'), ZCLX: said('资产类型', 'type of asset'), JRCPBH: said('产品编号', 'product') },
  ...{ LCZH: said('理财账号', 'fund account'), JLDW: said('计量单位', 'unit'), SE: said('数额', 'quantity') },
  ...{ KZNR: said('控制内容', 'content'), BZ: said('币种', 'currency'), JE: said('金额', 'amount') },
  ...{ KSRQ: said('起始日', 'from'), JSRQ: said('截止日', 'to'), SFJH: said('是否结汇', 'exchange') },
  ...{ ZXKZHHM: said('执行款专户户名', 'payee'), ZXKZHKHH: said('执行款专户开户行', 'bank of the payee') },
  ...{
    ZXKZHKHHHH: said('执行款专户行号', 'bank code of the payee'),
    ZXKZHZH: said('执行款专户账号', 'account of the payee'),
  },
  ...{ ZXKZHLX: said('执行款专户类型', 'kind of the payee') },
  ...{ YDJDH: said('原冻结单号', 'reference of the freeze'), YDJAH: said('原冻结案号', 'case of the freeze') },
  ...{ CCLB: said('账户类别', 'kind'), ZHZT: said('账户状态', 'state'), KHRQ: said('开户日', 'opened') },
  ...{ XHRQ: said('销户日', 'closed'), YE: said('余额', 'balance'), KYYE: said('可用余额', 'available') },
  ...{ FKSJ: said('反馈时间', 'told at'), CSXH: said('序号', 'item'), DJJZRQ: said('冻结截止日', 'until') },
  ...{ DJJG: said('冻结机关', 'holder'), DJWH: said('冻结文号', 'document'), DJJE: said('冻结金额', 'amount') },
  ...{ QLLX: said('权利类型', 'kind of right'), QLR: said('权利人', 'holder'), QLJE: said('权利金额', 'amount') },
  ...{ ZKHZH: said('主账号', 'main account'), GLZHLB: said('子账户类别', 'kind'), ZCXH: said('序号', 'item') },
  ...{ ZCZJE: said('资产总额', 'total'), KZZT: said('控制状态', 'state of the control') },
  ...{ CSKSRQ: said('措施起始日', 'from'), CSJSRQ: said('措施截止日', 'to'), DJXE: said('冻结限额', 'limit') },
  ...{ SKSE: said('实控数额', 'quantity held'), SKJE: said('实控金额', 'amount held') },
  ...{ CESKJE: said('超额实控金额', 'over the balance'), WNKZYY: said('未能控制原因', 'why not') },
  ...{ RESULT: said('结果', 'result'), MSG: said('说明', 'words'), QSHZ: said('签收回执', 'receipt of the gateway') },
  ...{ XCHTYY: said('回退原因', 'why'), XCHTBZ: said('回退说明', 'note'), XCHTR: said('回退人', 'who') },
  ...{ XCHTDH: said('回退人电话', 'phone'), WJMC: said('文件名', 'file'), WJLX: said('文件类型', 'type of file') },
  ...{
    WSLB: said('文书类别', 'kind of document'),
    MD5: said('摘要', 'digest'),
    WSNR: said('文件内容', 'the file itself'),
  },
}

export const elementsInWords = (name: string): Said | undefined => own(elements, name)
export const attributesInWords = (name: string): Said | undefined => own(attributes, name)

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
  ...{ LB: letters, XZ: figure, ZJLX: figure, KZLX: figure, KZCS: figure, KZNR: figure, KZZT: figure, BZ: /^\w{3}$/ },
  ...{ CCXH: figure, CSXH: figure, ZCXH: figure, RESULT: figure, ZXKZHLX: figure, SFJH: figure },
  ...{ CKKSSJ: day, CKJSSJ: day, KSRQ: day, JSRQ: day, CSKSRQ: day, CSJSRQ: day, FKSJ: day },
  ...{ WJLX: letters, WSLB: letters, MD5: /^[0-9a-f]{32}$/i },
}

export const isTechnical = (name: string, text: string): boolean =>
  Object.hasOwn(technical, name) && (technical[name]?.test(text) ?? false)
