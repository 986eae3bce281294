import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Asset } from '../../src/domain/asset.ts'
import { controlledOf } from '../../src/domain/ceiling.ts'
import type { Statement, TargetResult } from '../../src/domain/statement.ts'
import type { ControlRow } from '../../src/gateway/ports/rows.ts'
import { account, bank, day, house, land, measureOf, parcel, whole, yuan } from '../support/court.ts'
import { type Office, type OpenCase, openOffice } from './office.ts'
import { refolded } from './refold.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const opened: string[] = []
const openCase = async () => {
  const file = await office.openCase()
  opened.push(file.id)
  return file
}
afterEach(async () => {
  // What is stored is what the statements say when they are read anew, all of them (invariant 5).
  for (const id of opened.splice(0)) {
    const { stored, folded } = await refolded(office, id)
    expect(stored).toEqual(folded)
  }
})

const moment = (text: string) => new Date(`2026-${text}Z`)
const receivedAt = moment('06-03T01:15:00')
const issuedAt = moment('09-10T02:20:00')
const activatedAt = moment('09-10T02:12:33')
const queuedAt = moment('06-03T01:20:00')
// Far enough ahead to be in force whenever this runs; what the registry says of a term is quoted, not judged.
const term = { from: day('2026-09-10'), to: day('2096-09-09') }

const on = (asset: Asset, over: Partial<TargetResult> = {}): TargetResult => ({ asset, effect: 'effective', ...over })
type Told = Pick<Statement, 'kind' | 'targets'> & Partial<Statement>
const pair = { ...measureOf.seal, targets: [whole(house), whole(parcel)] }

/** Says these in the order given; each has its own sequence, so the order of arrival is the caller's. */
async function tellAll(sent: Parameters<Office['tell']>[0], told: readonly Told[], over: object = {}) {
  for (const statement of told) await office.tell(sent, { receivedAt, ...statement }, { issuedAt, ...over })
}

const brief = ({ effect, endedBy, effectiveFrom, amount, to, queuePlace, controlNo, measure }: ControlRow) => {
  return { effect, endedBy, effectiveFrom, amount, to, queuePlace, controlNo, measure }
}
async function only(file: OpenCase) {
  const controls = await office.controls(file.id)
  if (controls.length !== 1 || !controls[0]) throw new Error(`${controls.length} controls`)
  return brief(controls[0])
}
const control = async (file: OpenCase, asset: Asset) =>
  (await office.controls(file.id)).find(({ assetRef }) => assetRef === office.parts.assetRef(asset))

