import { createHash, randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Command, done, failed, type Office } from './office.ts'

/** A bearer token: 32 random bytes behind a mark that makes a leaked one easy to find. Kept only as its SHA-256. */
function newToken(): { token: string; hash: string } {
  const token = `writ_${randomBytes(32).toString('base64url')}`
  return { token, hash: createHash('sha256').update(token).digest('base64url') }
}

/** Gives a person a token that ends by itself. */
async function giveToken(office: Pick<Office, 'people' | 'now'>, personId: string, hours: number): Promise<string> {
  const { token, hash } = newToken()
  await office.people.giveToken(personId, hash, new Date(office.now().getTime() + hours * 3_600_000))
  return token
}

export const token: Command = {
  usage: 'writ token <user> [--hours 12]',
  says: '为某人签发访问令牌 (prints a bearer token; it is shown once)',
  run: async (office, args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { hours: { type: 'string', default: '12' } },
    })
    const [username] = positionals
    const hours = Number(values.hours)
    if (!username || !(hours > 0 && hours <= 24 * 30)) return failed(`用法 usage: ${token.usage} (hours: up to 720)`)
    const person = await office.people.byUsername(username)
    if (!person) return failed(`没有这个用户 no such user; 'writ user list' shows who there is`)
    return done(await giveToken(office, person.id, hours))
  },
}
