import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RegistrationFile } from '../../src/gateway/registration.ts'
import { type Keyring, openKeyring } from '../../src/signing/keyring.ts'
import { type Desk, deskOf } from '../support/desk-client.ts'
import { type GatewayProcess, gatewayProcess } from '../support/gateway-process.ts'

/** The court whose people sit at the gateway of the suite. */
export const court = '津0116'

/** Another court on the same gateway, with a key of its own, and no business of the first one's. */
export const otherCourt = '津0102'

export type Person = 'wen' | 'he' | 'lin' | 'zhao' | 'sun'

/** A gateway with no registry beside it, in a folder of its own. */
export type Gateway = Pick<GatewayProcess, 'origin' | 'kill' | 'rise'> & {
  as(person: Person): Desk
  /** The keys it signs with: a court's own hand, for what no gateway would ever send. */
  readonly keyring: Keyring
  register(registration: RegistrationFile): Promise<void>
  close(): Promise<void>
}

/** Starts a gateway that calls itself `id`. */
export async function startGateway(id: string): Promise<Gateway> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-conformance-'))
  const courts = [court, otherCourt]
  const gateway = await gatewayProcess(dir, id, { WRIT_COURTS: courts.join() })
  await gateway.rise()
  const tokens = new Map<Person, string>()
  for (const person of ['wen', 'he', 'lin', 'zhao', 'sun'] as const) {
    const [token = ''] = await gateway.writ('token', person)
    tokens.set(person, token)
  }
  return {
    ...gateway,
    as: (person) => deskOf(gateway.origin, tokens.get(person) ?? ''),
    keyring: await openKeyring(join(gateway.dataDir, 'keys'), { courts, create: false }),
    register: async (registration) => {
      const path = join(dir, 'registry.json')
      writeFileSync(path, JSON.stringify(registration))
      await gateway.writ('partner', 'add', path)
    },
    close: async () => {
      await gateway.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