describe('a control of one’s own', () => {
  test('holds from the moment the registry had the request', async () => {
    const file = await openCase()
    await tellAll(await office.send(file, measureOf.seal), [
      { kind: 'received', targets: [], sequence: 1 },
      { kind: 'executed', targets: [on(house, { term, controlNo: '一号', registeredAt: issuedAt })], sequence: 2 },
    ])
    expect(await only(file)).toMatchObject({ effect: 'effective', effectiveFrom: receivedAt, to: '2096-09-09' })
  })

  const queue: readonly Told[] = [
    { kind: 'received', targets: [], sequence: 1 },
    {
      kind: 'waiting',
      targets: [on(house, { effect: 'waiting', queuePlace: 1, registeredAt: queuedAt })],
      sequence: 2,
    },
    { kind: 'activated', targets: [on(house, { term, registeredAt: activatedAt })], sequence: 3 },
    { kind: 'corrected', targets: [on(house, { term, controlNo: '二号' })], sequence: 4 },
  ]

  test('that waited holds from its activation and never from its reception', async () => {
    const file = await openCase()
    const sent = await office.send(file, measureOf.seal)
    await tellAll(sent, queue.slice(0, 2))
    expect(await only(file)).toMatchObject({ effect: 'waiting', effectiveFrom: undefined, queuePlace: 1 })
    await tellAll(sent, queue.slice(2, 3))
    expect(await only(file)).toMatchObject({ effect: 'effective', effectiveFrom: activatedAt, queuePlace: undefined })
  })

  test('is the same in whatever order its statements arrive, and however often (invariant 5)', async () => {
    const file = await openCase()
    const sent = await office.send(file, measureOf.seal)
    const [received, waiting, activated, corrected] = queue
    for (const statement of [activated, corrected, waiting, activated, received, waiting])
      if (statement) await office.tell(sent, { receivedAt, ...statement }, { issuedAt, jti: `${statement.sequence}` })
    expect(await only(file)).toMatchObject({ effect: 'effective', effectiveFrom: activatedAt, controlNo: '二号' })
  })

  test('whose activation only repeats when it was queued holds from the word itself', async () => {
    const file = await openCase()
    const activated = { kind: 'activated', targets: [on(house, { registeredAt: queuedAt })], sequence: 3 } as const
    await tellAll(await office.send(file, measureOf.seal), [...queue.slice(0, 2), activated])
    expect((await only(file)).effectiveFrom).toEqual(issuedAt)
  })

  test('that was called waiting by mistake held all along', async () => {
    const file = await openCase()
    const corrected = { kind: 'corrected', targets: [on(house)], sequence: 3 } as const
    await tellAll(await office.send(file, measureOf.seal), [...queue.slice(0, 2), corrected])
    expect(await only(file)).toMatchObject({ effect: 'effective', effectiveFrom: receivedAt })
  })

  test('that was called effective by mistake and waits has no day yet', async () => {
    const file = await openCase()
    await tellAll(await office.send(file, measureOf.seal), [
      { kind: 'executed', targets: [on(house)], sequence: 1 },
      { kind: 'corrected', targets: [on(house, { effect: 'waiting', queuePlace: 2 })], sequence: 2 },
    ])
    expect(await only(file)).toMatchObject({ effect: 'waiting', effectiveFrom: undefined, queuePlace: 2 })
  })

  test('that never was, as a correction says, is shown as ended (invariant 12)', async () => {
    const file = await openCase()
    await tellAll(await office.send(file, measureOf.seal), [
      { kind: 'executed', targets: [on(house)], sequence: 1 },
      { kind: 'corrected', targets: [on(house, { effect: 'none', reason: '登记错误' })], sequence: 2 },
    ])
    expect((await only(file)).effect).toBe('ended')
  })

  test('a target on which nothing could be done makes none', async () => {
    const file = await openCase()
    const targets = [on(house), on(parcel, { effect: 'none' })]
    await tellAll(await office.send(file, pair), [{ kind: 'partly', targets, sequence: 1 }])
    expect((await office.controls(file.id)).length).toBe(1)
  })

  test('a pre-seal that is converted is a seal, counted from the pre-seal’s day', async () => {
    const file = await openCase()
    await tellAll(await office.send(file, measureOf['pre-seal']), [
      { kind: 'executed', targets: [on(house)], sequence: 1 },
      { kind: 'converted', targets: [on(house, { registeredAt: activatedAt })], sequence: 2 },
    ])
    expect(await only(file)).toMatchObject({ effect: 'effective', effectiveFrom: receivedAt, measure: 'seal' })
  })

  test('a second freeze of one account is a control of its own, and what is released of one leaves the other', async () => {
    const file = await openCase()
    const asset = { class: 'deposit', account: '6217000000000000099' } as const
    const frozen = (amount: string) => ({
      ...{ ...measureOf.freeze, targets: [{ asset, scope: 'part' as const, amount: yuan(amount) }] },
    })
    const held = (amount: string, over: string) => [on(asset, { amount: yuan(amount), overQuota: yuan(over), term })]
    const first = await office.send(file, frozen('50000.00'), { registries: [bank.code] })
    await tellAll(first, [{ kind: 'executed', sequence: 1, targets: held('50000.00', '0.00') }])
    const second = await office.send(file, frozen('70000.00'), { registries: [bank.code] })
    await tellAll(second, [{ kind: 'executed', sequence: 1, targets: held('30000.00', '40000.00') }])
    const sums = async () => {
      const rows = await office.controls(file.id)
      return new Map(rows.map((row) => [row.delivery, [row.effect, row.amount, row.overQuota]]))
    }
    expect(await sums()).toEqual(
      new Map([
        [first.delivery.id, ['effective', '50000.00', '0.00']],
        [second.delivery.id, ['effective', '30000.00', '40000.00']],
      ]),
    )
    const { actual, overQuota } = controlledOf(await office.controls(file.id), office.parts.clock())
    expect([actual, overQuota]).toEqual(['80000.00', '40000.00'])

    const parent = { delivery: first.delivery.id, controlNo: first.delivery.reference }
    const lifted = { kind: 'release', targets: [{ asset, scope: 'whole' }], parent, ground: 'paid' } as const
    const release = await office.send(file, lifted, { registries: [bank.code] })
    await tellAll(release, [
      { kind: 'executed', sequence: 1, targets: [on(asset, { effect: 'ended', endedBy: 'released' })] },
    ])
    await tellAll(second, [{ kind: 'corrected', sequence: 2, targets: held('70000.00', '0.00') }])
    expect((await sums()).get(first.delivery.id)?.[0]).toBe('ended')
    expect((await sums()).get(second.delivery.id)).toEqual(['effective', '70000.00', '0.00'])
  })

  test('an inquiry controls nothing', async () => {
    const file = await openCase()
    const holdings = [{ asset: house, encumbrances: [] }]
    await office.tell(await office.send(file, measureOf.inquire), { kind: 'executed', holdings })
    expect(await office.controls(file.id)).toEqual([])
  })
})

