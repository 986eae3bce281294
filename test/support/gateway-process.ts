import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { askControl } from '../../src/cli/control.ts'
import { scriptArgs } from './compiled.ts'
import { layDatabase } from './database.ts'
import { freePort } from './free-port.ts'

/** A gateway as `npm start` runs it, in a process of its own, with no registry beside it. */
export type GatewayProcess = {
  readonly origin: string
  readonly dataDir: string
  /** Everything that it, its earlier selves and its commands have written to standard output and error. */
  said(): string
  /** Starts it, again on the same folder and port; resolves when it serves. */
  rise(): Promise<void>
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>
  /** Starts it and kills it after so many milliseconds, ready or not. */
  stumble(afterMs: number): Promise<void>
  /** SIGTERM: it drains first. */
  stop(): Promise<void>
  /** A `writ` command, by the control socket of the running gateway. Throws when it fails. */
  writ(...args: string[]): Promise<readonly string[]>
  /** A `writ` command as a process of its own, for before the first start. */
  writOffline(...args: string[]): Promise<void>
}

/**
 * Prepares a gateway in this folder; nothing runs before `rise`. `settings` are of its environment: with DATABASE_URL it is
 * a production gateway.
 */
export async function gatewayProcess(
  dir: string,
  gatewayId: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const dataDir = join(dir, 'data')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!settings.DATABASE_URL) await layDatabase(join(dataDir, 'db'))
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATA_DIR: dataDir,
    PORT: String(port),
    WRIT_SANDBOXES: 'false',
    WRIT_GATEWAY_ID: gatewayId,
    WRIT_LOG_LEVEL: 'warn',
    // Production calls no registry on its own machine unless it is told that some are there.
    ...(settings.DATABASE_URL && { WRIT_REGISTRY_NETWORKS: '127.0.0.0/8' }),
    // What is sealed and what is not is played where papers are; elsewhere they only have to be there.
    ...(settings.DATABASE_URL && { WRIT_DOCUMENT_SEALS: 'flagged' }),
    ...settings,
  }
  const all: Started[] = []
  const run = (script: string, ...args: string[]) => {
    const started = start(script, args, env)
    all.push(started)
    return started
  }
  let running: Started | undefined
  return {
    origin,
    dataDir,
    said: () => all.map((started) => started.said()).join('\n'),
    rise: async () => {
      running = run('src/main.ts')
      await served(running, origin)
    },
    kill: () => ended(running, 'SIGKILL'),
    stumble: async (afterMs) => {
      const child = run('src/main.ts')
      await sleep(afterMs)
      await ended(child, 'SIGKILL')
    },
    stop: () => ended(running, 'SIGTERM'),
    writ: async (...args) => {
      const outcome = await askControl(join(dataDir, 'control.sock'), args, { cwd: dir })
      if (outcome?.exitCode !== 0) throw new Error(`writ ${args.slice(0, 2).join(' ')}: ${outcome?.lines.join(' ')}`)
      return outcome.lines
    },
    writOffline: async (...args) => {
      const { child, said } = run('src/cli/writ.ts', ...args)
      const code = await new Promise((resolve) => child.once('exit', resolve))
      if (code !== 0) throw new Error(`writ ${args.slice(0, 2).join(' ')} ended with ${code}: ${said()}`)
    },
  }
}

type Started = { readonly child: ChildProcess; said(): string }

function start(script: string, args: readonly string[], env: Record<string, string>): Started {
  const child = spawn(process.execPath, [...scriptArgs(script), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  return { child, said: () => Buffer.concat(chunks).toString('utf8') }
}

async function served({ child, said }: Started, origin: string): Promise<void> {
  const until = Date.now() + 60_000
  let answer = 'nothing yet'
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    const ready = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(String)
    if (typeof ready !== 'string' && ready.ok) return
    answer = typeof ready === 'string' ? ready : `${ready.status} ${await ready.text()}`
    await sleep(50)
  }
  const end = child.exitCode ?? child.signalCode ?? 'none'
  child.kill('SIGKILL')
  // What a process said last is read after its end.
  await sleep(200)
  throw new Error(`the gateway did not come up (its end: ${end}; /readyz: ${answer}):\n${said()}`)
}

async function ended(running: Started | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!running || running.child.exitCode !== null || running.child.signalCode !== null) return
  const gone = new Promise((resolve) => running.child.once('exit', resolve))
  running.child.kill(signal)
  await gone
}
