import { rulesOf } from './rule.ts'

const oneAccount = '执行款物管理规定（法发〔2017〕6号）第六条、第七条：一案一账号'

/** Where money may go. The articles are from memory. */
export const fundRules = rulesOf({
  'fund-account-missing': [
    'facts',
    'finance-clerk',
    oneAccount,
    '本案没有登记执行款专户，不能扣划',
    'The case has no account into which its money could go',
    '由一名案款人员登记执行款专户，另一名案款人员确认',
    'Have a finance clerk enter the account of the case and another one confirm it',
  ],
  'fund-account-unconfirmed': [
    'facts',
    'finance-clerk',
    oneAccount,
    '本案的执行款专户尚未经第二人确认，不能扣划',
    'Nobody has confirmed the account of the case yet',
    '由登记人以外的案款人员确认',
    'Have a finance clerk other than the one who entered it confirm it',
  ],
  'payee-not-fund-account': [
    'facts',
    'officer',
    oneAccount,
    '收款账户不是本案登记的执行款专户',
    'The money would go to another account than that of the case',
    '不填收款账户，由本案带出；账户已变更的退回后重新提交',
    'Leave the account out, it is taken from the case; where it was changed since, return the request and submit it anew',
  ],
  'fund-account-keeper': [
    'who',
    'officer',
    '执行款物管理规定（法发〔2017〕6号）第三条；设计：管账户的不办扣划',
    '登记或确认该账户的人不得提交或签发向其扣划',
    'Who entered or confirmed the account makes and approves no transfer to it',
    '由其他经办人、审批人办理',
    'Have another officer or approver do it',
  ],
})
