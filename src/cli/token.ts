import { parseArgs } from 'node:util'
import { openSession } from '../gateway/roster/sessions.ts'
import { type Command, done, failed } from './office.ts'

export const token: Command = {
  usage: 'writ token <user> [--hours 12]',
  says: '为某人签发访问令牌，仅限演示 (prints a bearer token once; demo only)',
  run: async (office, args) => {
    // Whoever runs the machine is not the people who work at it: outside the demo each signs in for themselves.
    if (office.mode !== 'demo')
      return failed('正式运行中不得代他人签发令牌 outside the demo people sign in themselves: POST /v1/sign-in')
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { hours: { type: 'string', default: '12' } },
    })
    const [username] = positionals
    const hours = Number(values.hours)
    if (!username || !(hours > 0 && hours <= 24 * 30)) return failed(`用法 usage: ${token.usage} (hours: up to 720)`)
    const person = await office.people.byUsername(username, office.parts.clock())
    if (!person) return failed(`没有这个用户 no such user; 'writ user list' shows who there is`)
    const seconds = hours * 3600
    const opening = { carrier: 'bearer', method: 'command', second: false, idleSeconds: seconds, seconds } as const
    return done(await openSession(office.parts, person, opening))
  },
}
