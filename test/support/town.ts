import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealOfficeFor } from '../../src/demo/seal-office.ts'
import { type Desk, deskOf } from './desk-client.ts'
import { firstSignIn } from './first-sign-in.ts'
import { freshDatabase } from './fresh-database.ts'
import { type GatewayProcess, gatewayProcess } from './gateway-process.ts'
import { onboard } from './onboarding.ts'
import { type SandboxTown, startSandboxTown } from './sandbox-town.ts'

/** Who works in the town; the roles are all that differs. */
const townspeople = {
  wen: { name: '温秀兰', role: 'registrar' },
  he: { name: '何立群', role: 'registrar' },
  lin: { name: '林书远', role: 'officer' },
  zhao: { name: '赵明诚', role: 'approver' },
  sun: { name: '孙正明', role: 'approver' },
  mei: { name: '梅清和', role: 'auditor' },
} as const

type Townsperson = keyof typeof townspeople

/** A gateway and its registries, each in a process of its own, in a fresh folder. */
export type Town = Omit<GatewayProcess, 'writOffline'> & {
  readonly dir: string
  readonly registries: SandboxTown
  /** Where its database is, on PostgreSQL. */
  readonly databaseUrl?: string
  /** A paper as the court of the town seals it; its CA is the one the gateway believes. */
  seal(line: string): Uint8Array
  /** The gateway's API as this person sees it. */
  as(person: Townsperson): Desk
  token(person: Townsperson): string
  /** A security administrator's token; empty in a demo, where registries are live at once. */
  readonly securityToken: string
  /** Signs in somebody who is registered, the way this town does it. */
  signIn(username: string): Promise<string>
  close(): Promise<void>
}

/**
 * `postgres` is a server on which the town gets a database of its own; without it the embedded engine is used. `rateScale`
 * is for a town where one person asks as fast as a machine can.
 */
export type TownOptions = {
  readonly postgres?: string
  readonly keepFiles?: boolean
  readonly rateScale?: number
  readonly settings?: Readonly<Record<string, string>>
}

const gatewayId = 'gw.writ.example'

/**
 * Builds a town: keys, people, gateway, sandbox registries, registrations; the way an operator would, by the commands an
 * operator has. On PostgreSQL the gateway runs as in production, else as in the demo.
 */
export async function buildTown({
  postgres,
  keepFiles = false,
  rateScale = 1,
  settings,
}: TownOptions = {}): Promise<Town> {
  const database = postgres ? await freshDatabase(postgres) : undefined
  const dir = mkdtempSync(join(tmpdir(), 'writ-town-'))
  const seals = sealOfficeFor('某某市某某区人民法院')
  // The second factor of approvers is played where signing in is; here five people only have to come in.
  const gateway = await gatewayProcess(dir, gatewayId, {
    WRIT_RATE_SCALE: String(rateScale),
    WRIT_SEAL_CA: seals.ca,
    ...(database && { WRIT_DOCUMENT_SEALS: 'required' }),
    ...settings,
    ...(database && { DATABASE_URL: database.url, WRIT_SECOND_FACTOR: 'none' }),
  })
  if (database) {
    await gateway.writOffline('keys', 'make')
    await gateway.writOffline('user', 'add', 'first', '--name', '首位管理员', '--role', 'system-administrator')
    await gateway.writOffline('user', 'password', 'first')
  }
  await gateway.rise()
  const tokens = new Map<string, string>()
  // Of a demo there is nobody who lets registries in: there they are live at once.
  if (database) await gateway.writ('user', 'add', 'an', '--name', '安然', '--role', 'security-administrator')
  if (database) tokens.set('an', await firstSignIn(gateway, 'an'))
  for (const [person, { name, role }] of Object.entries(townspeople)) {
    if (database) await gateway.writ('user', 'add', person, '--name', name, '--court', '津0116', '--role', role)
    tokens.set(person, database ? await firstSignIn(gateway, person) : await tokenOf(gateway, person))
  }
  const registries = await startSandboxTown(gateway.origin, gatewayId, dir)
  const token = tokens.get('an') ?? ''
  for (const [at, registration] of registries.registrations.entries()) {
    const path = join(dir, `registry-${at}.json`)
    writeFileSync(path, JSON.stringify(registration))
    if (database) await onboard(registration, { gateway, registries, dir, token })
    else await gateway.writ('partner', 'add', path)
  }
  return {
    ...gateway,
    dir,
    registries,
    seal: (line) => seals.seal(line, new Date()),
    ...(database && { databaseUrl: database.url }),
    as: (person) => deskOf(gateway.origin, tokens.get(person) ?? ''),
    token: (person) => tokens.get(person) ?? '',
    securityToken: token,
    signIn: (username) => (database ? firstSignIn(gateway, username) : tokenOf(gateway, username)),
    close: async () => {
      await gateway.stop()
      await registries.close()
      await database?.drop()
      if (!keepFiles) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** In the demo whoever runs the machine may sign anybody in. */
async function tokenOf(gateway: GatewayProcess, person: string): Promise<string> {
  const [token = ''] = await gateway.writ('token', person)
  return token
}
