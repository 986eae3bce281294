import { z } from 'zod'
import { clockTime, message, ordinal, slashedDay, text, words } from './codec.ts'

/** The calls of the dialect, below `…/api/v1/bdc/`. */
export const calls = {
  token: 'token',
  queryReceive: 'query/receive/apply',
  queryConfirm: 'query/commit/apply',
  queryResult: 'query/commit/result',
  controlReceive: 'control/receive/apply',
  controlConfirm: 'control/commit/apply',
  controlResult: 'control/commit/result',
  document: 'ws/info',
  certificates: 'zj/info',
} as const

export const root = '/api/v1/bdc/'

/** The one form field that carries everything. */
export const formField = 'gxData'

/** What the gateway answers, and how the dialect says it. */
export const codes = {
  ok: ['0000', '成功'],
  empty: ['1001', '条件为空'],
  malformed: ['1002', '格式错误'],
  'already-fed-back': ['1003', '已反馈'],
  'wrong-password': ['2001', '用户名或密码错误'],
  'wrong-token': ['2002', 'token错误或已失效'],
  'wrong-business': ['2004', '业务类别错误'],
  'irregular-result': ['2005', '反馈结果不规范'],
  'unknown-reference': ['2006', '申请单号错误'],
  'too-many': ['2007', '单次超过10条'],
  'unknown-document': ['2008', '文书编号错误'],
  'document-missing': ['2010', '文书不存在'],
  unavailable: ['2011', '部门服务异常，请稍后再试'],
  'already-received': ['2013', '已领取'],
  'too-large': ['2014', '文件超过5M'],
  'officers-missing': ['2015', '承办人为空'],
  'no-document': ['2016', '无对应文书'],
  parameter: ['2019', '参数错误'],
  'partly-failed': ['3002', '部分失败'],
  incomplete: ['3012', '反馈不全'],
  system: ['9001', '系统错误'],
} as const satisfies Record<string, readonly [string, string]>

export type Code = keyof typeof codes

export const reference = text(40)
export const name = text(200)
export const number = text(40)
export const idType = words({
  1: 'id-card',
  2: 'residence-permit',
  3: 'passport',
  4: 'household-register',
  5: 'officer-card',
  6: 'organisation-code',
  7: 'business-licence',
  8: 'credit-code',
  99: 'other',
})
const subjectKind = words({ 1: 'person', 2: 'organisation' })
export const rightKind = words({
  1: 'collective-ownership',
  2: 'state-ownership',
  3: 'state-land',
  4: 'state-land-and-building',
  5: 'homestead',
  6: 'homestead-and-building',
  7: 'collective-land',
  8: 'collective-land-and-building',
  98: 'seal',
  99: 'other',
})

/** CFLX of the register: 1 查封 · 2 轮候查封 · 3 预查封 · 4 轮候预查封. */
export const sealKind = words({ 1: 'seal', 2: 'waiting', 3: 'pre-seal', 4: 'waiting-pre-seal' })
/** QSZT: only 现势 is in force; 临时 is not in the register yet. */
export const standing = words({ 0: 'provisional', 1: 'current', 2: 'historical', 3: 'terminated' })

export const head = message({ area: ['xzqdm', z.string().regex(/^\d{6}$/)], token: ['token', text(4000).optional()] })
export const answerHead = message({ code: ['code', text(4)], words: ['msg', text(500)] })

export const signIn = message({ user: ['yhm', text(100)], password: ['mm', z.string().min(1).max(200)] })
export const signedIn = message({ token: ['token', text(4000)] })
export const receive = message({ most: ['zdts', z.int().min(1).max(10).optional()] })
export const queryConfirm = message({ references: ['cxsqdhs', z.array(reference).min(1).max(1000)] })
export const controlConfirm = message({ references: ['kzsqdhs', z.array(reference).min(1).max(1000)] })
export const confirmed = message({ reference: ['sqdh', reference], code: ['code', text(4)], words: ['msg', text(500)] })

