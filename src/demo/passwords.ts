import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { drawPassword } from '../signing/password.ts'

const kept = z.record(z.string(), z.string())

type DemoPassword = { readonly password: string; readonly isNew: boolean }

/**
 * The password of each demo person: drawn at random for this data folder, kept owner-only so that every start can print the
 * same ones. Fixed ones would be known to everybody who has ever read about the demo.
 */
export function demoPasswords(dataDir: string, usernames: readonly string[]): ReadonlyMap<string, DemoPassword> {
  const dir = join(dataDir, 'demo')
  const path = join(dir, 'passwords.json')
  const before = existsSync(path) ? kept.parse(JSON.parse(readFileSync(path, 'utf8'))) : {}
  const all = usernames.map((name): [string, DemoPassword] => [
    name,
    { password: before[name] ?? drawPassword(), isNew: before[name] === undefined },
  ])
  if (all.some(([, { isNew }]) => isNew)) {
    const drawn = all.map(([name, { password }]) => [name, password])
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFileSync(path, `${JSON.stringify({ ...before, ...Object.fromEntries(drawn) }, null, 2)}\n`, { mode: 0o600 })
  }
  return new Map(all)
}
