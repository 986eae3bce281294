import { parseArgs } from 'node:util'
import { parseCourtCode } from '../domain/court.ts'
import { operator, rolesOf } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import { parseRegistryCode } from '../domain/registry.ts'
import { isInstallationWide, type Role, roleList } from '../domain/role.ts'
import { attestGrant, endGrant, giveGrant } from '../gateway/roster/grants.ts'
import { registerPerson } from '../gateway/roster/register-person.ts'
import { endSessions } from '../gateway/roster/sessions.ts'
import { accountUsage, accountVerbs } from './account.ts'
import { importUsage, importUsers } from './import-users.ts'
import { type Command, done, failed, type Office, type Outcome } from './office.ts'

/** The people of the installation and what they may; every change is an entry by `operator`. */
export const user: Command = {
  usage: [
    'writ user list',
    'writ user add <user> --name <姓名> [--court <代字>] --role <role> [--role …] [--team <团队>] [--registry <code>] [--until <YYYY-MM-DD>]',
    'writ user grant <user> --role <role> [--court <代字>] [--team <团队>] [--registry <code>] [--until <YYYY-MM-DD>]',
    'writ user grants <user> | writ user attest <user> [<grant>] | writ user end <user> <grant> | writ user sign-out <user>',
    importUsage,
    accountUsage,
  ].join('\n      '),
  says: '查看、登记人员，授权、复核、终止授权，强制下线 (people, their roles and their sessions)',
  run: async (office, [verb = 'list', ...args], typed) => {
    if (verb === 'import') return importUsers(office, args, typed.cwd)
    const keep = Object.hasOwn(accountVerbs, verb) ? accountVerbs[verb] : undefined
    if (keep) {
      const [username = '', ...rest] = args.filter((arg) => arg !== '--stdin')
      const person = await office.people.byUsername(username, office.parts.clock())
      return person ? keep(office, person, rest, typed) : failed(noSuchUser)
    }
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    return run ? run(office, args) : failed(`用法 usage: ${user.usage}`)
  },
}

const verbs: Readonly<Record<string, (office: Office, args: string[]) => Promise<Outcome>>> = {
  list: async (office) => {
    const people = await office.people.all(office.parts.clock())
    return done(
      ...people.map((one) => [one.username, one.name, one.court ?? '—', rolesOf(one).join(',') || '—'].join('\t')),
    )
  },
  add: async (office, args) => {
    const { username, name, court, roles, ...more } = read(args)
    if (!username || !name || roles.length === 0)
      return failed(`用法 usage: ${user.usage}`, `roles: ${roleList.join(', ')}`)
    const registered = await registerPerson(office.parts, operator, { username, name, ...(court && { court }) })
    if (isRefusal(registered)) return failed('用户名已被使用 the user name is taken')
    for (const role of roles) {
      const given = await giveGrant(office.parts, operator, { person: registered.id, ...heldAt(role, court), ...more })
      if (isRefusal(given)) return failed(`已登记，但未授权 registered, but not given ${role}: ${given.code}`)
    }
    await office.changed()
    return done(`已登记 registered: ${username}`)
  },
  grant: (office, args) =>
    withPerson(office, args, async (person, { court = person.court, roles, ...more }) => {
      for (const role of roles) {
        const given = await giveGrant(office.parts, operator, { person: person.id, ...heldAt(role, court), ...more })
        if (isRefusal(given)) return failed(`未授权 not given ${role}: ${given.code}`)
      }
      return done(`已授权 given: ${roles.join(', ')}`)
    }),
  grants: (office, args) =>
    withPerson(office, args, async ({ id }) => {
      const day = (date: Date) => date.toISOString().slice(0, 10)
      const grants = await office.people.grants(id)
      return done(
        ...grants.map((grant) => {
          const { role, court, team, registry, until, attestBy, endedAt } = grant
          const ends = endedAt ? `ended ${day(endedAt)}` : `until ${day(until)}, attest by ${day(attestBy)}`
          return [grant.id, role, court ?? registry ?? '—', team ?? '—', ends].join('\t')
        }),
      )
    }),
  attest: (office, args) =>
    withPerson(office, args, async ({ id }, { rest }) => {
      const open = (await office.people.grants(id)).filter(({ endedAt }) => !endedAt)
      const meant = rest ? open.filter((grant) => grant.id === rest) : open
      for (const grant of meant) {
        const attested = await attestGrant(office.parts, operator, { person: id, grant: grant.id })
        if (isRefusal(attested)) return failed(attested.code)
      }
      return done(`已复核 attested: ${meant.length}`)
    }),
  end: (office, args) =>
    withPerson(office, args, async ({ id }, { rest }) => {
      const ended = await endGrant(office.parts, operator, { person: id, grant: rest ?? '' })
      return isRefusal(ended) ? failed(ended.code) : done('已终止 ended')
    }),
  'sign-out': (office, args) =>
    withPerson(office, args, async ({ id }) => {
      const ended = await endSessions(office.parts, operator, { person: id })
      return isRefusal(ended) ? failed(ended.code) : done(`已下线 ended: ${ended.count}`)
    }),
}

const noSuchUser = `没有这个用户 no such user; 'writ user list' shows who there is`

type Asked = ReturnType<typeof read>

function read(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      court: { type: 'string' },
      team: { type: 'string' },
      registry: { type: 'string' },
      until: { type: 'string' },
      role: { type: 'string', multiple: true },
    },
  })
  const [username, rest] = positionals
  const court = values.court === undefined ? undefined : parseCourtCode(values.court)
  if (isRefusal(court)) throw new Error('没有这个法院代字 no such court')
  const registry = values.registry === undefined ? undefined : parseRegistryCode(values.registry)
  if (isRefusal(registry)) throw new Error('registry: 2 to 40 letters, digits and hyphens')
  const roles = (values.role ?? []).map((role): Role => {
    const known = roleList.find((one) => one === role)
    if (!known) throw new Error(`没有这个岗位 no such role; one of: ${roleList.join(', ')}`)
    return known
  })
  const until = values.until === undefined ? undefined : new Date(`${values.until}T23:59:59+08:00`)
  return {
    username,
    rest,
    roles,
    ...(values.name && { name: values.name }),
    ...(court && { court }),
    ...(values.team && { team: values.team }),
    ...(registry && { registry }),
    ...(until && { until }),
  }
}

/** An administrator of the installation is given the role for no one court, wherever the person serves. */
function heldAt(role: Role, court: Asked['court']) {
  return { role, ...(court && !(isInstallationWide(role) && role.endsWith('-administrator')) && { court }) }
}

async function withPerson(
  office: Office,
  args: string[],
  act: (
    person: NonNullable<Awaited<ReturnType<Office['people']['byUsername']>>>,
    asked: Omit<Asked, 'username' | 'name'>,
  ) => Promise<Outcome>,
): Promise<Outcome> {
  const { username, name: _name, ...asked } = read(args)
  const person = username && (await office.people.byUsername(username, office.parts.clock()))
  if (!person) return failed(noSuchUser)
  const outcome = await act(person, asked)
  await office.changed()
  return outcome
}
