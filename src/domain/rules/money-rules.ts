import { rulesOf } from './rule.ts'

const bounds = '民诉法第二百五十三条；查扣冻规定第十九条第一款'

/** How much may be held. */
export const moneyRules = rulesOf({
  'amount-missing': [
    'written',
    'officer',
    '财产保全规定第十五条；善意文明执行意见（法发〔2019〕35号）',
    '冻结、扣划存款须写明金额',
    'A freeze or transfer of money states its amount',
    '按裁定书填写金额',
    'Write the amount of the ruling',
  ],
  'quantity-missing': [
    'written',
    'officer',
    '股权规定（法释〔2021〕20号）第五条；法发〔2021〕9号',
    '冻结股权、证券、基金份额须写明数量或份额',
    'A freeze of equity, securities or fund shares states how many',
    '按裁定书填写数量、比例或份额',
    'Write the number or the share the ruling states',
  ],
  'ceiling-exceeded': [
    'facts',
    'officer',
    bounds,
    '控制数额将超过本案应履行的数额',
    'More would be held than the case can ask for',
    '降低数额或先解除多余部分；确需超过的写明理由，并由两名审批人签发',
    'Ask for less, or release the excess first; where it must be, state why, and two approvers decide',
  ],
  'preserved-amount-exceeded': [
    'facts',
    'officer',
    '财产保全规定第十五条；民诉法第一百零五条',
    '保全数额将超过裁定保全的数额',
    'More would be held than the ruling preserves',
    '降低数额或先解除多余部分；超过保全数额的须另行裁定',
    'Ask for less, or release first; beyond the preserved amount it takes another ruling',
  ],
  'repeat-not-money': [
    'written',
    'officer',
    '设计：重复冻结仅限人民币存款（参照民诉法第二百五十三条）',
    '只有冻结人民币存款的请求可以重复执行至足额',
    'Only a freeze of deposits in yuan is repeated until its sum is met',
    '去掉 repeatUntil，或改为冻结存款',
    'Leave repeatUntil out, or freeze deposits',
  ],
  'repeat-too-long': [
    'written',
    'officer',
    '设计：重复冻结自当日起不超过三十日',
    '重复冻结的止日已过，或超过三十日',
    'The day until which it is repeated is past, or more than thirty days away',
    '止日填写今后三十日以内；期满仍不足额的另行提交',
    'End within thirty days; after that submit another order',
  ],
  'account-restricted': [
    'facts',
    'officer',
    '查扣冻规定第三条；保障农民工工资支付条例第三十三条',
    '该账户系社保、农民工工资专户等限制执行的账户',
    'The account is one that may not be held, or only for what it is kept for',
    '改为其他账户；依法可以执行的写明理由，并由两名审批人签发',
    'Choose another account; where the law lets it be held, state why, and two approvers decide',
  ],
})
