import { operator } from '../domain/person.ts'
import { revokeOwnKey, rotateOwnKey } from '../gateway/own-keys.ts'
import type { KeyChange } from '../signing/keyring.ts'
import { type Command, done, failed, type Office, type Outcome } from './office.ts'

/** Our own keys. A running gateway goes on with the new ones at once, because the command runs inside it. */
export const keys: Command = {
  usage: 'writ keys list | writ keys make | writ keys rotate <court:代字|receipt|record> | writ keys revoke <kid>',
  says: '查看、生成、轮换、吊销本网关密钥 (our own keys: list, make what is missing, rotate, revoke)',
  run: async (office, [verb = 'list', which = '']) => {
    switch (verb) {
      case 'list':
      case 'make':
        // `make` needs no deed of its own: whoever opens the office for it lets the keyring create what is missing.
        return list(office)
      case 'rotate':
        return rotate(office, which)
      case 'revoke':
        return which === '' ? failed(`用法 usage: ${keys.usage}`) : changed(revokeOwn(office, which))
      default:
        return failed(`用法 usage: ${keys.usage}`)
    }
  },
}

const dayMs = 86_400_000

/** A key this old is due: a year (GB/T 39786 asks for a stated life of keys). */
const longestDays = 365

function list({ keyring, parts }: Office): Outcome {
  const now = parts.clock().getTime()
  const lines = keyring.archive().keys.map((key) => {
    const since = new Date(key.nbf * 1000)
    const days = Math.floor((now - since.getTime()) / dayMs)
    const due = key.status === 'current' && !isOfLog(key.for) && days > longestDays ? '应轮换 due' : ''
    return [key.for, key.status, key.alg, key.kid, since.toISOString().slice(0, 10), `${days} 天 d`, due].join('\t')
  })
  return done(...lines)
}

/** Secrets are left alone here: under them lies what they closed, and that is another command's work. */
async function rotate(office: Office, which: string): Promise<Outcome> {
  const use = office.keyring.jwks().keys.find((key) => key.for === which && key.status === 'current')?.for
  if (use === undefined || isOfLog(use)) return failed('没有可轮换的此类密钥 no such key to rotate', keys.usage)
  return changed(rotateOwnKey(office.parts, operator, office.keyring, use))
}

/** The keys of the log are its name. */
const isOfLog = (use: string) => use === 'log' || use === 'log-sm2'

function revokeOwn(office: Office, kid: string): Promise<KeyChange> {
  return revokeOwnKey(office.parts, operator, office.keyring, kid)
}

async function changed(change: Promise<KeyChange>): Promise<Outcome> {
  const { use, ended, created } = await change
  return done(`已办理 done: ${use}`, `停用 ended: ${ended}`, ...created.map((kid) => `待用 next: ${kid}`))
}
