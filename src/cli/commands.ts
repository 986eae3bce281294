import { client } from './client.ts'
import { importing } from './import.ts'
import { kek } from './kek.ts'
import { keys } from './keys.ts'
import { type Command, failed, type Office, type Outcome, type Typed } from './office.ts'
import { partner } from './partner.ts'
import { token } from './token.ts'
import { user } from './user.ts'

/** The commands that need the office; `verify` needs nothing and stands apart. */
const commands: Readonly<Record<string, Command>> = {
  token,
  user,
  import: importing,
  partner,
  client,
  keys,
  kek,
}

/** Runs one command; an unknown one, or one whose arguments cannot be read, says how it is used. */
export async function runCommand(
  office: Office,
  [name = '', ...args]: readonly string[],
  typed: Typed,
): Promise<Outcome> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return failed('没有这个命令 no such command; `writ help` lists them')
  try {
    return await command.run(office, args, typed)
  } catch (cause) {
    return failed(cause instanceof Error ? cause.message : 'the command broke', `用法 usage: ${command.usage}`)
  }
}

/** What `writ help` prints. */
export function help(): readonly string[] {
  const all = [...Object.values(commands).map(({ usage, says }) => [usage, says])]
  all.push([
    'writ config check',
    '核对配置及其来源，不显示密钥 (what is configured, from where, and what is wrong with it)',
  ])
  all.push([
    'writ verify <folder|bundle.json> [--policy file] [--jwks file] [--registry-keys file] [--json]',
    '离线核验存证 (verifies evidence offline; needs no gateway)',
  ])
  return ['查控网关命令 the commands of Writ', '', ...all.flatMap(([usage, says]) => [`  ${usage}`, `      ${says}`])]
}
