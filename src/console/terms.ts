import type { assetClasses } from '../domain/asset.ts'
import type { caseStandings, partyRoles } from '../domain/case-file.ts'
import type { continuations } from '../domain/case-line.ts'
import type { clientKinds } from '../domain/client.ts'
import type { confirmedFields } from '../domain/confirm.ts'
import type { ownWord } from '../domain/control.ts'
import type { draftStates } from '../domain/draft.ts'
import type { answerWord, statementWord } from '../domain/fold.ts'
import type { documentKinds } from '../domain/legal-basis.ts'
import type { conveyGrounds, extensions, measures, releaseGrounds } from '../domain/measure.ts'
import type { partnerStates } from '../domain/onboarding.ts'
import type { requestStates } from '../domain/request.ts'
import type { roles } from '../domain/role.ts'
import type { effects, encumbranceWord } from '../domain/statement.ts'
import type { idTypes } from '../domain/subject.ts'
import type { deliveryWord, outcomeWords } from '../gateway/delivery-word.ts'
import type { reasonCodes } from '../signing/schemas.ts'
import { language } from './language.ts'

type Of<Words> = Words[keyof Words]

/** Every word of the court that a page shows and the domain says in Chinese alone. */
export type Term =
  | Of<typeof measures>
  | Of<typeof extensions>
  | Of<typeof requestStates>
  | Of<typeof draftStates>
  | Of<typeof caseStandings>
  | Of<typeof partyRoles>
  | Of<typeof continuations>
  | Of<typeof documentKinds>
  | Of<typeof releaseGrounds>
  | Of<typeof conveyGrounds>
  | Of<typeof confirmedFields>
  | Of<typeof effects>
  | Of<typeof idTypes>
  | Of<typeof roles>
  | Of<typeof clientKinds>
  | Of<typeof partnerStates>
  | Of<typeof assetClasses>['zh']
  | Of<typeof reasonCodes>
  | '交易流水'
  | ReturnType<typeof statementWord>
  | ReturnType<typeof answerWord>
  | ReturnType<typeof deliveryWord>
  | NonNullable<ReturnType<typeof ownWord>>
  | ReturnType<typeof encumbranceWord>
  | Of<typeof outcomeWords>

/**
 * A word of the court in the language of the page; papers and API say it in Chinese always. What a view holds as text is
 * looked up too, and stands as it is where it is no such word.
 */
export function term(zh: Term | (string & {})): string {
  return language() === 'zh' ? zh : inEnglish(zh)
}

/** The English of a word of the court, whatever the language of the page. */
export function inEnglish(zh: string): string {
  return english[zh as Term] ?? zh
}