describe('a release', () => {
  const sealedPair = async () => {
    const file = await openCase()
    const sent = await office.send(file, pair)
    await tellAll(sent, [{ kind: 'executed', targets: [on(house, { controlNo: '甲' }), on(parcel)], sequence: 1 }])
    return { file, sent }
  }
  const releaseOf = (file: OpenCase, delivery: string, assets: readonly Asset[]) =>
    office.send(file, { ...measureOf.release, targets: assets.map((asset) => whole(asset)), parent: { delivery } })
  const lifted = (asset: Asset) => on(asset, { effect: 'ended', endedBy: 'released' })

  test('of one of two targets leaves the other', async () => {
    const { file, sent } = await sealedPair()
    const release = await releaseOf(file, sent.delivery.id, [house])
    await tellAll(release, [{ kind: 'executed', targets: [lifted(house)], sequence: 1 }])
    expect(await control(file, house)).toMatchObject({ effect: 'ended', endedBy: 'released' })
    expect(await control(file, parcel)).toMatchObject({ effect: 'effective', effectiveFrom: receivedAt })
    expect((await office.controls(file.id)).length).toBe(2)
  })

  test('of part of the money leaves the rest held', async () => {
    const file = await openCase()
    const frozen = await office.send(file, measureOf.freeze)
    await tellAll(frozen, [{ kind: 'executed', targets: [on(account, { amount: yuan('1000000.00') })], sequence: 1 }])
    const part = { ...measureOf.release, targets: [whole(account)], parent: { delivery: frozen.delivery.id } }
    const release = await office.send(file, part, { registries: [bank.code] })
    const left = on(account, { amount: yuan('600000.00') })
    await tellAll(release, [{ kind: 'executed', targets: [left], sequence: 1 }])
    expect(await only(file)).toMatchObject({ effect: 'effective', amount: '600000.00', effectiveFrom: receivedAt })
  })

  test('stands, whatever is restated of the control later', async () => {
    const { file, sent } = await sealedPair()
    const release = await releaseOf(file, sent.delivery.id, [house])
    await tellAll(release, [{ kind: 'executed', targets: [lifted(house)], sequence: 1 }])
    const restated = { kind: 'corrected', targets: [on(house, { controlNo: '乙' })], sequence: 2 } as const
    await tellAll(sent, [restated], { issuedAt: moment('10-01T00:00:00') })
    expect(await control(file, house)).toMatchObject({ effect: 'ended', endedBy: 'released' })
  })

  test.each([
    ['corrected', [on(house)]],
    ['refused', []],
    ['returned', []],
  ] as const)('that was %s after all gives the control back as it was', async (kind, targets) => {
    const { file, sent } = await sealedPair()
    const release = await releaseOf(file, sent.delivery.id, [house])
    await tellAll(release, [
      { kind: 'executed', targets: [lifted(house)], sequence: 1 },
      { kind, targets, sequence: 2 },
    ])
    const now = await control(file, house)
    expect([now?.effect, now?.endedBy, now?.effectiveFrom]).toEqual(['effective', undefined, receivedAt])
    await tellAll(sent, [
      { kind: 'ended', targets: [on(house, { effect: 'ended', endedBy: 'disposed' })], sequence: 2 },
    ])
    expect(await control(file, house)).toMatchObject({ effect: 'ended', endedBy: 'disposed' })
  })

  test('of what waits ends it, and it never held', async () => {
    const file = await openCase()
    const sent = await office.send(file, measureOf.seal)
    await tellAll(sent, [{ kind: 'waiting', targets: [on(house, { effect: 'waiting' })], sequence: 1 }])
    const release = await releaseOf(file, sent.delivery.id, [house])
    await tellAll(release, [{ kind: 'executed', targets: [lifted(house)], sequence: 1 }])
    expect(await only(file)).toMatchObject({ effect: 'ended', endedBy: 'released', effectiveFrom: undefined })
  })

  test('that names the control by its number reaches it too', async () => {
    const { file } = await sealedPair()
    const measure = { ...measureOf.release, parent: { controlNo: '甲' } }
    const release = await office.send(file, measure)
    await tellAll(release, [{ kind: 'executed', targets: [lifted(house)], sequence: 1 }])
    expect(await control(file, house)).toMatchObject({ effect: 'ended', endedBy: 'released' })
  })

  test('reaches no control of another case, and none at another registry', async () => {
    const { file, sent } = await sealedPair()
    const other = await openCase()
    const release = await office.send(other, { ...measureOf.release, parent: { controlNo: '甲' } })
    await tellAll(release, [{ kind: 'executed', targets: [lifted(house)], sequence: 1 }])
    const elsewhere = { ...measureOf.release, targets: [whole(account)], parent: { controlNo: '甲' } }
    const atBank = await office.send(file, elsewhere, { registries: [bank.code] })
    await tellAll(atBank, [{ kind: 'executed', targets: [lifted(house)], sequence: 1 }])
    await tellAll(sent, [{ kind: 'corrected', targets: [on(house, { controlNo: '甲' })], sequence: 2 }])
    expect(await control(file, house)).toMatchObject({ effect: 'effective', delivery: sent.delivery.id })
    expect(await office.controls(other.id)).toEqual([])
  })
})

