import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askControl } from '../../src/cli/control.ts'
import { type Desk, deskOf } from './desk-client.ts'
import { freshDatabase } from './fresh-database.ts'
import { type SandboxTown, startSandboxTown } from './sandbox-town.ts'

/** Who works in the town; the roles are all that differs. */
export const townspeople = {
  wen: { name: '温秀兰', role: 'registrar' },
  he: { name: '何立群', role: 'registrar' },
  lin: { name: '林书远', role: 'officer' },
  zhao: { name: '赵明诚', role: 'approver' },
  mei: { name: '梅清和', role: 'auditor' },
} as const

export type Townsperson = keyof typeof townspeople

/** A gateway and its registries, each in a process of its own, in a fresh folder. */
export type Town = {
  readonly dir: string
  readonly origin: string
  readonly registries: SandboxTown
  /** The gateway's API as this person sees it. */
  as(person: Townsperson): Desk
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>
  /** Starts the gateway again on the same folder and port; resolves when it serves. */
  rise(): Promise<void>
  /** Starts it again and kills it after so many milliseconds, ready or not. */
  stumble(afterMs: number): Promise<void>
  close(): Promise<void>
}

/** `postgres` is a server on which the town gets a database of its own; without it the embedded engine is used. */
export type TownOptions = { readonly postgres?: string; readonly keepFiles?: boolean }

/**
 * Builds a town: keys, people, gateway, sandbox registries, registrations; the way an operator would, by the commands an
 * operator has. On PostgreSQL the gateway runs as in production, else as in the demo.
 */
export async function buildTown({ postgres, keepFiles = false }: TownOptions = {}): Promise<Town> {
  const database = postgres ? await freshDatabase(postgres) : undefined
  const dir = mkdtempSync(join(tmpdir(), 'writ-town-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATA_DIR: join(dir, 'data'),
    PORT: String(port),
    WRIT_SANDBOXES: 'false',
    WRIT_GATEWAY_ID: 'gw.writ.example',
    WRIT_LOG_LEVEL: 'warn',
    ...(database && { DATABASE_URL: database.url }),
  }
  mkdirSync(environment.DATA_DIR, { recursive: true, mode: 0o700 })
  const writ = (...args: string[]) => runToEnd(['src/cli/writ.ts', ...args], environment)
  if (database) {
    await writ('keys', 'make')
    await writ('user', 'add', 'first', '--name', '首位管理员', '--role', 'system-administrator')
  }
  let gateway = await startGateway(environment)
  const control = async (...args: string[]): Promise<readonly string[]> => {
    const outcome = await askControl(join(environment.DATA_DIR, 'control.sock'), args, dir)
    if (outcome?.exitCode !== 0) throw new Error(`writ ${args.slice(0, 2).join(' ')}: ${outcome?.lines.join(' ')}`)
    return outcome.lines
  }
  const tokens = new Map<Townsperson, string>()
  for (const [person, { name, role }] of Object.entries(townspeople)) {
    if (database) await control('user', 'add', person, '--name', name, '--court', '津0116', '--role', role)
    const [token = ''] = await control('token', person)
    tokens.set(person as Townsperson, token)
  }
  const registries = await startSandboxTown(origin, 'gw.writ.example', dir)
  for (const [at, registration] of registries.registrations.entries()) {
    const path = join(dir, `registry-${at}.json`)
    writeFileSync(path, JSON.stringify(registration))
    await control('registry', 'add', path)
  }
  return {
    dir,
    origin,
    registries,
    as: (person) => deskOf(origin, tokens.get(person) ?? ''),
    kill: async () => {
      const gone = new Promise((resolve) => gateway.once('exit', resolve))
      gateway.kill('SIGKILL')
      await gone
    },
    rise: async () => {
      gateway = await startGateway(environment)
    },
    stumble: async (afterMs) => {
      const child = spawnGateway(environment)
      const gone = new Promise((resolve) => child.once('exit', resolve))
      setTimeout(() => child.kill('SIGKILL'), afterMs)
      await gone
    },
    close: async () => {
      const gone = new Promise((resolve) =>
        gateway.exitCode === null && gateway.signalCode === null ? gateway.once('exit', resolve) : resolve(0),
      )
      gateway.kill('SIGTERM')
      await gone
      await registries.close()
      await database?.drop()
      if (!keepFiles) rmSync(dir, { recursive: true, force: true })
    },
  }
}

function spawnGateway(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts the gateway as `npm start` does and waits until it serves. */
async function startGateway(environment: Record<string, string>): Promise<ChildProcess> {
  const child = spawnGateway(environment)
  const said: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the gateway ended:\n${Buffer.concat(said).toString('utf8')}`)
    const ready = await fetch(`http://127.0.0.1:${environment.PORT}/readyz`).catch(() => undefined)
    if (ready?.ok) return child
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`the gateway was not ready within a minute:\n${Buffer.concat(said).toString('utf8')}`)
}

async function runToEnd(args: readonly string[], environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${Buffer.concat(said).toString('utf8')}`)
}

/** A port nobody has now; the gateway must come back on the same one after a kill. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
