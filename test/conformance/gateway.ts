import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askControl } from '../../src/cli/control.ts'
import type { RegistrationFile } from '../../src/gateway/registration.ts'
import { type Keyring, openKeyring } from '../../src/signing/keyring.ts'
import { type Desk, deskOf } from '../support/desk-client.ts'

/** The court whose people sit at the gateway of the suite. */
export const court = '津0116'

export type Person = 'wen' | 'he' | 'lin' | 'zhao'

/** A gateway as `npm start` runs it, with no registry beside it, in a folder of its own. */
export type Gateway = {
  readonly origin: string
  as(person: Person): Desk
  /** The keys it signs with: a court's own hand, for what no gateway would ever send. */
  readonly keyring: Keyring
  register(registration: RegistrationFile): Promise<void>
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>
  /** Starts it again on the same folder and port; resolves when it serves. */
  rise(): Promise<void>
  close(): Promise<void>
}

/** Starts a gateway that calls itself `id`. */
export async function startGateway(id: string): Promise<Gateway> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-conformance-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const data = join(dir, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATA_DIR: data,
    PORT: String(port),
    WRIT_SANDBOXES: 'false',
    WRIT_GATEWAY_ID: id,
    WRIT_LOG_LEVEL: 'warn',
  }
  let child = await started(environment, origin)
  const control = async (...args: string[]): Promise<readonly string[]> => {
    const outcome = await askControl(join(data, 'control.sock'), args, dir)
    if (outcome?.exitCode !== 0) throw new Error(`writ ${args.slice(0, 2).join(' ')}: ${outcome?.lines.join(' ')}`)
    return outcome.lines
  }
  const tokens = new Map<Person, string>()
  for (const person of ['wen', 'he', 'lin', 'zhao'] as const) {
    const [token = ''] = await control('token', person)
    tokens.set(person, token)
  }
  return {
    origin,
    as: (person) => deskOf(origin, tokens.get(person) ?? ''),
    keyring: await openKeyring(join(data, 'keys'), { courts: [court], create: false }),
    register: async (registration) => {
      const path = join(dir, 'registry.json')
      writeFileSync(path, JSON.stringify(registration))
      await control('registry', 'add', path)
    },
    kill: () => ended(child, 'SIGKILL'),
    rise: async () => {
      child = await started(environment, origin)
    },
    close: async () => {
      await ended(child, 'SIGTERM')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function started(environment: Record<string, string>, origin: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const until = Date.now() + 60_000
  while (Date.now() < until && child.exitCode === null) {
    const ready = await fetch(`${origin}/readyz`).catch(() => undefined)
    if (ready?.ok) return child
    await sleep(50)
  }
  child.kill('SIGKILL')
  throw new Error(`the gateway did not come up:\n${Buffer.concat(said).toString('utf8')}`)
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
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
