/** The words of signing in and of one's own account. */
export const signInWords = {
  title: { zh: '登录', en: 'Sign in' },
  username: { zh: '用户名', en: 'User name' },
  password: { zh: '口令', en: 'Password' },
  submit: { zh: '登录', en: 'Sign in' },
  openid: { zh: '统一身份认证登录', en: 'Sign in with the court’s identity provider' },
  local: { zh: '本地账号', en: 'Local account' },
  codeTitle: { zh: '动态口令', en: 'One-time code' },
  code: { zh: '身份验证器显示的六位数字', en: 'The six digits your authenticator shows' },
  go: { zh: '继续', en: 'Continue' },
  again: { zh: '重新开始', en: 'Begin again' },
  changeTitle: { zh: '修改初始口令', en: 'Choose your own password' },
  changeWhy: {
    zh: '初始口令只用于首次登录。新口令不少于 12 个字符，不要求字符种类；一句只有自己知道的话最好。',
    en: 'The initial password is for the first sign-in only. At least 12 characters, of any kind; a sentence only you know is best.',
  },
  newPassword: { zh: '新口令', en: 'New password' },
  repeat: { zh: '再次输入新口令', en: 'The new password again' },
  change: { zh: '修改口令', en: 'Change the password' },
  differ: { zh: '两次输入的新口令不一致', en: 'The two new passwords are not the same' },
  differNext: { zh: '重新输入', en: 'Enter them again' },
} as const
