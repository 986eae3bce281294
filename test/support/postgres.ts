import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A private PostgreSQL for a test run: its own folder, its own port, trust on loopback only. */
export type TestCluster = { readonly url: string; stop(): void }

/**
 * Starts a cluster in `directory`, making it when there is none. PostgreSQL refuses to run as root, so under root it runs
 * as the system's `postgres`. The newest version installed, or the one whose programs are in `PG_BIN`.
 */
export function startPostgres(directory: string, port: number): TestCluster {
  const data = join(resolve(directory), 'data')
  const as = owner()
  mkdirSync(directory, { recursive: true })
  if (as) chownSync(directory, as.uid, as.gid)
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(programs(), program), args, { ...as, cwd: '/', stdio: 'ignore' })
  if (!existsSync(join(data, 'PG_VERSION'))) run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8')
  const settings = `-p ${port} -k ${resolve(directory)} -c listen_addresses=127.0.0.1 -c max_connections=200`
  run('pg_ctl', '-D', data, '-w', '-l', join(resolve(directory), 'log'), '-o', settings, 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => run('pg_ctl', '-D', data, '-w', '-m', 'fast', 'stop'),
  }
}

/** Stops a cluster that an earlier call started. */
export function stopPostgres(directory: string): void {
  const data = join(resolve(directory), 'data')
  execFileSync(join(programs(), 'pg_ctl'), ['-D', data, '-w', '-m', 'fast', 'stop'], { ...owner(), cwd: '/' })
}

function programs(): string {
  const given = process.env.PG_BIN
  if (given) return given
  const root = '/usr/lib/postgresql'
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a))[0]
  return join(root, newest ?? '', 'bin')
}

function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m)
  if (!line) throw new Error('root cannot run PostgreSQL, and there is no user postgres')
  return { uid: Number(line[1]), gid: Number(line[2]) }
}

/** `tsx test/support/postgres.ts start|stop <directory> [port]`, for scripts; `start` prints the URL. */
function main([command, directory, port]: readonly string[]): void {
  if (command === 'start' && directory)
    process.stdout.write(`${startPostgres(directory, Number(port ?? 54_329)).url}\n`)
  else if (command === 'stop' && directory) stopPostgres(directory)
  else throw new Error('start|stop <directory> [port]')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2))
