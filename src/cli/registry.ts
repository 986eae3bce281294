import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { assetClassList } from '../domain/asset.ts'
import { measureList } from '../domain/measure.ts'
import { isRefusal } from '../domain/refusal.ts'
import { parseRegistryCode } from '../domain/registry.ts'
import type { RegisteredRegistry } from '../gateway/ports/reads.ts'
import { hashPassword } from '../signing/password.ts'
import { type Command, done, failed } from './office.ts'

const key = z.strictObject({
  jwk: z.looseObject({ kid: z.string(), kty: z.string(), alg: z.enum(['EdDSA', 'ES256']) }),
  validFrom: z.iso.datetime({ offset: true }).optional(),
})

/** The file that registers a registry; keys by value, the password only here and kept as a scrypt hash. */
const file = z.strictObject({
  code: z.string(),
  name: z.string().min(1),
  adapter: z.enum(['land', 'real-estate', 'bank']),
  mode: z.enum(['push', 'pull']),
  origin: z.url({ protocol: /^https?$/ }).optional(),
  assetClasses: z.array(z.enum(assetClassList)).min(1),
  measures: z.array(z.enum(measureList)).min(1),
  keys: z.array(key).default([]),
  credential: z.strictObject({ user: z.string().min(1), password: z.string().min(12) }).optional(),
  respondWithinHours: z.number().positive().default(24),
})

export type RegistryFile = z.input<typeof file>

/** Turns a registration file into what is kept; throws a zod error that names every field that is wrong. */
export async function readRegistration(given: unknown, now: Date, demo: boolean): Promise<RegisteredRegistry | undefined> {
  const { code: text, keys, credential, origin, ...rest } = file.parse(given)
  const code = parseRegistryCode(text)
  if (isRefusal(code) || (rest.mode === 'push' && !origin)) return undefined
  return {
    ...rest,
    code,
    demo,
    keys: keys.map(({ jwk, validFrom }) => ({
      kid: jwk.kid,
      jwk,
      validFrom: validFrom ? new Date(validFrom) : now,
    })),
    ...(origin && { origin }),
    ...(credential && { credential: { user: credential.user, passwordHash: await hashPassword(credential.password) } }),
  }
}

export const registry: Command = {
  usage: 'writ registry list | writ registry add <file.json>',
  says: '查看或登记协助执行单位 (lists registries, or registers one from a file)',
  run: async (office, [verb, path], cwd) => {
    if (verb === 'list') {
      const all = await office.registries.all()
      return done(...all.map((row) => [row.code, row.name, row.adapter, row.mode, row.origin ?? '—'].join('\t')))
    }
    if (verb !== 'add' || !path) return failed(`用法 usage: ${registry.usage}`)
    const given: unknown = JSON.parse(await readFile(resolve(cwd, path), 'utf8'))
    const registered = await readRegistration(given, office.now(), office.mode === 'demo')
    if (!registered) return failed('代码不合规，或推送方式缺少地址 the code is malformed, or a push registry has no origin')
    await office.registries.put(registered)
    await office.changed()
    return done(`已登记 registered: ${registered.code}`)
  },
}