describe('an extension', () => {
  const later = { from: day('2096-09-10'), to: day('2099-09-09') }
  const extended = async () => {
    const file = await openCase()
    const sent = await office.send(file, measureOf.seal)
    await tellAll(sent, [{ kind: 'executed', targets: [on(house, { term, controlNo: '甲' })], sequence: 1 }])
    const extension = await office.send(file, { ...measureOf.extend, parent: { delivery: sent.delivery.id } })
    await tellAll(extension, [{ kind: 'executed', targets: [on(house, { term: later })], sequence: 1 }])
    return { file, sent, extension }
  }

  test('lengthens the control it names and makes no second one', async () => {
    const { file } = await extended()
    expect(await only(file)).toMatchObject({ effect: 'effective', to: '2099-09-09', controlNo: '甲' })
    expect((await only(file)).effectiveFrom).toEqual(receivedAt)
  })

  test('that was returned after all leaves the term as it was', async () => {
    const { file, extension } = await extended()
    await tellAll(extension, [{ kind: 'returned', targets: [], sequence: 2 }])
    expect(await only(file)).toMatchObject({ effect: 'effective', to: '2096-09-09' })
  })

  test('does not revive what ended after it', async () => {
    const { file, sent } = await extended()
    const ended = {
      kind: 'ended',
      targets: [on(house, { effect: 'ended', endedBy: 'disposed' })],
      sequence: 2,
    } as const
    await tellAll(sent, [ended], { issuedAt: moment('10-01T00:00:00') })
    expect(await only(file)).toMatchObject({ effect: 'ended', endedBy: 'disposed' })
  })

  test('is forgotten when the control is released', async () => {
    const { file, sent } = await extended()
    const release = await office.send(file, { ...measureOf.release, parent: { delivery: sent.delivery.id } })
    const gone = on(house, { effect: 'ended', endedBy: 'released' })
    await tellAll(release, [{ kind: 'executed', targets: [gone], sequence: 1 }])
    expect(await only(file)).toMatchObject({ effect: 'ended', endedBy: 'released' })
  })
})

test('every control names the registry it is at', async () => {
  const file = await openCase()
  await tellAll(await office.send(file, measureOf.seal), [{ kind: 'executed', targets: [on(house)], sequence: 1 }])
  expect((await office.controls(file.id)).map(({ registry }) => registry)).toEqual([land.code])
})
