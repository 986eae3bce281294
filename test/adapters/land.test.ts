import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { landPull, landPush } from '../../adapters/land/adapter.ts'
import { landUnits, presaleContract, sharesCertificate, unitOwnedBy } from '../../adapters/land/sandbox-world.ts'
import type { Measure, Target } from '../../src/domain/measure.ts'
import { renminbi } from '../../src/domain/money.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import type { DeliveryId, RegistryAdapter } from '../../src/relay/port.ts'
import type { Algorithm } from '../../src/signing/algorithm.ts'
import type { RegisteredKey } from '../../src/signing/key.ts'
import { openTestGateway, type TestGateway } from '../support/desk.ts'
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts'
import { eventually, keepsTheRegistryContract } from './contract.ts'
import { keepsTheMeasures, type MeasureWorld } from './contract-measures.ts'

const bureau: Registry = {
  code: 'land-120116' as RegistryCode,
  name: '滨海新区规划和自然资源局（示范）',
  assetClasses: ['land', 'real-estate', 'equity'],
  measures: ['inquire', 'freeze', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
}

const inquiry: Measure = { kind: 'inquire', kinds: ['land', 'real-estate'] }
const seal = (unitCode: string): Measure => ({
  kind: 'seal',
  targets: [{ asset: { class: 'land', unitCode }, scope: 'whole' }],
  term: { kind: 'months', months: 36 },
})

type LandWorld = MeasureWorld & {
  readonly gateway: TestGateway
  readonly adapter: RegistryAdapter
  bureau: SandboxProcess
  restart(): Promise<void>
}

async function openLandWorld(mode: 'push' | 'pull', algorithm: Algorithm = 'EdDSA'): Promise<LandWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-land-'))
  const gateway = await openTestGateway(bureau, algorithm)
  const dispatcher = new Agent()
  const start = (port: number) =>
    startSandboxProcess('land', {
      port,
      books: join(dir, 'books.json'),
      slowMs: 900,
      taxMs: 60_000,
      code: bureau.code,
      mode,
      algorithm,
      gateway: { origin: gateway.origin, id: gateway.gatewayId },
    })
  const first = await start(0)
  const keys = keysIn(first.ready)
  const { origin } = first
  const { keyring: signer, gatewayId } = gateway
  const adapter = mode === 'push' ? landPush({ origin, dispatcher, signer, gatewayId, keys }) : landPull()
  gateway.connect(adapter, keys)
  const world: LandWorld = {
    gateway,
    adapter,
    bureau: first,
    restart: async () => {
      await world.bureau.kill()
      world.bureau = await start(Number(new URL(world.bureau.origin).port))
    },
    send: ({ subject, measure }) => gateway.send(subject, measure === 'inquire' ? inquiry : seal(unitOwnedBy(subject))),
    order: (measure) => gateway.send('found', measure),
    parentOf: (delivery) => ({ delivery }),
    happens: (path, body) => world.bureau.post(path, body),
    statementsOf: async (delivery) =>
      gateway
        .row(delivery)
        .told.map(({ jti, statement }) => ({ ...statement, jti }))
        .sort((a, b) => a.sequence - b.sequence),
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
  return world
}

function keysIn(ready: Readonly<Record<string, unknown>>): RegisteredKey[] {
  const jwks = ready.keys as { kid: string }[]
  return jwks.map(({ kid, ...jwk }) => ({ kid, jwk, validFrom: new Date(0) }))
}

keepsTheRegistryContract('land, pushed', () => openLandWorld('push'))
keepsTheRegistryContract('land, pulled', () => openLandWorld('pull'))

const unit = (unitCode: string, kind: 'land' | 'real-estate' = 'land'): Target => ({
  asset: { class: kind, unitCode },
  scope: 'whole',
})
const [first, second] = landUnits.pair
keepsTheMeasures(
  'land, pushed',
  {
    speaks: bureau.measures.filter((measure) => measure !== 'freeze'),
    held: [unit(first), unit(second)],
    part: [unit(first)],
    presold: unit(landUnits.early, 'real-estate'),
    sold: unit(landUnits.sold),
  },
  () => openLandWorld('push'),
)

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
      { effect: 'effective', term: { from: '2026-07-01', to: '2029-06-30' } },
    ])
    expect(world.gateway.statements(delivery).map(({ kind }) => kind)).toEqual(['received', 'waiting', 'activated'])
  })

  test('a release ends the seal and says so with a stamped paper', async () => {
    const sealed = await world.gateway.send('found', seal(landUnits.mortgaged))
    await eventually(async () => expect(answer(sealed)).toBe('executed'))
    const released = await world.gateway.send('found', {
      kind: 'release',
      targets: [{ asset: { class: 'land', unitCode: landUnits.mortgaged }, scope: 'whole' }],
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

  test('a presold house is pre-sealed, and sealed when its title is entered', async () => {
    const asset = { class: 'real-estate', presaleContractNo: presaleContract } as const
    const term = { kind: 'months', months: 36 } as const
    const delivery = await world.gateway.send('found', { kind: 'pre-seal', targets: [{ asset, scope: 'whole' }], term })
    await eventually(async () => expect(answer(delivery)).toBe('executed'))
    await world.bureau.post('/sandbox/convert', { unit: landUnits.presold })
    await eventually(async () => expect(world.gateway.statements(delivery).at(-1)?.kind).toBe('converted'))
    expect(world.gateway.standing(delivery).targets).toHaveLength(1)
  })

  test('shares are frozen by their quantity, in the queue and for as long as any other right', async () => {
    const asset = { class: 'equity', certNo: sharesCertificate } as const
    const targets: Target[] = [{ asset, scope: 'share', quantity: '30%' }]
    const found = await world.gateway.send('found', { kind: 'inquire', kinds: ['equity'] })
    await eventually(async () => expect(answer(found)).toBe('executed'))
    expect(world.gateway.standing(found).holdings).toMatchObject([{ asset, encumbrances: [] }])
    const term = { kind: 'months', months: 36 } as const
    const frozen = await world.gateway.send('found', { kind: 'freeze', targets, currency: renminbi, term })
    await eventually(async () => expect(answer(frozen)).toBe('executed'))
    expect(world.gateway.standing(frozen).targets).toMatchObject([{ effect: 'effective', quantity: '30%' }])
    const behind = await world.gateway.send('found', { kind: 'freeze', targets, currency: renminbi, term })
    await eventually(async () => expect(answer(behind)).toBe('waiting'))
    expect(world.gateway.standing(behind).targets).toMatchObject([{ encumbrances: [{ kind: 'freeze' }] }])
    const parent = { delivery: frozen }
    const released = await world.gateway.send('found', { kind: 'release', targets, parent, ground: 'paid' })
    await eventually(async () => expect(answer(released)).toBe('executed'))
    await eventually(async () => expect(answer(behind)).toBe('executed'))
    const sealed = await world.gateway.send('found', { kind: 'seal', targets, term })
    await eventually(async () => expect(answer(sealed)).toBe('refused'))
  })

  test('a seal that runs out is told as ended, and what waits takes its place', async () => {
    const asset = { class: 'land', unitCode: landUnits.pair[0] } as const
    const sealed = await world.gateway.send('found', seal(asset.unitCode))
    await eventually(async () => expect(answer(sealed)).toBe('executed'))
    const behind = await world.gateway.send('found', seal(asset.unitCode))
    await eventually(async () => expect(answer(behind)).toBe('waiting'))
    const [held] = world.gateway.standing(sealed).targets
    const end = `${held?.term?.to}T23:59:59+08:00`
    await world.bureau.post('/sandbox/expire', {
      unit: asset.unitCode,
      at: new Date(Date.parse(end) + 1000).toISOString(),
    })
    await eventually(async () => expect(answer(sealed)).toBe('ended'))
    expect(world.gateway.standing(sealed).targets).toMatchObject([{ effect: 'ended', endedBy: 'expired' }])
    await eventually(async () => expect(answer(behind)).toBe('executed'))
  })

  test('a delivery taken back before its effect never has one', async () => {
    const delivery = await world.gateway.send('tomorrow', seal(unitOwnedBy('tomorrow')))
    await eventually(async () => expect(answer(delivery)).toBe('received'))
    const { outgoing } = world.gateway.row(delivery)
    const adapter = world.adapter
    if (adapter.kind !== 'push') throw new Error('this world is pushed')
    const status = await adapter.status(outgoing, AbortSignal.timeout(3000))
    expect(status).toMatchObject({ kind: 'known' })
    const handover = await adapter.withdraw(outgoing, '申请人撤回', AbortSignal.timeout(3000))
    const parsed = handover.kind === 'answered' && (await adapter.parse(handover.message, outgoing, new Date()))
    expect(parsed).toMatchObject({ kind: 'proved', statement: { kind: 'returned', reason: { code: 'withdrawn' } } })
    expect(await world.bureau.effects(delivery)).toEqual([])
    const stranger = { ...outgoing, id: '0197336e-0000-7000-8000-000000000009' as DeliveryId }
    expect(await adapter.status(stranger, AbortSignal.timeout(3000))).toEqual({ kind: 'not-known' })
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
    const delivery = await world.gateway.send('found', seal(landUnits.clean), 'swapped papers')
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

describe('court and bureau with SM2 keys', () => {
  let world: LandWorld
  beforeAll(async () => {
    world = await openLandWorld('push', 'SM2-SM3')
  })
  afterAll(() => world.close())

  test('carry a seal from request to stamped receipt, every word of it signed with SM2', async () => {
    const delivery = await world.gateway.send('found', seal(landUnits.clean))
    await eventually(async () => expect(world.gateway.standing(delivery).answer).toBe('executed'))
    const { outgoing, told } = world.gateway.row(delivery)
    const algorithmIn = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()).alg
    expect(algorithmIn(outgoing.jws)).toBe('SM2-SM3')
    expect(told.map(({ grade, receipt }) => [grade, algorithmIn(receipt)])).toEqual([
      ['A', 'SM2-SM3'],
      ['A', 'SM2-SM3'],
    ])
    if (world.adapter.kind !== 'push') throw new Error('this world is pushed')
    expect(await world.adapter.status(outgoing, AbortSignal.timeout(3000))).toMatchObject({ kind: 'known' })
  })

  test('a bureau that signs with another SM2 key is not believed', async () => {
    const delivery = await world.gateway.send('wrong-key', inquiry)
    await eventually(async () => expect(world.gateway.row(delivery).refused).toContain('statement-signature'))
    expect(world.gateway.standing(delivery).answer).toBe('silent')
  })
})
