import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ceilingOf, checkCeiling, controlledOf, exposureOf, heldOf } from '../../src/domain/ceiling.ts'
import type { Control } from '../../src/domain/control.ts'
import { addMoney, compareMoney, type Money, parseMoney, renminbi, zeroMoney } from '../../src/domain/money.ts'
import { releaseProposal } from '../../src/domain/release-proposal.ts'
import { netValueOf } from '../../src/domain/worth.ts'
import { account, asked, bank, caseFile, caseNumber, measureOf, sure, whole, yuan } from '../support/court.ts'
import { heldUntil, noon } from './controls-told.ts'

const today = noon('2024-06-03')
const fen = (amount: number): Money => sure(parseMoney((amount / 100).toFixed(2)))
const freeze = (id: string, amount: string, over: Partial<Control> = {}) =>
  heldUntil('2025-06-02', { id, delivery: `delivery of ${id}`, amount, currency: 'CNY', ...over })
const seal = (id: string, over: Partial<Control> = {}) =>
  heldUntil('2027-06-02', { id, assetClass: 'real-estate', measure: 'seal', ...over })

describe('the ceiling of a case (查扣冻规定 第十九条)', () => {
  test('is claim, costs and interest less what was performed, and never below nothing', () => {
    expect(ceilingOf(caseFile())).toBe('1295200.00')
    expect(ceilingOf(caseFile({ lateInterest: yuan('4800'), fulfilled: yuan('300000') }))).toBe('1000000.00')
    expect(ceilingOf(caseFile({ fulfilled: yuan('9000000') }))).toBe('0.00')
  })

  test('of a preservation is the amount the ruling preserves', () => {
    expect(ceilingOf(caseFile({ number: caseNumber('（2024）津0116执保7号') }))).toBe('1280000.00')
  })
})

describe('what is held', () => {
  test('keeps money really held and quota apart, and other currencies by themselves', () => {
    const controls = [
      freeze('a', '210000.00', { overQuota: '1085200.00' }),
      freeze('b', '5000.00', { currency: 'USD', overQuota: '1.00' }),
      freeze('c', '7.00', { currency: 'HKD' }),
      seal('d', { netValue: '300000.00' }),
      seal('e'),
    ]
    const controlled = controlledOf(controls, today)
    expect(controlled).toEqual({
      actual: '210000.00',
      overQuota: '1085200.00',
      sealed: '300000.00',
      unknown: ['e'],
      foreign: [
        { currency: 'HKD', actual: '7.00', overQuota: '0.00' },
        { currency: 'USD', actual: '5000.00', overQuota: '1.00' },
      ],
    })
    expect(heldOf(controlled)).toBe('510000.00')
    expect(exposureOf(controlled, yuan('1'))).toBe('1595201.00')
  })

  test('leaves out what waits, has ended or has run out', () => {
    const controls = [
      freeze('a', '1.00', { effect: 'waiting' }),
      freeze('b', '1.00', { effect: 'ended' }),
      freeze('c', '1.00', { to: '2024-06-02' }),
    ]
    expect(controlledOf(controls, today).actual).toBe('0.00')
  })

  test('a freeze that says no amount is unknown, not nothing', () => {
    const { amount: _, ...bare } = freeze('a', '1.00')
    expect(controlledOf([bare], today).unknown).toEqual(['a'])
  })
})

describe('what a thing is worth to the case', () => {
  const mortgage = { kind: 'mortgage', holder: '某某银行' } as const

  test.each([
    [yuan('100'), [], '100.00'],
    [yuan('100'), [{ ...mortgage, amount: yuan('30') }], '70.00'],
    [yuan('100'), [{ ...mortgage, amount: yuan('130') }], '0.00'],
    [yuan('100'), [mortgage], undefined],
    [yuan('100'), [{ kind: 'notice', holder: '某某' } as const], '100.00'],
    [undefined, [], undefined],
  ] as const)('%s less %j is %s', (value, before, net) => {
    expect(netValueOf(value, before)).toBe(net)
  })
})

