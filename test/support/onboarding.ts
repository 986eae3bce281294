import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { protocols } from '../../src/gateway/partners/conform.ts'
import type { RegistrationFile } from '../../src/gateway/registration.ts'
import { deskOf } from './desk-client.ts'
import type { GatewayProcess } from './gateway-process.ts'
import type { SandboxTown } from './sandbox-town.ts'

type Onboarding = {
  readonly gateway: GatewayProcess
  readonly registries: SandboxTown
  readonly dir: string
  /** A security administrator's token. */
  readonly token: string
}

/** Lets a registry in the way a court would: registered, proved by itself, tested, and allowed by a second person. */
export async function onboard(registration: RegistrationFile, { gateway, registries, dir, token }: Onboarding) {
  const { code, adapter } = registration
  const put = (name: string, value: unknown): string => {
    const path = join(dir, `${code}-${name}.json`)
    writeFileSync(path, JSON.stringify(value))
    return path
  }
  const added = await gateway.writ('partner', 'add', put('registration', registration))
  const keys = keysToProve(added)
  for (const { kid, nonce } of keys) await registries.happens('land', '/sandbox/key', { kid, nonce })
  // Who signs in proves itself by coming, and the sandboxes come by themselves.
  await until(async () => (await gateway.writ('partner', 'show', code))[0]?.includes('possession-proved') ?? false)
  const kids = keys.map(({ kid }) => kid)
  await gateway.writ('partner', 'conformance', code, put('report', reportOf(code, adapter, kids)))
  const [asked = ''] = await gateway.writ('partner', 'admit', code)
  await deskOf(gateway.origin, token).post(`/admin/v1/consents/${asked.split('/').at(-1)}`, { decision: 'allowed' })
}

const reportOf = (registry: string, adapter: string, keys: readonly string[]) => ({
  protocol: protocols[adapter],
  registry,
  keys,
  at: new Date().toISOString(),
  results: [{ title: 'played by the suite of this adapter', outcome: 'ok' }],
})

/** Lets in a land registry that has proved its one key: its report, and a second person's word. */
export async function letIn(
  town: Pick<GatewayProcess, 'writ' | 'origin'> & Letting,
  code: string,
  kid: string,
): Promise<void> {
  const path = join(town.dir, `${code}-report.json`)
  writeFileSync(path, JSON.stringify(reportOf(code, 'land', [kid])))
  await town.writ('partner', 'conformance', code, path)
  const [asked = ''] = await town.writ('partner', 'admit', code)
  await deskOf(town.origin, town.securityToken).post(`/admin/v1/consents/${asked.split('/').at(-1)}`, {
    decision: 'allowed',
  })
}

type Letting = { readonly dir: string; readonly securityToken: string }

/** What `writ partner add` and `key add` print of a key that has yet to be proved. */
export function keysToProve(lines: readonly string[]): readonly { readonly kid: string; readonly nonce: string }[] {
  return lines.flatMap((line) => {
    const [, kid, nonce] = /^key\t(\S+)\tnonce (\S+)/.exec(line) ?? []
    return kid && nonce ? [{ kid, nonce }] : []
  })
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('a registry has not proved itself within 30 s')
    await sleep(100)
  }
}
