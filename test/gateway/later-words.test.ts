import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Asset } from '../../src/domain/asset.ts'
import type { Measure } from '../../src/domain/measure.ts'
import { type Effect, statementKindList, type TargetResult } from '../../src/domain/statement.ts'
import { account, day, house, measureOf, parcel, whole, yuan } from '../support/court.ts'
import { controlsAfter, memoryCase, row, type Said } from './memory-case.ts'

const on = (asset: Asset, over: Partial<TargetResult> = {}): TargetResult => ({ asset, effect: 'effective', ...over })
const sums = (amount: string, overQuota = '0.00') => ({ amount: yuan(amount), overQuota: yuan(overQuota) })
const said = (kind: Said['kind'], hours: number, ...targets: TargetResult[]): Said => ({ kind, hours, targets })
const parent = { delivery: 'freeze' }
const { freeze, seal, convey } = measureOf
const transfer: Measure = { ...measureOf.transfer, parent }
const release: Measure = { ...measureOf.release, targets: [whole(account)], parent }
const frozen = (amount: string, overQuota?: string) => said('executed', 1, on(account, sums(amount, overQuota)))
const sent = (amount: string, hours = 5) =>
  said('executed', hours, on(account, { effect: 'ended', endedBy: 'disposed', amount: yuan(amount) }))

describe('a transfer (扣划)', () => {
  const controlsOf = (words: Readonly<Record<string, readonly Said[]>>, more: Readonly<Record<string, Measure>> = {}) =>
    controlsAfter({ freeze, transfer, ...more }, words)

  test('takes what it sent off what is held, and leaves what waits for money to come', async () => {
    expect(
      await controlsOf({ freeze: [frozen('210000.00', '1085200.00')], transfer: [sent('210000.00')] }),
    ).toMatchObject([{ effect: 'effective', amount: '0.00', overQuota: '1085200.00' }])
  })

  test('ends the freeze when all of it is sent and nothing is waited for', async () => {
    expect(await controlsOf({ freeze: [frozen('5000.00')], transfer: [sent('5000.00')] })).toMatchObject([
      { effect: 'ended', endedBy: 'disposed', amount: '0.00' },
    ])
  })

  test('of part leaves the rest held; what is released then is said by the bank', async () => {
    const words = { freeze: [frozen('5000.00')], transfer: [sent('2000.00')] }
    expect(await controlsOf(words)).toMatchObject([{ effect: 'effective', amount: '3000.00' }])
    const left = said('executed', 6, on(account, sums('1000.00')))
    expect(await controlsOf({ ...words, release: [left] }, { release })).toMatchObject([{ amount: '1000.00' }])
    const all = said('executed', 6, on(account, { effect: 'ended', endedBy: 'released' }))
    expect(await controlsOf({ ...words, release: [all] }, { release })).toMatchObject([{ endedBy: 'released' }])
  })

  test('is not taken twice off a sum that the bank has restated since: new money was caught', async () => {
    const caught = said('corrected', 9, on(account, sums('50000.00', '1035200.00')))
    const words = { freeze: [frozen('210000.00', '1085200.00'), caught], transfer: [sent('210000.00')] }
    expect(await controlsOf(words)).toMatchObject([{ amount: '50000.00', overQuota: '1035200.00' }])
    const left = { ...words, release: [said('executed', 3, on(account, sums('100000.00')))] }
    expect(await controlsOf(left, { release })).toMatchObject([{ amount: '50000.00' }])
  })

  test.each(['refused', 'returned'] as const)('that was %s after all sent nothing', async (kind) => {
    const words = { freeze: [frozen('5000.00')], transfer: [sent('5000.00'), said(kind, 8)] }
    expect(await controlsOf(words)).toMatchObject([{ effect: 'effective', amount: '5000.00' }])
  })
})

describe('a conveyance (过户文书送达)', () => {
  const two: Measure = { ...seal, targets: [whole(house), whole(parcel)] }
  const conveyed = said('executed', 9, on(house, { effect: 'ended', endedBy: 'disposed' }))
  const sealed = said('executed', 1, on(house, { controlNo: '甲' }), on(parcel, { controlNo: '乙' }))
  const effects = async (
    measures: Readonly<Record<string, Measure>>,
    words: Readonly<Record<string, readonly Said[]>>,
  ) =>
    (await controlsAfter(measures, words)).map(({ assetRef, effect, endedBy }) => [
      assetRef.split('|')[0],
      effect,
      endedBy,
    ])

  test('that is only served ends nothing; when the register says done, the seal on what was conveyed is gone', async () => {
    const measures = { seal: two, convey: { ...convey, cancels: [] } }
    expect(await effects(measures, { seal: [sealed], convey: [said('accepted', 5)] })).toContainEqual([
      'real-estate',
      'effective',
      undefined,
    ])
    const done = await effects(measures, { seal: [sealed], convey: [said('accepted', 5), conveyed] })
    expect(done).toContainEqual(['real-estate', 'ended', 'disposed'])
    expect(done).toContainEqual(['land', 'effective', undefined])
  })

  test('ends the entries it lists for cancellation, wherever they stand', async () => {
    const done = await effects(
      { seal: two, convey: { ...convey, cancels: ['乙'] } },
      { seal: [sealed], convey: [conveyed] },
    )
    expect(done.map(([, , endedBy]) => endedBy)).toEqual(['disposed', 'disposed'])
  })

  test('is not undone by an extension that was ordered while the tax was being paid', async () => {
    const extend: Measure = { ...measureOf.extend, parent: { delivery: 'seal' } }
    const measures = { seal, convey: { ...convey, cancels: [] }, extend }
    const extended = said('executed', 7, on(house, { term: { from: day('2026-06-03'), to: day('2032-06-02') } }))
    const done = await effects(measures, {
      seal: [said('executed', 1, on(house))],
      extend: [extended],
      convey: [conveyed],
    })
    expect(done).toEqual([['real-estate', 'ended', 'disposed']])
  })
})

