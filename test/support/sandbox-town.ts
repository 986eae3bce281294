import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { demoCodes, stagedRegistries } from '../../src/demo/registries.ts'
import { type SandboxProcess, startSandboxProcess } from '../../src/demo/sandboxes.ts'
import type { RegistrationFile } from '../../src/gateway/registration.ts'
import { scriptArgs } from './compiled.ts'

/** The registries' side of a town: their processes, and what is in their books. */
export type SandboxTown = {
  readonly registrations: readonly RegistrationFile[]
  /** Every effect each registry has noted, by its own name for the delivery. */
  effects(): Promise<ReadonlyMap<string, readonly string[]>>
  /** Tells a registry something that happens there without us: another court releases its seal. */
  happens<Told = unknown>(at: 'land' | 'real-estate' | 'bank', path: string, body: object): Promise<Told>
  close(): Promise<void>
}

export { demoCodes }

/** Starts the land bureau, the registration centre and the banks, each in its own process with its own books. */
export async function startSandboxTown(origin: string, gatewayId: string, dir: string): Promise<SandboxTown> {
  const books = join(dir, 'sandbox')
  mkdirSync(books, { recursive: true })
  const secrets = { centre: 'the centre comes for its own', bank: 'the banks come for their own' }
  const processes = new Map<string, SandboxProcess>()
  const registrations: RegistrationFile[] = []
  const staged = stagedRegistries({ origin, gatewayId, dir: books, secrets })
  const started = await Promise.all(
    staged.map(({ adapter, options }) =>
      startSandboxProcess(adapter, options, scriptArgs(`adapters/${adapter}/sandbox.ts`)),
    ),
  )
  for (const [at, sandbox] of started.entries()) {
    processes.set(staged[at]?.adapter ?? '', sandbox)
    registrations.push(...(staged[at]?.register(sandbox.ready) ?? []))
  }
  return {
    registrations,
    effects: async () => {
      const effects = new Map<string, readonly string[]>()
      for (const { ready } of processes.values()) {
        const told = (await (await fetch(`${ready.origin}/sandbox/books`)).json()) as {
          effects: Record<string, string[]>
        }
        for (const [reference, done] of Object.entries(told.effects)) effects.set(reference, done)
      }
      return effects
    },
    happens: async <Told>(at: string, path: string, body: object) => {
      const response = await fetch(`${processes.get(at)?.ready.origin}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${at} ${path}: ${response.status} ${text}`)
      return JSON.parse(text) as Told
    },
    close: async () => {
      await Promise.all([...processes.values()].map((sandbox) => sandbox.stop()))
    },
  }
}
