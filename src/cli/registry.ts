import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readRegistration } from '../gateway/registration.ts'
import { refusedByNumber } from '../relay/origin.ts'
import { type Command, done, failed } from './office.ts'

export const registry: Command = {
  usage: 'writ registry list | writ registry add <file.json>',
  says: '查看或登记协助执行单位 (lists registries, or registers one from a file)',
  run: async (office, [verb, path], { cwd }) => {
    if (verb === 'list') {
      const all = await office.registries.all()
      return done(...all.map((row) => [row.code, row.name, row.adapter, row.mode, row.origin ?? '—'].join('\t')))
    }
    if (verb !== 'add' || !path) return failed(`用法 usage: ${registry.usage}`)
    const given: unknown = JSON.parse(await readFile(resolve(cwd, path), 'utf8'))
    const { authorities, mode, parts } = office
    const registered = await readRegistration(given, parts.clock(), mode === 'demo', authorities)
    const { origin } = registered
    const why = origin && refusedByNumber(origin, office.addressRule)
    if (why) return failed(`origin: ${why}; WRIT_REGISTRY_NETWORKS says where registries may be`)
    await office.registries.put(registered)
    await office.changed()
    return done(`已登记 registered: ${registered.code}`)
  },
}