const paper = message({
  no: ['wsbh', text(60)],
  kind: ['wjlx', text(40)],
  number: ['wh', text(120)],
  digest: ['zy', text(60)],
  length: ['wjcd', z.int().min(1)],
})
const application = {
  court: ['cxjgbs', text(20)],
  case: ['ah', text(60)],
  statute: ['flyj', text(500)],
  purpose: ['sy', text(500)],
  officers: ['cbrs', z.array(text(100))],
  contact: ['lxr', text(100)],
  phone: ['lxdh', text(40)],
  issuedAt: ['sqsj', clockTime],
  respondBy: ['fkqx', clockTime],
  validUntil: ['yxqz', clockTime],
  documents: ['wss', z.array(paper)],
} as const

/** An inquiry (查询申请) as the registration centre receives it. */
export const queryApplication = message({
  reference: ['cxsqdh', reference],
  ...application,
  business: ['cxywlb', words({ 1: 'execution', 2: 'preservation' })],
  range: ['cxfw', words({ 1: 'land', 2: 'buildings', 3: 'everything' })],
  from: ['cxqsrq', slashedDay.optional()],
  to: ['cxjzrq', slashedDay.optional()],
  persons: [
    'cxywcs',
    z.array(
      message({
        name: ['qlrmc', name],
        number: ['qlrzjh', number],
        idType: ['qlrzjlx', idType],
        kind: ['qlrxz', subjectKind],
        legacyNumber: ['fifteenzjh', number.optional()],
        documentNo: ['wsbh', text(60).optional()],
        area: ['cxqy', text(6)],
      }),
    ),
  ],
})

export const asset = {
  unitCode: ['bdcdyh', text(40).optional()],
  parcelCode: ['zddm', text(40).optional()],
  certNo: ['bdcqzh', text(120).optional()],
  presaleContractNo: ['htbh', text(80).optional()],
  address: ['zl', text(300).optional()],
} as const

/** A measure (控制申请) as the registration centre receives it. */
export const controlApplication = message({
  reference: ['kzsqdh', reference],
  ...application,
  measure: ['kzcs', words({ 11: 'seal', 12: 'extend', 14: 'release', 15: 'convey' })],
  kind: ['cflx', sealKind.optional()],
  name: ['xm', name],
  idType: ['zjzl', idType],
  number: ['zjh', number],
  subjectKind: ['xz', subjectKind],
  legacyNumber: ['fifteenzjh', number.optional()],
  rulingNo: ['ckwh', text(120).optional()],
  noticeNo: ['ckh', text(120).optional()],
  units: [
    'bdcqls',
    z
      .array(
        message({
          no: ['bdcqlxh', ordinal],
          right: ['bdcqllx', rightKind],
          ...asset,
          scope: ['cffw', words({ 1: 'whole', 2: 'share', 3: 'part' })],
          quantity: ['cffwsm', text(40).optional()],
        }),
      )
      .min(1)
      .max(50),
  ],
  from: ['ksrq', slashedDay.optional()],
  to: ['jsrq', slashedDay.optional()],
  months: ['cfqx', ordinal.optional()],
  parentReference: ['ydjdh', text(80).optional()],
  parentCase: ['ydjah', text(60).optional()],
  parentRuling: ['ydckwh', text(120).optional()],
  parentCourt: ['ydjfy', text(100).optional()],
  ground: ['jfyy', text(60).optional()],
  cancels: ['zxywhs', z.array(text(80)).max(50).optional()],
  transferee: [
    'ghdx',
    message({
      no: ['dxxh', ordinal],
      name: ['dxxm', name],
      idType: ['dxzjlx', idType],
      number: ['dxsfzhm', number],
    }).optional(),
  ],
})

export const documentWanted = message({ reference: ['sqdh', reference], no: ['wsbh', text(60)] })
export const documentSent = message({
  no: ['wsbh', text(60)],
  name: ['wjmc', text(200)],
  mediaType: ['wjgs', text(100)],
  md5: ['md5', z.string().regex(/^[0-9a-f]{32}$/)],
  content: ['wsnr', z.base64()],
})
export const certificatesWanted = message({ reference: ['sqdh', reference] })
export const certificateSent = message({
  no: ['xh', ordinal],
  name: ['xm', text(100)],
  work: ['gzzbm', text(60)],
  duty: ['gwzbm', text(60)],
})

export type QueryApplication = z.output<typeof queryApplication>
export type ControlApplication = z.output<typeof controlApplication>
export type SealKind = z.output<typeof sealKind>
export type IdWord = z.output<typeof idType>
