import { operator } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import {
  addClientKey,
  registerClient,
  retireClientKey,
  revokeClientKey,
  setClientState,
} from '../gateway/clients/register.ts'
import { readClient } from '../gateway/clients/registration.ts'
import { readKeyFile } from '../gateway/registration.ts'
import { readJsonFile } from './json-file.ts'
import { type Command, done, failed, type Office, type Outcome } from './office.ts'

/** The courts' systems and their keys; every change is an entry by `operator`. */
export const client: Command = {
  usage: [
    'writ client list | writ client add <file.json> | writ client suspend <id> | writ client resume <id>',
    'writ client key add <id> <key.json> | writ client key retire <id> <kid> | writ client key revoke <id> <kid>',
  ].join('\n      '),
  says: '登记法院案件管理系统、暂停恢复、轮换其密钥 (courts’ systems: register, suspend; their keys)',
  run: async (office, [verb = 'list', ...args], { cwd }) => {
    if (verb === 'list') return list(office)
    const change = await changeOf(office, verb, args, cwd)
    if (!change) return failed(`用法 usage: ${client.usage}`)
    if (isRefusal(change)) return failed(`未办理 refused: ${change.code} (docs/errors.md#${change.code})`)
    const { id, state, keys } = change.client
    return done(`${id}\t${state}`, ...keys.map(keyLine))
  },
}

async function list({ clients, parts }: Office): Promise<Outcome> {
  const today = new Date(parts.clock().getTime() - 86_400_000)
  const lines: string[] = []
  for (const { id, court, name, kind, state, keys } of await clients.all()) {
    const refused = await clients.refusedSince(id, today)
    lines.push([id, court, name, kind, state, `24 小时内拒绝 refused in a day: ${refused}`].join('\t'))
    lines.push(...keys.map(keyLine))
  }
  return done(...lines)
}

type Changed = Awaited<ReturnType<typeof registerClient>>

async function changeOf(
  { parts }: Office,
  verb: string,
  [first, second, third]: readonly string[],
  cwd: string,
): Promise<Changed | undefined> {
  const json = (path: string) => readJsonFile(cwd, path)
  const now = parts.clock()
  if (verb === 'add' && first) return registerClient(parts, operator, readClient(await json(first), now))
  if (verb === 'suspend' && first) return setClientState(parts, operator, first, 'suspended')
  if (verb === 'resume' && first) return setClientState(parts, operator, first, 'active')
  if (verb !== 'key' || !second || !third) return undefined
  if (first === 'add') return addClientKey(parts, operator, second, readKeyFile(await json(third), now))
  if (first === 'retire') return retireClientKey(parts, operator, second, third)
  return first === 'revoke' ? revokeClientKey(parts, operator, second, third) : undefined
}

function keyLine({
  kid,
  validFrom,
  retiredAt,
  revokedAt,
}: {
  kid: string
  validFrom: Date
  retiredAt?: Date
  revokedAt?: Date
}) {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const ended = revokedAt ? `revoked ${day(revokedAt)}` : retiredAt ? `retired ${day(retiredAt)}` : ''
  return ['key', kid, `from ${day(validFrom)}`, ended].join('\t')
}
