import { problemsOf } from './entry.ts'

/** Drafts, and the next version of what was sent back. */
export const draftProblems = problemsOf('request', {
  'draft-unknown': [
    404,
    'officer',
    '没有该草稿',
    'There is no such draft',
    '核对草稿编号',
    'Check the id of the draft',
  ],
  'draft-of-another': [
    403,
    'officer',
    '只有起草人可以修改、提交或删除草稿',
    'Only its owner may change, submit or discard a draft',
    '由起草人办理，或自行另拟一份',
    'Have its owner do it, or write one of your own',
  ],
  'draft-closed': [
    409,
    'officer',
    '该草稿已提交或已删除',
    'The draft was submitted or discarded',
    '已提交的查看所形成的请求；已删除的另拟一份',
    'Look at the request it became, or write another draft',
  ],
  'draft-incomplete': [
    422,
    'officer',
    '草稿尚未填写完整，或有无法识读的内容',
    'The draft is not complete, or something in it cannot be read',
    '补齐 errors 所列各处后再提交；草稿已保留',
    'Fill in the places that errors lists, and submit again; the draft is kept',
  ],
  'request-not-returned': [
    409,
    'officer',
    '只有已退回或已撤回的请求可以更正后重新提交',
    'Only a request that was returned or withdrawn can come anew',
    '待审批的先撤回；已签发的另行提交',
    'Withdraw one that waits; after approval submit another request',
  ],
  'request-replaced': [
    409,
    'officer',
    '该请求已由新版本替代',
    'The request has its next version already',
    '查看 replacedBy 所指请求',
    'Look at the request that replacedBy names',
  ],
})
