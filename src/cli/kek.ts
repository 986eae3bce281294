import { operator } from '../domain/person.ts'
import { noteLoose } from '../gateway/journal.ts'
import type { OfPeople } from '../gateway/roster/parts.ts'
import { type Command, done, failed, type KekOffice, type Office, type Outcome } from './office.ts'

/** The key-encryption key, changed while the gateway works: what was written before opens as it did. */
export const kek: Command = {
  usage: 'writ kek show | writ kek rotate',
  says: '查看或轮换密钥加密密钥，不停机 (shows the key-encryption key, or changes it while the gateway works)',
  run: async (office, [verb = 'show']) => {
    if (verb === 'show') return done([office.kek.source, await office.kek.current()].join('\t'))
    return verb === 'rotate' ? rotate(office) : failed(`用法 usage: ${kek.usage}`)
  },
}

const elsewhere = {
  file: '先把新密钥写在 WRIT_KEK_FILE 第一行，原密钥留在其后 first put the new key on the first line of WRIT_KEK_FILE and leave the old one below it',
  environment:
    '环境变量不能在运行中更换，请改用 WRIT_KEK_FILE a running process keeps its environment: give the key as WRIT_KEK_FILE',
  service: '先在密钥服务中启用新密钥 first make a new key current in the key service',
} as const

/**
 * The entry is committed first, then the key is made and comes into use: when the entry cannot be written nothing has
 * happened, and nothing is ever closed by a key of which the log knows nothing. A crash anywhere later leaves two keys in
 * use and every data key under one of them; the gateway goes on wrapping anew what is under an older one, at its start and
 * every hour.
 */
async function rotate({ kek: keys, parts }: Office): Promise<Outcome> {
  const { source } = keys
  if (source === 'keyring') {
    const change = await keys.rotation()
    for (const id of change.created) await noteKey(parts, 'key.created', id)
    change.apply()
  }
  const count = await retireKeks(parts, keys)
  if (source !== 'keyring' && count === 0) return failed(elsewhere[source])
  return done(`现用 current: ${await keys.current()}`, `已重新加密的案件密钥 data keys wrapped anew: ${count}`)
}

/**
 * Wraps all data keys by the current key. One that was made outside is met here first: it has its entry before anything
 * that lies under another is moved to it.
 */
export async function retireKeks(
  parts: OfPeople,
  keys: Pick<KekOffice, 'source' | 'current' | 'former' | 'rewrap'>,
): Promise<number> {
  const isNew = (await keys.former()).length > 0 && keys.source !== 'keyring'
  if (isNew) await noteKey(parts, 'key.created', await keys.current())
  const { count, from } = await keys.rewrap()
  for (const id of from) await noteKey(parts, 'key.retired', id)
  return count
}

async function noteKey(parts: OfPeople, kind: 'key.created' | 'key.retired', about: string): Promise<void> {
  await parts.store.note((act) => noteLoose(parts, act, { kind, by: operator, about }))
}
