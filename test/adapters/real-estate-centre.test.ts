import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realEstate } from '../../adapters/real-estate/adapter.ts'
import { centreUnits } from '../../adapters/real-estate/sandbox-books.ts'
import type { Asset } from '../../src/domain/asset.ts'
import { addDays, addYears, type BeijingDate, toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { Measure, Target } from '../../src/domain/measure.ts'
import type { Registry, RegistryCode } from '../../src/domain/registry.ts'
import { openTestGateway, type TestGateway } from '../support/desk.ts'
import { type SandboxProcess, startSandboxProcess } from '../support/sandbox-process.ts'
import { type Asked, eventually, keepsTheRegistryContract } from './contract.ts'
import { keepsTheMeasures, type MeasureWorld } from './contract-measures.ts'

const registry: Registry = {
  code: 'bdc-120116' as RegistryCode,
  name: '滨海新区不动产登记中心',
  assetClasses: ['land', 'real-estate'],
  measures: ['inquire', 'seal', 'pre-seal', 'extend', 'release', 'convey'],
}

const inquire: Measure = { kind: 'inquire', kinds: ['land', 'real-estate'] }
const term = { kind: 'dates', from: '2026-06-03' as BeijingDate, to: '2029-06-02' as BeijingDate } as const
const seal = (...assets: Asset[]): Measure => ({
  kind: 'seal',
  term,
  targets: assets.map((asset) => ({ asset, scope: 'whole' })),
})

type Town = { readonly gateway: TestGateway; centre: SandboxProcess; revive(): Promise<void>; close(): Promise<void> }

async function openTown(): Promise<Town> {
  const dir = mkdtempSync(join(tmpdir(), 'writ-centre-'))
  const gateway = await openTestGateway(registry)
  gateway.connect(realEstate({ area: '120116', onFault: (fault) => console.error(fault) }))
  const options = {
    books: join(dir, 'books.json'),
    gateway: gateway.origin,
    registry: registry.code,
    ...gateway.credential,
    pollMs: 50,
    registerMs: 150,
    slowMs: 1000,
    awayMs: 800,
    taxMs: 60_000,
  }
  const start = () => startSandboxProcess('real-estate', options)
  const close = async () => {
    await town.centre.kill()
    await gateway.close()
    rmSync(dir, { recursive: true, force: true })
  }
  const revive = async () => {
    town.centre = await start()
  }
  const town: Town = { gateway, centre: await start(), revive, close }
  return town
}

/** The magic people each own one house, found under their own name. */
async function openWorld(): Promise<MeasureWorld> {
  const { gateway, centre, close } = await openTown()
  const houses = ['found', 'slow', 'tomorrow', 'duplicate', 'out-of-order', 'malformed', 'corrected', 'refuses']
  const all = [...houses, 'unavailable', 'wrong-key', 'lies-about-digest', 'wrong-reference']
  const houseOf = (subject: string): Asset => {
    const no = String(all.indexOf(subject) + 1).padStart(2, '0')
    return { class: 'real-estate', unitCode: `120116001002GB000${no}F000100${no}` }
  }
  return {
    send: ({ subject, measure }: Asked) =>
      gateway.send(subject, measure === 'inquire' ? inquire : seal(houseOf(subject))),
    order: (measure) => gateway.send('found', measure),
    parentOf: (delivery) => ({ controlNo: gateway.row(delivery).outgoing.reference }),
    happens: (path, body) => centre.post(path, body),
    statementsOf: async (delivery) =>
      gateway
        .row(delivery)
        .told.map(({ statement, jti }) => ({ kind: statement.kind, sequence: statement.sequence, jti }))
        .sort((a, b) => a.sequence - b.sequence),
    standingOf: async (delivery) => gateway.standing(delivery),
    refusedOf: async (delivery) => gateway.row(delivery).refused,
    effectsAtRegistry: (delivery) => centre.effects(gateway.row(delivery).outgoing.reference),
    close,
  }
}

keepsTheRegistryContract('real estate, pulled', openWorld)

const unit = (unitCode: string): Target => ({ asset: { class: 'real-estate', unitCode }, scope: 'whole' })
const [one, other] = centreUnits.pair
keepsTheMeasures(
  'real estate, pulled',
  {
    speaks: registry.measures,
    held: [unit(one), unit(other)],
    part: [unit(one)],
    presold: unit(centreUnits.early),
    sold: unit(centreUnits.sold),
  },
  openWorld,
)

describe('the registration centre, over the wire', () => {
  let town: Town
  const house: Asset = { class: 'real-estate', unitCode: '120116001002GB00001F00010001' }
  const answerOf = (delivery: string, answer: string) =>
    eventually(async () => expect(town.gateway.standing(delivery).answer).toBe(answer))
  const effectsOf = (delivery: string) => town.centre.effects(town.gateway.row(delivery).outgoing.reference)
  const kindsOf = (delivery: string) => town.gateway.statements(delivery).map(({ kind }) => kind)

  beforeAll(async () => {
    town = await openTown()
  })
  afterAll(() => town.close())

  test('received, accepted, executed; then a second seal waits, and is activated when the first is lifted', async () => {
    const { gateway, centre } = town
    const first = await gateway.send('found', seal(house))
    await answerOf(first, 'executed')
    expect(kindsOf(first)).toEqual(['received', 'accepted', 'executed'])
    const second = await gateway.send('found', seal(house))
    await answerOf(second, 'waiting')
    expect(gateway.standing(second).targets).toMatchObject([
      { effect: 'waiting', queuePlace: 1, encumbrances: [{ kind: 'seal' }] },
    ])
    const at = new Date(Date.now() + 1000).toISOString()
    await centre.post('/sandbox/release-prior', { unit: house.unitCode, at })
    await answerOf(second, 'executed')
    const today = toBeijingDate(new Date(at))
    expect(kindsOf(second)).toEqual(['received', 'accepted', 'waiting', 'activated'])
    expect(gateway.standing(second).targets).toMatchObject([
      { effect: 'effective', term: { from: today, to: addDays(addYears(today, 3), -1) } },
    ])
    const release = await gateway.send('found', {
      kind: 'release',
      ground: 'paid',
      parent: { controlNo: gateway.row(second).outgoing.reference },
      targets: [{ asset: house, scope: 'whole' }],
    })
    await answerOf(release, 'executed')
    expect(gateway.standing(release).targets).toMatchObject([{ effect: 'ended', endedBy: 'released' }])
    expect(gateway.row(release).sealedReceipts.size).toBe(1)
    for (const delivery of [first, second, release]) expect(await effectsOf(delivery)).toHaveLength(1)
  })

  test('what another owns is refused with a reason, and what is not there as well', async () => {
    const others = await town.gateway.send(
      'found',
      seal({ class: 'real-estate', unitCode: '120116002003JC00012F00010001' }),
    )
    const nowhere = await town.gateway.send(
      'found',
      seal({ class: 'real-estate', unitCode: '120116009009GB00009F00090009' }),
    )
    await answerOf(others, 'refused')
    await answerOf(nowhere, 'refused')
    expect(town.gateway.standing(others).targets).toMatchObject([
      { effect: 'none', reason: '被执行人与登记权利人不一致' },
    ])
    expect(await effectsOf(others)).toEqual([])
  })

  test('who is killed between the counter and the register forgets nothing and does it once', async () => {
    const delivery = await town.gateway.send(
      'duplicate',
      seal({ class: 'real-estate', unitCode: '120116001002GB00004F00010004' }),
    )
    await eventually(async () => expect(kindsOf(delivery)).toContain('accepted'))
    await town.centre.kill()
    await town.revive()
    await answerOf(delivery, 'executed')
    expect(await effectsOf(delivery)).toHaveLength(1)
  })
})
