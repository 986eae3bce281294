/** What a bank can call. Parameters and answers in README.md. */
export const calls = {
  takeInquiries: 'getXzcxList',
  inquiryDocuments: 'cxwsInfo',
  certificates: 'zjInfo',
  answerInquiry: 'shfeedXzcxInfo',
  takeControls: 'getXzkzList',
  controlDocuments: 'kzwsInfo',
  answerControl: 'shfeedXzkzInfo',
  acknowledge: 'result',
  rollBack: 'htxx',
} as const

export const codes = {
  /** LB, XZ: a commercial bank; to inquire, to control. */
  bank: 'YH',
  inquire: '1',
  control: '2',
  /** KZCS. */
  measures: { freeze: '01', extend: '02', release: '04', transfer: '06' },
  /** KZLX: deposits, other financial assets. KZNR: an amount of money, the whole account. */
  deposit: '1',
  otherAsset: '2',
  money: '1',
  wholeAccount: '2',
  /** KZZT. */
  done: '1',
  notDone: '2',
  /** RESULT. */
  ok: '1',
  failed: '0',
  /** What stands for the account when there is none: every inquiry is answered. */
  nothingFound: '查无开户信息',
  /** WSLB of a stamped receipt. */
  receiptKind: 'HZ',
  /** ZXKZHLX: the court's 执行款专户. */
  courtAccount: '1',
} as const

/** ZJLX. The official table is not public: this is the registers' own (ZJZL), the places it leaves free filled by us. */
export const idTypeCodes = {
  'id-card': '1',
  'residence-permit': '2',
  passport: '3',
  'household-register': '4',
  'officer-card': '5',
  'organisation-code': '6',
  'business-licence': '7',
  'credit-code': '8',
  'permanent-residence': '9',
  other: '99',
} as const

/** The elements that carry words, and the lists that carry elements. */
export const elements = {
  login: 'dlxx',
  inquiries: 'cxqqList',
  inquiry: 'cxqq',
  controls: 'kzqqList',
  control: 'kzqq',
  order: 'kzzh',
  documents: 'wsxxList',
  document: 'wsxx',
  certificates: 'zjxxList',
  certificate: 'zjxx',
  accounts: 'zhxxList',
  account: 'zhxx',
  outcomes: 'kzxxList',
  outcome: 'kzxx',
  earlier: 'djxx',
  right: 'qlxx',
  subAccount: 'glxx',
  asset: 'jrxx',
  receipts: 'hzxxList',
  receipt: 'hzxx',
  rollbacks: 'htxxList',
  rollback: 'htxx',
  inquiryResults: 'cxjglist',
  controlResults: 'kzjglist',
  rollbackResults: 'htjglist',
  result: 'result',
} as const

/** BZ in figures (GB/T 12406) and as it is spoken; letters stand for themselves. */
export const currencyCodes: Readonly<Record<string, string>> = {
  '156': 'CNY',
  '344': 'HKD',
  '392': 'JPY',
  '826': 'GBP',
  '840': 'USD',
  '978': 'EUR',
  RMB: 'CNY',
  人民币: 'CNY',
}

export const loginWords = { bank: 'YHBS', condition: 'TJ', user: 'YHM', password: 'MM' } as const

const requestWords = {
  reference: 'BDHM',
  category: 'LB',
  nature: 'XZ',
  name: 'XM',
  idType: 'ZJLX',
  idNumber: 'DSRZJHM',
  courtName: 'FYMC',
  courtCode: 'FYDM',
  officers: 'CBR',
  phone: 'YHDH',
  case: 'AH',
  workCertificates: 'GZZBH',
  dutyCertificates: 'GWZBH',
  notice: 'CKH',
} as const

export const inquiryWords = { ...requestWords, from: 'CKKSSJ', to: 'CKJSSJ', documents: 'WSBH' } as const
export const controlWords = { ...requestWords, contact: 'LXFS', remark: 'BEIZ' } as const

export const orderWords = {
  item: 'CCXH',
  assetKind: 'KZLX',
  measure: 'KZCS',
  account: 'KHZH',
  subAccount: 'GLZHHM',
  branch: 'KHWDDM',
  assetName: 'ZCMC',
  assetType: 'ZCLX',
  product: 'JRCPBH',
  fundAccount: 'LCZH',
  unit: 'JLDW',
  quantity: 'SE',
  content: 'KZNR',
  currency: 'BZ',
  amount: 'JE',
  from: 'KSRQ',
  to: 'JSRQ',
  exchange: 'SFJH',
  ruling: 'CKWH',
  payeeName: 'ZXKZHHM',
  payeeBank: 'ZXKZHKHH',
  payeeBankCode: 'ZXKZHKHHHH',
  payeeAccount: 'ZXKZHZH',
  payeeKind: 'ZXKZHLX',
  parentReference: 'YDJDH',
  parentCase: 'YDJAH',
} as const

export const echoWords = { reference: 'BDHM', case: 'AH', name: 'XM', idNumber: 'DSRZJHM' } as const

export const accountWords = {
  reference: 'BDHM',
  item: 'CCXH',
  account: 'KHZH',
  kind: 'CCLB',
  state: 'ZHZT',
  branch: 'KHWD',
  branchCode: 'KHWDDM',
  openedOn: 'KHRQ',
  closedOn: 'XHRQ',
  currency: 'BZ',
  balance: 'YE',
  available: 'KYYE',
  toldAt: 'FKSJ',
  remark: 'BEIZ',
} as const

export const earlierWords = { item: 'CSXH', until: 'DJJZRQ', holder: 'DJJG', document: 'DJWH', amount: 'DJJE' } as const
export const rightWords = { kind: 'QLLX', holder: 'QLR', amount: 'QLJE' } as const
export const subAccountWords = {
  main: 'ZKHZH',
  kind: 'GLZHLB',
  account: 'GLZHHM',
  currency: 'BZ',
  balance: 'YE',
  available: 'KYYE',
} as const
export const assetWords = {
  item: 'ZCXH',
  name: 'ZCMC',
  type: 'ZCLX',
  product: 'JRCPBH',
  fundAccount: 'LCZH',
  currency: 'BZ',
  total: 'ZCZJE',
} as const

export const outcomeWords = {
  reference: 'BDHM',
  item: 'CCXH',
  account: 'KHZH',
  subAccount: 'GLZHHM',
  content: 'KZNR',
  state: 'KZZT',
  balance: 'YE',
  available: 'KYYE',
  from: 'CSKSRQ',
  to: 'CSJSRQ',
  limit: 'DJXE',
  quantity: 'SKSE',
  held: 'SKJE',
  overQuota: 'CESKJE',
  reason: 'WNKZYY',
  remark: 'BEIZ',
} as const

export const resultWords = { reference: 'BDHM', result: 'RESULT', text: 'MSG', receipt: 'QSHZ' } as const
export const rollbackWords = { reason: 'XCHTYY', note: 'XCHTBZ', person: 'XCHTR', phone: 'XCHTDH' } as const
export const fileWords = { reference: 'BDHM', name: 'WJMC', type: 'WJLX', kind: 'WSLB', md5: 'MD5' } as const
export const fileBlobs = { content: 'WSNR' } as const
export const askWords = { documents: 'WSBH', reference: 'BDHM' } as const
export const certificateWords = {
  item: 'XH',
  name: 'XM',
  work: 'GZZBM',
  workType: 'GZZWJGS',
  duty: 'GWZBM',
  dutyType: 'GWZWJGS',
} as const
export const certificateBlobs = { workImage: 'GZZ', dutyImage: 'GWZ' } as const
export const faultWords = { code: 'errorCode', text: 'errorMsg' } as const