/** One without its English does not compile. */
const english: Readonly<Record<Term, string>> = {
  查询: 'inquire',
  冻结: 'freeze',
  查封: 'seal',
  预查封: 'pre-seal',
  '续行冻结/续行查封': 'extend',
  续行冻结: 'extend the freeze',
  续行查封: 'extend the seal',
  解除: 'release',
  扣划: 'transfer',
  过户文书送达: 'convey',

  待审批: 'waits for approval',
  已签发: 'approved',
  已退回: 'returned',
  已撤回: 'withdrawn',
  草稿: 'draft',
  已提交: 'submitted',
  已删除: 'discarded',

  在办: 'open',
  终本: 'terminated',
  结案: 'closed',
  受托: 'commissioned',
  被执行人: 'debtor',
  被保全人: 'preserved',
  申请人: 'applicant',
  案外人: 'third party',
  承接: 'continued',
  委托执行: 'commissioned to another court',
  指定执行: 'designated to another court',
  提级执行: 'taken up by a higher court',
  交叉执行: 'crossed over to another court',

  裁定书: 'ruling',
  判决书: 'judgment',
  协助查询通知书: 'notice of inquiry',
  协助冻结存款通知书: 'notice of freeze',
  协助执行通知书: 'notice of enforcement',
  协助解除通知书: 'notice of release',
  协助扣划通知书: 'notice of transfer',
  委托函: 'letter of commission',
  保全申请书: 'application for preservation',
  协助公示执行信息需求书: 'notice of publication',
  商请移送执行函: 'letter of referral',
  回执: 'receipt',
  其他材料: 'other paper',

  案外人财产: 'property of a third party',
  申请人撤回或放弃: 'the applicant withdrew or waived',
  '流拍、变卖不成且申请人不接受抵债': 'unsold, and not taken for the debt',
  债务已清偿: 'paid',
  被执行人提供担保且申请人同意: 'security given and accepted',
  超标的查封: 'more than the claim was sealed',
  法院受理破产申请: 'bankruptcy accepted',
  保全未起诉失效: 'preservation lapsed without a suit',
  保全错误: 'preserved in error',
  起诉或诉讼请求被生效裁判驳回: 'the suit was lost',
  被保全人提供充分担保: 'counter-security given',
  终结执行或执行依据被撤销: 'enforcement ended or its title set aside',
  其他法定情形: 'another ground in law',
  '拍卖、变卖成交裁定': 'ruling on a sale',
  以物抵债裁定: 'ruling on taking for the debt',
  生效判决: 'judgment in force',
  移送处置: 'referred for disposal',

  被执行人或被保全人: 'subject',
  财产对象: 'targets',
  金额: 'amount',
  期限: 'term',
  收款账户: 'account to be paid',
  受让人: 'transferee',
  解除或过户的依据: 'ground of release or conveyance',

  轮候: 'waiting',
  生效: 'effective',
  已终止: 'ended',
  未控制: 'not controlled',
  居民身份证: 'identity card',
  港澳台居民居住证: 'residence permit (HK, MO, TW)',
  外国人永久居留身份证: 'permanent residence card',
  护照: 'passport',
  军官证: 'officer card',
  户口簿: 'household register',
  统一社会信用代码: 'unified credit code',
  组织机构代码: 'organisation code',
  营业执照: 'business licence',
  其他: 'other',

  经办人: 'officer',
  审批人: 'approver',
  执行局长: 'enforcement director',
  立案人员: 'registrar',
  案款人员: 'finance clerk',
  协助单位经办人: 'registry clerk',
  监督员: 'auditor',
  信息查阅专员: 'disclosure officer',
  公证员: 'notary',
  系统管理员: 'system administrator',
  安全管理员: 'security administrator',
  审计管理员: 'audit administrator',
  已登记: 'registered',
  已验证密钥: 'key proved',
  已通过符合性测试: 'conformant',
  已上线: 'live',
  已暂停: 'suspended',

  银行存款: 'deposit',
  动产: 'movable',
  土地使用权: 'land-use right',
  房屋及其他不动产: 'house or other real estate',
  股权: 'equity',
  证券: 'securities',
  基金份额: 'fund units',
  其他财产权: 'other right',

  尚无反馈: 'silent',
  已签收: 'received',
  已受理: 'accepted',
  部分办结: 'partly executed',
  部分反馈: 'partly answered',
  轮候中: 'waiting',
  未查到: 'nothing found',
  未予办理: 'refused',
  已回退: 'sent back',
  回退: 'sent back',
  '已失效/注销': 'ended',
  '失效/注销': 'ended',
  已查到: 'found',
  已冻结: 'frozen',
  已查封: 'sealed',
  已预查封: 'pre-sealed',
  已续行: 'extended',
  已解除: 'released',
  已扣划: 'transferred',
  已办结: 'executed',
  更正反馈: 'corrected',
  轮候转正: 'activated',
  预查封转查封: 'converted to a seal',
  待发送: 'ready to be sent',
  待单位签收: 'waits to be taken up by the registry',
  待出发: 'waits for officers to set out',
  发送中: 'being sent',
  结果待查: 'outcome unknown',
  '已被领取，待签收': 'handed over, not acknowledged',
  '已出发，待录入、核对回执': 'on the way, the paper to be entered',
  '对方未接收，待人工处理': 'declined: needs a person',

  已领取: 'fetched',
  已答复: 'answered',
  '未送达，将重发': 'not reached: tried again',
  '是否送达不明，将核实': 'whether it arrived is not known: asked again',
  对方不受理: 'not taken by the registry',
  '请求无法读出，待处理': 'the request cannot be read: put aside',
  已过发送期限: 'too late to be sent',

  案件管理系统: 'case management system',

  轮候查封: 'waiting seal',
  本案已冻结: 'frozen by this case',
  本案已查封: 'sealed by this case',
  本案已预查封: 'pre-sealed by this case',
  本案轮候冻结: 'this case waits to freeze it',
  本案轮候查封: 'this case waits to seal it',
  本案轮候预查封: 'this case waits to pre-seal it',
  抵押: 'mortgage',
  最高额抵押: 'maximum-amount mortgage',
  优先权: 'priority right',
  异议登记: 'objection registered',
  预告登记: 'advance notice',
  交易流水: 'transactions',
  案号不符合规范: 'the case number is none',
  执行人员证件不全: 'not two officers with two certificates each',
  未见审批: 'no approval',
  缺少文书: 'a document is missing',
  文书与请求不一致: 'document and request differ',
  已过请求有效期: 'out of time',
  法院已撤回: 'withdrawn by the court',
  不属本单位管辖: 'another registry’s',
  不受理该类措施: 'this measure is not taken',
  姓名与证件号码不符: 'name and number do not match',
  查无此项财产: 'no such property',
  不在被执行人名下: 'not the subject’s',
  查无在先措施: 'no earlier control',
  在先措施已失效: 'the earlier control has ended',
  依法不得执行的财产: 'exempt by law',
  '认为措施违反法律、行政法规规定': 'objection: against the law',
  未能办结: 'tried, and not done',
  其他原因: 'another reason',
}
