import { describe, expect, test } from 'vitest'
import { assetKey } from '../../src/domain/asset.ts'
import type { Control } from '../../src/domain/control.ts'
import type { Measure } from '../../src/domain/measure.ts'
import type { AskedRequest } from '../../src/domain/request.ts'
import { checkStandsOn, controlsNamed, type Ground, type ParentDelivery, standsOn } from '../../src/domain/stands-on.ts'
import { account, asked, bank, day, house, land, measureOf, whole } from '../support/court.ts'

const control = (over: Partial<Control> = {}): Control => ({
  ...{ id: 'C1', delivery: 'D1', registry: bank.code, measure: 'freeze', assetClass: 'deposit' },
  ...{ assetRef: assetKey(account), effect: 'effective', from: day('2026-06-03'), to: day('2027-06-02') },
  ...over,
})
const parent: ParentDelivery = { id: 'D1', registry: bank.code, measure: 'freeze', answer: 'executed' }
const ground = (over: Partial<Ground> = {}): Ground => ({
  ...{ now: new Date('2026-07-01T00:00:00Z'), refOf: assetKey, controls: [control()], parent },
  ...{ pendingTransfers: [], fundAccounts: {} },
  ...over,
})
const at = (measure: Measure): AskedRequest => asked(measure, { registries: [bank.code] })
const release = (on: object = { delivery: 'D1' }) =>
  at({ ...measureOf.release, targets: [whole(account)], parent: on } as Measure)
const transfer = (on?: object) => at({ ...measureOf.transfer, ...(on && { parent: on }) } as Measure)
const said = (request: AskedRequest, over: Partial<Ground> = {}) => {
  const refused = checkStandsOn(request, ground(over))
  return refused && [refused.code, refused.field]
}

describe('an order of our own that a measure stands on', () => {
  test('is one of the case', () => {
    const { parent: _, ...without } = ground()
    expect(checkStandsOn(release(), without)).toMatchObject({ code: 'parent-unknown', field: 'measure.parent' })
  })

  test('was made at the registry that is asked now', () => {
    expect(said(release(), { parent: { ...parent, registry: land.code } })).toEqual([
      'parent-other-registry',
      'registries',
    ])
  })

  test.each(['executed', 'partly', 'waiting', 'ended'] as const)('and was answered: %s', (answer) => {
    expect(said(release(), { parent: { ...parent, answer } })).toBeUndefined()
  })

  test.each(['silent', 'received', 'accepted', 'refused', 'nothing'] as const)('and not: %s', (answer) => {
    expect(said(release(), { parent: { ...parent, answer } })).toEqual(['parent-nothing-controlled', 'measure.parent'])
  })

  test.each([
    ['freeze', true],
    ['seal', true],
    ['pre-seal', true],
    ['inquire', false],
    ['release', false],
    ['transfer', false],
  ] as const)('and was a measure that holds: %s %s', (measure, holds) => {
    const refused = said(release(), { parent: { ...parent, measure } })
    expect(refused).toEqual(holds ? undefined : ['parent-nothing-controlled', 'measure.parent'])
  })

  test('one that is named by its number alone is for the registry to know', () => {
    const { parent: _, ...without } = ground()
    expect(checkStandsOn(release({ controlNo: 'BANK-1' }), without)).toBeUndefined()
  })
})

describe('a transfer', () => {
  test('that names no freeze freezes by its own ruling', () => {
    expect(said(transfer(), { controls: [] })).toBeUndefined()
  })

  test('that names one needs it in force', () => {
    expect(said(transfer({ delivery: 'D1' }))).toBeUndefined()
    const over = { controls: [control({ to: day('2026-06-30') })] }
    expect(said(transfer({ delivery: 'D1' }), over)).toEqual(['transfer-freeze-ended', 'measure.parent'])
    const two = { controls: [control({ to: day('2026-06-30') }), control({ id: 'C2' })] }
    expect(said(transfer({ delivery: 'D1' }), two)).toBeUndefined()
  })
})

describe('a release waits for a transfer that is not answered', () => {
  const pending = (over: Partial<Ground['pendingTransfers'][number]>) => ({
    pendingTransfers: [{ assets: [], ...over }],
  })
  const waits = ['transfer-pending', 'measure.parent']

  test('out of the same freeze, by whichever name', () => {
    expect(said(release(), pending({ parent: { delivery: 'D1' } }))).toEqual(waits)
    expect(said(release(), pending({ parent: { delivery: 'D2' } }))).toBeUndefined()
    const numbered = { controls: [control({ controlNo: 'BANK-1' })] }
    expect(said(release(), { ...numbered, ...pending({ parent: { controlNo: 'BANK-1' } }) })).toEqual(waits)
    expect(said(release(), { ...numbered, ...pending({ parent: { controlNo: 'BANK-2' } }) })).toBeUndefined()
    expect(said(release({ controlNo: 'B' }), pending({ parent: { controlNo: 'B' } }))).toEqual(waits)
    expect(said(release({ rulingNo: 'R' }), pending({ parent: { rulingNo: 'R' } }))).toBeUndefined()
  })

  test('out of the same account', () => {
    expect(said(release(), pending({ assets: [assetKey(account)] }))).toEqual(waits)
    expect(said(release(), pending({ assets: [assetKey(house)] }))).toBeUndefined()
  })

  test('and for none that is not there; an inquiry or a freeze waits for nothing', () => {
    expect(said(release())).toBeUndefined()
    const busy = pending({ assets: [assetKey(account)], parent: { delivery: 'D1' } })
    expect(said(at(measureOf.inquire), busy)).toBeUndefined()
    expect(said(at(measureOf.freeze), busy)).toBeUndefined()
  })
})

test('a control is named by its order or by its number, never by the lack of both', () => {
  expect(standsOn({ delivery: 'D1' }, control())).toBe(true)
  expect(standsOn({ delivery: 'D2' }, control())).toBe(false)
  expect(standsOn({ controlNo: 'B' }, control({ controlNo: 'B' }))).toBe(true)
  expect(standsOn({ controlNo: 'B' }, control())).toBe(false)
  expect(standsOn({ rulingNo: 'R' }, control())).toBe(false)
})

test('of several controls those of the property are meant; where none is of it, all', () => {
  const other = control({ id: 'C2', assetRef: assetKey(house) })
  const both = ground({ controls: [control(), other, control({ id: 'C3', delivery: 'D9' })] })
  expect(controlsNamed(release(), both).map(({ id }) => id)).toEqual(['C1'])
  const elsewhere = ground({ controls: [other] })
  expect(controlsNamed(release(), elsewhere).map(({ id }) => id)).toEqual(['C2'])
  expect(controlsNamed(at(measureOf.inquire), both)).toEqual([])
})