describe('the ceiling is never passed without its recorded reason', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { maxLength: 5 })

  test('whatever is held, waits for money or is on its way', () => {
    fc.assert(
      fc.property(
        amounts,
        amounts,
        fc.nat(90_000_000),
        fc.integer({ min: 1, max: 200_000_000 }),
        (held, quotas, pending, more) => {
          const controls = held.map((amount, at) => freeze(`${at}`, fen(amount), { overQuota: fen(quotas[at] ?? 0) }))
          const measure = { ...measureOf.freeze, currency: renminbi, targets: [whole(account, { amount: fen(more) })] }
          const file = caseFile()
          const said = (over: object) =>
            checkCeiling(file, { ...asked(measure), ...over }, controls, fen(pending), today)
          const sum = addMoney(exposureOf(controlledOf(controls, today), fen(pending)), fen(more))
          const passes = compareMoney(sum, ceilingOf(file)) > 0
          expect(said({})?.code).toBe(passes ? 'ceiling-exceeded' : undefined)
          expect(said({ excessReason: ' ' })?.code).toBe(passes ? 'ceiling-exceeded' : undefined)
          expect(said({ excessReason: '不可分割' })).toBeUndefined()
          const preserved = caseFile({ number: caseNumber('（2024）津0116执保7号') })
          const beyond = compareMoney(sum, ceilingOf(preserved)) > 0
          const answer = checkCeiling(
            preserved,
            { ...asked(measure), excessReason: '理由' },
            controls,
            fen(pending),
            today,
          )
          expect(answer?.code).toBe(beyond ? 'preserved-amount-exceeded' : undefined)
        },
      ),
    )
  })

  test('what is asked of two registries is asked twice', () => {
    const measure = { ...measureOf.freeze, targets: [whole(account, { amount: yuan('1295200') })] }
    const both = { registries: [bank.code, '102110000017' as typeof bank.code] }
    expect(checkCeiling(caseFile(), asked(measure, both), [], zeroMoney, today)?.code).toBe('ceiling-exceeded')
  })
})

describe('what has to be let go', () => {
  test('the quotas first, then the newest freeze, by no more than the surplus', () => {
    const controls = [
      freeze('old', '1000000.00', { overQuota: '295200.00', effectiveFrom: noon('2024-06-01') }),
      freeze('new', '400000.00', { overQuota: '895200.00', effectiveFrom: noon('2024-06-02') }),
    ]
    expect(releaseProposal(controls, yuan('1295200'), today)).toEqual([
      { control: 'new', delivery: 'delivery of new', overQuota: '895200.00', amount: '104800.00', whole: false },
      { control: 'old', delivery: 'delivery of old', overQuota: '295200.00', amount: '0.00', whole: false },
    ])
  })

  test('nothing while less is held than is owed', () => {
    const controls = [freeze('a', '1295199.99', { overQuota: '1.00' })]
    expect(releaseProposal(controls, yuan('1295200'), today)).toEqual([])
  })

  test('leaves the case with at most its ceiling, without taking a fen more than the surplus, however it was frozen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9_000_000), fc.nat(9_000_000)), { maxLength: 8 }),
        fc.nat(20_000_000),
        (frozen, most) => {
          const controls = frozen.map(([amount, quota], at) =>
            freeze(`${at}`, fen(amount), { overQuota: fen(quota), effectiveFrom: new Date(at * 1000) }),
          )
          const proposed = releaseProposal(controls, fen(most), today)
          const let_go = proposed.reduce((sum, { amount }) => addMoney(sum, amount), zeroMoney)
          const held = heldOf(controlledOf(controls, today))
          const surplus = compareMoney(held, fen(most)) > 0 ? held : undefined
          expect(addMoney(let_go, surplus ? fen(most) : held)).toBe(surplus ?? held)
          for (const { control, amount } of proposed) {
            const own = controls.find(({ id }) => id === control)
            expect(compareMoney(amount, (own?.amount ?? '0.00') as Money)).toBeLessThan(1)
          }
        },
      ),
    )
  })
})
