import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { isByPeople } from '../domain/by-people.ts'
import { operator } from '../domain/person.ts'
import { isRefusal } from '../domain/refusal.ts'
import type { Directory } from '../gateway/directory.ts'
import { registerPartner } from '../gateway/partners/register.ts'
import type { Parts } from '../gateway/parts.ts'
import type { AccountReads } from '../gateway/ports/accounts.ts'
import type { People } from '../gateway/ports/roster.ts'
import { type RegistrationFile, readRegistration } from '../gateway/registration.ts'
import { seedFirstCase } from './first-case.ts'
import { demoPasswords } from './passwords.ts'
import { demoPeople } from './people.ts'
import { type RegistrySecrets, stagedRegistries, withoutSystem } from './registries.ts'
import { type Ready, startSandboxProcess } from './sandboxes.ts'
import type { SealOffice } from './seal-office.ts'
import { welcome } from './welcome.ts'

type Stage = {
  readonly config: Config
  readonly parts: Parts
  readonly opened: { readonly people: People; readonly accounts: AccountReads }
  readonly directory: Directory
  readonly origin: string
  readonly sealOffice: SealOffice
}

/** `people`: whom the sandboxes know, and how each makes them misbehave. */
export type Demo = { readonly people: NonNullable<Ready['people']>; stop(): Promise<void> }

/**
 * Dresses the stage of the demo: fictional people, sandbox registries in processes of their own, one case ready for a
 * first inquiry. Prints how to begin.
 */
export async function openDemo({ config, parts, opened, directory, origin, sealOffice }: Stage): Promise<Demo> {
  if (!config.sandboxes) return { people: [], stop: async () => {} }
  const dir = join(config.dataDir, 'sandbox')
  const { gatewayId, signing } = config
  const registries = stagedRegistries({
    origin,
    gatewayId,
    dir,
    secrets: readSecrets(dir),
    algorithm: signing.algorithm,
  })
  const running = await Promise.all(registries.map(({ adapter, options }) => startSandboxProcess(adapter, options)))
  for (const [at, sandbox] of running.entries())
    for (const file of registries[at]?.register(sandbox.ready) ?? []) await stage(parts, file)
  for (const file of withoutSystem) await stage(parts, file)
  await directory.refresh()
  // People answer in days: a first inquiry that waits for its answers goes to those who have a system.
  const prompt = directory.codes().filter((code) => !isByPeople(parts.counter(code)?.registered.mode ?? ''))
  const first = await seedFirstCase(parts, { ...opened, sealOffice }, join(config.dataDir, 'demo'), prompt)
  process.stdout.write(
    welcome(
      origin,
      first,
      directory.codes().flatMap((code) => parts.counter(code)?.registry ?? []),
      await printed(opened, config.dataDir, parts.clock()),
    ),
  )
  return {
    people: running.find(({ ready }) => ready.people)?.ready.people ?? [],
    stop: async () => {
      await Promise.all(running.map((sandbox) => sandbox.stop()))
    },
  }
}

/** The printed passwords, of those who have not chosen one of their own meanwhile. */
async function printed({ people, accounts }: Stage['opened'], dataDir: string, now: Date) {
  const still = await Promise.all(
    demoPeople.map(async ({ username }) => {
      const person = await people.byUsername(username, now)
      return person && (await accounts.account(person.id))?.printed ? username : []
    }),
  )
  return demoPasswords(dataDir, still.flat())
}

/** What a person would have to let in elsewhere is live here at once. */
async function stage(parts: Parts, file: RegistrationFile): Promise<void> {
  const registration = await readRegistration(file, parts.clock(), true)
  const staged = await registerPartner(parts, operator, registration, { live: true, addressRule: () => undefined })
  if (isRefusal(staged)) throw new Error(`the sandbox ${file.code} was refused: ${staged.code}`)
}

/** The sandbox registries keep their passwords from one start to the next, as real ones would. */
function readSecrets(dir: string): RegistrySecrets {
  const path = join(dir, 'secrets.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const secrets: RegistrySecrets = {
    centre: randomBytes(18).toString('base64url'),
    bank: randomBytes(18).toString('base64url'),
  }
  writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}
