import { demoPeople } from './people.ts'

/** What a newcomer reads when the demo has started. */
export function welcome(
  origin: string,
  firstInquiry: string,
  registries: readonly { code: string; name: string }[],
  passwords: ReadonlyMap<string, { readonly password: string }>,
): string {
  const people = demoPeople.map(
    ({ username, name, does }) =>
      `    ${username.padEnd(6)}${(passwords.get(username)?.password ?? '（本人已修改 changed）').padEnd(20)}  ${name}  ${does}`,
  )
  const bodies = registries.map(({ code, name }) => `    ${code.padEnd(14)}${name}`)
  return [
    '',
    `  查控网关 Writ 已启动 is up:  ${origin}`,
    '  演示模式：内嵌数据库、虚构人员、沙盒协助单位；仅供试用。 Demo: embedded database, fictional people, sandbox registries.',
    '',
    '  协助单位 registries',
    ...bodies,
    '',
    `  人员 people: 用户名、口令 user and password，登录 sign in at ${origin}/sign-in (令牌 a token: npm run -s writ token <user>)`,
    ...people,
    '',
    '  第一次查询 a first inquiry:',
    '',
    '    TOKEN=$(npm run -s writ token lin)',
    `    curl -s ${origin}/v1/requests -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s)" -H 'Prefer: wait=20' -d '@${firstInquiry}' |`,
    "      node -e 'console.dir(JSON.parse(fs.readFileSync(0)), { depth: 9 })'",
    '',
  ].join('\n')
}
