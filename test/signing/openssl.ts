import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether the openssl on this machine knows SM2; an old one, or a system without any, skips what asks it. */
export const opensslKnowsSm2 = (() => {
  const listed = spawnSync('openssl', ['ecparam', '-list_curves'], { encoding: 'utf8' })
  const known = listed.status === 0 && listed.stdout.includes('SM2')
  if (!known) console.warn('skipped: there is no openssl here that knows SM2')
  return known
})()

/** The user id as the openssl command takes it; it has no default of its own. */
export const distId = 'distid:1234567812345678'

/** A folder in which openssl works; what it prints comes back. */
export function opensslDesk() {
  const dir = mkdtempSync(join(tmpdir(), 'writ-openssl-'))
  return {
    dir,
    run: (...args: readonly string[]) => execFileSync('openssl', args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' }),
    /** How openssl ended, for where it may say no. */
    says: (...args: readonly string[]) => spawnSync('openssl', args, { cwd: dir }).status,
    put: (name: string, bytes: Uint8Array | string) => writeFileSync(join(dir, name), bytes),
    read: (name: string) => readFileSync(join(dir, name)),
    close: () => rmSync(dir, { recursive: true, force: true }),
  }
}
