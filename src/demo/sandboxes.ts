import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { algorithmNames } from '../signing/algorithm.ts'

const jwk = z.looseObject({ kid: z.string(), kty: z.string(), alg: z.enum(algorithmNames) })

const person = z.object({
  name: z.string(),
  idNumber: z.string(),
  misbehaviour: z.string().optional(),
  means: z.string().optional(),
})

const readyLine = z.looseObject({
  ready: z.literal(true),
  origin: z.url(),
  keys: z.array(jwk).optional(),
  people: z.array(person).optional(),
})

/** What a sandbox says when it is up: where it listens, and its public keys when it signs. */
export type Ready = z.infer<typeof readyLine>

export type SandboxProcess = { readonly ready: Ready; stop(): Promise<void> }

/**
 * Starts a sandbox registry in a process of its own. Its options go in by standard input, so that keys and passwords
 * never show in the list of processes; it ends when this process ends, however that happens. `run` is what `node` is
 * handed to run it.
 */
export function startSandboxProcess(
  adapter: string,
  options: object,
  run: readonly string[] = besideThis(adapter),
): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [...run, '-'], { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] })
  child.stdin?.end(JSON.stringify(options))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the ${adapter} sandbox ended with ${code} before it was ready`)))
    child.once('error', reject)
    const { stdout } = child
    if (!stdout) return
    createInterface({ input: stdout }).on('line', (line) => {
      const ready = readyLine.safeParse(parsed(line))
      if (ready.success) resolve({ ready: ready.data, stop: () => stop(child) })
    })
  })
}

/** The sandbox as this program itself is run: compiled, or by tsx. */
function besideThis(adapter: string): readonly string[] {
  const here = fileURLToPath(import.meta.url)
  const isCompiled = here.endsWith('.js')
  const script = findUpwards(dirname(here), join('adapters', adapter, `sandbox${isCompiled ? '.js' : '.ts'}`))
  return isCompiled ? [script] : ['--import', 'tsx', script]
}

/** Walking up: compiled, this module may lie in one file with others. */
function findUpwards(from: string, path: string): string {
  const found = join(from, path)
  if (existsSync(found)) return found
  const above = dirname(from)
  if (above === from) throw new Error(`${path} is not beside the program`)
  return findUpwards(above, path)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(late)
}
