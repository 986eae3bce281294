import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { landPull, landPush } from '../../adapters/land/adapter.ts'
import { landUnits, unitOwnedBy } from '../../adapters/land/world.ts'
import type { Measure } from '../../src/domain/measure.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import type { RegisteredKey } from '../../src/signing/key.ts'
import { openTestGateway, type TestGateway } from '../support/desk.ts'
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts'
import { eventually, keepsTheRegistryContract, type World } from './contract.ts'

const bureau: Registry = {
  code: 'land-120116' as RegistryCode,
  name: '滨海新区规划和自然资源局（示范）',
  assetClasses: ['land', 'real-estate'],
  measures: ['inquire', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
}

const inquiry: Measure = { kind: 'inquire', kinds: ['land', 'real-estate'] }
const seal = (unitCode: string): Measure => ({
  kind: 'seal',
  targets: [{ asset: { class: 'real-estate', unitCode }, scope: 'whole' }],
  term: { kind: 'months', months: 36 },
})

type LandWorld = World & { readonly gateway: TestGateway; bureau: SandboxProcess; restart(): Promise<void> }

async function openLandWorld(mode: 'push' | 'pull'): Promise<LandWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-land-'))
  const gateway = await openTestGateway(bureau)
  const dispatcher = new Agent()
  const start = (port: number) =>
    startSandboxProcess('land', {
      port,
      books: join(dir, 'books.json'),
      slowMs: 900,
      code: bureau.code,
      mode,
      gateway: { origin: gateway.origin, id: gateway.gatewayId },
    })
  const world: LandWorld = {
    gateway,
    bureau: await start(0),
    restart: async () => {
      await world.bureau.kill()
      world.bureau = await start(Number(new URL(world.bureau.origin).port))
    },
    send: ({ subject, measure }) => gateway.send(subject, measure === 'inquire' ? inquiry : seal(unitOwnedBy(subject))),
    statementsOf: async (delivery) => gateway.row(delivery).told.map(({ jti, statement }) => ({ ...statement, jti })),
    standingOf: async (delivery) => gateway.standing(delivery),
    refusedOf: async (delivery) => gateway.row(delivery).refused,
    effectsAtRegistry: (delivery) => world.bureau.effects(delivery),
    close: async () => {
      await world.bureau.kill()
      await gateway.close()
      await dispatcher.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  const keys = keysIn(world.bureau.ready)
  const { origin } = world.bureau
  const { keyring: signer, gatewayId } = gateway
  gateway.connect(mode === 'push' ? landPush({ origin, dispatcher, signer, gatewayId, keys }) : landPull(), keys)
  return world
}

function keysIn(ready: Readonly<Record<string, unknown>>): RegisteredKey[] {
  const jwks = ready.keys as { kid: string }[]
  return jwks.map(({ kid, ...jwk }) => ({ kid, jwk, validFrom: new Date(0) }))
}

keepsTheRegistryContract('land, pushed', () => openLandWorld('push'))
keepsTheRegistryContract('land, pulled', () => openLandWorld('pull'))

describe('the land bureau', () => {
  let world: LandWorld
  beforeAll(async () => {
    world = await openLandWorld('push')
  })
  afterAll(() => world.close())
  const answer = (delivery: string) => world.gateway.standing(delivery).answer

  test('a seal behind another court waits, and holds when that court lets go', async () => {
    const delivery = await world.gateway.send('found', seal(landUnits.sealed))
    await eventually(async () => expect(answer(delivery)).toBe('waiting'))
    const [waiting] = world.gateway.standing(delivery).targets
    expect(waiting).toMatchObject({ effect: 'waiting', queuePlace: 1 })
    expect(waiting?.term).toBeUndefined()
    await world.bureau.post('/sandbox/release-prior', { unit: landUnits.sealed, at: '2026-07-01T10:00:00+08:00' })
    await eventually(async () => expect(answer(delivery)).toBe('executed'))
    expect(world.gateway.standing(delivery).targets).toMatchObject([
      { effect: 'effective', term: { from: '2026-07-01', to: '2029-07-01' } },
    ])
    expect(world.gateway.statements(delivery).map(({ kind }) => kind)).toEqual(['received', 'waiting', 'activated'])
  })

  test('a release ends the seal and says so with a stamped paper', async () => {
    const sealed = await world.gateway.send('found', seal(landUnits.mortgaged))
    await eventually(async () => expect(answer(sealed)).toBe('executed'))
    const released = await world.gateway.send('found', {
      kind: 'release',
      targets: [{ asset: { class: 'real-estate', unitCode: landUnits.mortgaged }, scope: 'whole' }],
      parent: { delivery: sealed },
      ground: 'paid',
    })
    await eventually(async () => expect(answer(released)).toBe('executed'))
    expect(world.gateway.standing(released).targets).toMatchObject([{ effect: 'ended', endedBy: 'released' }])
    const [paper] = [...world.gateway.row(released).sealedReceipts.values()]
    expect(
      Buffer.from(paper?.bytes ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(world.gateway.statements(released).at(-1)?.sealedReceipt?.length).toBe(paper?.bytes.length)
  })

  test('a refusal is an answer with its reason', async () => {
    const delivery = await world.gateway.send('refuses', seal(unitOwnedBy('refuses')))
    await eventually(async () => expect(answer(delivery)).toBe('refused'))
    expect(world.gateway.statements(delivery).at(-1)?.reason?.code).toBe('not-our-area')
    expect(await world.bureau.effects(delivery)).toEqual([])
  })

  test.for([
    ['malformed', 'statement-malformed'],
    ['wrong-key', 'statement-signature'],
    ['lies-about-digest', 'statement-digest'],
    ['wrong-reference', 'statement-other-delivery'],
  ] as const)('the answer of %s is quarantined as %s', async ([subject, code]) => {
    const delivery = await world.gateway.send(subject, inquiry)
    await eventually(async () => expect(world.gateway.row(delivery).refused).toContain(code))
    expect(answer(delivery)).toBe('silent')
  })

  test('a request whose paper is not the paper it names is refused', async () => {
    const delivery = await world.gateway.send('found', seal(landUnits.presold), 'swapped papers')
    await eventually(async () => expect(answer(delivery)).toBe('refused'))
    expect(world.gateway.statements(delivery).at(-1)?.reason?.code).toBe('document-mismatch')
  })

  test('a killed bureau remembers: the same delivery again has no second effect', async () => {
    const delivery = await world.gateway.send('found', seal(landUnits.clean))
    await eventually(async () => expect(answer(delivery)).toBe('executed'))
    await world.restart()
    const { outgoing } = world.gateway.row(delivery)
    const again = await fetch(`${world.bureau.origin}/requests`, { method: 'POST', body: outgoing.jws })
    expect(again.status).toBe(200)
    expect(await world.bureau.effects(delivery)).toHaveLength(1)
  })
})
