import { parseArgs } from 'node:util'
import { parseCourtCode } from '../domain/court.ts'
import { isRefusal } from '../domain/refusal.ts'
import type { Role } from '../domain/request.ts'
import { type Command, done, failed } from './office.ts'

const roles: readonly Role[] = [
  'officer',
  'approver',
  'registrar',
  'finance-clerk',
  'registry-clerk',
  'auditor',
  'disclosure-officer',
  'notary',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
]

export const user: Command = {
  usage: 'writ user list | writ user add <user> --name <姓名> --court <代字> --role <role> [--role …]',
  says: '查看或登记人员 (lists people, or registers one)',
  run: async (office, [verb, ...args]) => {
    if (verb === 'list') {
      const people = await office.people.all()
      return done(
        ...people.map((person) =>
          [person.username, person.name, person.court ?? '—', person.roles.join(',')].join('\t'),
        ),
      )
    }
    if (verb !== 'add') return failed(`用法 usage: ${user.usage}`)
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { name: { type: 'string' }, court: { type: 'string' }, role: { type: 'string', multiple: true } },
    })
    const [username] = positionals
    const given = (values.role ?? []).flatMap((role) => roles.find((known) => known === role) ?? [])
    const court = values.court === undefined ? undefined : parseCourtCode(values.court)
    if (!username || !values.name || given.length === 0 || given.length !== values.role?.length)
      return failed(`用法 usage: ${user.usage}`, `roles: ${roles.join(', ')}`)
    if (isRefusal(court)) return failed('没有这个法院代字 no such court')
    if (await office.people.byUsername(username)) return failed('用户名已被使用 the user name is taken')
    await office.people.put({ id: office.newId(), username, name: values.name, roles: given, ...(court && { court }) })
    await office.changed()
    return done(`已登记 registered: ${username}`)
  },
}
