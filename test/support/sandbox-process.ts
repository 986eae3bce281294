import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { scriptArgs } from './compiled.ts'

/** A sandbox registry in a process of its own. */
export type SandboxProcess = {
  readonly origin: string
  /** Its whole ready line: port, origin, and what else it introduces itself with. */
  readonly ready: Readonly<Record<string, unknown>>
  effects(delivery: string): Promise<readonly string[]>
  post(path: string, body: unknown): Promise<unknown>
  /** SIGKILL: no goodbye, no flush. */
  kill(): Promise<void>
}

/** Starts `adapters/<dialect>/sandbox.ts` with these options on its standard input and waits for its ready line. */
export async function startSandboxProcess(dialect: string, options: unknown): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [...scriptArgs(`adapters/${dialect}/sandbox.ts`), '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.stdin.end(JSON.stringify(options))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the ${dialect} sandbox ended at once with ${code}`)))
  })
  const ready: Record<string, unknown> = JSON.parse(line)
  const origin = String(ready.origin)
  return {
    origin,
    ready,
    effects: async (delivery) => {
      const books: { effects: Record<string, string[]> } = JSON.parse(
        await (await fetch(`${origin}/sandbox/books`)).text(),
      )
      return books.effects[delivery] ?? []
    },
    post: async (path, body) =>
      (await fetch(`${origin}${path}`, { method: 'POST', body: JSON.stringify(body) })).json(),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
