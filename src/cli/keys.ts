import { type Command, done, failed } from './office.ts'

export const keys: Command = {
  usage: 'writ keys list | writ keys make',
  says: '查看密钥，或生成缺少的密钥 (lists the keys, or makes those that are missing)',
  run: async (office, [verb = 'list']) => {
    // `make` needs no deed of its own: whoever opens the office for it lets the keyring create what is missing.
    if (verb !== 'list' && verb !== 'make') return failed(`用法 usage: ${keys.usage}`)
    const lines = office.keyring.jwks().keys.map((key) => {
      const since = new Date(key.nbf * 1000).toISOString().slice(0, 10)
      return [key.for, key.status, key.alg, key.kid, since].join('\t')
    })
    return done(...lines)
  },
}
