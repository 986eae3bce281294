import { rulesOf } from './rule.ts'

const cap = '民诉法解释（2022）第四百八十五条第一款'
const extension = '民诉法解释（2022）第四百八十五条第二款'

/** How long a control may hold, and how it goes on. */
export const termRules = rulesOf({
  'term-backwards': [
    'written',
    'officer',
    cap,
    '期限的止日不晚于起日',
    'The term ends before it begins',
    '核对起止日期',
    'Check both days',
  ],
  'term-too-long': [
    'written',
    'officer',
    cap,
    '期限超过法定上限',
    'The term is longer than the law allows',
    '存款不超过一年，动产不超过两年，不动产及其他财产权不超过三年',
    'At most one year for deposits, two for movables, three for the rest',
  ],
  'term-starts-late': [
    'written',
    'officer',
    `${cap}；查控请求单三十日内有效`,
    '期限的起日晚于请求单的有效期',
    'The term begins after the request itself has run out',
    '起日填写文书载明之日，不得以推后起日延长期限',
    'Begin on the day the paper says; a later beginning is no longer term',
  ],
  'term-missing': [
    'written',
    'officer',
    extension,
    '续行须写明止日：原措施的届满日不在本网关',
    'An extension must state its end: the gateway does not know when the earlier control ends',
    '按裁定书填写新的止日',
    'Write the new end that the ruling states',
  ],
  'parent-not-in-force': [
    'facts',
    'officer',
    '查扣冻规定第二十七条第一款；民诉法解释（2022）第四百八十五条第二款',
    '该控制措施未在生效期内，不能续行',
    'The control is not in force; it cannot be extended',
    '轮候的待其转正；已到期的重新提交冻结或查封，顺位排在最后',
    'One that waits has no term yet; one that has ended is made anew, at the end of the queue',
  ],
  'extension-too-long': [
    'written',
    'officer',
    extension,
    '续行期限超过原届满日起的法定上限',
    'The extension goes beyond one cap after the old end',
    '新的止日不得晚于原届满日加一个法定上限',
    'End at the latest one cap after the old end; a further extension can follow before that',
  ],
  'extension-not-later': [
    'written',
    'officer',
    extension,
    '续行的止日不晚于原届满日',
    'The extension ends no later than the control already does',
    '填写晚于原届满日的止日；要缩短的提交解除',
    'Write an end after the old one; to hold for less, release',
  ],
  'extension-gap': [
    'written',
    'officer',
    extension,
    '续行的起日晚于原届满日的次日，中间出现空档',
    'The extension begins after the day that follows the old end: in between nothing would be held',
    '起日不得晚于原届满日的次日',
    'Begin at the latest on the day after the old end',
  ],
})