describe('a control of one’s own', () => {
  const term = { from: day('2026-06-03'), to: day('2029-06-02') }

  test.each(['returned', 'refused'] as const)('ends when its measure is %s after all', async (kind) => {
    const words = { seal: [said('executed', 1, on(house, { term })), said(kind, 4)] }
    expect(await controlsAfter({ seal }, words)).toMatchObject([{ effect: 'ended' }])
  })

  test('converted from a pre-seal is a seal with the term it has had since the pre-seal', async () => {
    const later = { from: day('2027-01-05'), to: day('2030-01-04') }
    for (const restated of [on(house), on(house, { term: later })]) {
      const words = { seal: [said('executed', 1, on(house, { term })), said('converted', 4, restated)] }
      expect(await controlsAfter({ seal: measureOf['pre-seal'] }, words)).toMatchObject([
        { measure: 'seal', effect: 'effective', from: '2026-06-03', to: '2029-06-02' },
      ])
    }
  })

  test('keeps its last day and its sums when a later word leaves them out (invariant 12)', async () => {
    const words = {
      freeze: [
        said('executed', 1, on(account, { term, ...sums('10.00') })),
        said('corrected', 4, on(account, { controlNo: '丙' })),
      ],
    }
    expect(await controlsAfter({ freeze }, words)).toMatchObject([
      { to: '2029-06-02', amount: '10.00', controlNo: '丙' },
    ])
  })

  test('on which nothing was ever done is none, however often that is said', async () => {
    expect(
      await controlsAfter({ seal }, { seal: [said('refused', 1, on(house, { effect: 'none' })), said('returned', 2)] }),
    ).toEqual([])
  })
})

describe('whatever is said, in whatever order it arrives and however often (invariant 5)', () => {
  const measures: Readonly<Record<string, Measure>> = {
    freeze,
    seal: { ...seal, targets: [whole(house), whole(parcel)] },
    early: measureOf['pre-seal'],
    extend: { ...measureOf.extend, parent: { delivery: 'seal' } },
    release,
    byNumber: { ...measureOf.release, parent: { controlNo: '1' } },
    transfer,
    convey: { ...convey, cancels: ['2'] },
  }
  const target = fc.record(
    {
      asset: fc.constantFrom(house, parcel, account),
      effect: fc.constantFrom<Effect>('waiting', 'effective', 'ended', 'none'),
      controlNo: fc.constantFrom('1', '2'),
      amount: fc.constantFrom(yuan('10.00'), yuan('7.00'), yuan('0.00')),
      overQuota: fc.constantFrom(yuan('5.00'), yuan('0.00')),
      term: fc.constantFrom(
        { from: day('2026-06-03'), to: day('2029-06-02') },
        { from: day('2026-09-10'), to: day('2029-09-09') },
      ),
    },
    { requiredKeys: ['asset', 'effect'] },
  )
  const word = fc.record({
    delivery: fc.constantFrom(...Object.keys(measures)),
    kind: fc.constantFrom(...statementKindList),
    targets: fc.uniqueArray(target, { maxLength: 2, selector: ({ asset }) => asset }),
    hours: fc.nat({ max: 9 }),
  })
  const history = fc.array(word, { maxLength: 12 }).map((words) => {
    const counts = new Map<string, number>()
    return words.map(({ delivery, ...rest }) => {
      const sequence = (counts.get(delivery) ?? 0) + 1
      counts.set(delivery, sequence)
      return row(delivery, sequence, rest)
    })
  })

  test('the stored controls are the same as if all had come in order', async () => {
    const arrivals = history.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 })),
    )
    await fc.assert(
      fc.asyncProperty(arrivals, async ([rows, arrived]) => {
        const [inOrder, asItCame] = [memoryCase(measures), memoryCase(measures)]
        for (const one of rows) await inOrder.arrive(one)
        for (const one of arrived) await asItCame.arrive(one)
        expect(asItCame.controls()).toEqual(inOrder.controls())
      }),
      { numRuns: 300 },
    )
  })
})
