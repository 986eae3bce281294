import { problemsOf } from './entry.ts'

/** What is refused because of who is calling. None of these tells whether the thing asked for exists. */
export const accessProblems = problemsOf('access', {
  'token-missing': [
    401,
    'integrator',
    '缺少访问令牌',
    'The call carries no bearer token',
    '在 Authorization 头中以 Bearer 方式携带令牌',
    'Send the token as Authorization: Bearer',
  ],
  'token-invalid': [
    401,
    'integrator',
    '访问令牌无效',
    'The bearer token is not one of ours, or no longer is',
    '重新登录取得令牌；协助单位核对签名密钥与受众',
    'Sign in again; a registry checks its signing key and audience',
  ],
  'token-expired': [
    401,
    'integrator',
    '访问令牌已过期，或协助单位令牌有效期超过 60 秒',
    'The token has expired, or a partner signed one for longer than 60 seconds',
    '重新登录，或重新签发不超过 60 秒的令牌',
    'Sign in again, or sign a new token of 60 seconds at most',
  ],
  'partner-token-replayed': [
    401,
    'registry',
    '协助单位令牌已被使用',
    'The partner token was used before',
    '每次调用签发新的令牌（jti 只能使用一次）',
    'Sign a new token for each call; a jti counts once',
  ],
  'role-missing': [
    403,
    'operator',
    '当前人员没有办理该事项的岗位权限',
    'This person does not have the role this takes',
    '由安全管理员按岗位授权',
    'Have the security administrator grant the role',
  ],
  'wrong-court': [
    403,
    'officer',
    '不属于本院案件',
    'This belongs to another court',
    '由案件所属法院办理，或凭委托函办理受托案件',
    'Have the court of the case do it, or enter a commissioned case with its letter',
  ],
})
